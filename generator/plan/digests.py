"""The pages of a digest, and of its other views."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator import urls
from generator.content.settings import Settings
from generator.library import calendars
from generator.library.calendars import Month
from generator.library.library import Day, Library
from generator.model import Page
from generator.plan import pagination, rows, statistics
from generator.plan.pagination import List, views_of
from generator.plan.rows import Group, Maker, Place

# A page of more papers than this shows the beginnings of their abstracts alone: it is skimmed, and
# whole they would be too long to wait for.
WHOLE = 100


def pages(library: Library, digest: Day, calendar: Month, settings: Settings) -> Iterator[Page]:
    """Yield the pages of ``digest``; the first one has its note, calendar and topics."""
    places = rows.of_day(digest)
    path = urls.digest(digest.date)
    whole = min(len(places), settings.page_size) <= WHOLE
    head = {
        **_head(library, digest),
        "byline": digest.byline,
        "count": len(places),
        "empty": "" if places else calendars.why_empty(digest.date),
        "views": views_of(library, path, places),
        "view": "",
        "whole": whole,
        "brief": False,
    }
    make = rows.whole if whole else rows.lead
    for part in pagination.in_parts(places, path, settings.page_size):
        opens = part.path == path
        more = {
            **head,
            "place": part.place,
            "note": digest.note if opens else "",
            "calendar": calendar if opens else None,
        }
        shown, counted = part.items, places if opens else ()
        marks = rows.marks(library, counted or shown)
        fill = partial(_fill, library, more, shown, counted, make)
        yield Page(part.path, "digest.html", (more, shown, marks), fill)


def _fill(
    library: Library,
    head: dict[str, Any],
    shown: tuple[Place, ...],
    counted: tuple[Place, ...],
    make: Maker,
) -> dict[str, Any]:
    """Return what a page shows: some papers, and how many of others are under each topic."""
    groups = (Group(None, rows.items(library, shown, make)),) if shown else ()
    topics = statistics.tally(library, (library.facts[place.slug].topics for place in counted))
    return {**head, "groups": groups, "topics": topics}


def views(library: Library, digest: Day, settings: Settings) -> Iterator[Page]:
    """Yield the pages of the other views of ``digest``, with the beginnings of its papers."""
    path, head = urls.digest(digest.date), _head(library, digest)
    shown = List(library, path, "day.html", head, settings.page_size, rows.lead, one_day=True)
    yield from shown.views(rows.of_day(digest))


def _head(library: Library, digest: Day) -> dict[str, Any]:
    """Return the day of ``digest``, and the paths of the digests before and after it."""
    older, newer = library.neighbours[digest.date]
    return {
        "date": digest.date,
        "older": urls.digest(older) if older else "",
        "newer": urls.digest(newer) if newer else "",
    }
