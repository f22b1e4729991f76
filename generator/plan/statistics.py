"""What the site holds, in figures: how many papers there are, when they came, what they are on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from generator import urls
from generator.content.topics import TopicRef
from generator.library.facts import CODE
from generator.library.library import Library, Period
from generator.model import Page
from generator.plan import charts

# A sparkline is as wide as a word: days where there are few, else weeks, else months.
SPARK_POINTS = 30
# Of fewer periods a chart is a bar or two, and figures say more.
FEW = 6


@dataclass(frozen=True, slots=True)
class Count:
    """A topic and how many papers of some list are under it."""

    topic: TopicRef
    count: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic in the index of topics; ``trend`` is its papers per period, oldest first."""

    topic: TopicRef
    description: str
    count: int
    trend: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The papers of a topic in each period of the chart, and how many there are in all."""

    topic: TopicRef
    values: tuple[int, ...]
    count: int


def figures(library: Library) -> dict[str, Any]:
    """Return how much the site holds, and from when to when."""
    return {
        "papers": len(library.facts),
        "digests": len(library.digests),
        "oldest": library.digests[0].date if library.digests else None,
        "newest": library.digests[-1].date if library.digests else None,
    }


def subjects(library: Library) -> tuple[Subject, ...]:
    """Return every topic as the index shows it, in the order of topics.yaml."""
    days = [digest.date for digest in library.digests]
    found = []
    for slug, topic in library.topics.items():
        papers = library.papers_under[slug]
        trend = charts.by_period(_by_day(library, papers), days, SPARK_POINTS).values
        found.append(Subject(library.refs[slug], topic.description, len(papers), trend))
    return tuple(found)


def page(library: Library) -> Page:
    """Return the page of charts: papers, those with code and those of each topic, per period.

    A paper counts once, on the day that first listed it. Topics come with the most papers first;
    those without any are left out.
    """
    days = [digest.date for digest in library.digests]
    periods = charts.by_period(_by_day(library, library.facts), days)
    coded = library.facts.having(CODE)
    series = [
        Series(library.refs[slug], _values(library, found, days), len(found))
        for slug in library.topics
        if (found := library.papers_under[slug])
    ]
    context = {
        **figures(library),
        "few": FEW,
        "step": periods.step,
        "starts": tuple(start for start, _ in periods.points),
        "values": tuple(int(value) for value in periods.values),
        "coded": _values(library, coded, days),
        "series": tuple(sorted(series, key=lambda one: (-one.count, one.topic.name))),
    }
    return Page.of(urls.STATISTICS, "statistics.html", context)


def _values(library: Library, papers: Iterable[str], days: list[date]) -> tuple[int, ...]:
    """Return how many of ``papers`` came in each period between the first and last of ``days``."""
    counted = charts.by_period(_by_day(library, papers), days)
    return tuple(int(value) for value in counted.values)


def _by_day(library: Library, papers: Iterable[str]) -> Mapping[date, int]:
    """Return how many of ``papers`` each day was the first to list."""
    return Counter(library.listed[slug][0] for slug in papers)


def new_in(library: Library, period: Period) -> tuple[str, ...]:
    """Return the papers that the days of ``period`` were the first to list, newest day first."""
    return tuple(
        slug
        for digest in period.digests
        for slug in digest.papers
        if library.listed[slug][0] == digest.date
    )


def counts(library: Library) -> tuple[Count, ...]:
    """Return every topic with the number of its papers, in the order of topics.yaml."""
    return tuple(
        Count(library.refs[slug], len(library.papers_under[slug])) for slug in library.topics
    )


def tally(library: Library, topics: Iterable[Iterable[str]]) -> tuple[Count, ...]:
    """Return the topics of a list of papers, the slugs of each paper's given; most papers first."""
    found = Counter(chain.from_iterable(topics))
    counts = [Count(library.refs[slug], count) for slug, count in found.items()]
    return tuple(sorted(counts, key=lambda one: (-one.count, one.topic.name)))
