"""Fetch: digests from the network.

    fetch(source, period, settings, run) -> Fetched
    papers(ids, settings, run) -> Papers

All answers are in, whole and understood, before anything is handed on: a source that answers
half, or in another shape, raises a GazetteError with what it saw. A day without papers is no
error: ``reasons`` says why there are none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator import __version__
from generator.content.settings import Settings
from generator.model import Digest, Paper
from generator.sources import Notice
from generator.sources.fetch import arxiv, biorxiv, huggingface, schedule
from generator.sources.fetch.configuration import Configuration, configured
from generator.sources.fetch.http import Client, FetchError, Limits
from generator.sources.fetch.period import Period, day, days, month, week
from generator.sources.fetch.question import Found, Known, Question
from generator.system.errors import GazetteError

__all__ = [
    "SOURCES",
    "FetchError",
    "Fetched",
    "Known",
    "Limits",
    "Papers",
    "Period",
    "Run",
    "day",
    "days",
    "fetch",
    "month",
    "papers",
    "parts",
    "week",
]

Ask = Callable[[Client, Question], Found]

SOURCES: Mapping[str, Ask] = {
    "arxiv": arxiv.ask,
    "biorxiv": biorxiv.ask_biorxiv,
    "huggingface": huggingface.ask,
    "medrxiv": biorxiv.ask_medrxiv,
}
_WEEKEND = 5


class Run(NamedTuple):
    """What a question is asked with: the day, a folder to remember answers in, who hears of waits.

    ``today`` is in the site's time zone; it tells a late source from an empty day. ``now`` is the
    moment itself. ``known`` is what the content folder has already.
    """

    today: dt.date
    memory: Path
    say: Callable[[str], None] = lambda _: None
    limits: Limits = Limits()
    known: Known = Known()
    now: dt.datetime = dt.datetime.min.replace(tzinfo=dt.UTC)


class Fetched(NamedTuple):
    """What a source had for a period: digests, oldest first; what was odd; why days are empty.

    ``left_out`` names what was not taken; ``updates`` are papers that no digest lists, with news of
    known ones.
    """

    digests: tuple[Digest, ...]
    notices: tuple[Notice, ...] = ()
    reasons: tuple[str, ...] = ()
    left_out: tuple[Notice, ...] = ()
    updates: tuple[Paper, ...] = ()


class Papers(NamedTuple):
    """What arXiv says of some papers, by id, and the ids that it does not know, in their order."""

    papers: Mapping[str, Paper]
    missing: tuple[str, ...] = ()


def parts(source: str, period: Period) -> Iterable[Period]:
    """Return the periods that ``source`` is asked about, one question after the other.

    Hugging Face knows no few days at once; a day that it lacks should cost no other.
    """
    if source == "huggingface" and period.kind == "days":
        return map(day, period.days())
    return [period]


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
    question = Question(period, wanted, run.today, run.now, run.known)
    found = SOURCES[source](_client(wanted, settings, run), question)
    return Fetched(
        found.digests,
        found.notices,
        _reasons(source, period, found, run.today),
        found.left_out,
        found.updates,
    )


def papers(ids: Iterable[str], settings: Settings, run: Run) -> Papers:
    """Return what arXiv says of the papers with these arXiv ids (without version).

    One question for a hundred ids; raises GazetteError where one is not answered.
    """
    asked = tuple(dict.fromkeys(ids))
    wanted = configured("arxiv", settings.sources, ())
    found = arxiv.papers(_client(wanted, settings, run), wanted, asked)
    return Papers(found, tuple(each for each in asked if each not in found))


def _client(wanted: Configuration, settings: Settings, run: Run) -> Client:
    return Client(
        agent=f"gazette/{__version__} (+{settings.url or settings.repository or 'unpublished'})",
        memory=run.memory,
        pause=wanted.pause,
        limits=run.limits,
        say=run.say,
    )


def _reasons(source: str, period: Period, found: Found, today: dt.date) -> tuple[str, ...]:
    """Return why ``source`` lists nothing on the days that it was asked about.

    Where other days have papers, week-ends and days to come go without saying.
    """
    listed = {digest.date for digest in found.digests}
    said = [
        f"{source}: no papers on {date:%A, %Y-%m-%d}: {why}{instead}"
        for date in found.asked
        if date not in listed
        for why, instead in [(_why(source, date, today), _instead(date, found.shown))]
        if not (listed and why in _PLAIN)
    ]
    if not said and not listed:
        said = [f"{source}: nothing new in {period.text}"]
    return tuple(said)


_TO_COME = "the day is still to come"
_IDLE = "it is the week-end"
_SILENT = "arXiv announces nothing on that day"
_PLAIN = frozenset([_TO_COME, _IDLE, _SILENT])


def _why(source: str, date: dt.date, today: dt.date) -> str:
    if date > today:
        return _TO_COME
    if source == "arxiv" and not schedule.is_listing_day(date):
        return _SILENT
    if date.weekday() >= _WEEKEND and source == "huggingface":
        return _IDLE
    if date >= today - dt.timedelta(days=1):
        return "the source is late; ask again in some hours"
    return "a holiday, or nothing was listed"


def _instead(date: dt.date, shown: dt.date | None) -> str:
    return f" (the source shows {shown} instead)" if shown and shown < date else ""
