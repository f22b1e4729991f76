"""A site a year: what has its pages here, what has them on the site of another year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.library.library import Day


def parted(
    digests: Iterable[Day], years: Mapping[int, str]
) -> tuple[tuple[Day, ...], dict[str, str]]:
    """Return those of ``digests`` that ``years`` do not have, and where all other papers are.

    ``years`` are the addresses of sites by year. A paper is where it was listed first, but here
    where one of our digests lists it.
    """
    here: list[Day] = []
    there: list[Day] = []
    for day in digests:
        (there if day.date.year in years else here).append(day)
    ours = {slug for day in here for slug in day.papers} if there else set()
    elsewhere: dict[str, str] = {}
    for day in sorted(there, key=lambda day: day.date):
        for slug in day.papers:
            if slug not in ours:
                elsewhere.setdefault(slug, years[day.date.year])
    return tuple(here), elsewhere
