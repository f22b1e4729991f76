"""Rows -> lines: each with its kind, what it says, and the paper that it leads to.

A row may hold several facts (``Sep 21 · 34 upvotes``, a title with its links behind it): each is a
line. A fact may go over several rows (``Submitted by`` and a name): it is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.sources import days, facts
from generator.sources.page import furniture
from generator.sources.page.furniture import Kind
from generator.sources.page.row_parts import SHORT, parts_of
from generator.sources.page.rows import BOLD, Piece, Row
from generator.sources.page.targets import target


class Line(NamedTuple):
    """A line of one kind. ``value`` is the part of it that says something, ``raw`` all of it.

    ``paper`` is the id or the address of the paper that it leads to, ``address`` where it leads;
    ``number``, ``gap``, ``level``, ``ordinal`` are those of its row, ``link`` is that of its piece.
    """

    number: int
    kind: Kind
    value: str
    gap: bool = True
    level: int = 0
    ordinal: int = 0
    paper: str = ""
    address: str = ""
    link: int = 0
    raw: str = ""


_LABELLED = re.compile(r"(?:title|abstract|summary|tl;?dr)\s*:\s*(?=\S)", re.IGNORECASE)
_ARXIV = re.compile(
    rf"\[?arxiv:\s?({facts.ARXIV_ID})(?:v[0-9]+)?\]?(?:\s?\[[\w.-]{{2,20}}\])?", re.IGNORECASE
)
_EMPHASIS = re.compile(r"(\*\*|\*|__|_)([^\s*_][^*]*[^\s*_])\1")
_DATED = re.compile(r"\s+on\s+(\S.{2,24})$")
_COMMUNITY = re.compile(r"(?:\S.*\s)?and the (?:research )?community", re.IGNORECASE)
_LEADS_IN = re.compile(r"(?:[:(,]|\b(?:at|in|on|via|see|from|and|is|here|visit))$", re.IGNORECASE)
# What may be the end of a wrapped line.
_SEEMS = frozenset([Kind.BYLINE, Kind.CHROME, Kind.LINK])
# A name or a word that seems furniture is the end of a wrapped line where the line above is long.
_LONG = 40
_WIDE = 130


def read(rows: Iterable[Row]) -> list[Line]:
    """Return the lines of ``rows``."""
    found: list[Line] = []
    for row in rows:
        for line in _of_row(row):
            if _is_wrapped(found[-2:], line):
                line = line._replace(kind=Kind.TEXT, value=line.raw, address="")  # noqa: PLW2901  # the same line
            found.append(line)
    return list(_completed(_with_byline(found)))


def _is_wrapped(above: Sequence[Line], line: Line) -> bool:
    """Say whether a line only looks like furniture: the end of a wrapped title or abstract."""
    if line.kind not in _SEEMS or line.level or line.link:
        return False
    if not above or above[-1].kind is not Kind.TEXT:
        return False
    text = above[-1].value.rstrip()
    if line.kind is not Kind.LINK:
        return not line.gap and len(text) >= _LONG
    if "://" not in line.raw or len(text) > _WIDE:
        return False
    if not (line.gap or above[-1].gap) or _LEADS_IN.search(text[-20:]):
        return True
    is_wrapped = above[0].kind is Kind.TEXT and _LONG <= len(above[0].value) <= _WIDE
    return len(above) > 1 and is_wrapped and text[-1] not in ".!?"


def _of_row(row: Row) -> Iterator[Line]:
    """Yield the lines of one row."""
    gap, mark = row.gap, row.mark
    read_row = _known if len(row.text) <= SHORT else _lines
    for line in read_row(row.pieces, row.level):
        _, kind, value, _, level, _, paper, address, link, raw = line
        yield Line(
            row.number, kind, value, gap, level, row.ordinal, paper, address, link, mark + raw
        )
        gap, mark = False, ""


def _lines(pieces: tuple[Piece, ...], level: int) -> tuple[Line, ...]:
    """Return the lines of a row by what it says, wherever it stands."""
    row = Row(0, pieces, level=level)
    parts = parts_of(row)
    found = [_line(row, piece) for piece in parts]
    if len(found) == 1:
        found = [found[0]._replace(raw=row.text.strip())]
    return tuple(line for line in found if line.kind is not Kind.TEXT or line.value)


# Of many lines, most are the page's own words, again and again.
_known = lru_cache(maxsize=4096)(_lines)


def _line(row: Row, piece: Piece) -> Line:
    text = " ".join(piece.text.split()) if len(piece.text) <= SHORT else piece.text.strip()
    found = target(piece.address)
    kind, value = furniture.kind_of(text)
    paper, level = found.paper, row.level
    if named := _ARXIV.fullmatch(text) if len(text) <= furniture.LONGEST else None:
        kind, paper = Kind.LABEL, paper or named[1]
    elif paper:
        kind, value = _of_paper(kind, value, text, found.part, level=level)
    elif found.is_code:
        kind, value = _of_code(kind, value, text)
    elif found.profile and kind in {Kind.TEXT, Kind.CHROME, Kind.LABEL}:
        kind, value = Kind.ORGANIZATION, text
    elif piece.address and not text:
        kind = Kind.LINK
    elif 0 < level < BOLD and kind not in _OF_HEADINGS:
        kind, value = Kind.TEXT, text
    if kind is Kind.TEXT and len(value) <= SHORT and (marked := _EMPHASIS.fullmatch(value)):
        value = marked[2]
    if kind is Kind.TEXT and (label := _LABELLED.match(value)):
        value = value[label.end() :]
        level = level or (BOLD if label[0][:1] in "tT" and label[0][:2].lower() == "ti" else 0)
    return Line(
        row.number, kind, value, row.gap, level, row.ordinal, paper, piece.address, piece.link, text
    )


_OF_HEADINGS = frozenset([Kind.PAGE, Kind.BYLINE, Kind.CHROME, Kind.DATE, Kind.LABEL])


def _of_paper(kind: Kind, value: str, text: str, part: str, *, level: int) -> tuple[Kind, str]:
    """Return what a line is that leads to a paper."""
    if not text:
        return Kind.LABEL, ""
    if kind is Kind.NUMBER or kind is Kind.COMMENTS:
        return (Kind.COMMENTS if part == "comments" or kind is Kind.COMMENTS else Kind.VOTES), value
    if kind in {Kind.CHROME, Kind.LINK, Kind.LABEL}:
        return (Kind.TEXT, text) if level else (Kind.LABEL, value)
    return (
        (Kind.TEXT, text) if kind in {Kind.BYLINE, Kind.ORGANIZATION, Kind.PAGE} else (kind, value)
    )


def _of_code(kind: Kind, value: str, text: str) -> tuple[Kind, str]:
    """Return what a line is that leads to a repository."""
    if kind is Kind.NUMBER or kind is Kind.STARS:
        return Kind.STARS, value
    return (Kind.LINK, text) if kind in {Kind.TEXT, Kind.CHROME, Kind.LABEL} else (kind, value)


def _with_byline(found: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, the page's byline in one where it stands in three."""
    index = 0
    while index < len(found):
        line = found[index]
        end = _end_of_byline(found, index + 1) if line.raw.lower() == "by" else 0
        if end:
            names = dict.fromkeys(_once(each.raw) for each in found[index + 1 : end])
            line = line._replace(kind=Kind.BYLINE, value=" ".join(names))
        yield line
        index = end or index + 1


def _end_of_byline(found: Sequence[Line], start: int) -> int:
    """Return where a byline ends that goes on at ``start``; 0 where none does."""
    below = range(start, min(start + 3, len(found)))
    return next((at + 1 for at in below if _COMMUNITY.fullmatch(found[at].raw)), 0)


def _once(text: str) -> str:
    """Return a name without its picture's words, which are the same name."""
    half = len(text) // 2
    return text[half:] if half and text[:half] == text[half:] else text


def _name(text: str) -> str:
    """Return the name of who sent a paper in, without the day on which that was."""
    dated = _DATED.search(text)
    return _once(text[: dated.start()] if dated and days.read(dated[1]) else text)


def _completed(found: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, each field with the value that stands in the line below it."""
    held: Line | None = None
    for line in found:
        if held:
            if line.kind in _VALUES[held.kind]:
                paper = held.paper or line.paper
                address = line.address or held.address
                value = _name(line.raw) if held.kind is Kind.SUBMITTER else line.value
                yield held._replace(value=value, paper=paper, address=address)
                held = None
                continue
            yield _unfilled(held)
            held = None
        if line.kind is Kind.SUBMITTER:
            line = line._replace(value=_name(line.value))  # noqa: PLW2901  # the same line
        if line.kind in _VALUES and not line.value:
            held = line
        else:
            yield line
    if held:
        yield _unfilled(held)


# What the next line may be for a field to be completed by it.
_VALUES = {
    Kind.SUBMITTER: frozenset(
        [Kind.TEXT, Kind.ORGANIZATION, Kind.CHROME, Kind.LABEL, Kind.LINK, Kind.BYLINE]
    ),
    Kind.VOTES: frozenset([Kind.NUMBER, Kind.VOTES]),
    Kind.STARS: frozenset([Kind.NUMBER, Kind.STARS]),
}


def _unfilled(line: Line) -> Line:
    """Return a field that has no value: a word of the site, or a link."""
    if line.kind is Kind.STARS and line.address:
        return line._replace(kind=Kind.LINK)
    return line._replace(kind=Kind.CHROME)
