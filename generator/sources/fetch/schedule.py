"""When arXiv announces what was sent in: each evening from Sunday to Thursday, holidays apart.

A paper sent in by 14:00 (US Eastern) is announced at 20:00; from Friday 14:00 on it is Monday's,
and Thursday afternoon is already Sunday's. What is announced in an evening bears the date of the
day after it, in arXiv's lists, its mails and its feeds: that is its listing day, Monday to Friday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
_DEADLINE = dt.time(14)
_ANNOUNCED = dt.time(20)
_DAY = dt.timedelta(days=1)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_THURSDAY = 3

# The evenings without an announcement, as arXiv published them or as its lists show them. Of other
# years only the holidays that it always keeps are known; site.yaml can name more.
_DEFERRED = {
    2023: ("01-16", "06-14", "06-19", "07-04", "09-04", "11-23", "12-25", "12-27"),
    2024: ("01-15", "05-22", "06-19", "07-04", "09-02", "11-28", "12-25", "12-26", "12-31"),
    2025: ("01-01", "01-20", "06-19", "07-06", "09-01", "11-27", "12-25", "12-30"),
}


def listing_day(submitted: dt.datetime, deferred: Collection[dt.date] = ()) -> dt.date:
    """Return the day whose list has a paper sent in at ``submitted``, unless it is held.

    ``deferred`` are more evenings without an announcement.
    """
    local = submitted.astimezone(EASTERN)
    evening = local.date() + (_DAY if local.time() >= _DEADLINE else dt.timedelta())
    if evening.weekday() == _FRIDAY:
        evening += 2 * _DAY  # what came in by Friday's deadline is announced on Sunday
    elif evening.weekday() in {_SATURDAY, _SUNDAY}:
        evening += (7 - evening.weekday()) * _DAY  # and what came after it, on Monday
    while not announces(evening, deferred):
        evening += _DAY
    return evening + _DAY


def announces(evening: dt.date, deferred: Collection[dt.date] = ()) -> bool:
    """Say whether arXiv announces papers in the evening of a day."""
    if evening.weekday() in {_FRIDAY, _SATURDAY}:
        return False
    return evening not in deferred and not _is_holiday(evening)


def is_listing_day(day: dt.date, deferred: Collection[dt.date] = ()) -> bool:
    """Say whether there is a list of new papers that bears the date ``day``."""
    return announces(day - _DAY, deferred)


def listing_days(
    first: dt.date, last: dt.date, deferred: Collection[dt.date] = ()
) -> Iterator[dt.date]:
    """Yield the listing days from ``first`` to ``last``, both included."""
    for number in range((last - first).days + 1):
        if is_listing_day(day := first + number * _DAY, deferred):
            yield day


def latest(now: dt.datetime, deferred: Collection[dt.date] = ()) -> dt.date:
    """Return the listing day of what was announced last before ``now``."""
    local = now.astimezone(EASTERN)
    evening = local.date() - (_DAY if local.time() < _ANNOUNCED else dt.timedelta())
    while not announces(evening, deferred):
        evening -= _DAY
    return evening + _DAY


def _is_holiday(evening: dt.date) -> bool:
    known = _DEFERRED.get(evening.year)
    return f"{evening:%m-%d}" in known if known else _is_kept(evening)


def _is_kept(day: dt.date) -> bool:
    """Say whether a day is one of the holidays that arXiv keeps every year."""
    if (day.month, day.day) in {(1, 1), (6, 19), (7, 4), (12, 25)}:
        return True
    week = (day.day + 6) // 7  # the first, second, ... of its weekday in the month
    return (day.month, day.weekday(), week) in {
        (1, 0, 3),  # Martin Luther King's day
        (9, 0, 1),  # Labor Day
        (11, _THURSDAY, 4),  # Thanksgiving
    }
