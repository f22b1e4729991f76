"""The library: every digest and paper of the site, grouped by day, week, month and topic."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from generator.model import Digest, Paper
from generator.related import Related
from generator.topics import Topic, TopicRef


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month that has digests: its first and last day, its digests newest first."""

    first: date
    last: date
    digests: tuple[Digest, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All content, grouped. Every mapping is keyed by slug.

    ``digests`` run from oldest to newest, ``papers`` in the order they were first listed.
    ``listed`` has the days a paper was listed on, ``topics_of`` the slugs of its topics, best
    first, ``papers_under`` a topic's papers, oldest first. ``weeks`` (ISO) and ``months`` are those
    that have digests, oldest first; ``neighbours`` the days of the digests before and after one.
    ``related`` has the papers most like one, best first, where there are any.
    """

    digests: tuple[Digest, ...]
    papers: Mapping[str, Paper]
    listed: Mapping[str, tuple[date, ...]]
    topics: Mapping[str, Topic]
    topics_of: Mapping[str, tuple[str, ...]]
    papers_under: Mapping[str, tuple[Paper, ...]]
    weeks: tuple[Period, ...]
    months: tuple[Period, ...]
    neighbours: Mapping[date, tuple[date | None, date | None]]
    related: Mapping[str, tuple[Related, ...]]

    def topic_refs(self, slug: str) -> tuple[TopicRef, ...]:
        """Return the topics of the paper ``slug`` as a page names them, best first."""
        return tuple(TopicRef(topic, self.topics[topic].name) for topic in self.topics_of[slug])


def build(
    digests: Iterable[Digest],
    topics: Iterable[Topic],
    topics_of: Mapping[str, tuple[str, ...]],
    related: Mapping[str, tuple[Related, ...]],
) -> Library:
    """Return the Library of ``digests``, in any order.

    ``topics_of`` has the slugs of each paper's topics, best first (``Matcher.topics_of``);
    ``related`` the papers most like each (``generator.related``).
    """
    ordered = tuple(sorted(digests, key=lambda digest: digest.date))
    papers: dict[str, Paper] = {}
    listed: dict[str, list[date]] = {}
    for digest in ordered:
        for paper in digest.papers:
            papers.setdefault(paper.slug, paper)
            listed.setdefault(paper.slug, []).append(digest.date)
    by_slug = {topic.slug: topic for topic in topics}
    under: dict[str, list[Paper]] = {slug: [] for slug in by_slug}
    for slug, paper in papers.items():
        for name in topics_of[slug]:
            under[name].append(paper)
    return Library(
        digests=ordered,
        papers=papers,
        listed={slug: tuple(days) for slug, days in listed.items()},
        topics=by_slug,
        topics_of=topics_of,
        papers_under={slug: tuple(found) for slug, found in under.items()},
        weeks=_periods(ordered, monday, lambda first: first + timedelta(days=6)),
        months=_periods(ordered, lambda day: day.replace(day=1), month_end),
        neighbours=_neighbours([digest.date for digest in ordered]),
        related=related,
    )


def monday(day: date) -> date:
    """Return the first day of the ISO week that ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def month_end(day: date) -> date:
    """Return the last day of the month that ``day`` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _periods(
    digests: tuple[Digest, ...], start: Callable[[date], date], end: Callable[[date], date]
) -> tuple[Period, ...]:
    """Return the periods that ``digests`` (oldest first) fall in.

    ``start`` gives the first day of the period of any day, ``end`` the last one from the first.
    """
    groups = groupby(digests, key=lambda digest: start(digest.date))
    return tuple(Period(first, end(first), tuple(group)[::-1]) for first, group in groups)


def _neighbours(days: list[date]) -> dict[date, tuple[date | None, date | None]]:
    """Return, for each of ``days`` (in order), the one before and the one after it."""
    return dict(zip(days, zip((None, *days[:-1]), (*days[1:], None), strict=False), strict=False))
