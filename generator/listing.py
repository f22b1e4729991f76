"""Lists of papers: what a list shows of each, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import quote

from generator import tex
from generator.library import Library
from generator.model import Digest, Paper
from generator.topics import TopicRef

LEAD = 240  # characters of the abstract that a list shows when it does not show the whole


@dataclass(frozen=True, slots=True)
class Item:
    """A paper as a list shows it; ``text`` is its abstract, or the beginning of it."""

    rank: int
    slug: str
    title: str
    date: date
    authors: tuple[str, ...]
    topics: tuple[TopicRef, ...]
    links: tuple[tuple[str, str], ...]
    votes: int | None
    comments: int | None
    text: str

    @property
    def has_code(self) -> bool:
        """Whether a link to the paper's code is known."""
        return any(name == "code" for name, _ in self.links)


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one day under its heading; without a day, they stand as one list.

    ``empty`` says why a day has none: ``weekend`` or ``none``.
    """

    day: date | None
    items: tuple[Item, ...]
    empty: str = ""


def links_of(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return every link of ``paper`` as (kind, address), those that its ids stand for first.

    Only http and https addresses are links; anything else a source may hold is left out.
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
    return tuple((name, address) for name, address in links.items() if _is_web(address))


def _is_web(address: str) -> bool:
    return address.lower().startswith(("https://", "http://"))


def lead_of(paper: Paper) -> str:
    """Return the beginning of ``paper``: its one-line summary, else of its abstract.

    Cut after a word, never inside of maths, and marked with an ellipsis where it is cut.
    """
    text = paper.summary or paper.abstract
    if len(text) <= LEAD:
        return text
    end = max(text.rfind(" ", 0, LEAD), 0)
    for span in tex.SPANS.finditer(text) if "$" in text[:LEAD] else ():
        if span.start() < end < span.end():
            end = span.start()
    return text[: end or LEAD].rstrip(" ,;:.") + " …"


def _item(library: Library, paper: Paper, day: date, rank: int, text: str) -> Item:
    return Item(
        rank=rank,
        slug=paper.slug,
        title=paper.title,
        date=day,
        authors=paper.authors,
        topics=library.topic_refs(paper.slug),
        links=links_of(paper),
        votes=paper.votes,
        comments=paper.comments,
        text=text,
    )


def whole(library: Library, paper: Paper, day: date, rank: int = 0) -> Item:
    """Return ``paper`` as the list of ``day`` shows it, with its abstract; rank 0 is none."""
    return _item(library, paper, day, rank, paper.abstract)


def lead(library: Library, paper: Paper, day: date, rank: int = 0) -> Item:
    """Return ``paper`` with the beginning of its abstract."""
    return _item(library, paper, day, rank, lead_of(paper))


def brief(library: Library, paper: Paper, day: date, rank: int = 0) -> Item:  # noqa: ARG001  # a Maker
    """Return what a long list is scanned by: title, authors, votes, and the code where it is."""
    code = paper.links.get("code", "")
    return Item(
        rank=rank,
        slug=paper.slug,
        title=paper.title,
        date=day,
        authors=paper.authors,
        topics=(),
        links=(("code", code),) if _is_web(code) else (),
        votes=paper.votes,
        comments=None,
        text="",
    )


# How much of a paper a list shows.
Maker = Callable[[Library, Paper, date, int], Item]


def items_of(library: Library, digest: Digest, make: Maker) -> tuple[Item, ...]:
    """Return the papers of ``digest`` in its order, each as ``make`` gives it."""
    ranked = enumerate(digest.papers, 1)
    return tuple(make(library, paper, digest.date, rank) for rank, paper in ranked)


def newest_first(
    library: Library, papers: Sequence[Paper], make: Maker, most: int | None = None
) -> tuple[Item, ...]:
    """Return ``papers`` (in the order first listed) newest day first, each day in its order."""
    day = {paper.slug: library.listed[paper.slug][0] for paper in papers}
    ordered = sorted(papers, key=lambda paper: day[paper.slug], reverse=True)[:most]
    return tuple(make(library, paper, day[paper.slug], 0) for paper in ordered)


def _same(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(items)


def _by_votes(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return ``items`` with the most votes first, ranked so; equal ones stay in their order."""
    ordered = sorted(items, key=lambda found: -(found.votes or 0))
    return tuple(replace(found, rank=rank) for rank, found in enumerate(ordered, 1))


def _with_code(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(found for found in items if found.has_code)


# Every view of a list, by the name in its address; the first one is the list itself.
VIEWS: Mapping[str, Callable[[Sequence[Item]], tuple[Item, ...]]] = {
    "": _same,
    "votes": _by_votes,
    "code": _with_code,
}


def views_of(items: Sequence[Item]) -> tuple[str, ...]:
    """Return the names of the views that say something about ``items``: its own one always."""
    names = [""]
    if any(found.votes for found in items):
        names.append("votes")
    if 0 < len(_with_code(items)) < len(items):
        names.append("code")
    return tuple(names)


def by_day(items: Iterable[Item]) -> tuple[Group, ...]:
    """Return ``items`` (newest first) under their days."""
    days = groupby(items, key=lambda found: found.date)
    return tuple(Group(day, tuple(found)) for day, found in days)


def why_empty(day: date) -> str:
    """Return why a day has no papers: sources list none at week-ends, else none is known."""
    return "weekend" if day.isoweekday() > 5 else "none"  # noqa: PLR2004 - Saturday is 6


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``last`` back to ``first``."""
    for back in range((last - first).days + 1):
        yield last - timedelta(days=back)
