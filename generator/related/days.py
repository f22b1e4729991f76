"""The papers of a collection by day: a place is a paper's number in the order of time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple


class Span(NamedTuple):
    """A day and its papers: those from the place ``start`` to that before ``end``."""

    name: str
    start: int
    end: int


class Days:
    """The days that have papers, in order; ``ends`` has each by name with the place it ends at."""

    def __init__(self, ends: Sequence[tuple[str, int]]) -> None:
        self.ends = list(ends)
        starts = [0, *(end for _, end in ends)]
        self._spans = [
            Span(name, start, end) for start, (name, end) in zip(starts, ends, strict=False)
        ]
        self._starts = starts[:-1]
        self._names = [name for name, _ in ends]

    @classmethod
    def of(cls, dates: Iterable[date]) -> Days:
        """Return the days of ``dates``, one a paper, rising."""
        end = 0
        ends: list[tuple[str, int]] = []
        for day, papers in groupby(dates):
            end += len(list(papers))
            ends.append((day.isoformat(), end))
        return cls(ends)

    def __iter__(self) -> Iterator[Span]:
        """Yield every day."""
        return iter(self._spans)

    def at(self, place: int) -> Span:
        """Return the day of the paper at ``place``."""
        return self._spans[bisect_right(self._starts, place) - 1]

    def around(self, name: str) -> tuple[int, int]:
        """Return where the papers of a day begin and end, or would if there were any."""
        number = bisect_left(self._names, name)
        if number == len(self._spans):
            size = self._spans[-1].end if self._spans else 0
            return size, size
        day = self._spans[number]
        return day.start, day.end if day.name == name else day.start
