"""The pages of papers, and the citations of a digest as files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from generator import urls
from generator.library.library import Day, Library
from generator.library.related import Related
from generator.model import Page
from generator.plan import rows


class Neighbour(NamedTuple):
    """The paper before or after another one in a digest."""

    slug: str
    title: str
    page: str


class Kin(NamedTuple):
    """A related paper: what it is called, and what it shares with the one it is related to."""

    title: str
    near: Related
    page: str


def pages(library: Library, digest: Day) -> Iterator[Page]:
    """Yield the pages of the papers that ``digest`` is the first to list."""
    slugs = digest.papers
    titles = library.facts.titles(slugs)
    paths = [library.page(slug) for slug in slugs]
    for place, slug in enumerate(slugs):
        listed = library.listed[slug]
        if listed[0] == digest.date:
            beside = slice(max(place - 1, 0), place + 2)
            marks = library.marks([slug]), library.authors.marks.of([slug])
            made_of = marks, listed, paths[beside], titles[beside]
            fill = partial(_fill, library, digest, place)
            late = partial(_near, library, slug)
            yield Page(paths[place], "paper.html", made_of, fill, late)


def related(library: Library, digest: Day) -> list[bytes]:
    """Return keys of which papers are like those of ``digest``, and of all others of their days."""
    keys = library.related.by_day
    return [keys[day] for day in sorted(set(library.facts.days(digest.papers))) if day in keys]


def _fill(library: Library, digest: Day, place: int) -> dict[str, Any]:
    slugs, slug = digest.papers, digest.papers[place]
    paper = library.papers[slug]
    return {
        "paper": paper,
        "lead": rows.lead_of(paper),
        "links": rows.links_of(paper),
        "topics": library.topic_refs(slug),
        "listed": library.listed[slug],
        "previous": _neighbour(library, slugs[place - 1]) if place else None,
        "next": _neighbour(library, slugs[place + 1]) if place + 1 < len(slugs) else None,
        "author_pages": library.author_pages(slug),
        "related": _kin(library, slug),
    }


def _neighbour(library: Library, slug: str) -> Neighbour:
    return Neighbour(slug, library.facts[slug].title, library.page(slug))


def _near(library: Library, slug: str) -> object:
    """Return what settles ``_kin``, titles and places as a key: they are read where they lie."""
    near = library.related.get(slug, ())
    return near, library.facts.links([one.slug for one in near])


def _kin(library: Library, slug: str) -> tuple[Kin, ...]:
    """Return the papers most like the paper ``slug``, best first, with their titles."""
    near = library.related.get(slug, ())
    slugs = [one.slug for one in near]
    # Of papers of this site and of others, the titles are in one place.
    titles = library.facts.titles(slugs)
    return tuple(map(Kin, titles, near, map(library.page, slugs)))


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
