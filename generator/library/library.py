"""The library: every digest and paper of the site, grouped by day, week, month and topic."""

from __future__ import annotations

from array import array
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import groupby

import msgspec

from generator import urls
from generator.content.topics import Topic, TopicRef
from generator.library.catalogue import Catalogue, Marks
from generator.library.facts import Facts
from generator.library.related import RelatedPapers, Unrelated
from generator.library.vectors import Meaning
from generator.model import Paper
from generator.system.fingerprints import fingerprint


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where pages of papers lie: parted by month from ``by_month`` on, if at all.

    ``elsewhere`` has the address of the site that each paper of another year is on.
    """

    by_month: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def may_have(self, slug: str) -> bool:
        """Say whether the page of a paper may lie elsewhere than in ``papers/`` itself."""
        return bool(self.by_month) or slug in self.elsewhere

    def of(self, facts: Facts) -> str:
        """Return what stands before the slug of a paper in the address of its page.

        Below ``papers/``, but of a paper that is elsewhere the whole.
        """
        shelf = urls.shelf(facts.folder, self.by_month)
        site = self.elsewhere.get(facts.slug)
        return urls.absolute(f"papers/{shelf}", site) if site else shelf

    def page(self, facts: Facts) -> str:
        """Return the path of the page of a paper, or its address where it is elsewhere."""
        path = urls.paper(facts.slug, facts.folder, self.by_month)
        site = self.elsewhere.get(facts.slug)
        return urls.absolute(path, site) if site else path


@dataclass(frozen=True, slots=True)
class Day:
    """A digest as the library has it: its papers by their slugs, in its order."""

    date: date
    byline: str
    note: str
    papers: tuple[str, ...]
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month that has digests: its first and last day, its digests newest first."""

    first: date
    last: date
    digests: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """An author with a page: the name as most papers write it, the papers oldest first.

    ``numbers`` are those of the papers in the order of the library.
    """

    slug: str
    name: str
    papers: tuple[str, ...]
    numbers: array[int]


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors that have a page, by slug; ``slug_of`` has the slug of each spelling.

    ``marks`` has of each paper a key of which of its authors have one, and of what they are called.
    """

    pages: Mapping[str, Author] = field(default_factory=dict)
    slug_of: Mapping[str, str] = field(default_factory=dict)
    marks: Marks = field(default_factory=partial(Marks, {}, ()))


@dataclass(frozen=True, slots=True)
class Library:
    """All content, grouped. Every mapping is keyed by slug, and so are papers in it.

    ``digests`` run from oldest to newest, ``facts`` in the order in which papers were first
    listed. ``papers`` are the papers themselves: to ask for one may mean to unpack it, so plans
    are made from ``facts``. ``listed`` has the days a paper was listed on, ``papers_under`` a
    topic's papers, oldest first. ``weeks`` (ISO) and ``months`` are those that have digests, oldest
    first; ``neighbours`` the days of the digests before and after one. ``related`` has the papers
    most like one, best first, where there are any. ``authors`` are those that have a page,
    ``shelves`` says where pages of papers lie, ``others`` are the papers that are elsewhere.
    """

    digests: tuple[Day, ...]
    facts: Catalogue
    papers: Mapping[str, Paper]
    listed: Mapping[str, tuple[date, ...]]
    topics: Mapping[str, Topic]
    refs: Mapping[str, TopicRef]
    papers_under: Mapping[str, tuple[str, ...]]
    weeks: tuple[Period, ...]
    months: tuple[Period, ...]
    neighbours: Mapping[date, tuple[date | None, date | None]]
    related: RelatedPapers = field(default_factory=Unrelated)
    authors: Authors = field(default_factory=Authors)
    shelves: Shelves = field(default_factory=Shelves)
    others: Mapping[str, Facts] = field(default_factory=dict)

    def page(self, slug: str) -> str:
        """Return the path of the page of the paper ``slug``, or its address elsewhere."""
        shelves = self.shelves
        return shelves.page(self.known(slug)) if shelves.may_have(slug) else urls.paper(slug)

    def known(self, slug: str) -> Facts:
        """Return the facts of a paper of this site or of another one."""
        return (self.facts if slug in self.facts else self.others)[slug]

    def everywhere(self) -> Catalogue:
        """Return the facts of all papers, first of those that are elsewhere."""
        return self.facts.only(dict.fromkeys((*self.others, *self.facts)))

    def author_pages(self, slug: str) -> tuple[str, ...]:
        """Return the slug of the page of each author of the paper ``slug``, or ``""``."""
        find = self.authors.slug_of.get
        return tuple([find(name, "") for name in self.facts[slug].authors])

    def topic_refs(self, slug: str) -> tuple[TopicRef, ...]:
        """Return the topics of the paper ``slug`` as a page names them, best first."""
        refs = self.refs
        return tuple([refs[topic] for topic in self.facts[slug].topics])

    def marks(self, slugs: Iterable[str]) -> bytes:
        """Return a key of all that the papers ``slugs`` say and of their topics."""
        return self.facts.marks(slugs)

    def titles(self, slugs: Iterable[str], before: bytes) -> bytes:
        """Return a key of what links to the papers ``slugs`` say, and of what ``before`` is one."""
        return fingerprint(before, self.facts.links(slugs))


def facts_of(paper: Paper, topics: tuple[TopicRef, ...], words: bytes, meaning: Meaning) -> Facts:
    """Return the facts of ``paper``, which is under ``topics``, best first."""
    return Facts(
        slug=paper.slug,
        mark=mark_of(paper, topics),
        words=words,
        title=paper.title,
        date=paper.date,
        authors=paper.authors,
        others=paper.others,
        topics=tuple([topic.slug for topic in topics]),
        votes=paper.votes,
        code=paper.links.get("code", ""),
        draft=paper.draft,
        aliases=paper.aliases,
        withdrawn=paper.withdrawn,
        folder=paper.folder,
        arxiv=paper.arxiv,
        vector=meaning.vector,
        place=meaning.place,
    )


def mark_of(paper: Paper, topics: tuple[TopicRef, ...]) -> bytes:
    """Return a key of all that ``paper`` says and of its ``topics``."""
    return fingerprint(msgspec.msgpack.encode((paper, topics), order="deterministic"))


def build(
    digests: Iterable[Day],
    facts: Catalogue,
    papers: Mapping[str, Paper],
    topics: Iterable[Topic],
) -> Library:
    """Return the Library of ``digests``, in any order.

    ``facts`` and ``papers`` have every paper that a digest lists. Which are related is left open.
    """
    ordered = tuple(sorted(digests, key=lambda digest: digest.date))
    listed: dict[str, tuple[date, ...]] = {}
    for digest in ordered:
        when = (digest.date,)
        for slug in digest.papers:
            listed[slug] = listed[slug] + when if slug in listed else when
    by_slug = {topic.slug: topic for topic in topics}
    chosen = facts.only(listed)
    under = chosen.under()
    return Library(
        digests=ordered,
        facts=chosen,
        papers=papers,
        listed=listed,
        topics=by_slug,
        refs={topic.slug: TopicRef(topic.slug, topic.name) for topic in by_slug.values()},
        papers_under={slug: tuple(under.get(slug, ())) for slug in by_slug},
        weeks=_periods(ordered, monday, lambda first: first + timedelta(days=6)),
        months=_periods(ordered, lambda day: day.replace(day=1), month_end),
        neighbours=_neighbours([digest.date for digest in ordered]),
    )


def monday(day: date) -> date:
    """Return the first day of the ISO week that ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def month_end(day: date) -> date:
    """Return the last day of the month that ``day`` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _periods(
    digests: tuple[Day, ...], start: Callable[[date], date], end: Callable[[date], date]
) -> tuple[Period, ...]:
    """Return the periods that ``digests`` (oldest first) fall in.

    ``start`` gives the first day of the period of any day, ``end`` the last one from the first.
    """
    groups = groupby(digests, key=lambda digest: start(digest.date))
    return tuple(Period(first, end(first), tuple(group)[::-1]) for first, group in groups)


def _neighbours(days: list[date]) -> dict[date, tuple[date | None, date | None]]:
    """Return, for each of ``days`` (in order), the one before and the one after it."""
    return dict(zip(days, zip((None, *days[:-1]), (*days[1:], None), strict=False), strict=False))
