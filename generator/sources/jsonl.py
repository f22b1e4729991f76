"""JSON Lines, one paper a line, and lists of such records; many days may be in one file.

A record has ``title`` and, as far as known, an id, an abstract, authors, categories, a comment, a
DOI, where and when it came out, links and counts, under the names that archives and citation
services use; ``digest_date`` (or ``date``) is the day that lists the paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from generator.model import Paper
from generator.sources import decode, facts, tags
from generator.sources.collecting import Collection
from generator.sources.document import Document, Notice, Parsed
from generator.sources.json_fields import Fields
from generator.system.errors import SourceError
from generator.text import partial_dates

TITLE = "Papers"
ARXIV_TITLE = "arXiv papers"
SOURCE = "jsonl"


def parse(document: Document) -> Parsed:
    """Return one digest for each day, oldest first; lines that cannot be read are named."""
    reading = Collection(document, title=TITLE, source=SOURCE)
    for number, row in enumerate(BytesIO(document.data), start=1):
        if row.strip():
            with reading.at(number):
                value = decode.value(document.name, row.rstrip(), first_line=number)
                _take(reading, document, (number, "", value))
    return reading.parsed(_head)


def from_records(document: Document, items: Iterable[tuple[int, str, Any]]) -> Parsed:
    """Return the same of objects at hand, each with its line and its place in their list.

    In place of an object that cannot be read stands what is wrong with it.
    """
    reading = Collection(document, title=TITLE, source=SOURCE)
    for item in items:
        with reading.at(item[0]):
            _take(reading, document, item)
    return reading.parsed(_head)


def _take(reading: Collection, document: Document, item: tuple[int, str, Any]) -> None:
    line, place, value = item
    if isinstance(value, SourceError):
        raise value
    if not isinstance(value, dict):
        raise SourceError(
            document.name, line, "expected an object, with the title of a paper in it"
        )
    record = Fields(value, f"{place}." if place else "")
    reading.add(line, _paper(document, line, record))
    reading.left_out += [Notice(line, said) for said in record.odd]


def _head(papers: tuple[Paper, ...]) -> tuple[str, str]:
    is_arxiv = all(paper.arxiv for paper in papers)
    return (ARXIV_TITLE, "arxiv") if is_arxiv else (TITLE, SOURCE)


def _paper(document: Document, line: int, record: Fields) -> Paper:
    title = record.text("title", "display_name", "Title", "name")
    if not facts.line(title):
        raise SourceError(document.name, line, "title: is empty or missing; every paper has one")
    ids = record.inner("externalIds", "ids")
    arxiv = _arxiv(record, ids)
    doi = facts.doi(record.text("doi", "DOI") or ids.text("DOI", "doi"))
    journal = record.inner("journal")
    venue = record.line("venue", "publicationTitle", "container_title") or _venue(record, journal)
    volume = record.line("volume") or journal.line("volume")
    return facts.paper(
        title=tags.plain(title),
        abstract=tags.plain(record.text("summary", "abstract", "abstractNote", "description")),
        date=_day(document, line, record),
        authors=record.names("authors", "author", "authorships", "creators"),
        arxiv=arxiv,
        doi=doi,
        published=_published(document, line, record),
        links=_links(record, arxiv, doi),
        others=record.get("others") is True,
        topics=_categories(record),
        remark=record.line("comment", "comments", "note"),
        journal=record.line("journal_ref", "journal-ref", "journalRef"),
        venue="" if _is_arxiv(venue) else venue,
        volume="" if facts.arxiv_id_in(volume) else volume,
        number=record.line("issue", "number"),
        pages=facts.page_range(record.line("pages") or journal.line("pages")),
        publisher=record.line("publisher"),
        votes=record.count("votes", "upvotes"),
        stars=record.count("stars", "githubStars"),
        summary=record.inner("tldr").line("text") or record.line("ai_summary"),
        source="arxiv" if arxiv else SOURCE,
    )


def _arxiv(record: Fields, ids: Fields) -> str:
    """Return the arXiv id, wherever it stands."""
    named = ("arxiv", "arxiv_id", "arxivId", "arXiv", "arxivid", "eprint")
    said = (record.text(*named), ids.text("ArXiv", "arxiv"), record.text("doi", "DOI"))
    address = record.text("url", "URL", "abs", "link", "entry_id")
    return next(filter(None, map(facts.arxiv_id, (record.text("id"), *said, address))), "")


def _is_arxiv(venue: str) -> bool:
    return venue.lower() in {"arxiv", "arxiv.org", "corr"} or bool(facts.arxiv_id_in(venue))


def _venue(record: Fields, journal: Fields) -> str:
    return journal.line("name", "title") or (
        "" if record.inner("journal").has("name") else _text(record)
    )


def _text(record: Fields) -> str:
    """Return the journal where it is a text, and no object."""
    return record.line("journal") if isinstance(record.get("journal"), str) else ""


def _categories(record: Fields) -> tuple[str, ...]:
    return record.words("categories", "topics", "keywords", "tags", "fieldsOfStudy")


def _links(record: Fields, arxiv: str, doi: str) -> dict[str, str]:
    """Return the links of a record that lead to something else than its ids do."""
    found = {
        "code": record.address("code", "githubRepo", "code_url"),
        "project": record.address("project", "projectPage", "project_page"),
        "link": record.address("url", "URL", "link"),
    }
    given = record.get("links")
    if isinstance(given, dict):
        found |= {str(name): url for name, url in given.items() if isinstance(url, str)}
    return {
        kind: url.strip()
        for kind, url in found.items()
        if facts.is_address(url) and not facts.is_known(url.strip(), arxiv, doi)
    }


def _published(document: Document, line: int, record: Fields) -> str:
    """Return when the paper came out, as exactly as the record says."""
    said = record.text("published", "publicationDate", "publication_date", "publishedAt")
    date = partial_dates.read(said or record.text("year", "publication_year"))
    if said and not date:
        record.odd.append(f"published: {said[:80]!r} is no date: left out")
    if len(said) > len("2025-09-23") and date:
        return decode.day(document.name, line, "published", said).isoformat()
    return date


def _day(document: Document, line: int, record: Fields) -> dt.date:
    """Return the day that lists the paper: as given for the whole file, else as the line says."""
    if document.date:
        return document.date
    for field in ("digest_date", "date"):
        if said := record.text(field):
            return decode.day(document.name, line, field, said)
    message = "digest_date is missing, so the day is unknown: give it with --date 2025-09-23"
    raise SourceError(document.name, line, message)
