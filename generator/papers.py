"""The pages of papers, and the citations of a digest as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    slugs = digest.papers
    for place, slug in enumerate(slugs):
        if library.listed[slug][0] != digest.date:
            continue
        around = {
            "listed": library.listed[slug],
            "rank": place + 1,
            "previous": _neighbour(library, slugs[place - 1]) if place else None,
            "next": _neighbour(library, slugs[place + 1]) if place + 1 < len(slugs) else None,
            "related": _related(library, slug),
        }
        made_of = library.facts[slug].mark, around
        yield Page(urls.paper(slug), "paper.html", made_of, partial(_fill, library, slug, around))


def _fill(library: Library, slug: str, around: Mapping[str, Any]) -> dict[str, Any]:
    paper = library.papers[slug]
    topics = library.topic_refs(slug)
    return {"paper": paper, "links": listing.links_of(paper), "topics": topics, **around}


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
