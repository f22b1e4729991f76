"""Fetch: digests from the network.

    fetch(source, period, settings, run) -> Fetched

All answers are in, whole and understood, before anything is handed on: a source that answers
half, or in another shape, raises a GazetteError with what it saw. A day without papers is no
error: ``reasons`` says why there are none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator import __version__
from generator.content.settings import Settings
from generator.model import Digest
from generator.sources import Notice
from generator.sources.fetch import arxiv, huggingface
from generator.sources.fetch.configuration import Configuration, configured
from generator.sources.fetch.http import Client, FetchError, Limits
from generator.sources.fetch.period import Period, day, month, week
from generator.system.errors import GazetteError

__all__ = [
    "SOURCES",
    "FetchError",
    "Fetched",
    "Limits",
    "Period",
    "Run",
    "day",
    "fetch",
    "month",
    "week",
]

Ask = Callable[[Client, Period, Configuration, dt.date], tuple[Sequence[Digest], Sequence[Notice]]]

SOURCES: Mapping[str, Ask] = {"arxiv": arxiv.ask, "huggingface": huggingface.ask}
_WEEKEND = 5


class Run(NamedTuple):
    """What a question is asked with: the day, a folder to remember answers in, who hears of waits.

    ``today`` is in the site's time zone; it tells a late source from an empty day.
    """

    today: dt.date
    memory: Path
    say: Callable[[str], None] = lambda _: None
    limits: Limits = Limits()


class Fetched(NamedTuple):
    """What a source had for a period: digests, oldest first; what was odd; why days are empty."""

    digests: tuple[Digest, ...]
    notices: tuple[Notice, ...] = ()
    reasons: tuple[str, ...] = ()


def fetch(
    source: str, period: Period, settings: Settings, run: Run, categories: Sequence[str] = ()
) -> Fetched:
    """Return what ``source`` lists in ``period``.

    ``settings.sources[source]`` holds the defaults; ``categories``, if any, take the place of its
    own. Raises GazetteError.
    """
    if source not in SOURCES:
        raise GazetteError(f"{source!r} is no source; known are {', '.join(sorted(SOURCES))}")
    wanted = configured(source, settings.sources, categories)
    client = Client(
        agent=f"gazette/{__version__} (+{settings.url or settings.repository or 'unpublished'})",
        memory=run.memory,
        pause=wanted.pause,
        limits=run.limits,
        say=run.say,
    )
    digests, notices = SOURCES[source](client, period, wanted, run.today)
    within = tuple(digest for digest in digests if digest.date in period and digest.papers)
    strays = [
        Notice(0, f"{digest.date} lies outside of {period.text}: left out")
        for digest in digests
        if digest.date not in period and period.kind != "date"
    ]
    listed = {digest.date for digest in within}
    shown = max((digest.date for digest in digests), default=None)
    reasons = tuple(
        _reason(source, each, run.today, shown) for each in period.days() if each not in listed
    )
    return Fetched(within, (*notices, *strays), reasons if not within else _notable(reasons))


def _reason(source: str, date: dt.date, today: dt.date, shown: dt.date | None) -> str:
    """Return why ``source`` lists nothing on ``date``; ``shown`` is the day it shows instead."""
    if date > today:
        why = "the day is still to come"
    elif date.weekday() >= _WEEKEND and source == "huggingface":
        why = "it is the week-end"
    elif date >= today - dt.timedelta(days=1):
        why = "the source is late; ask again in some hours"
    else:
        why = "a holiday, or nothing was listed"
    instead = f" (the source shows {shown} instead)" if shown and shown < date else ""
    return f"{source}: no papers on {date:%A, %Y-%m-%d}: {why}{instead}"


def _notable(reasons: Sequence[str]) -> tuple[str, ...]:
    """Return the reasons worth a word where other days had papers: week-ends go without saying."""
    return tuple(
        reason for reason in reasons if "week-end" not in reason and "to come" not in reason
    )
