"""How the text of a page is cut into titles and abstracts, of which the page says nothing.

Typography does. Lines that belong together stand together; where nothing or everything stands
apart, a line goes on in the next one if that one's first word would not have fitted on it. An
abstract is long, a title is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from generator.sources.lines import Kind, Line

# How long a title may be and how long a wrapped line: what is longer is an abstract.
TITLE = 250
WRAPPED = 130
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
    def is_prose(self) -> bool:
        """Whether this is too long for a title."""
        return sum(len(line.value) + 1 for line in self.lines) > TITLE

    @property
    def ends_sentence(self) -> bool:
        """Whether the last line ends as a sentence does, or with an address."""
        return _ends_sentence(self.lines[-1])


class Flow:
    """The lines of a page, in units."""

    def __init__(self, found: list[Line]) -> None:
        self._lines = found

    @cached_property
    def units(self) -> dict[int, Unit]:
        """The units, each by the index of its first line."""
        units = (unit for start, end in self._runs for unit in self._cut(start, end))
        return {unit.start: unit for unit in units}

    @cached_property
    def holds_title_and_abstract(self) -> bool:
        """Whether titles stand right above their abstracts, and only papers apart."""
        units = self.units.values()
        whole = sum(unit.is_prose and len(unit.lines) > 1 for unit in units)
        return self._has_blocks and self._width > 0 and whole > _MOST * len(units)

    def is_merged(self, unit: Unit) -> bool:
        """Say whether a unit that begins a paper is its title and its abstract in one.

        Either the page has them so, or the title was so long that it seemed to go on.
        """
        merged = self.holds_title_and_abstract or not self._has_blocks
        return merged and unit.is_prose and len(unit.lines) > 1

    def following(self, unit: Unit) -> Unit | None:
        """Return the unit right below, if nothing but white space is between."""
        return self.units.get(unit.end)

    def kind_after(self, unit: Unit) -> Kind | None:
        """Return what stands below a unit."""
        return self._lines[unit.end].kind if unit.end < len(self._lines) else None

    def split_title(self, unit: Unit) -> tuple[Unit, Unit]:
        """Return the title and the abstract that stand together in a unit."""
        at = next(
            (
                number
                for number, (line, below) in enumerate(pairwise(unit.lines), start=1)
                if len(line.value) > self._width
                or self._would_fit(line, below)
                or (not self._has_blocks and not below.value[:1].islower())
            ),
            1,
        )
        middle = unit.start + at
        return (
            Unit(unit.start, middle, unit.lines[:at]),
            Unit(middle, unit.end, unit.lines[at:]),
        )

    @cached_property
    def _runs(self) -> list[tuple[int, int]]:
        """Where text lines follow one another without anything but white space between."""
        runs: list[tuple[int, int]] = []
        start = None
        for index, line in enumerate([*self._lines, None]):
            if line and line.kind is Kind.TEXT:
                start = index if start is None else start
            elif start is not None:
                runs.append((start, index))
                start = None
        return runs

    @cached_property
    def _pairs(self) -> list[tuple[Line, Line]]:
        """Text lines and the text lines right below them."""
        return [pair for start, end in self._runs for pair in pairwise(self._lines[start:end])]

    @cached_property
    def _width(self) -> int:
        """The width at which the page's lines were wrapped; 0 where none was.

        A line is wrapped for certain where the next one begins with a small letter.
        """
        return max(
            (
                len(line.value)
                for line, below in self._pairs
                if below.value[:1].islower() and _are_short(line, below)
            ),
            default=0,
        )

    @cached_property
    def _has_blocks(self) -> bool:
        """Whether some text lines stand together and others apart."""
        return {below.gap for _, below in self._pairs} == {True, False}

    def _cut(self, start: int, end: int) -> Iterator[Unit]:
        """Yield the units of a run."""
        inner = range(start + 1, end)
        cuts = [
            start,
            *(at for at in inner if not self._continues(self._lines[at - 1], self._lines[at])),
        ]
        if not self._has_blocks:
            cuts = self._without_titles_at_the_end(cuts, end)
        for first, last in pairwise([*cuts, end]):
            yield Unit(first, last, tuple(self._lines[first:last]))

    def _without_titles_at_the_end(self, cuts: list[int], end: int) -> list[int]:
        """Return the cuts with one more before each title that seems to end an abstract.

        It does where the abstract's last line was full: the title's first word did not fit there.
        """
        more = list(cuts)
        for first, last in pairwise([*cuts, end]):
            is_cut_off = last < end and not _ends_sentence(self._lines[last - 1])
            if is_cut_off and last - first > 1 and _ends_sentence(self._lines[last - 2]):
                more.append(last - 1)
        return sorted(more)

    def _continues(self, line: Line, below: Line) -> bool:
        """Say whether ``line`` goes on in the text line below it."""
        if below.heading or line.heading or below.address != line.address:
            return False
        ended = _ends_sentence(line)
        if not _are_short(line, below):
            return not ended and below.value[:1].islower()
        if self._has_blocks:
            return not below.gap
        return 0 < len(line.value) <= self._width and not self._would_fit(line, below)

    def _would_fit(self, line: Line, below: Line) -> bool:
        """Say whether the first word below would have fitted on ``line``."""
        word = below.value.split(maxsplit=1)[0]
        return len(line.value) + 1 + len(word) <= self._width


def _are_short(line: Line, below: Line) -> bool:
    """Say whether both lines are as short as wrapped lines are."""
    return max(len(line.value), len(below.value)) <= WRAPPED


def _ends_sentence(line: Line) -> bool:
    return _END.search(line.value.rstrip()) is not None
