"""The pages of papers, and the citations of a digest as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator import listing, urls
from generator.library import Library
from generator.model import Digest, Page, Paper

MOST_RELATED = 3


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


def pages(library: Library, digest: Digest) -> Iterator[Page]:
    """Yield the pages of the papers that ``digest`` is the first to list."""
    papers = digest.papers
    for place, paper in enumerate(papers):
        if library.listed[paper.slug][0] != digest.date:
            continue
        context = {
            "paper": paper,
            "links": listing.links_of(paper),
            "topics": library.topic_refs(paper.slug),
            "listed": library.listed[paper.slug],
            "rank": place + 1,
            "previous": _neighbour(papers[place - 1]) if place else None,
            "next": _neighbour(papers[place + 1]) if place + 1 < len(papers) else None,
            "related": _related(library, paper.slug),
        }
        yield Page(urls.paper(paper.slug), "paper.html", context)


def exports(digest: Digest) -> Iterator[Page]:
    """Yield the citations of all papers of ``digest`` in each format of urls.EXPORTS."""
    if not digest.papers:
        return
    # What no citation shows must not make these files anew.
    papers = tuple(
        replace(paper, abstract="", summary="", original={}, votes=None, comments=None, stars=None)
        for paper in digest.papers
    )
    for ending in urls.EXPORTS:
        yield Page(urls.export(digest.date, ending), f"digest.{ending}", {"papers": papers})


def _neighbour(paper: Paper) -> Neighbour:
    return Neighbour(paper.slug, paper.title)


def _related(library: Library, slug: str) -> tuple[Kin, ...]:
    return tuple(
        Kin(near.slug, library.papers[near.slug].title, near.terms)
        for near in library.related.get(slug, ())[:MOST_RELATED]
    )
