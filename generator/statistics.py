"""What the site holds, in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from generator import charts
from generator.library import Library
from generator.topics import TopicRef


def figures(library: Library) -> dict[str, Any]:
    """Return how much the site holds, and from when to when."""
    return {
        "papers": len(library.papers),
        "digests": len(library.digests),
        "oldest": library.digests[0].date if library.digests else None,
        "newest": library.digests[-1].date if library.digests else None,
    }


# A sparkline is as wide as a word: days where there are few, else weeks, else months.
SPARK_POINTS = 30


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic in the index of topics; ``trend`` is its papers per period, oldest first."""

    topic: TopicRef
    description: str
    count: int
    trend: tuple[float, ...]


def subjects(library: Library) -> tuple[Subject, ...]:
    """Return every topic as the index shows it, in the order of topics.yaml."""
    days = [digest.date for digest in library.digests]
    found = []
    for slug, topic in library.topics.items():
        papers = library.papers_under[slug]
        counts = Counter(library.listed[paper.slug][0] for paper in papers)
        trend = charts.by_period(counts, days, SPARK_POINTS).values
        ref = TopicRef(slug, topic.name)
        found.append(Subject(ref, topic.description, len(papers), trend))
    return tuple(found)
