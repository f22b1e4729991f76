"""The site map: every page, feed and export of the site, with what fills it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from heapq import merge
from operator import itemgetter
from typing import Any

from generator import urls
from generator.content.settings import Settings
from generator.content.site_pages import SitePage
from generator.library import calendars
from generator.library.calendars import Month
from generator.library.facts import ALIASES
from generator.library.library import Day, Library, Period
from generator.model import Bundle, Page
from generator.plan import api, digests, maps, markdown, papers, rows, statistics
from generator.plan.pagination import List
from generator.plan.rows import Group, Place
from generator.system.errors import GazetteError

# Ways to reach pages, and not places of their own: they stay out of the sitemap.
UNLISTED = {
    *(urls.NOT_FOUND, urls.SEARCH, urls.READING_LIST, urls.FOR_YOU, urls.RULES, urls.OFFLINE),
}


def lists(
    library: Library, settings: Settings, own: Iterable[SitePage] = ()
) -> Iterator[Page | Bundle]:
    """Yield all pages but the days: front page, lists, ``own`` pages, what there is one of."""
    yield from _front(library, settings)
    # By time: a month and its weeks say the same of the same papers.
    both = merge(_weeks(library, settings), _months(library, settings), key=itemgetter(0))
    yield from (bundle for _, bundle in both)
    years = {"years": sorted(settings.years.items(), reverse=True)}
    yield Page.of(urls.ARCHIVE, "archive.html", _archive(library) | years)
    charts = statistics.page(library)
    # The figures of one day are few, and so they stay: its map stands on the page of its month.
    recent = statistics.new_in(library, library.months[-1]) if len(library.digests) > 1 else ()
    yield maps.on(charts, library, recent)
    yield from _topics(library, settings)
    yield from _own(library, own)
    yield Page.of(urls.READING_LIST, "reading-list.html", {})
    yield Page.of(urls.FOR_YOU, "for-you.html", {})
    topics = tuple([topic.name for topic in library.refs.values()])
    yield Page.of(urls.RULES, "rules.html", {"topics": topics})
    yield Page.of(urls.NOT_FOUND, "404.html", {})
    yield from _aliases(library)
    yield Page.of(urls.ROBOTS, "robots.txt", {})
    if settings.offline:
        yield Page.of(urls.OFFLINE, "offline.html", {})
        yield Page.of(urls.MANIFEST, "manifest.json", {})
    yield Page.of(urls.SCRIPT, "site.js", {})
    yield Page.of(urls.KEYS, "keys.js", {})
    if settings.accent:
        yield Page.of(urls.ACCENT, "accent.css", {})


def single(plan: Iterable[Page | Bundle]) -> Iterator[Page]:
    """Yield the pages of ``plan``, those in bundles too."""
    for each in plan:
        if isinstance(each, Page):
            yield each
        else:
            yield from each.pages()


def aliases(library: Library) -> dict[str, str]:
    """Return the slug of the paper that each former address leads to, by the path of that."""
    found: dict[str, str] = {}
    for slug in library.facts.having(ALIASES):
        facts = library.facts[slug]
        for name in facts.aliases:
            path = urls.alias(name, facts.folder, library.shelves.by_month)
            if path == library.page(slug) or found.get(path) == slug:
                continue
            other = found.get(path) or next(
                (each for each in (urls.alias_slug(name),) if each in library.facts), ""
            )
            if other:
                raise GazetteError(f"{slug}: the alias {name!r} is an address of {other}, too")
            found[path] = slug
    return found


def _aliases(library: Library) -> Iterator[Page]:
    """Yield a page at each address that a paper had, which leads to the one that it has."""
    for path, slug in aliases(library).items():
        head = {"target": library.page(slug), "title": library.facts[slug].title}
        yield Page.of(path, "alias.html", head)


def _own(library: Library, own: Iterable[SitePage]) -> Iterator[Page]:
    """Yield the site's own pages; the about page is there even where it has no text of its own."""
    about: SitePage | None = None
    for page in own:
        if page.path == urls.ABOUT:
            about = page
        else:
            yield Page.of(page.path, "page.html", {"own": page})
    yield Page.of(urls.ABOUT, "about.html", {**statistics.figures(library), "own": about})


def days(library: Library, settings: Settings) -> Iterator[Bundle]:
    """Yield the digests, oldest first.

    This is the only part of the site that says which papers are related.
    """
    titles = library.titles(library.others, b"")
    for month in library.months:
        calendar = _calendar(month)
        for digest in reversed(month.digests):
            # A paper names older ones, so the titles of all papers so far settle what it says.
            titles = library.titles(digest.papers, titles)
            made_of = (
                digest,
                calendar,
                library.neighbours[digest.date],
                library.marks(digest.papers),
                library.authors.marks.of(digest.papers),
                [library.listed[slug] for slug in digest.papers],
                titles,
            )
            yield Bundle(
                name=digest.date.isoformat(),
                made_of=made_of,
                late=partial(papers.related, library, digest),
                pages=partial(_digest, library, digest, calendar, settings),
            )


def of_days(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the pages of all digests one by one, the newest first."""
    for month in reversed(library.months):
        calendar = _calendar(month)
        for digest in month.digests:
            yield from _digest(library, digest, calendar, settings)


def search(library: Library, script: str) -> Page:
    """Return the search page, with the ``script`` that a search begins with."""
    newest = statistics.figures(library)["newest"]
    return Page.of(urls.SEARCH, "search.html", {"newest": newest, "script": script})


def places(paths: Iterable[str], library: Library) -> list[str]:
    """Return those of the ``paths`` of pages that the sitemap names."""
    unlisted = UNLISTED | aliases(library).keys()
    return [path for path in paths if path.endswith(".html") and path not in unlisted]


def _front(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the front page: the newest digest, or a welcome while there is none."""
    if not library.digests:
        yield Page.of(urls.INDEX, "welcome.html", {})
        return
    calendar = _calendar(library.months[-1])
    first = next(digests.pages(library, library.digests[-1], calendar, settings))
    yield first._replace(path=urls.INDEX, template="index.html")


def _digest(library: Library, digest: Day, calendar: Month, settings: Settings) -> Iterator[Page]:
    """Yield ``digest`` with its views, and after it the papers new in it.

    Together, as a text that both show is then at hand.
    """
    yield from digests.pages(library, digest, calendar, settings)
    yield from digests.views(library, digest, settings)
    yield from papers.pages(library, digest)
    yield from papers.exports(library, digest)
    yield from api.digest(library, digest, settings)
    yield from markdown.digest(library, digest, settings)


def _weeks(library: Library, settings: Settings) -> Iterator[tuple[date, Bundle]]:
    """Yield the pages of every week, oldest first: its days, those without papers too.

    Each with the first day of its week.
    """
    if not library.digests:
        return
    oldest, newest = library.digests[0].date, library.digests[-1].date
    for week, beside in _with_neighbours(library.weeks, urls.week):
        days = tuple(calendars.days(max(week.first, oldest), min(week.last, newest)))
        head = {"first": week.first, "last": week.last, **beside}
        own = partial(_week, library, week, days, head, settings)
        yield week.first, _bundle(library, urls.week(week.first), week, (head, days), own)


def _week(
    library: Library,
    week: Period,
    days: Sequence[date],
    head: Mapping[str, Any],
    settings: Settings,
) -> Iterator[Page]:
    listed = {digest.date: digest for digest in week.digests}
    groups = tuple(_day(day, listed.get(day)) for day in days)
    path = urls.week(week.first)
    yield from List(library, path, "week.html", head, settings.page_size).whole(groups)


def _bundle(
    library: Library,
    name: str,
    period: Period,
    made_of: object,
    pages: Callable[[], Iterable[Page]],
) -> Bundle:
    """Return the pages of a period, made of what it lists and of what else is given."""
    marks = [library.marks(digest.papers) for digest in period.digests]
    return Bundle(name, (period, marks, made_of), pages)


def _day(day: date, digest: Day | None) -> Group[Place]:
    """Return the papers of one day, or why there are none."""
    places = rows.of_day(digest) if digest else ()
    return Group(day, places, "" if places else calendars.why_empty(day))


def _months(library: Library, settings: Settings) -> Iterator[tuple[date, Bundle]]:
    """Yield the pages of every month, oldest first, with its calendar; each with its first day."""
    for month, beside in _with_neighbours(library.months, urls.month):
        head = {"first": month.first, "calendar": _calendar(month), **beside}
        newest = statistics.new_in(library, month)
        own = partial(_month, library, month, head, newest, settings)
        yield month.first, _bundle(library, urls.month(month.first), month, (head, newest), own)


def _month(
    library: Library,
    month: Period,
    head: Mapping[str, Any],
    newest: Sequence[str],
    settings: Settings,
) -> Iterator[Page]:
    groups = tuple(_day(day.date, day) for day in month.digests)
    path = urls.month(month.first)
    shown = List(library, path, "month.html", head, settings.page_size, rows.brief)
    for page in shown.whole(groups):
        yield maps.on(page, library, newest) if page.path == path else page


def _with_neighbours(
    periods: tuple[Period, ...], address: Callable[[date], str]
) -> Iterator[tuple[Period, dict[str, str]]]:
    """Yield each of ``periods`` (oldest first) with the paths of those before and after it."""
    paths = [address(period.first) for period in periods]
    around = zip(periods, ("", *paths[:-1]), (*paths[1:], ""), strict=False)
    for period, older, newer in around:
        yield period, {"older": older, "newer": newer}


def _calendar(month: Period, most: int = 0) -> Month:
    """Return the calendar of ``month``; shaded where the largest day of all is given."""
    counts = {digest.date: len(digest.papers) for digest in month.digests}
    return calendars.calendar(month.first, counts, most)


def _archive(library: Library) -> dict[str, Any]:
    """Return what the archive shows: every month as a heat map, newest first."""
    most = max((len(digest.papers) for digest in library.digests), default=0)
    months = tuple(_calendar(month, most) for month in reversed(library.months))
    return {"months": months, **statistics.figures(library)}


def _topics(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the index of topics and every topic's pages, newest papers first."""
    yield Page.of(urls.TOPICS, "topics.html", {"topics": statistics.subjects(library)})
    for slug, topic in library.topics.items():
        newest = rows.newest_first(library, library.papers_under[slug])
        head = {"topic": topic, "feeds": urls.topic_feeds(slug)}
        groups = rows.by_day(newest)
        path = urls.topic(slug)
        shown = List(library, path, "topic.html", head, settings.page_size, views_wanted=("votes",))
        found = [place.slug for place in newest]
        for page in shown.whole(groups):
            yield maps.on(page, library, found) if page.path == path else page
