"""JSON Lines: one paper a line, as archives of arXiv have them; many days in one file.

A record has ``title`` and, as far as known, ``id``, ``summary`` (or ``abstract``), ``authors``,
``categories``, ``comment`` (or ``comments``), ``doi``, ``journal_ref`` (or ``journal-ref``),
``published`` and ``digest_date`` (or ``date``), the day that lists the paper.
"""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO

import msgspec

from generator.model import Digest, Paper
from generator.sources import decode, facts
from generator.sources.document import Document, Notice, Parsed
from generator.system.errors import SourceError, SourceErrors

TITLE = "Papers"
ARXIV_TITLE = "arXiv papers"
# After so many errors the file is something else, and the rest would say nothing new.
_ENOUGH = 20
_AND = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


class _Record(msgspec.Struct):
    title: str
    id: str | None = None
    summary: str | None = None
    abstract: str | None = None
    authors: list[str] | str | None = None
    categories: list[str] | str | None = None
    comment: str | None = None
    comments: str | None = None
    doi: str | None = None
    journal_ref: str | None = None
    journal: str | None = msgspec.field(default=None, name="journal-ref")
    published: str | None = None
    digest_date: str | None = None
    date: str | None = None
    url: str | None = None


_DECODER = msgspec.json.Decoder(_Record)


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is JSON Lines."""
    return head.startswith("{") and '"title"' in head and '"dailyPapers"' not in head


def parse(document: Document) -> Parsed:
    """Return one digest for each day, oldest first; raises SourceErrors with every bad line."""
    notices: list[Notice] = []
    errors: list[SourceError] = []
    days: dict[dt.date, dict[str, Paper]] = {}
    for number, row in enumerate(BytesIO(document.data), start=1):
        if not row.strip():
            continue
        try:
            paper = _paper(document, number, row)
        except SourceError as error:
            errors.append(error)
            if len(errors) == _ENOUGH:
                break
            continue
        listed = days.setdefault(paper.date, {})
        key = paper.arxiv or paper.slug
        if key in listed:
            notices.append(Notice(number, f"{key} is listed twice on {paper.date}: kept once"))
        listed.setdefault(key, paper)
    if errors:
        raise SourceErrors(errors) if len(errors) > 1 else errors[0]
    return Parsed(
        tuple(_digest(day, listed) for day, listed in sorted(days.items())), tuple(notices)
    )


def _digest(day: dt.date, listed: dict[str, Paper]) -> Digest:
    papers = tuple(listed.values())
    is_arxiv = all(paper.arxiv for paper in papers)
    return Digest(
        date=day,
        title=ARXIV_TITLE if is_arxiv else TITLE,
        source="arxiv" if is_arxiv else "jsonl",
        papers=papers,
    )


def _paper(document: Document, number: int, row: bytes) -> Paper:
    record = decode.json(document.name, row, _DECODER, first_line=number)
    if not record.title.strip():
        raise SourceError(document.name, number, "title: is empty; every paper has one")
    arxiv = facts.arxiv_id(record.id or "")
    published = record.published
    return facts.paper(
        title=record.title,
        abstract=record.summary or record.abstract or "",
        date=_day(document, number, record),
        authors=_list(record.authors, _AND),
        arxiv=arxiv,
        doi=facts.doi(record.doi or ""),
        published=decode.day(document.name, number, "published", published) if published else None,
        links={"link": record.url.strip()} if facts.is_address(record.url) and record.url else {},
        topics=_list(record.categories, re.compile(r"[\s,]+")),
        remark=facts.line(record.comment or record.comments or ""),
        journal=facts.line(record.journal_ref or record.journal or ""),
        source="arxiv" if arxiv else "jsonl",
    )


def _day(document: Document, number: int, record: _Record) -> dt.date:
    """Return the day that lists the paper: as given for the whole file, else as the line says."""
    if document.date:
        return document.date
    for field, text in (("digest_date", record.digest_date), ("date", record.date)):
        if text:
            return decode.day(document.name, number, field, text)
    message = "digest_date is missing, so the day is unknown: give it with --date 2025-09-23"
    raise SourceError(document.name, number, message)


def _list(value: list[str] | str | None, between: re.Pattern[str]) -> tuple[str, ...]:
    """Return the items of a list, or of a text that holds them with something ``between``."""
    items = between.split(value) if isinstance(value, str) else value or []
    return tuple(dict.fromkeys(filter(None, map(facts.line, items))))
