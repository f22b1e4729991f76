"""CSL-JSON, as Zotero, Pandoc and this program write it: a list becomes a digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from generator.model import Paper
from generator.sources import facts, tags
from generator.sources.collecting import Collection
from generator.sources.document import Document, Notice, Parsed
from generator.sources.json_fields import Fields
from generator.system.errors import SourceError
from generator.text import partial_dates

SOURCE = "csl-json"
TITLE = "Reading list"
_ARTICLES = frozenset(["article", "article-journal", "journal-article", "posted-content"])
# What Crossref calls some of CSL's types.
_CROSSREF = {
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "monograph": "book",
    "dissertation": "thesis",
}
_DATES = ("issued", "published", "published-print", "published-online", "original-date")


def is_item(value: Mapping[str, Any]) -> bool:
    """Say whether an object is an item of CSL: names in parts under ``author``, or its dates."""
    people = value.get("author")
    in_parts = isinstance(people, list) and all(isinstance(one, dict) for one in people)
    return "authors" not in value and (
        (in_parts and bool(people))
        or isinstance(value.get("issued"), dict)
        or "container-title" in value
        or ("type" in value and "title" in value and "id" in value and "abstract" not in value)
    )


def from_items(document: Document, items: Iterable[tuple[int, str, Any]]) -> Parsed:
    """Return the list as one digest, of objects with their lines and places; odd ones are named."""
    reading = Collection(document, title=TITLE, source=SOURCE)
    day = reading.day_given("CSL-JSON")
    for line, place, value in items:
        with reading.at(line):
            item = Fields(value, f"{place}." if place else "")
            if not facts.line(item.text("title")):
                message = f"{place}.title: is empty or missing; every paper has one"
                raise SourceError(document.name, line, message)
            reading.add(line, _paper(item, day))
            reading.left_out += [Notice(line, said) for said in item.odd]
    return reading.parsed()


def _paper(item: Fields, day: dt.date) -> Paper:
    doi = facts.doi(item.text("DOI", "doi"))
    url = item.text("URL", "url")
    number, note = item.line("number"), item.line("note")
    said = (item.text("arxiv", "eprint"), doi, url)
    arxiv = next(filter(None, map(facts.arxiv_id, said)), "")
    arxiv = arxiv or next(
        filter(None, map(facts.arxiv_id_in, (number, note, item.line("archive_location")))), ""
    )
    venue = item.line("container-title", "collection-title", "event-title")
    kind = item.line("type")
    kind = _CROSSREF.get(kind, kind)
    people = item.names("author", "editor")
    others = bool(people) and people[-1] == "others"
    return facts.paper(
        title=tags.plain(item.text("title")),
        abstract=tags.plain(item.text("abstract")),
        date=day,
        authors=people[:-1] if others else people,
        others=others,
        arxiv=arxiv,
        doi=doi,
        published=_published(item),
        links={"link": url}
        if facts.is_address(url) and not facts.is_known(url, arxiv, doi)
        else {},
        topics=item.words("keyword", "categories"),
        type="" if kind in _ARTICLES else kind,
        venue="" if venue.lower() == "arxiv" else venue,
        volume=item.line("volume"),
        number=item.line("issue") or ("" if facts.arxiv_id_in(number) else number),
        pages=facts.page_range(item.line("page")),
        publisher=""
        if arxiv and item.line("publisher").lower() == "arxiv"
        else item.line("publisher"),
        remark="" if facts.arxiv_id_in(note) else note,
        source=SOURCE,
    )


def _published(item: Fields) -> str:
    """Return when the work came out: ``{"date-parts": [[1997, 11]]}``, or as somebody wrote it."""
    for name in _DATES:
        date = item.inner(name)
        parts = date.list("date-parts")
        if parts and isinstance(parts[0], list):
            numbers = [_number(part) for part in parts[0][:3]]
            if numbers and (known := partial_dates.of(*numbers)):
                return known
        if known := partial_dates.read(date.text("raw", "literal")):
            return known
        if isinstance(item.get(name), str) and (known := partial_dates.read(item.text(name))):
            return known
    return ""


def _number(part: object) -> int:
    if isinstance(part, str) and part.isdecimal() and len(part) < len("10000"):
        return int(part)
    return part if type(part) is int and 0 <= part < 10_000 else 0  # noqa: PLR2004  # years of our era
