"""The pages of a digest, and of its other views."""

from __future__ import annotations

from collections.abc import Iterator

from generator import listing, lists, parts, statistics, urls
from generator.calendars import Month
from generator.library import Library
from generator.listing import Group
from generator.model import Digest, Page
from generator.settings import Settings

# A day of more papers than this shows the beginnings of their abstracts: it is skimmed, and
# whole they would be a tenth of all that a large site weighs.
WHOLE = 100


def pages(library: Library, digest: Digest, calendar: Month, settings: Settings) -> Iterator[Page]:
    """Yield the pages of ``digest``; the first one has its note, calendar and topics."""
    whole = len(digest.papers) <= WHOLE
    items = listing.items_of(library, digest, listing.whole if whole else listing.lead)
    path = urls.digest(digest.date)
    context = {
        **_head(library, digest),
        "byline": digest.byline,
        "count": len(items),
        "empty": "" if items else listing.why_empty(digest.date),
        "views": lists.views_of(path, items),
        "view": "",
        "whole": whole,
    }
    for part in parts.in_order(items, path, settings.page_size):
        opens = part.path == path
        more = {
            "groups": (Group(None, part.items),) if items else (),
            "place": part.place,
            "note": digest.note if opens else "",
            "topics": statistics.tally(item.topics for item in items) if opens else (),
            "calendar": calendar if opens else None,
        }
        yield Page(part.path, "digest.html", {**context, **more})


def views(library: Library, digest: Digest, settings: Settings) -> Iterator[Page]:
    """Yield the pages of the other views of ``digest``, with the beginnings of its papers."""
    items = listing.items_of(library, digest, listing.lead)
    yield from lists.views(
        urls.digest(digest.date), "day.html", _head(library, digest), items, settings
    )


def _head(library: Library, digest: Digest) -> dict[str, object]:
    """Return the day of ``digest``, and the paths of the digests before and after it."""
    older, newer = library.neighbours[digest.date]
    return {
        "date": digest.date,
        "older": urls.digest(older) if older else "",
        "newer": urls.digest(newer) if newer else "",
    }
