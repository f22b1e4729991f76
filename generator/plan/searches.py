"""The saved searches: which papers each finds, its page and its feeds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from generator import urls
from generator.content.saved_searches import Parted, SavedSearch, part
from generator.content.settings import Settings
from generator.library.library import Library
from generator.model import Bundle, Page
from generator.plan import feeds, rows
from generator.plan.authorship import key_of
from generator.plan.pagination import List

# What finds the papers of a query among some: what the search page would show, in any order.
Finder = Callable[[str, Collection[str]], Iterable[str]]


class Answered(NamedTuple):
    """A saved search and the papers that it finds, in the order of the library."""

    search: SavedSearch
    papers: tuple[str, ...]


def answer(library: Library, searches: Sequence[SavedSearch], find: Finder) -> tuple[Answered, ...]:
    """Return what each of ``searches`` finds; ``find`` is asked for those that have a query."""
    return tuple(Answered(search, _found(library, search, find)) for search in searches)


def _found(library: Library, search: SavedSearch, find: Finder) -> tuple[str, ...]:
    """Return the papers of one search: those that answer to all it gives beside the words first."""
    takes = _filter(library, search)
    left = [slug for slug in library.facts if takes(slug)]
    if search.query:
        matching = frozenset(find(search.query, frozenset(left)))
        left = [slug for slug in left if slug in matching]
    return tuple(left)


def _filter(library: Library, search: SavedSearch) -> Callable[[str], bool]:
    """Return what says whether a paper answers to all but the query."""
    topics = part(search.topics)
    authors = _keyed(part(search.authors))
    categories = part(search.categories)
    listed = library.listed

    def takes(slug: str) -> bool:
        facts = library.facts[slug]
        day = listed[slug][0]
        return (
            (not search.code or bool(facts.code))
            and (not search.since or day >= search.since)
            and (not search.until or day <= search.until)
            and topics.takes(facts.topics)
            and (not search.authors or authors.takes([key_of(name) for name in facts.authors]))
            and (not search.categories or categories.takes(_categories(library, slug)))
        )

    return takes


def _keyed(parted: Parted) -> Parted:
    """Return names as they are compared: however they are spelled."""
    return Parted(*(frozenset(map(key_of, names)) for names in (parted.wanted, parted.refused)))


def _categories(library: Library, slug: str) -> set[str]:
    """Return what the source files the paper under, each with the groups that it lies in."""
    found: set[str] = set()
    for label in library.papers[slug].topics:
        found.add(label)
        found.add(label.partition(".")[0])
    return found


def followed(answered: Iterable[Answered]) -> tuple[feeds.Feed, ...]:
    """Return the feeds of saved searches."""
    return tuple(
        feeds.Feed(one.name, urls.search_page(one.slug), urls.search_feeds(one.slug))
        for one, _ in answered
    )


def pages(library: Library, answered: Iterable[Answered], settings: Settings) -> Iterator[Bundle]:
    """Yield the page and the feeds of each saved search, as one bundle."""
    for one in answered:
        yield _bundle(library, one, settings)


def _bundle(library: Library, one: Answered, settings: Settings) -> Bundle:
    places = rows.newest_first(library, one.papers)
    search = one.search

    def own() -> Iterator[Page]:
        path, paths = urls.search_page(search.slug), urls.search_feeds(search.slug)
        head: Mapping[str, object] = {"saved": search, "feeds": paths, "asked": _asked(search)}
        size = settings.page_size
        shown = List(library, path, "saved-search.html", head, size, views_wanted=())
        yield from shown.whole(rows.by_day(places))
        yield from feeds.of(library, feeds.Feed(search.name, path, paths), places, settings)

    made_of = search, places, library.marks(one.papers)
    return Bundle(f"search {search.slug}", made_of, own)


def _asked(search: SavedSearch) -> str:
    """Return the query of the search page's address that asks for the words of ``search``."""
    return urlencode({"q": search.query}) if search.query else ""
