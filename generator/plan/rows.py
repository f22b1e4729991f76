"""What a row of a list shows of a paper, and in which order the rows stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Generic, TypeVar
from urllib.parse import quote

import msgspec

from generator import citation, urls
from generator.content.topics import TopicRef
from generator.library.facts import CODE, VOTES
from generator.library.library import Day, Library
from generator.model import Paper
from generator.text import tex

LEAD = 240  # characters of the abstract that a list shows when it does not show the whole


class Item(msgspec.Struct, frozen=True, gc=False):
    """A paper as a list shows it; ``text`` is its abstract, or the beginning of it.

    ``page`` is the path of its page, ``known_as`` the slug that feeds make its id of: the first
    that it had.
    """

    rank: int
    slug: str
    title: str
    date: date
    authors: tuple[str, ...]
    others: bool
    topics: tuple[TopicRef, ...]
    links: tuple[tuple[str, str], ...]
    votes: int | None
    comments: int | None
    text: str
    page: str
    known_as: str
    published: str = ""
    venue: str = ""
    withdrawn: bool = False


class Place(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A paper's place in a list: the day it stands under, its rank there (0: it has none)."""

    slug: str
    day: date
    rank: int


T = TypeVar("T", Place, Item)


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """The papers of one day under its heading; without a day, they stand as one list.

    ``empty`` says why a day has none: ``weekend`` or ``none``.
    """

    day: date | None
    items: tuple[T, ...]
    empty: str = ""


def links_of(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return every link of ``paper`` as (kind, address), those that its ids stand for first.

    Only http and https addresses are links; anything else a source may hold is left out, and so
    is the PDF of a paper that was withdrawn.
    """
    links: dict[str, str] = {}
    if paper.arxiv:
        links["arxiv"] = f"https://arxiv.org/abs/{paper.arxiv}"
        links["pdf"] = f"https://arxiv.org/pdf/{paper.arxiv}"
        if "huggingface" in paper.source.lower():
            links["huggingface"] = f"https://huggingface.co/papers/{paper.arxiv}"
    if paper.doi:
        links["doi"] = "https://doi.org/" + quote(paper.doi, safe="/:;().")
    links |= paper.links
    if paper.withdrawn:
        links.pop("pdf", None)
    return tuple([link for link in links.items() if _is_web(link[1])])


def _is_web(address: str) -> bool:
    return address.startswith("https://") or address.lower().startswith(("https://", "http://"))


def lead_of(paper: Paper) -> str:
    """Return the beginning of ``paper``: its one-line summary, else of its abstract.

    Cut after a word, never inside of maths, and marked with an ellipsis where it is cut.
    """
    text = paper.summary or paper.abstract
    if len(text) <= LEAD:
        return text
    end = max(text.rfind(" ", 0, LEAD), 0)
    for span in tex.spans(text) if "$" in text[:LEAD] else ():
        if span.start() < end < span.end():
            end = span.start()
    return text[: end or LEAD].rstrip(" ,;:.") + " …"


# How much of a paper a list shows.
Maker = Callable[[Library, Place], Item]


def whole(library: Library, place: Place) -> Item:
    """Return all that a list can show of the paper at ``place``, its abstract too."""
    paper = library.papers[place.slug]
    return _item(library, paper, place, paper.abstract)


def lead(library: Library, place: Place) -> Item:
    """Return the paper at ``place`` with the beginning of its abstract."""
    paper = library.papers[place.slug]
    return _item(library, paper, place, lead_of(paper))


def brief(library: Library, place: Place) -> Item:
    """Return what a long list is scanned by: title, authors, votes, and the code where it is."""
    facts = library.facts[place.slug]
    return Item(
        rank=place.rank,
        slug=facts.slug,
        title=facts.title,
        date=place.day,
        authors=facts.authors,
        others=facts.others,
        topics=(),
        links=(("code", facts.code),) if _is_web(facts.code) else (),
        votes=facts.votes,
        comments=None,
        text="",
        page=library.page(place.slug),
        known_as=_first_name(facts.slug, facts.aliases),
        withdrawn=facts.withdrawn,
    )


def _item(library: Library, paper: Paper, place: Place, text: str) -> Item:
    return Item(
        rank=place.rank,
        slug=paper.slug,
        title=paper.title,
        date=place.day,
        authors=paper.authors,
        others=paper.others,
        topics=library.topic_refs(paper.slug),
        links=links_of(paper),
        votes=paper.votes,
        comments=paper.comments,
        text=text,
        page=library.page(place.slug),
        known_as=_first_name(paper.slug, paper.aliases),
        published=paper.published,
        venue=citation.venue(paper),
        withdrawn=paper.withdrawn,
    )


def _first_name(slug: str, aliases: tuple[str, ...]) -> str:
    return urls.alias_slug(aliases[0]) or slug if aliases else slug


def items(library: Library, places: Iterable[Place], make: Maker) -> tuple[Item, ...]:
    """Return the papers at ``places`` as a list shows them."""
    return tuple([make(library, place) for place in places])


def marks(library: Library, places: Iterable[Place]) -> bytes:
    """Return a key of all that a list can show of the papers at ``places``."""
    return library.marks([place.slug for place in places])


@lru_cache(64)  # the lists of a day, of its week and of its month follow each other
def of_day(digest: Day) -> tuple[Place, ...]:
    """Return the papers of ``digest`` in its order."""
    return tuple([Place(slug, digest.date, rank) for rank, slug in enumerate(digest.papers, 1)])


def newest_first(
    library: Library, slugs: Iterable[str], most: int | None = None
) -> tuple[Place, ...]:
    """Return ``slugs`` (in the order first listed) newest day first, each day in its order."""
    places = [Place(slug, library.listed[slug][0], 0) for slug in slugs]
    return tuple(sorted(places, key=attrgetter("day"), reverse=True)[:most])


def _same(_: Library, places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(places)


def _by_votes(library: Library, places: Sequence[Place]) -> tuple[Place, ...]:
    """Return ``places`` with the most votes first, ranked so; equal ones stay in their order."""
    votes = list(library.facts.votes(place.slug for place in places))
    order = sorted(range(len(places)), key=votes.__getitem__, reverse=True)
    ordered = map(places.__getitem__, order)
    return tuple([Place(one.slug, one.day, rank) for rank, one in enumerate(ordered, 1)])


def _with_code(library: Library, places: Sequence[Place]) -> tuple[Place, ...]:
    traits = library.facts.traits(place.slug for place in places)
    return tuple([place for place, its in zip(places, traits, strict=True) if its & CODE])


# Every view of a list, by the name in its address; the first one is the list itself.
VIEWS: Mapping[str, Callable[[Library, Sequence[Place]], tuple[Place, ...]]] = {
    "": _same,
    "votes": _by_votes,
    "code": _with_code,
}


def views_of(library: Library, places: Sequence[Place]) -> tuple[str, ...]:
    """Return the names of the views that say something about a list: its own one always."""
    has_votes = has_code = lacks_code = False
    for traits in library.facts.traits(place.slug for place in places):
        has_votes = has_votes or bool(traits & VOTES)
        has_code = has_code or bool(traits & CODE)
        lacks_code = lacks_code or not traits & CODE
        if has_votes and has_code and lacks_code:
            break
    chosen = {"": True, "votes": has_votes, "code": has_code and lacks_code}
    return tuple([name for name, is_chosen in chosen.items() if is_chosen])


def by_day(places: Iterable[Place]) -> tuple[Group[Place], ...]:
    """Return ``places`` (newest first) under their days."""
    return tuple(Group(day, tuple(found)) for day, found in groupby(places, key=attrgetter("day")))


def filled(
    library: Library, groups: Iterable[Group[Place]], make: Maker
) -> tuple[Group[Item], ...]:
    """Return ``groups`` with their papers as the list shows them."""
    return tuple(
        Group(group.day, items(library, group.items, make), group.empty) for group in groups
    )
