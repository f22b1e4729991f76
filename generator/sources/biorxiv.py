"""bioRxiv's and medRxiv's ``details`` JSON, as api.biorxiv.org answers it.

The first version of a preprint is news; a later one is not, but for a withdrawal.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

import msgspec

from generator.model import Digest, Paper
from generator.sources import creators, decode, facts, tags
from generator.sources.document import Document, Notice, Parsed
from generator.sources.withdrawn import is_withdrawn
from generator.system.errors import SourceError, SourceErrors

_COUNT = re.compile(r"[0-9]{1,9}")
SERVERS = {"biorxiv": "bioRxiv", "medrxiv": "medRxiv"}


class Record(msgspec.Struct):
    """One version of one preprint."""

    doi: str | None = None
    title: str | None = None
    authors: str | None = None
    date: str | None = None
    version: int | str | None = None
    type: str | None = None
    category: str | None = None
    abstract: str | None = None
    published: str | None = None
    server: str | None = None


class Answer(NamedTuple):
    """One page of the answer: its records, not checked yet, and how many there are in all."""

    records: list[object]
    total: int


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is such an answer."""
    return head.startswith("{") and ('"messages"' in head or '"collection"' in head)


def parse(document: Document) -> Parsed:
    """Return one digest for each day; SourceErrors where no record can be read."""
    return digests(document, answer(document).records)


def answer(document: Document) -> Answer:
    """Return one answer of the API; raises SourceError."""
    said = decode.value(document.name, document.data)
    records = said.get("collection") if isinstance(said, dict) else None
    if not isinstance(records, list):
        raise SourceError(document.name, 1, "collection is missing: this is no list of preprints")
    messages = said.get("messages")
    totals = [
        str(message.get("total", ""))
        for message in (messages if isinstance(messages, list) else [])
        if isinstance(message, dict)
    ]
    return Answer(records, max((int(each) for each in totals if _COUNT.fullmatch(each)), default=0))


def digests(document: Document, records: list[object]) -> Parsed:
    """Return the digests of the API's records, each under the day on which it was posted."""
    left_out: list[Notice] = []
    days: dict[dt.date, dict[str, Paper]] = {}
    updates: list[Paper] = []
    later = 0
    server = "biorxiv"
    for place, given in enumerate(records):
        try:
            record = msgspec.convert(given, Record)
            paper = _paper(document, record)
        except (msgspec.ValidationError, SourceError) as error:
            said = error.message if isinstance(error, SourceError) else str(error)
            left_out.append(Notice(0, f"collection[{place}]: {said}; it was left out"))
            continue
        server = paper.source
        if str(record.version or 1).strip() != "1" and paper.doi not in days.get(paper.date, {}):
            later += 1
            updates += [paper] if paper.withdrawn else []
            continue
        days.setdefault(paper.date, {})[paper.doi] = paper
    if left_out and not days and not later:
        errors = [SourceError(document.name, 0, each.message) for each in left_out]
        raise SourceErrors(errors) if len(errors) > 1 else errors[0]
    notices: list[Notice] = []
    if later:
        notices.append(Notice(0, f"{later} later versions of known preprints left out"))
    if not records:
        notices.append(Notice(0, "the list is empty: no preprints"))
    found = (
        Digest(date=day, title=SERVERS[server], source=server, papers=tuple(listed.values()))
        for day, listed in sorted(days.items())
    )
    return Parsed(tuple(found), tuple(notices), tuple(left_out), tuple(updates))


def _paper(document: Document, record: Record) -> Paper:
    title = facts.line(tags.plain(record.title or ""))
    doi = facts.doi(record.doi or "")
    if not title or not doi:
        lacking = "a title" if doi else "a DOI"
        raise SourceError(document.name, 0, f"{lacking} is missing")
    if not record.date and not document.date:
        raise SourceError(document.name, 0, f"{doi} has no date")
    posted = decode.day(document.name, 0, f"{doi}: date", record.date) if record.date else None
    abstract = tags.plain(record.abstract or "")
    server = (record.server or "biorxiv").strip().lower()
    is_old = re.match(r"withdrawn\b", record.type or "", re.IGNORECASE) is not None
    return facts.paper(
        title=title,
        abstract=abstract,
        date=document.date or posted or document.today,
        authors=_authors(record.authors or ""),
        doi=doi,
        published=posted,
        topics=tuple(filter(None, [facts.line(record.category or "")])),
        withdrawn=is_old or is_withdrawn(title=title, abstract=abstract),
        source=server if server in SERVERS else "biorxiv",
    )


def _authors(text: str) -> tuple[str, ...]:
    """Return the authors of ``Roe, J. A.; The D Consortium``, given names first."""
    found: list[str] = []
    for part in tags.plain(text).split(";"):
        family, given, *rest = [*facts.line(part).split(", "), ""][:4]
        is_person = given and not any(rest[1:])
        names = [given, family, *rest] if is_person else [facts.line(part)]
        found += creators.name(" ".join(filter(None, names)))
    return tuple(dict.fromkeys(found))
