"""The site map: every page, feed and export of the site, with what fills it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from generator import feeds, listing, papers, statistics, urls
from generator.errors import GazetteError
from generator.library import Library, Period
from generator.listing import Group, Item, Month
from generator.model import Digest, Page
from generator.settings import Settings

# Ways to reach pages, and not places of their own: they stay out of the sitemap.
UNLISTED = {"404.html", "search.html", "reading-list.html"}


@dataclass(frozen=True, slots=True)
class View:
    """One way to see a list (``""`` its own order, ``votes``, ``code``), and where it stands."""

    name: str
    path: str


def plan(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield every page of the site, each path once.

    A digest comes just before its papers, so that a text which both show is at hand. Raises
    GazetteError if two pages claim one path.
    """
    templates: dict[str, str] = {}
    for page in chain.from_iterable(_sections(library, settings)):
        if page.path in templates:
            raise GazetteError(f"{page.path} is claimed twice: rename the topic or paper it is of")
        templates[page.path] = page.template
        yield page
    places = [
        path
        for path, template in templates.items()
        if path.endswith(".html") and template not in UNLISTED
    ]
    yield from feeds.sitemaps(places)


def _sections(library: Library, settings: Settings) -> Iterator[Iterable[Page]]:
    """Yield the parts of the site, one after the other: this is the site map."""
    yield _front(library, settings)
    for month in library.months:
        yield _digests(library, month, settings)
    yield _weeks(library, settings)
    yield _months(library, settings)
    yield [Page(urls.ARCHIVE, "archive.html", _archive(library))]
    yield [statistics.page(library)]
    yield _topics(library, settings)
    yield feeds.site(library, settings)
    yield feeds.by_topic(library, settings)
    yield [
        Page(urls.SUBSCRIBE, "subscribe.html", {"topics": statistics.counts(library)}),
        Page(urls.ABOUT, "about.html", statistics.figures(library)),
        *([Page(urls.SEARCH, "search.html", {})] if settings.search else []),
        Page(urls.READING_LIST, "reading-list.html", {}),
        Page(urls.NOT_FOUND, "404.html", {}),
        Page(urls.ROBOTS, "robots.txt", {}),
        Page(urls.STRINGS, "strings.js", {}),
    ]
    if settings.accent:
        yield [Page(urls.ACCENT, "accent.css", {})]


def _front(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the front page: the newest digest, or a welcome while there is none."""
    if not library.digests:
        yield Page(urls.INDEX, "welcome.html", {})
        return
    calendar = _calendar(library.months[-1])
    context = _digest(library, library.digests[-1], calendar, settings)
    yield Page(urls.INDEX, "index.html", context)


def _digests(library: Library, month: Period, settings: Settings) -> Iterator[Page]:
    """Yield each digest of ``month`` with its views, and after it the papers new in it."""
    calendar = _calendar(month)
    for digest in reversed(month.digests):
        path = urls.digest(digest.date)
        context = _digest(library, digest, calendar, settings)
        yield Page(path, "digest.html", context)
        head = {"first": digest.date, "older": context["older"], "newer": context["newer"]}
        yield from _views(path, "day.html", head, context["items"], settings)
        yield from papers.pages(library, digest)
        yield from papers.exports(digest)


def _digest(
    library: Library, digest: Digest, calendar: Month, settings: Settings
) -> dict[str, Any]:
    """Return what the page of ``digest`` shows.

    A day of more papers than fit one page of a list has the beginnings of their abstracts only:
    whole, they would be a page of megabytes.
    """
    whole = len(digest.papers) <= settings.page_size
    items = listing.items_of(library, digest, whole=whole)
    older, newer = library.neighbours[digest.date]
    return {
        "date": digest.date,
        "byline": digest.byline,
        "note": digest.note,
        "empty": "" if items else listing.why_empty(digest.date),
        "items": items,
        "topics": statistics.tally(item.topics for item in items),
        "views": _view_paths(urls.digest(digest.date), items),
        "older": urls.digest(older) if older else "",
        "newer": urls.digest(newer) if newer else "",
        "calendar": calendar,
    }


def _weeks(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the pages of every week: its days newest first, those without papers too."""
    if not library.digests:
        return
    oldest, newest = library.digests[0].date, library.digests[-1].date
    for week, older, newer in _with_neighbours(library.weeks):
        listed = {digest.date: digest for digest in week.digests}
        days = listing.days(max(week.first, oldest), min(week.last, newest))
        groups = tuple(_day(library, day, listed.get(day)) for day in days)
        path = urls.week(week.first)
        head = {
            "first": week.first,
            "last": week.last,
            "older": urls.week(older.first) if older else "",
            "newer": urls.week(newer.first) if newer else "",
        }
        yield from _list(path, "week.html", head, groups, settings)


def _day(library: Library, day: date, digest: Digest | None) -> Group:
    """Return the papers of one day, or why there are none."""
    items = listing.items_of(library, digest) if digest else ()
    return Group(day, items, "" if items else listing.why_empty(day))


def _brief(group: Group) -> Group:
    """Return ``group`` without abstracts: a month is scanned by its titles."""
    return replace(group, items=tuple(replace(found, text="") for found in group.items))


def _months(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the pages of every month, with its calendar."""
    for month, older, newer in _with_neighbours(library.months):
        groups = tuple(_brief(_day(library, day.date, day)) for day in month.digests)
        head = {
            "first": month.first,
            "calendar": _calendar(month),
            "older": urls.month(older.first) if older else "",
            "newer": urls.month(newer.first) if newer else "",
        }
        yield from _list(urls.month(month.first), "month.html", head, groups, settings)


def _with_neighbours(
    periods: tuple[Period, ...],
) -> Iterator[tuple[Period, Period | None, Period | None]]:
    """Yield each of ``periods`` (oldest first) with the one before and the one after it."""
    yield from zip(periods, (None, *periods[:-1]), (*periods[1:], None), strict=False)


def _list(
    path: str,
    template: str,
    head: Mapping[str, Any],
    groups: tuple[Group, ...],
    settings: Settings,
) -> Iterator[Page]:
    """Yield the pages of a list under the headings of its days, and those of its views."""
    items = tuple(found for group in groups for found in group.items)
    shared = {**head, "count": len(items), "views": _view_paths(path, items), "view": ""}
    if len(items) <= settings.page_size:
        yield Page(path, template, {**shared, "groups": groups, "part": None})
    else:
        for part in listing.parts(items, path, settings.page_size):
            context = {**shared, "groups": listing.by_day(part.items), "part": part.places}
            yield Page(part.path, template, context)
    yield from _views(path, template, head, items, settings)


def _views(
    path: str,
    template: str,
    head: Mapping[str, Any],
    items: tuple[Item, ...],
    settings: Settings,
) -> Iterator[Page]:
    """Yield the pages of the views of a list that are not the list itself."""
    paths = _view_paths(path, items)
    for view in paths[1:]:
        found = listing.VIEWS[view.name](items)
        shared = {**head, "count": len(found), "views": paths, "view": view.name}
        for part in listing.parts(found, view.path, settings.page_size):
            context = {**shared, "groups": (Group(None, part.items),), "part": part.places}
            yield Page(part.path, template, context)


def _view_paths(path: str, items: tuple[Item, ...]) -> tuple[View, ...]:
    return tuple(View(name, urls.view(path, name)) for name in listing.views_of(items))


def _calendar(month: Period, most: int = 0) -> Month:
    """Return the calendar of ``month``; shaded where the largest day of all is given."""
    counts = {digest.date: len(digest.papers) for digest in month.digests}
    return listing.calendar(month.first, counts, most)


def _archive(library: Library) -> dict[str, Any]:
    """Return what the archive shows: every month as a heat map, newest first."""
    most = max((len(digest.papers) for digest in library.digests), default=0)
    months = tuple(_calendar(month, most) for month in reversed(library.months))
    return {"months": months, **statistics.figures(library)}


def _topics(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the index of topics and every topic's pages, newest papers first."""
    yield Page(urls.TOPICS, "topics.html", {"topics": statistics.subjects(library)})
    for slug, topic in library.topics.items():
        newest = listing.newest_first(library, library.papers_under[slug])
        head = {"topic": topic, "feeds": urls.topic_feeds(slug)}
        groups = listing.by_day(newest)
        yield from _list(urls.topic(slug), "topic.html", head, groups, settings)
