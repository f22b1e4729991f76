"""Hugging Face's ``api/daily_papers`` JSON, for a day, a week or a month.

Only ``paper.id`` and a title must be there; everything else may be missing or null. The day of a
paper is the one on which it was submitted to the daily papers, in UTC.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from generator.model import Digest, Paper
from generator.sources import decode, facts
from generator.sources.document import Document, Notice, Parsed
from generator.system.errors import SourceError

SOURCE = "huggingface"
TITLE = "Daily Papers"
BYLINE = "AK and the research community"


class _Named(msgspec.Struct):
    name: str | None = None
    fullname: str | None = None

    def __str__(self) -> str:
        return facts.line(self.fullname or self.name or "")


class _Paper(msgspec.Struct, rename="camel"):
    id: str
    title: str | None = None
    summary: str | None = None
    authors: list[_Named | None] | None = None
    published_at: str | None = None
    submitted_on_daily_at: str | None = None
    submitted_on_daily_by: _Named | None = None
    upvotes: int | None = None
    project_page: str | None = None
    github_repo: str | None = None
    github_stars: int | None = None
    ai_summary: str | None = msgspec.field(default=None, name="ai_summary")
    ai_keywords: list[str] | None = msgspec.field(default=None, name="ai_keywords")
    organization: _Named | None = None


class Entry(msgspec.Struct, rename="camel"):
    """A paper as the API lists it; only what a digest needs."""

    paper: _Paper
    title: str | None = None
    summary: str | None = None
    num_comments: int | None = None
    submitted_by: _Named | None = None
    organization: _Named | None = None


class _Answer(msgspec.Struct):
    error: str | None = None
    message: str | None = None
    daily_papers: list[Entry] | None = msgspec.field(default=None, name="dailyPapers")


_DECODER: msgspec.json.Decoder[list[Entry] | _Answer] = msgspec.json.Decoder(list[Entry] | _Answer)


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is such JSON, or an error in its place."""
    return head.startswith(("[", "{"))


def parse(document: Document) -> Parsed:
    """Return the digests, one for each day; raises SourceError with the field that is wrong."""
    return from_entries(document, entries(document))


def entries(document: Document) -> list[Entry]:
    """Return the entries of one answer of the API; raises SourceError."""
    answer = decode.json(document.name, document.data, _DECODER)
    if not isinstance(answer, _Answer):
        return answer
    if answer.daily_papers is None:
        said = answer.error or answer.message or "an object without papers"
        raise SourceError(document.name, 1, f"expected a list of papers; the answer is: {said}")
    return answer.daily_papers


def from_entries(document: Document, listed_entries: list[Entry]) -> Parsed:
    """Return the digests of the API's entries."""
    notices: list[Notice] = []
    days: dict[dt.date, dict[str, Paper]] = {}
    for number, entry in enumerate(listed_entries):
        day = _day(document, number, entry)
        paper = _paper(document, number, entry, day)
        listed = days.setdefault(day, {})
        if paper.arxiv in listed:
            notices.append(Notice(0, f"[{number}]: {entry.paper.id} is listed twice: kept once"))
        listed.setdefault(paper.arxiv, paper)
    if not listed_entries:
        notices.append(Notice(0, "the list is empty: no papers"))
    digests = (
        Digest(date=day, title=TITLE, byline=BYLINE, source=SOURCE, papers=tuple(listed.values()))
        for day, listed in sorted(days.items())
    )
    return Parsed(tuple(digests), tuple(notices))


def _day(document: Document, number: int, entry: Entry) -> dt.date:
    """Return the day that lists the entry: as given, else as submitted."""
    if document.date:
        return document.date
    if entry.paper.submitted_on_daily_at is None:
        field = f"[{number}].paper.submittedOnDailyAt"
        message = f"{field} is missing, so the day is unknown: give it with --date 2025-09-23"
        raise SourceError(document.name, 0, message)
    field = f"[{number}].paper.submittedOnDailyAt"
    return decode.day(document.name, 0, field, entry.paper.submitted_on_daily_at)


def _paper(document: Document, number: int, entry: Entry, day: dt.date) -> Paper:
    paper = entry.paper
    title = paper.title or entry.title or ""
    arxiv = facts.arxiv_id(paper.id)
    if not arxiv or not title.strip():
        field = f"[{number}].paper.{'title' if arxiv else 'id'}"
        found = repr(title if arxiv else paper.id)
        wanted = "a title" if arxiv else "an arXiv id like 2503.02130"
        raise SourceError(document.name, 0, f"{field}: {found} is not {wanted}")
    published = paper.published_at
    links = {"code": paper.github_repo, "project": paper.project_page}
    return facts.paper(
        title=title,
        abstract=paper.summary or entry.summary or "",
        date=day,
        authors=tuple(filter(None, map(str, filter(None, paper.authors or [])))),
        arxiv=arxiv,
        published=decode.day(document.name, 0, f"[{number}].paper.publishedAt", published)
        if published
        else None,
        links={kind: url.strip() for kind, url in links.items() if url and facts.is_address(url)},
        topics=tuple(dict.fromkeys(map(facts.line, paper.ai_keywords or []))),
        votes=paper.upvotes,
        comments=entry.num_comments,
        stars=paper.github_stars,
        summary=facts.line(paper.ai_summary or ""),
        organization=str(paper.organization or entry.organization or ""),
        submitter=str(paper.submitted_on_daily_by or entry.submitted_by or ""),
        source=SOURCE,
    )
