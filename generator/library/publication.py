"""What is published: no drafts, and nothing whose day is still to come."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from generator.library.catalogue import Catalogue
from generator.library.facts import DRAFT
from generator.library.library import Day


class Published(NamedTuple):
    """The digests that are shown, each without what is not; how much is not, and until when.

    ``next_day`` is the first day on which more would be shown, if there is one.
    """

    digests: tuple[Day, ...]
    drafts: int
    to_come: int
    next_day: dt.date | None

    def __str__(self) -> str:
        """Return what is not published as a line, or nothing."""
        said = [f"{self.drafts} drafts"] if self.drafts else []
        if self.to_come:
            said.append(f"{self.to_come} of days to come, the first of them {self.next_day}")
        return f"not published: {', '.join(said)}" if said else ""


def published(
    digests: Iterable[Day], facts: Catalogue, today: dt.date, *, drafts: bool
) -> Published:
    """Return what of ``digests`` and their papers is published on the day ``today``.

    With ``drafts``, all of it is. A digest whose papers are all held back is held back itself; one
    that lists none is an empty day.
    """
    every = tuple(digests)
    if drafts:
        return Published(every, 0, 0, None)
    hidden = {*facts.having(DRAFT), *facts.after(today)}
    shown: list[Day] = []
    held_back: set[str] = set()
    later: set[dt.date] = set()
    for day in every:
        if day.draft or day.date > today:
            held_back.update(day.papers)
            if day.date > today:
                later.add(day.date)
            continue
        kept = tuple([slug for slug in day.papers if slug not in hidden]) if hidden else day.papers
        if kept or not day.papers:
            shown.append(day if kept == day.papers else dataclasses.replace(day, papers=kept))
        held_back.update(hidden.intersection(day.papers))
    held_back -= {slug for day in shown for slug in day.papers} if held_back else set()
    coming = {slug for slug in held_back if facts[slug].date > today and not facts[slug].draft}
    later |= {facts[slug].date for slug in coming}
    return Published(
        digests=tuple(shown),
        drafts=len(held_back) - len(coming),
        to_come=len(coming),
        next_day=min(later, default=None),
    )
