"""Where the index is cut by time: into the newest papers, older ones, and eras before them.

A search asks the newest and the older ones; what it takes to is bounded by the size of an era,
however many papers there are. Eras are asked where these are not enough. All cuts are counted from
the oldest paper, so that days to come leave an era as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

OLD, NEW = "old", "new"
ERA = 1 << 15
"""Papers of an era."""
MOST = 2
"""Up to so many eras OLD is left whole; beyond, it is less than one and its REST."""
REST = 4
"""What part of an era OLD has at least: what is asked first has to be enough for most searches."""


class Span(NamedTuple):
    """A segment of the index: its name, the day of its first papers, the day that it ends before.

    The last one has no end.
    """

    name: str
    first: date
    end: date | None

    def has(self, day: date) -> bool:
        """Say whether papers of ``day`` are in it."""
        return self.first <= day and (self.end is None or day < self.end)


class _Dated(Protocol):
    @property
    def date(self) -> date:
        """The day of the paper."""


Era = tuple[date, int]
"""The first day of a segment, and how many papers it has."""
D = TypeVar("D", bound=_Dated)


def newest(days: Iterable[date], era: int = ERA) -> date:
    """Return the first day of the newest segment; ``days`` are those of all papers.

    Papers are counted from the oldest in steps, of the greatest power of two that is at most a
    twelfth of all, and a quarter of an era; the last whole step says the day. So what is newest is
    small, and days to come seldom move the cut: every month or so, at fifty papers a day. date.min
    if there are none.
    """
    ordered = sorted(days)
    if not ordered:
        return date.min
    step = min(1 << max(0, (len(ordered) // 12).bit_length() - 1), era // 4)
    return ordered[min(len(ordered) // step * step, len(ordered) - 1)]


def spans(days: Iterable[date], era: int = ERA) -> list[Span]:
    """Return the segments of papers of these ``days``: the eras, oldest first, OLD and NEW."""
    ordered = sorted(days)
    start = newest(ordered, era)
    older = bisect_left(ordered, start)
    closed = (older - era // REST) // era if older > MOST * era else 0
    # A day is in one segment, so that of one with more papers than an era there may be fewer.
    firsts = sorted({ordered[number * era] for number in range(closed + 1)} if ordered else {start})
    names = [*(f"{OLD}{number}" for number in range(len(firsts) - 1)), OLD, NEW]
    return list(map(Span, names, [*firsts, start], [*firsts[1:], start, None]))


def parted(papers: Iterable[D], era: int = ERA) -> list[tuple[Span, Sequence[D]]]:
    """Return the segments of ``papers`` with the papers of each, in the given order."""
    every = list(papers)
    found = spans([paper.date for paper in every], era)
    return [(span, [paper for paper in every if span.has(paper.date)]) for span in found]


def listed(segments: Iterable[tuple[Span, Sequence[object]]]) -> list[Era]:
    """Return the eras of ``segments`` and OLD, oldest first: what the list of OLD says of them."""
    return [(span.first, len(papers)) for span, papers in segments if span.name != NEW]
