"""Days as pages write them: ``Sep 23``, ``Oct 7, 2024``, ``Tuesday, 23 September 2025``."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>[0-9]{4}))?"
_FORMS = tuple(
    re.compile(rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?{form}", re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY}{_YEAR}",
        rf"{_DAY}\s+{_MONTH}{_YEAR}",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    )
)


class Day(NamedTuple):
    """A day as written, which need not exist; ``year`` is 0 where it is not said."""

    year: int
    month: int
    day: int

    def on(self, year: int) -> dt.date | None:
        """Return the day in its own year, else in ``year``; None where there is no such day."""
        try:
            return dt.date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    def latest(self, today: dt.date) -> dt.date | None:
        """Return the day in its own year, else the latest such day not after ``today``."""
        for year in range(today.year, today.year - 9, -1):  # a 29 February is at most 8 years off
            found = self.on(year)
            if found and (self.year or found <= today):
                return found
        return None


def read(text: str) -> Day | None:
    """Return the day that ``text`` is; None where it is none."""
    for form in _FORMS:
        if found := form.fullmatch(text):
            month = found["month"].lower()[:3]
            number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
            return Day(int(found["year"] or 0), number, int(found["day"]))
    return None
