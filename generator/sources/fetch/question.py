"""A question to a source, and what it found: what every source is asked with, and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.model import Digest, Paper
from generator.sources import Notice
from generator.sources.fetch.configuration import Configuration
from generator.sources.fetch.period import Period


class Known(NamedTuple):
    """What the content folder has already: arXiv ids of papers, and of those that a day lists.

    ``announced`` are, of each day on which papers came from arXiv, their ids.
    """

    papers: frozenset[str] = frozenset()
    lists: Mapping[dt.date, frozenset[str]] = {}
    announced: Mapping[dt.date, frozenset[str]] = {}

    @classmethod
    def of(cls, digests: Iterable[Digest]) -> Known:
        """Return what the digests of a content folder list."""
        lists: dict[dt.date, frozenset[str]] = {}
        announced: dict[dt.date, frozenset[str]] = {}
        for digest in digests:
            papers = [paper for paper in digest.papers if paper.arxiv]
            lists[digest.date] = frozenset(paper.arxiv for paper in papers)
            of_arxiv = frozenset(paper.arxiv for paper in papers if paper.source == "arxiv")
            if of_arxiv:
                announced[digest.date] = of_arxiv
        return cls(frozenset().union(*lists.values()), lists, announced)


class Question(NamedTuple):
    """Which days are asked about, with which settings, on which day, at what time, knowing what."""

    period: Period
    wanted: Configuration
    today: dt.date
    now: dt.datetime
    known: Known


class Found(NamedTuple):
    """What a source had: digests, oldest first; what was odd, and what was left out.

    ``updates`` are papers that no digest lists, with news of known ones. ``asked`` are the days
    that the source was asked about, ``shown`` the last one that it has papers of.
    """

    digests: tuple[Digest, ...]
    notices: tuple[Notice, ...] = ()
    left_out: tuple[Notice, ...] = ()
    updates: tuple[Paper, ...] = ()
    asked: tuple[dt.date, ...] = ()
    shown: dt.date | None = None
