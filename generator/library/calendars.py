"""Months as calendars: how many papers each day has."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SHADES = 4  # of the archive's heat map


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in a calendar: how many papers it has (None: no digest) and its shade, 0 to SHADES."""

    day: date
    count: int | None
    shade: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month as rows of seven cells, Monday first; None stands for a day of another month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    count: int


def why_empty(day: date) -> str:
    """Return why a day has no papers: sources list none at week-ends, else none is known."""
    return "weekend" if day.isoweekday() > 5 else "none"  # noqa: PLR2004 - Saturday is 6


def calendar(first: date, counts: Mapping[date, int], most: int = 0) -> Month:
    """Return the month that begins on ``first``, with the number of papers of each day.

    Shades are fractions of ``most``, the largest count of all; 0 means no shades.
    """
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    rows = tuple(
        tuple(_cell(day, counts, most) if day.month == first.month else None for day in week)
        for week in weeks
    )
    total = sum(cell.count or 0 for row in rows for cell in row if cell)
    return Month(first, rows, total)


def _cell(day: date, counts: Mapping[date, int], most: int) -> Cell:
    count = counts.get(day)
    shade = -(-count * SHADES // most) if count and most else 0
    return Cell(day, count, shade)


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``last`` back to ``first``."""
    for back in range((last - first).days + 1):
        yield last - timedelta(days=back)
