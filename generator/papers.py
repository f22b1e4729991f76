"""The pages of papers, and the citations of a digest as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator import listing, urls
from generator.library import Day, Library
from generator.model import Page


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The paper before or after another one in a digest."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A related paper, and the words that it shares with the one it is related to."""

    slug: str
    title: str
    terms: tuple[str, ...]


def pages(library: Library, digest: Day) -> Iterator[Page]:
    """Yield the pages of the papers that ``digest`` is the first to list."""
    facts, slugs = library.facts, digest.papers
    for place, slug in enumerate(slugs):
        if library.listed[slug][0] != digest.date:
            continue
        around = slugs[place - 1] if place else "", *slugs[place + 1 : place + 2]
        related = library.related.get(slug, ())
        titles = [facts[near].title for near in around if near]
        titles += [facts[near.slug].title for near in related]
        made_of = facts[slug].mark, library.listed[slug], place, around, related, titles
        fill = partial(_fill, library, slug, digest, place)
        yield Page(urls.paper(slug), "paper.html", made_of, fill)


def _fill(library: Library, slug: str, digest: Day, place: int) -> dict[str, Any]:
    paper, slugs = library.papers[slug], digest.papers
    return {
        "paper": paper,
        "links": listing.links_of(paper),
        "topics": library.topic_refs(slug),
        "listed": library.listed[slug],
        "rank": place + 1,
        "previous": _neighbour(library, slugs[place - 1]) if place else None,
        "next": _neighbour(library, slugs[place + 1]) if place + 1 < len(slugs) else None,
        "related": _related(library, slug),
    }


def exports(library: Library, digest: Day) -> Iterator[Page]:
    """Yield the citations of all papers of ``digest`` in each format of urls.EXPORTS."""
    if not digest.papers:
        return
    made_of = library.marks(digest.papers)
    for ending in urls.EXPORTS:
        path = urls.export(digest.date, ending)
        yield Page(path, f"digest.{ending}", made_of, partial(_cited, library, digest))


def _cited(library: Library, digest: Day) -> dict[str, Any]:
    return {"papers": tuple(library.papers[slug] for slug in digest.papers)}


def _neighbour(library: Library, slug: str) -> Neighbour:
    return Neighbour(slug, library.facts[slug].title)


def _related(library: Library, slug: str) -> tuple[Kin, ...]:
    facts = library.facts
    return tuple(
        Kin(near.slug, facts[near.slug].title, near.terms) for near in library.related.get(slug, ())
    )
