"""What arXiv announced: the daily feed as the list of its day, filled up from the export API.

The feed has the latest announcement only. Other days, and a day whose feed cannot be had, are put
together from the API.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.model import Digest, Paper
from generator.sources import Document, Notice
from generator.sources.arxiv import feeds as arxiv
from generator.sources.arxiv.feed_entries import Entry, Feed, read
from generator.sources.fetch import announced, arxiv_api, schedule
from generator.sources.fetch.configuration import Configuration
from generator.sources.fetch.http import Client, FetchError
from generator.sources.fetch.question import Found, Question
from generator.system.errors import GazetteError, SourceError

_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
_DAY = dt.timedelta(days=1)
_FACTS = ("abstract", "authors", "doi", "journal", "topics", "remark")


class _Announcement(NamedTuple):
    """The latest announcement by its feed; no feed, and what is wrong, where there is none."""

    feed: Feed | None
    day: dt.date
    problem: str = ""


def ask(client: Client, question: Question) -> Found:
    """Return the digests of the days in question that arXiv announced; raises GazetteError."""
    _check(question.wanted)
    notices: list[Notice] = []
    latest = _announcement(client, question)
    if latest.problem:
        notices.append(Notice(0, f"{latest.problem}; the API is asked instead"))
    days = _days(question, latest)
    digests: dict[dt.date, Digest] = {}
    left_out: list[Notice] = []
    updates: list[Paper] = []
    if latest.feed and latest.day in days:
        found = _of_feed(client, question, latest.feed, latest.day)
        digests |= {digest.date: digest for digest in found.digests}
        notices += found.notices
        left_out += found.left_out
        updates += found.updates
    others = [day for day in days if day not in digests]
    if others:
        try:
            found = _of_api(client, question, others)
        except FetchError as error:
            if not digests:
                raise
            listed = ", ".join(map(str, others))
            message = f"missed days ({listed}) could not be had, ask again with --days: {error}"
            notices.append(Notice(0, message))
        else:
            digests |= {digest.date: digest for digest in found.digests}
            notices += found.notices
            left_out += found.left_out
            updates += found.updates
    return Found(
        tuple(digests[day] for day in sorted(digests)),
        tuple(notices),
        tuple(left_out),
        tuple(updates),
        asked=tuple(sorted({*days, *_explicit(question)})),
    )


def papers(client: Client, wanted: Configuration, ids: Iterable[str]) -> dict[str, Paper]:
    """Return what arXiv says of papers, by their ids without version; raises FetchError.

    An id that arXiv does not know is missing.
    """
    entries = arxiv_api.by_ids(client, wanted, ids).entries
    return {paper.arxiv: paper for paper in arxiv.latest(entries)}


def _check(wanted: Configuration) -> None:
    if not wanted.categories:
        message = (
            "say which categories: --category cs.CL, or sources: arxiv: categories in site.yaml"
        )
        raise GazetteError(f"arxiv: {message}")
    for category in (*wanted.categories, *wanted.without):
        if _CATEGORY.fullmatch(category) is None:
            raise GazetteError(f"arxiv: {category!r} is no category; one is cs.CL")


def _announcement(client: Client, question: Question) -> _Announcement:
    """Return the latest announcement: by the feed in RSS, else in Atom."""
    problems: list[str] = []
    wanted, period = question.wanted, question.period
    day = schedule.latest(question.now, wanted.holidays)
    if period.kind in {"week", "month"} and period.last < question.today - 7 * _DAY:
        return _Announcement(None, day)  # the feed is about other days
    for form, attempts in (("rss", 2), ("atom", 1)):
        url = f"{wanted.feeds}/{form}/{'+'.join(wanted.categories)}"
        try:
            answer = client.get(url, attempts=attempts)
            feed = read(Document(answer.url, answer.body, None, question.today))
        except FetchError as error:
            problems.append(str(error))
            continue
        except SourceError as error:
            problems.append(f"{url}: {error.message}")
            continue
        if feed.day:
            client.keep(answer)
            return _Announcement(feed, feed.day)
        problems.append(f"{url}: the feed does not say of which day it is")
    return _Announcement(None, day, f"no daily feed ({problems[0]})")


def _days(question: Question, latest: _Announcement) -> list[dt.date]:
    """Return the listing days that the question is about, oldest first.

    A question about the last days is also about those that were missed since papers came last, and
    not about those whose papers came already; it ends with what was announced last.
    """
    period, known, deferred = question.period, question.known, question.wanted.holidays
    if period.kind != "days":
        listed = schedule.listing_days(period.first, period.last, deferred)
        empty = not latest.feed or not latest.feed.entries
        return sorted({*listed, *([] if empty or latest.day not in period else [latest.day])})
    last = latest.day if latest.feed else period.last
    first = min(period.first, last)
    before = [day for day in known.announced if day < last]
    if before:
        oldest = last - question.wanted.lookback * _DAY
        first = max(min(first, max(before) + _DAY), oldest)
    missing = [
        day
        for day in schedule.listing_days(first, last, deferred)
        if day not in known.announced or day == last
    ]
    has_news = latest.feed is not None and latest.feed.entries and last not in missing
    return [*missing, last] if has_news else missing


def _explicit(question: Question) -> list[dt.date]:
    """Return the day that was asked for by its date, which may be none of arXiv's."""
    return [question.period.first] if question.period.kind == "date" else []


def _of_feed(client: Client, question: Question, feed: Feed, day: dt.date) -> Found:
    """Return the day's digest, in the order announced, each new paper as the API has it."""
    wanted, known = question.wanted, question.known.papers
    replaced = [entry for entry in feed.entries if entry.is_replacement]
    fresh = [entry for entry in feed.entries if not entry.is_replacement]
    chosen, notices = _chosen(fresh, wanted)
    ids = [entry.paper.arxiv for entry in chosen if entry.paper.arxiv not in known]
    ids += [entry.paper.arxiv for entry in replaced if entry.paper.arxiv in known]
    full: Mapping[str, Paper] = {}
    try:
        full = papers(client, wanted, ids) if ids else {}
    except FetchError as error:
        notices.append(Notice(0, f"{day}: the papers are as the feed has them: {error}"))
    listed = [_filled(paper, full.get(paper.arxiv)) for paper in arxiv.latest(chosen)]
    updates = [_filled(entry.paper, full.get(entry.paper.arxiv)) for entry in replaced]
    if replaced:
        notices.append(Notice(0, f"{len(replaced)} replacements of known papers left out"))
    digests = _digests({day: listed}, wanted, notices)
    withdrawn = tuple(paper for paper in updates if paper.withdrawn and paper.arxiv in known)
    return Found(digests, tuple(notices), feed.left_out, withdrawn)


def _of_api(client: Client, question: Question, days: Sequence[dt.date]) -> Found:
    """Return the digests of ``days`` as the API has their papers, in the order of their ids."""
    wanted, known = question.wanted, question.known
    first = min(days) - (wanted.lookback + 5) * _DAY  # five days: a long week-end before it
    answer = arxiv_api.search(client, wanted, first, max(days))
    chosen, notices = _chosen(answer.entries, wanted)
    placed = announced.place(chosen, days, known, wanted.holidays)
    if placed.missed:
        listed = ", ".join(f"{day}: {count}" for day, count in sorted(placed.missed.items()))
        message = f"papers of days that were not fetched ({listed}): fetch them with --date"
        notices.append(Notice(0, message))
    if placed.passed:
        message = (
            f"{placed.passed} papers of days that were fetched before are not in them: left out"
        )
        notices.append(Notice(0, message))
    found = {day: arxiv.latest(entries) for day, entries in placed.days.items()}
    withdrawn = [
        entry.paper
        for entry in chosen
        if entry.paper.withdrawn and entry.paper.arxiv in known.papers
    ]
    digests = _digests(found, wanted, notices)
    return Found(digests, tuple(notices), answer.left_out, tuple(withdrawn))


def _chosen(entries: Iterable[Entry], wanted: Configuration) -> tuple[list[Entry], list[Notice]]:
    """Return the entries that the settings want, and what was left out."""
    chosen: list[Entry] = []
    crossed = excluded = 0
    for entry in entries:
        topics = entry.paper.topics
        if any(_is_in(topic, wanted.without) for topic in topics):
            excluded += 1
        elif not wanted.cross_lists and _is_cross_list(entry, wanted):
            crossed += 1
        else:
            chosen.append(entry)
    notices = []
    if excluded:
        message = f"{excluded} papers in {', '.join(wanted.without)} left out (without)"
        notices.append(Notice(0, message))
    if crossed:
        notices.append(Notice(0, f"{crossed} cross-lists left out (cross_lists: false)"))
    return chosen, notices


def _is_in(topic: str, categories: Sequence[str]) -> bool:
    """Say whether a category is one of ``categories``, or of an archive among them."""
    return topic in categories or topic.partition(".")[0] in categories


def _is_cross_list(entry: Entry, wanted: Configuration) -> bool:
    """Say whether a paper's first category is none of those that are wanted."""
    if entry.kind:
        return entry.kind == "cross"
    return bool(entry.paper.topics) and not _is_in(entry.paper.topics[0], wanted.categories)


def _filled(paper: Paper, full: Paper | None) -> Paper:
    """Return what the API says of a paper, with what only the feed has."""
    if full is None:
        return paper
    lacking = {key: getattr(paper, key) for key in _FACTS if not getattr(full, key)}
    return dataclasses.replace(full, withdrawn=full.withdrawn or paper.withdrawn, **lacking)


def _digests(
    found: Mapping[dt.date, Sequence[Paper]], wanted: Configuration, notices: list[Notice]
) -> tuple[Digest, ...]:
    """Return a digest for each day that has papers, as many as the settings allow."""
    title = f"{arxiv.TITLE}: {', '.join(wanted.categories)}"
    digests: list[Digest] = []
    for day, listed in sorted(found.items()):
        if len(listed) > wanted.limit:
            message = f"{day}: {len(listed)} papers, the first {wanted.limit} were taken (limit)"
            notices.append(Notice(0, message))
        if listed:
            digests.append(arxiv.digest(day, listed[: wanted.limit], title))
    return tuple(digests)
