"""Feeds and sitemaps: what the machines that follow the site are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from generator import listing, urls
from generator.library import Library
from generator.model import Page
from generator.settings import Settings
from generator.topics import TopicRef

TEMPLATES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
# A topic gets a few papers a day: what a reader of its feed would miss is weeks old.
TOPIC = 50
SITEMAP_SIZE = 50_000  # addresses a file, at most: sitemaps.org/protocol.html


def site(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the three feeds of the site: its newest papers, each day in the digest's order."""
    items = tuple(islice(_newest(library), settings.feed_items))
    yield from _feeds(urls.FEEDS, items, None, urls.INDEX)


def _newest(library: Library) -> Iterator[listing.Item]:
    """Yield all papers, newest day first, each at the day that first listed it."""
    for digest in reversed(library.digests):
        for paper in digest.papers:
            if library.listed[paper.slug][0] == digest.date:
                yield listing.whole(library, paper, digest.date)


def by_topic(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the three feeds of every topic."""
    for slug, topic in library.topics.items():
        papers = listing.newest_first(
            library, library.papers_under[slug], listing.whole, min(settings.feed_items, TOPIC)
        )
        yield from _feeds(
            urls.topic_feeds(slug), papers, TopicRef(slug, topic.name), urls.topic(slug)
        )


def _feeds(
    paths: Mapping[str, str],
    items: tuple[listing.Item, ...],
    topic: TopicRef | None,
    home: str,
) -> Iterator[Page]:
    """Yield one list of papers in the three formats; ``home`` is the page it belongs to."""
    for name, path in paths.items():
        context: dict[str, Any] = {"path": path, "home": home, "topic": topic, "items": items}
        yield Page(path, TEMPLATES[name], context)


def sitemaps(paths: Sequence[str]) -> Iterator[Page]:
    """Yield the sitemap of ``paths``: one file, or an index of several if there are too many."""
    if len(paths) <= SITEMAP_SIZE:
        yield Page(urls.SITEMAP, "sitemap.xml", {"paths": tuple(paths)})
        return
    names: list[str] = []
    for start in range(0, len(paths), SITEMAP_SIZE):
        names.append(urls.sitemap(len(names) + 1))
        yield Page(names[-1], "sitemap.xml", {"paths": tuple(paths[start : start + SITEMAP_SIZE])})
    yield Page(urls.SITEMAP, "sitemap-index.xml", {"paths": tuple(names)})
