"""Feeds and sitemaps: what the machines that follow the site are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from generator import urls
from generator.content.settings import Settings
from generator.content.topics import TopicRef
from generator.library.library import Library
from generator.model import Page
from generator.plan import rows

TEMPLATES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
# A topic gets a few papers a day: what a reader of its feed would miss is weeks old.
TOPIC = 50
SITEMAP_SIZE = 50_000  # addresses a file, at most: sitemaps.org/protocol.html


def all_of(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield every feed of the site."""
    yield from site(library, settings)
    yield from by_topic(library, settings)


def site(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the three feeds of the site: its newest papers, each day in the digest's order."""
    newest = tuple(islice(_newest(library), settings.feed_items))
    yield from _feeds(library, urls.FEEDS, newest, None, urls.INDEX)


def _newest(library: Library) -> Iterator[rows.Place]:
    """Yield all papers, newest day first, each at the day that first listed it."""
    for digest in reversed(library.digests):
        for slug in digest.papers:
            if library.listed[slug][0] == digest.date:
                yield rows.Place(slug, digest.date, 0)


def by_topic(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the three feeds of every topic."""
    most = min(settings.feed_items, TOPIC)
    for slug in library.topics:
        newest = rows.newest_first(library, library.papers_under[slug], most)
        ref = library.refs[slug]
        yield from _feeds(library, urls.topic_feeds(slug), newest, ref, urls.topic(slug))


def _feeds(
    library: Library,
    paths: Mapping[str, str],
    places: tuple[rows.Place, ...],
    topic: TopicRef | None,
    home: str,
) -> Iterator[Page]:
    """Yield one list of papers in the three formats; ``home`` is the page it belongs to."""
    made_of = topic, places, rows.marks(library, places)
    for name, path in paths.items():
        head = {"path": path, "home": home, "topic": topic}
        yield Page(path, TEMPLATES[name], made_of, partial(_fill, library, head, places))


def _fill(
    library: Library, head: Mapping[str, Any], places: tuple[rows.Place, ...]
) -> dict[str, Any]:
    return {**head, "items": rows.items(library, places, rows.whole)}


def sitemaps(paths: Sequence[str]) -> Iterator[Page]:
    """Yield the sitemap of ``paths``: one file, or an index of several if there are too many."""
    if len(paths) <= SITEMAP_SIZE:
        yield Page.of(urls.SITEMAP, "sitemap.xml", {"paths": tuple(paths)})
        return
    names: list[str] = []
    for start in range(0, len(paths), SITEMAP_SIZE):
        names.append(urls.sitemap(len(names) + 1))
        part = tuple(paths[start : start + SITEMAP_SIZE])
        yield Page.of(names[-1], "sitemap.xml", {"paths": part})
    yield Page.of(urls.SITEMAP, "sitemap-index.xml", {"paths": tuple(names)})
