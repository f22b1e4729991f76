"""The days that a question is about: one, the last few, a week, or a month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.system.errors import GazetteError

_MOST = 100  # days at once


class Period(NamedTuple):
    """Days from ``first`` to ``last``, both included; ``kind`` is date, days, week or month.

    ``text`` is how sources and people write it: 2025-09-23, 2025-W39, 2025-09.
    """

    kind: str
    text: str
    first: dt.date
    last: dt.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.first <= day <= self.last

    def days(self) -> Iterator[dt.date]:
        """Yield the days in order."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + dt.timedelta(days=number)


def day(date: dt.date) -> Period:
    """Return one day as a period."""
    return Period("date", date.isoformat(), date, date)


def days(last: dt.date, count: int) -> Period:
    """Return the ``count`` days up to ``last``: what is new, whichever day it comes on."""
    if not 1 <= count <= _MOST:
        raise GazetteError(f"{count} days cannot be asked for; it has to be 1 to {_MOST}")
    first = last - dt.timedelta(days=count - 1)
    return Period("days", f"{first} to {last}", first, last)


def week(text: str) -> Period:
    """Return the ISO week written like 2025-W39; raises GazetteError."""
    match = re.fullmatch(r"([0-9]{4})-?W([0-9]{1,2})", text, re.IGNORECASE)
    try:
        first = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        first = None
    if first is None or match is None:
        raise GazetteError(f"{text!r} is no week; write it like 2025-W39")
    name = f"{match[1]}-W{int(match[2]):02}"
    return Period("week", name, first, first + dt.timedelta(days=6))


def month(text: str) -> Period:
    """Return the month written like 2025-09; raises GazetteError."""
    try:
        first = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise GazetteError(f"{text!r} is no month; write it like 2025-09") from None
    following = (first + dt.timedelta(days=31)).replace(day=1)
    return Period("month", text, first, following - dt.timedelta(days=1))
