"""All by which a site is followed: feeds of everything, pages of authors and searches, their list.

The files for programs and language models that there is one of are among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator import urls
from generator.content.settings import Settings
from generator.library.library import Library
from generator.model import Bundle, Page
from generator.plan import api, authors, feeds, markdown, searches, statistics
from generator.plan.searches import Answered


def all_of(
    library: Library, settings: Settings, saved: Sequence[Answered]
) -> Iterator[Page | Bundle]:
    """Yield every feed of the site, and the pages and lists that belong to feeds alone."""
    yield from feeds.site(library, settings)
    yield from feeds.by_topic(library, settings)
    yield from searches.pages(library, saved, settings)
    yield from authors.pages(library, settings)
    yield feeds.outline(library, searches.followed(saved))
    yield Page.of(urls.SUBSCRIBE, "subscribe.html", _subscribe(library, saved))
    yield from api.once(library, settings)
    yield markdown.index(library, settings)


def _subscribe(library: Library, saved: Sequence[Answered]) -> dict[str, Any]:
    """Return what the page shows that says how to follow the site."""
    return {
        "topics": statistics.counts(library),
        "authors": len(library.authors.pages),
        "any_papers": bool(library.facts),
        "searches": searches.followed(saved),
    }
