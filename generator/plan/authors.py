"""The pages of authors."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from generator import urls
from generator.content.settings import Settings
from generator.library.facts import Facts
from generator.library.library import Author, Library
from generator.model import Bundle, Page
from generator.plan import feeds, rows, statistics
from generator.plan.authorship import key_of
from generator.plan.pagination import List
from generator.system.fingerprints import BYTES

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# What a feed carries: no more than who looks in once a week has not seen yet, as a site has
# many authors, of whom few have news; and few write more than this in that time.
FEED, REACH = 5, dt.timedelta(days=7)
BESIDE = 20  # people that a page names as co-authors: those with the most papers in common


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
    if not ordered:
        return
    told = _told(library)
    for author in ordered:
        yield _bundle(library, author, told.take(author.numbers).tobytes(), settings)


def _newest(library: Library, author: Author) -> dt.date:
    return library.listed[author.papers[-1]][0] if author.papers else dt.date.min


def _told(library: Library) -> npt.NDArray[np.void]:
    """Return of each paper, in the order of the library, what settles the pages that list it.

    These are its day and keys of the paper and of which of its authors have a page, BYTES each, as
    one piece: there are millions of lines in all lists of authors, of which few are new.
    """
    import numpy as np  # noqa: PLC0415  # it takes long to load

    facts, key = library.facts, np.dtype(("V", BYTES))
    told = np.zeros(len(facts), [("day", "<i4"), ("paper", key), ("authors", key)])
    told["day"] = [days[0].toordinal() for days in map(library.listed.__getitem__, facts)]
    told["paper"] = np.frombuffer(library.marks(facts), key)
    told["authors"] = np.frombuffer(library.authors.marks.of(facts), key)
    return told


def _bundle(library: Library, author: Author, told: bytes, settings: Settings) -> Bundle:
    made_of = _Shown(author.slug, author.name, told)
    own = partial(_own, library, author, made_of, settings)
    return Bundle(f"author {author.slug}", made_of, own)


class _Shown(NamedTuple):
    """What settles the pages of an author: the names, what is ``told`` of each paper.

    Those with whom somebody has written follow from it. They are counted where the page is made: a
    site has many authors, and of few of them is anything new.
    """

    slug: str
    name: str
    papers: bytes


def _own(
    library: Library,
    author: Author,
    made_of: _Shown,
    settings: Settings,
) -> Iterator[Page]:
    places = rows.newest_first(library, author.papers)
    path, paths = urls.author(author.slug), urls.author_feeds(author.slug)
    head = {"author": author.name, "feeds": paths, "beside": (), "topics": ()}
    size = settings.page_size
    shown = List(library, path, "author.html", head, size, rows.brief, views_wanted=())
    for page in shown.whole(rows.by_day(places)):
        if page.path == path:
            fill = partial(_with_colleagues, library, author, page.fill)
            yield page._replace(made_of=(page.made_of, made_of), fill=fill)
        else:
            yield page
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
    written: list[str] = []  # of each paper, the keys of who wrote it
    spelt: dict[str, str] = {}  # as the first paper has it
    for paper in reversed(papers):
        keys = map(key_of, reversed(paper.authors))
        # Somebody who is named twice counts once, by the first name.
        names = dict(zip(keys, reversed(paper.authors), strict=True))
        written += names
        spelt |= names
    counts = Counter(written)
    del counts[key_of(author.name)]
    ordered = sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:BESIDE]
    found = []
    for key in ordered:
        name = spelt[key]
        slug = known.get(name, "")
        if key:
            found.append(Colleague(pages[slug].name if slug else name, slug, counts[key]))
    return tuple(found)
