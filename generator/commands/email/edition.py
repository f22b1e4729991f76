"""Which papers an edition of the digest has: those of a day, or of the days of a week."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator import urls
from generator.library.library import Day, Library
from generator.system.errors import GazetteError


@dataclass(frozen=True, slots=True)
class Edition:
    """The papers of a digest, or of the digests of a week: ``name`` is 2025-09-23 or 2025-W39.

    ``home`` is the path of the page that has them on the web.
    """

    name: str
    home: str
    first: dt.date
    last: dt.date
    days: tuple[Day, ...]


def of_day(library: Library, day: dt.date | None) -> Edition:
    """Return the edition of ``day``, or of the newest digest; GazetteError where there is none."""
    if not library.digests:
        raise GazetteError("there is no digest yet; `build.py add` brings one")
    wanted = day or library.digests[-1].date
    found = next((digest for digest in library.digests if digest.date == wanted), None)
    if found is None:
        newest = library.digests[-1].date
        raise GazetteError(f"there is no digest of {wanted}; the newest is of {newest}")
    return Edition(wanted.isoformat(), urls.digest(wanted), wanted, wanted, (found,))


def of_week(library: Library, name: str) -> Edition:
    """Return the edition of a week, like ``2025-W39``; GazetteError where it has no digest."""
    try:
        first = dt.datetime.strptime(f"{name}-1", "%G-W%V-%u").date()  # noqa: DTZ007  # a day, no time
    except ValueError:
        raise GazetteError(f"--week: {name!r} is no week; write it like 2025-W39") from None
    found = next((week for week in library.weeks if week.first == first), None)
    if found is None:
        raise GazetteError(f"there is no digest in the week {name}")
    year, week, _ = first.isocalendar()
    days = tuple(reversed(found.digests))
    return Edition(f"{year}-W{week:02}", urls.week(first), found.first, found.last, days)
