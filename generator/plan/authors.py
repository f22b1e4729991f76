"""The pages of authors: who has one, and what stands on it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import compress
from typing import Any, NamedTuple

from generator import urls
from generator.citation.names import split_name
from generator.content.settings import Settings
from generator.library.catalogue import Catalogue
from generator.library.facts import Facts
from generator.library.library import Author, Authors, Library
from generator.model import Bundle, Page
from generator.plan import feeds, rows, statistics
from generator.plan.pagination import List
from generator.search.terms import words
from generator.system.fingerprints import fingerprint

# What a feed carries: no more than who looks in once a week has not seen yet, as a site has
# many authors, of whom few have news; and few write more than this in that time.
FEED, REACH = 5, dt.timedelta(days=7)
BESIDE = 20  # people that a page names as co-authors: those with the most papers in common
_COUNTERS, _ENOUGH = 1 << 22, 255  # papers are counted in so many bytes, up to so many each
# A slug that an address of another kind could have: a page of a list, the index of authors.
_TAKEN = re.compile(r"(?:.*-)?[0-9]+|index")


class Colleague(NamedTuple):
    """Somebody an author has written with; ``slug`` is that of a page, or empty."""

    name: str
    slug: str
    papers: int


class Entry(NamedTuple):
    """An author as the index of authors shows one."""

    name: str
    slug: str
    papers: int


@lru_cache(1 << 17)
def key_of(name: str) -> str:
    """Return what the spellings of a name have in common: case, accents and signs do not count.

    "Last, First" is the same person as "First Last".
    """
    if name.isascii() and name.replace(" ", "").isalpha():  # most are, and it saves half the time
        return "-".join(name.lower().split())
    return "-".join(words(split_name(name).full if "," in name else name))


def slug_of(key: str) -> str:
    """Return the slug of the author of ``key``: letters ``a-z``, digits and hyphens."""
    slug = urls.slugify(key) if key.isascii() and key else ""
    if not slug or len(slug) < len(key):
        latin = re.sub(r"[^a-z0-9]+", "-", key.encode("ascii", "ignore").decode()).strip("-")
        mark = hashlib.sha256(key.encode()).hexdigest()[:10]
        slug = f"{latin[:60]}-{mark}".strip("-")
    return f"{slug}-author" if _TAKEN.fullmatch(slug) else slug


def find(library: Library, settings: Settings) -> Authors:
    """Return the authors that have a page: those with enough papers, and those named.

    ``author_papers: 0`` leaves those that are named.
    """
    facts = library.facts
    return _find(_Named(facts.authors_key(), facts), settings.author_papers, settings.authors)


class _Named:
    """The papers whose authors are asked for; equal to others that have the same."""

    def __init__(self, key: bytes, facts: Catalogue) -> None:
        self._key = key
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Named) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(1)  # while one edits, builds follow each other, and hardly any changes a name
def _find(named: _Named, least: int, wanted: tuple[str, ...]) -> Authors:
    always = {key_of(name): name for name in wanted}
    written = _written(named.facts, least, always.keys())
    chosen = {key: "" for key, held in written.items() if least and len(held.papers) >= least}
    pages: dict[str, Author] = {}
    by_name: dict[str, str] = {}
    for key, name in sorted((chosen | always).items()):
        held = written.get(key, _Written([], {}))
        usual = name or _usual(held.names)
        slug = slug_of(key)
        pages[slug] = Author(slug, usual, tuple(held.papers))
        by_name |= dict.fromkeys((*held.names, usual), slug)
    return Authors(pages, by_name, named.facts.marked(_marks(named.facts, pages, by_name)))


def _marks(
    facts: Catalogue, pages: Mapping[str, Author], by_name: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield of each paper a key of the pages that its authors have."""
    kept: dict[str, bytes] = {"": b"\n"}
    kept |= {slug: f"{slug} {author.name}\n".encode() for slug, author in pages.items()}
    for slug, names in facts.authors():
        yield slug, fingerprint(b"".join([kept[by_name.get(name, "")] for name in names]))


def _usual(names: Mapping[str, int]) -> str:
    """Return the name that most papers have, of equal ones the first by the alphabet."""
    return min(names, key=lambda name: (-names[name], name))


class _Written(NamedTuple):
    """What somebody has written: slugs of papers, how often each spelling of the name is there."""

    papers: list[str]
    names: dict[str, int]


def _written(facts: Catalogue, least: int, always: Iterable[str]) -> dict[str, _Written]:
    """Return by key what the authors in ``always`` have written, and who may have ``least`` papers.

    A first pass counts papers in a table of counters that several authors may share: what is known
    of each would fill the memory, and most have one paper.
    """
    counters = bytearray(_COUNTERS)
    places = array("I")  # of the counter of each name: to make its key again would take longer
    for _, names in facts.authors():
        own = [hash(key) % _COUNTERS for key in map(key_of, names)]
        places.extend(own)
        for place in set(own) if least else ():
            if counters[place] < _ENOUGH:
                counters[place] += 1
    wanted = min(max(least, 1), _ENOUGH)
    for key in always:
        counters[hash(key) % _COUNTERS] = wanted
    is_wanted = counters.translate(bytes(wanted).ljust(_ENOUGH + 1, b"\1"))
    chosen = map(is_wanted.__getitem__, places)  # whether each name is, in the same order
    found: dict[str, _Written] = {}
    for slug, names in facts.authors():
        for name in compress(names, chosen):
            held = found.get(key := key_of(name))
            if held is None:
                held = found[key] = _Written([], {})
            papers, spelt = held
            if not papers or papers[-1] != slug:
                papers.append(slug)
                spelt[name] = spelt.get(name, 0) + 1
    found.pop("", None)
    return found


def pages(library: Library, settings: Settings) -> Iterator[Page | Bundle]:
    """Yield the index of authors, and of each author the pages and feeds as one bundle."""
    listed = tuple(
        sorted(
            (Entry(one.name, one.slug, len(one.papers)) for one in library.authors.pages.values()),
            key=lambda entry: (-entry.papers, entry.slug),
        )
    )
    yield Page.of(
        urls.AUTHORS, "authors.html", {"authors": listed, "least": settings.author_papers}
    )
    # By the day of their newest papers, which feeds show in whole: these are at hand then.
    ordered = sorted(library.authors.pages.values(), key=partial(_newest, library), reverse=True)
    for author in ordered:
        yield _bundle(library, author, settings)


def _newest(library: Library, author: Author) -> dt.date:
    return library.listed[author.papers[-1]][0] if author.papers else dt.date.min


def _bundle(library: Library, author: Author, settings: Settings) -> Bundle:
    places = rows.newest_first(library, author.papers)
    made_of = _Shown(
        author.slug,
        author.name,
        [place.day for place in places],
        library.marks(author.papers),
        library.authors.marks.of(author.papers),
    )
    own = partial(_own, library, author, places, made_of, settings)
    return Bundle(f"author {author.slug}", made_of, _nothing, own)


class _Shown(NamedTuple):
    """What settles the pages of an author: names, days, keys of the papers and of who wrote them.

    Those with whom somebody has written follow from it. They are counted where the page is made: a
    site has many authors, and of few of them is anything new.
    """

    slug: str
    name: str
    days: Sequence[dt.date]
    papers: bytes
    authors: bytes


def _nothing() -> None:
    """Nothing of an author's pages is known late."""


def _own(
    library: Library,
    author: Author,
    places: tuple[rows.Place, ...],
    made_of: _Shown,
    settings: Settings,
) -> Iterator[Page]:
    path, paths = urls.author(author.slug), urls.author_feeds(author.slug)
    head = {"author": author.name, "feeds": paths}
    size = settings.page_size
    shown = List(library, path, "author.html", head, size, rows.brief, views_wanted=())
    for page in shown.whole(rows.by_day(places)):
        yield page._replace(
            made_of=(page.made_of, made_of),
            fill=partial(_with_colleagues, library, author, page.fill),
        )
    feed = feeds.Feed(author.name, path, paths)
    yield from feeds.of(library, feed, places, settings, FEED, REACH)


def _with_colleagues(
    library: Library, author: Author, fill: Callable[[], Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what a page of ``author`` shows: its papers, their topics, who wrote them, too."""
    shown = fill()
    papers = [library.facts[slug] for slug in author.papers]
    return {
        **shown,
        "beside": _colleagues(library, author, papers),
        "topics": statistics.tally(library, (paper.topics for paper in papers)),
    }


def _colleagues(library: Library, author: Author, papers: Sequence[Facts]) -> tuple[Colleague, ...]:
    """Return who has written with ``author``, the most papers first."""
    known, pages = library.authors.slug_of, library.authors.pages
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}  # as the first paper has it
    for paper in reversed(papers):
        keys = map(key_of, reversed(paper.authors))
        # Somebody who is named twice counts once, by the first name.
        names = dict(zip(keys, reversed(paper.authors), strict=True))
        counts.update(names.keys())
        spelt |= names
    del counts[key_of(author.name)]
    ordered = sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:BESIDE]
    found = []
    for key in ordered:
        name = spelt[key]
        slug = known.get(name, "")
        if key:
            found.append(Colleague(pages[slug].name if slug else name, slug, counts[key]))
    return tuple(found)
