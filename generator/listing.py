"""Lists of papers: what a list shows of each, in which order, and how a long one is cut."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from urllib.parse import quote

from generator import tex, urls
from generator.library import Library
from generator.model import Digest, Paper
from generator.topics import TopicRef

LEAD = 240  # characters of the abstract that a list shows when it does not show the whole
SHADES = 4  # of the archive's heat map


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
    stars: int | None
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


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a long list, with the paths of its neighbours (empty at the ends)."""

    path: str
    items: tuple[Item, ...]
    newer: str
    older: str

    @property
    def places(self) -> tuple[str, str]:
        """The paths of the newer and of the older part."""
        return self.newer, self.older


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in a calendar: how many papers it has (None: no digest) and its shade, 0 to SHADES."""

    day: date
    count: int | None
    shade: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month as rows of seven cells, Monday first; None stands for a day of another month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    count: int


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
    return tuple(
        (name, address)
        for name, address in links.items()
        if address.lower().startswith(("https://", "http://"))
    )


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


def item(library: Library, paper: Paper, day: date, rank: int = 0, *, whole: bool = False) -> Item:
    """Return ``paper`` as the list of ``day`` shows it.

    With its ``whole`` abstract, else with the beginning of it; rank 0 stands for none.
    """
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
        stars=paper.stars,
        text=paper.abstract if whole else lead_of(paper),
    )


def items_of(library: Library, digest: Digest, *, whole: bool = False) -> tuple[Item, ...]:
    """Return the papers of ``digest`` in its order."""
    ranked = enumerate(digest.papers, 1)
    return tuple(item(library, paper, digest.date, rank, whole=whole) for rank, paper in ranked)


def newest_first(
    library: Library, papers: Sequence[Paper], *, whole: bool = False, most: int | None = None
) -> tuple[Item, ...]:
    """Return ``papers`` (in the order first listed) newest day first, each day in its order."""
    day = {paper.slug: library.listed[paper.slug][0] for paper in papers}
    ordered = sorted(papers, key=lambda paper: day[paper.slug], reverse=True)[:most]
    return tuple(item(library, paper, day[paper.slug], whole=whole) for paper in ordered)


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


def parts(items: Sequence[Item], path: str, size: int) -> Iterator[Part]:
    """Cut ``items`` (newest first) into pages of at most ``size``, the newest at ``path``.

    The older pages are counted from the oldest: a new paper changes the first two pages, and
    every older one stays as it is, address and content.
    """
    cuts = [len(items)]
    if len(items) > size:
        cuts.append(len(items) - size)
        while cuts[-1] > size:
            cuts.append((cuts[-1] - 1) // size * size)
    cuts.append(0)
    paths = [path, *(urls.numbered(path, number) for number in range(len(cuts) - 2, 0, -1))]
    for place, (end, start) in enumerate(pairwise(cuts)):
        yield Part(
            path=paths[place],
            items=tuple(items[len(items) - end : len(items) - start]),
            newer=paths[place - 1] if place else "",
            older=paths[place + 1] if place + 1 < len(paths) else "",
        )


def by_day(items: Iterable[Item]) -> tuple[Group, ...]:
    """Return ``items`` (newest first) under their days."""
    days = groupby(items, key=lambda found: found.date)
    return tuple(Group(day, tuple(found)) for day, found in days)


def why_empty(day: date) -> str:
    """Return why a day has no papers: sources list none at week-ends, else none is known."""
    return "weekend" if day.isoweekday() > 5 else "none"  # noqa: PLR2004 - Saturday is 6


def calendar(first: date, counts: Mapping[date, int], most: int = 0) -> Month:
    """Return the month that begins on ``first``, with the number of papers of each day.

    Shades are fractions of ``most``, the largest count of all; 0 means no shades.
    """
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    rows = tuple(
        tuple(_cell(day, counts, most) if day.month == first.month else None for day in week)
        for week in weeks
    )
    total = sum(cell.count or 0 for row in rows for cell in row if cell)
    return Month(first, rows, total)


def _cell(day: date, counts: Mapping[date, int], most: int) -> Cell:
    count = counts.get(day)
    shade = -(-count * SHADES // most) if count and most else 0
    return Cell(day, count, shade)


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from ``last`` back to ``first``."""
    for back in range((last - first).days + 1):
        yield last - timedelta(days=back)
