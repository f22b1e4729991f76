"""On which day arXiv announced a paper that its API gives: the API says only when it was sent in.

Most papers are announced by the schedule. Those that moderators hold come days or weeks later, and
get their id only then: ids are in the order of announcement. So a paper sent in long before its
neighbours by id was announced with them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from generator.sources.arxiv.feed_entries import Entry
from generator.sources.fetch import schedule
from generator.sources.fetch.question import Known

_ID = re.compile(r"([0-9]{4})\.([0-9]{4,5})")
# Of each day's ids the smallest twentieth may be odd: it does not say where the day begins.
_ODD = 20

Number = tuple[int, int]


class Placed(NamedTuple):
    """Entries by the day that lists them; how many of other days are not known here, by day.

    ``passed`` counts those of days that were fetched before, which somebody may have removed.
    """

    days: Mapping[dt.date, list[Entry]]
    missed: Mapping[dt.date, int]
    passed: int


def number(arxiv: str) -> Number:
    """Return what puts ids in the order of announcement; those of before April 2007 come first."""
    found = _ID.fullmatch(arxiv)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def announced_on(
    entries: Iterable[Entry], deferred: Collection[dt.date] = ()
) -> list[tuple[Entry, dt.date]]:
    """Return the entries that say when they were sent in, by id, each with its listing day."""
    scheduled = sorted(
        [
            (number(entry.paper.arxiv), schedule.listing_day(entry.submitted, deferred), entry)
            for entry in entries
            if entry.submitted
        ],
        key=lambda one: one[:2],
    )
    days: dict[dt.date, list[Number]] = {}
    for at, day, _ in scheduled:
        days.setdefault(day, []).append(at)
    begins = [(numbers[len(numbers) // _ODD], day) for day, numbers in days.items()]
    begins.sort()
    placed: list[tuple[Entry, dt.date]] = []
    latest = dt.date.min
    for at, day, entry in scheduled:
        while begins and begins[0][0] <= at:
            latest = max(latest, begins.pop(0)[1])
        placed.append((entry, max(latest, day)))
    return placed


def place(
    entries: Iterable[Entry],
    wanted: Collection[dt.date],
    known: Known,
    deferred: Collection[dt.date] = (),
) -> Placed:
    """Return which of ``entries`` the days ``wanted`` list.

    A paper of a day fetched before that is not known, and has a greater id than all of the last
    such day, was announced after that, whatever the schedule says: the next wanted day has it.
    """
    newest = {day: max(map(number, ids)) for day, ids in known.announced.items()}
    followed = min(newest, default=dt.date.max)
    days: dict[dt.date, list[Entry]] = {}
    missed: dict[dt.date, int] = {}
    passed = 0
    for entry, day in announced_on(entries, deferred):
        if day in wanted:
            days.setdefault(day, []).append(entry)
            continue
        if entry.paper.arxiv in known.papers:
            continue
        following = min((each for each in wanted if each > day), default=dt.date.min)
        fetched = max((each for each in newest if each < following), default=None)
        if fetched and day <= fetched and number(entry.paper.arxiv) > newest[fetched]:
            days.setdefault(following, []).append(entry)
        elif day in newest:
            passed += 1
        elif day > followed:
            missed[day] = missed.get(day, 0) + 1
    return Placed(days, missed, passed)
