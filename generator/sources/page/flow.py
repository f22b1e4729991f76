"""How the text of a page is cut into units: titles, abstracts, paragraphs.

Where the page was not wrapped, each line is one. Where it was, typography tells (wrapping.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from generator.sources.page import wrapping
from generator.sources.page.furniture import Kind
from generator.sources.page.lines import Line

# How long a title may be and how long a wrapped line: what is longer is an abstract.
TITLE = 250
WRAPPED = 130
_NARROW = 40
_FEW = 3
_SHARE = 0.15
_MOST = 0.8
_END = re.compile(r"(?:[.!?…。][\"'”’)\]}]*|https?://\S+)$")


class Unit(NamedTuple):
    """Lines that go on in one another: a title, an abstract, or a paragraph of one.

    ``start`` and ``end`` are where they stand among the lines of the page.
    """

    start: int
    end: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All of it on one line; a mark within a paragraph was none."""
        first, *more = self.lines
        return " ".join([first.value, *(line.raw for line in more)]) if more else first.value

    @property
    def number(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def paper(self) -> str:
        """The paper that it leads to, if it does."""
        return next((line.paper for line in self.lines if line.paper), "")

    @property
    def is_prose(self) -> bool:
        """Whether this is too long for a title."""
        return sum(len(line.value) + 1 for line in self.lines) > TITLE

    @property
    def ends_sentence(self) -> bool:
        """Whether the last line ends as a sentence does, or with an address."""
        return _ends_sentence(self.lines[-1])


class Flow:
    """The lines of a page, in units.

    ``lines`` are those that it was given, but for words that only seemed furniture: the last of a
    wrapped title, say.
    """

    def __init__(self, found: list[Line]) -> None:
        self.lines = found
        if width := self._width:
            self.lines = list(_mended(found, width))
            for name in ("_runs", "_pairs", "_width"):
                self.__dict__.pop(name, None)

    @cached_property
    def units(self) -> dict[int, Unit]:
        """The units, each by the index of its first line."""
        page = None
        if self._width:
            page = wrapping.Page(self._width, self._has_blocks, self._has_papers_apart)
        units: dict[int, Unit] = {}
        for start, end in self._runs:
            held = self.lines[start:end]
            cuts = wrapping.cuts(held, page) if page else self._apart(held)
            for first, last in pairwise([*cuts, len(held)]):
                units[start + first] = Unit(start + first, start + last, tuple(held[first:last]))
        return units

    @cached_property
    def _runs(self) -> list[tuple[int, int]]:
        """Where text lines follow one another without anything but white space between."""
        runs: list[tuple[int, int]] = []
        start = None
        for index, line in enumerate([*self.lines, None]):
            if line and line.kind is Kind.TEXT:
                start = index if start is None else start
            elif start is not None:
                runs.append((start, index))
                start = None
        return runs

    @cached_property
    def _pairs(self) -> list[tuple[Line, Line]]:
        """Text lines and the text lines right below them."""
        return [pair for start, end in self._runs for pair in pairwise(self.lines[start:end])]

    @cached_property
    def _width(self) -> int:
        """The width at which the page's lines were wrapped; 0 where none was.

        A line is wrapped for certain where the next one begins with a small letter. One line that
        is longer than all others is a title.
        """
        lengths = sorted(
            len(line.value)
            for line, below in self._pairs
            if below.value[:1].islower()
            and not (line.link or below.link)
            and max(len(line.value), len(below.value)) <= WRAPPED
        )
        if len(lengths) < max(_FEW, _SHARE * len(self._pairs)):
            return 0
        while len(lengths) > _FEW and lengths[-1] > lengths[-_FEW] + _FEW:
            lengths.pop()
        return lengths[-1] if lengths[-1] >= _NARROW else 0

    @cached_property
    def _has_blocks(self) -> bool:
        """Whether some text lines stand together and others apart."""
        return {below.gap for _, below in self._pairs} == {True, False}

    @cached_property
    def _has_papers_apart(self) -> bool:
        """Whether nearly all that stands apart is as long as an abstract."""
        blocks: list[int] = []
        for start, end in self._runs:
            for index in range(start, end):
                if self.lines[index].gap or index == start:
                    blocks.append(0)
                blocks[-1] += len(self.lines[index].value)
        longs = sum(length > TITLE for length in blocks)
        return self._has_blocks and longs > _MOST * len(blocks)

    @cached_property
    def _is_spaced(self) -> bool:
        """Whether nearly every line stands apart: one that does not then goes on."""
        return sum(line.gap for line in self.lines) >= _MOST * len(self.lines)

    def _apart(self, held: list[Line]) -> list[int]:
        """Return where units begin in a run that is not wrapped: at each line but few."""
        inner = enumerate(pairwise(held), start=1)
        spaced = self._is_spaced
        return [0, *(at for at, pair in inner if not _continues(*pair, spaced=spaced))]


def _mended(found: list[Line], width: int) -> Iterator[Line]:
    """Yield the lines; what stands below a line without room for its first word goes on from it."""
    above: Line | None = None
    for line in found:
        seems = (
            line.kind in {Kind.CHROME, Kind.BYLINE, Kind.LABEL, Kind.LINK}
            and not line.link
            and not line.level
        )
        if (
            above
            and above.kind is Kind.TEXT
            and seems
            and line.raw
            and not (line.paper or line.level)
        ):
            word = line.raw.split(maxsplit=1)[0]
            if _NARROW <= len(above.value) <= width < len(above.value) + 1 + len(word):
                line = line._replace(kind=Kind.TEXT, value=line.raw, address="")  # noqa: PLW2901  # the same line
        yield line
        above = line


def _continues(line: Line, below: Line, *, spaced: bool) -> bool:
    """Say whether a line that is not wrapped goes on all the same: a link, a broken abstract."""
    longest = max(len(line.value), len(below.value))
    if spaced and not (below.gap or below.ordinal or below.level or below.paper):
        return longest <= WRAPPED
    if below.level != line.level or below.address != line.address:
        return False
    if line.link and below.link == line.link:
        return not below.gap
    return longest > WRAPPED and below.value[:1].islower() and not _ends_sentence(line)


def _ends_sentence(line: Line) -> bool:
    return _END.search(line.value.rstrip()[-300:]) is not None
