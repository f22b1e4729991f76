"""Feeds and sitemaps: what the machines that follow the site are given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, islice, takewhile
from typing import Any, NamedTuple

from generator import urls
from generator.content.settings import Settings
from generator.library.library import Day, Library
from generator.model import Page
from generator.plan import rows
from generator.plan.rows import Place

TEMPLATES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
DIGEST_TEMPLATES = {"rss": "digests-feed.xml", "atom": "digests-atom.xml", "json": "digests.json"}
# A topic, an author, a search gets a few papers a day: what a reader of its feed would miss is
# weeks old.
PART = 50
SITEMAP_SIZE = 50_000  # addresses a file, at most: sitemaps.org/protocol.html
DIGESTS = 30  # entries of the feed of digests, at most: a month of them
# Papers that all entries of the feed of digests name, at most: where a day has hundreds, a month of
# them would be megabytes, which readers ask for again and again.
NAMED = 1000


class Feed(NamedTuple):
    """One list that can be followed: its name (empty for the whole site), its page, its files."""

    name: str
    home: str
    paths: Mapping[str, str]


SITE = Feed("", urls.INDEX, urls.FEEDS)
EVERY_DIGEST = Feed("", urls.ARCHIVE, urls.DIGEST_FEEDS)


class Listed(NamedTuple):
    """A digest as its feed carries it."""

    date: Any
    byline: str
    note: str
    papers: tuple[rows.Item, ...]


def site(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the feeds of the whole site: of its newest papers, and of its newest digests."""
    yield from _files(library, SITE, _newest(library, settings.feed_items))
    yield from _digests(library)


def _newest(library: Library, least: int) -> tuple[Place, ...]:
    """Return the newest papers, each day in its digest's order and at the day that first listed it.

    The last day is whole, whatever its length: whoever asks once a day misses no paper.
    """
    found: list[Place] = []
    for digest in reversed(library.digests):
        day, listed = digest.date, library.listed
        own = [Place(slug, day, 0) for slug in digest.papers if listed[slug][0] == day]
        found += own[: least - len(found)] if found else own
        if len(found) >= least:
            break
    return tuple(found)


def by_topic(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the three feeds of every topic."""
    for slug, topic in library.topics.items():
        newest = rows.newest_first(library, library.papers_under[slug])
        feed = Feed(topic.name, urls.topic(slug), urls.topic_feeds(slug))
        yield from of(library, feed, newest, settings)


def of(
    library: Library,
    feed: Feed,
    places: tuple[Place, ...],
    settings: Settings,
    most: int = PART,
    reach: dt.timedelta = dt.timedelta.max,
) -> Iterator[Page]:
    """Yield the three files of ``feed``; ``places`` are its papers, newest first.

    It carries at most so many of them, and none that is older than the newest by more than
    ``reach``; but the newest day's whole.
    """
    newest = places[0].day if places else dt.date.min
    whole = sum(1 for _ in takewhile(lambda place: place.day == newest, places))
    places = tuple(takewhile(lambda place: newest - place.day <= reach, places))
    yield from _files(library, feed, places[: max(min(settings.feed_items, most), whole)])


def _files(library: Library, feed: Feed, places: tuple[Place, ...]) -> Iterator[Page]:
    """Return one list of papers in the three formats."""
    made_of = feed, places, rows.marks(library, places)
    return _in_formats(feed, TEMPLATES, made_of, partial(_fill, library, feed, places))


def _in_formats(
    feed: Feed, templates: Mapping[str, str], made_of: object, fill: Callable[[], dict[str, Any]]
) -> Iterator[Page]:
    """Yield the files of ``feed``, which show the same."""
    shared = _Shared(fill, len(feed.paths))
    for name, path in feed.paths.items():
        yield Page(path, templates[name], made_of, shared)


class _Shared:
    """What ``of`` files of a feed show: made for the first that asks, let go with the last."""

    def __init__(self, make: Callable[[], dict[str, Any]], of: int) -> None:
        self._make = make
        self._of = self._left = of
        self._made: dict[str, Any] = {}

    def __call__(self) -> dict[str, Any]:
        """Return it, to be read only."""
        made = self._made or self._make()
        self._left -= 1
        if self._left:
            self._made = made
        else:
            self._left, self._made = self._of, {}
        return made


def _fill(library: Library, feed: Feed, places: tuple[Place, ...]) -> dict[str, Any]:
    items = rows.items(library, places, rows.whole)
    return {"name": feed.name, "home": feed.home, "items": items}


def _digests(library: Library) -> Iterator[Page]:
    """Return the feed of digests in the three formats: each day one entry that lists its papers."""
    newest = _newest_digests(library.digests)
    marks = [library.marks(digest.papers) for digest in newest]
    fill = partial(_fill_digests, library, newest)
    return _in_formats(EVERY_DIGEST, DIGEST_TEMPLATES, (newest, marks), fill)


def _newest_digests(digests: Sequence[Day]) -> tuple[Day, ...]:
    """Return what the feed of digests carries, newest first: the newest one in any case."""
    newest = tuple(islice(reversed(digests), DIGESTS))
    named = accumulate(len(digest.papers) for digest in newest)
    return newest[: max(1, sum(1 for count in named if count <= NAMED))]


def _fill_digests(library: Library, digests: Iterable[Day]) -> dict[str, Any]:
    items = tuple(
        Listed(
            digest.date,
            digest.byline,
            digest.note,
            rows.items(library, rows.of_day(digest), rows.brief),
        )
        for digest in digests
    )
    return {"name": "", "home": EVERY_DIGEST.home, "items": items}


def all_feeds(library: Library, searches: Iterable[Feed] = ()) -> tuple[tuple[str, Feed], ...]:
    """Return every feed of the site with its kind: ``site``, ``digests``, ``topics`` and so on."""
    topics = (
        Feed(topic.name, urls.topic(slug), urls.topic_feeds(slug))
        for slug, topic in library.topics.items()
    )
    authors = (
        Feed(one.name, urls.author(slug), urls.author_feeds(slug))
        for slug, one in library.authors.pages.items()
    )
    return (
        ("site", SITE),
        ("digests", EVERY_DIGEST),
        *(("topics", feed) for feed in topics),
        *(("searches", feed) for feed in searches),
        *(("authors", feed) for feed in authors),
    )


def outline(library: Library, searches: Iterable[Feed] = ()) -> Page:
    """Return the OPML file of all feeds, which a reader program takes in one go."""
    return Page.of(urls.OPML, "opml.xml", {"feeds": all_feeds(library, searches)})


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
