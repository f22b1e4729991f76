"""CSV and TSV with a header: a row is a paper, its columns by the names that people give them."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping

from generator.content.identity import fold
from generator.content.merging import bare_title
from generator.model import Paper
from generator.sources import decode, facts, people, tags
from generator.sources.collecting import Collection
from generator.sources.document import Document, Parsed, text_of
from generator.system.errors import SourceError
from generator.text import partial_dates

SOURCE = "table"
TITLE = "Reading list"
# Each fact's columns, folded to letters, as spreadsheets, Zotero, Scholar and Scopus call them.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "articletitle", "documenttitle", "name", "paper"),
    "authors": ("authors", "author", "authornames", "creators", "authorfullnames"),
    "abstract": ("abstract", "abstractnote", "summary", "description"),
    "arxiv": ("arxiv", "arxivid", "arxivnumber", "eprint", "id", "paperid"),
    "doi": ("doi", "doinumber", "digitalobjectidentifier"),
    "url": (
        "url",
        "link",
        "links",
        "address",
        "arxivurl",
        "arxivlink",
        "paperurl",
        "pdf",
        "source",
    ),
    "code": ("code", "codeurl", "github", "githuburl", "repository", "repo"),
    "project": ("project", "projectpage", "website", "homepage"),
    "published": (
        "published",
        "publicationdate",
        "date",
        "issued",
        "year",
        "publicationyear",
        "pubyear",
    ),
    "listed": ("digestdate", "listed", "dateadded"),
    "venue": (
        *("venue", "journal", "publicationtitle", "publication", "sourcetitle", "conference"),
        *("booktitle", "journalname", "containertitle"),
    ),
    "volume": ("volume", "vol"),
    "number": ("issue", "number", "no"),
    "pages": ("pages", "page"),
    "first": ("pagestart", "firstpage", "startpage"),
    "last": ("pageend", "lastpage", "endpage"),
    "publisher": ("publisher",),
    "topics": (
        *("topics", "keywords", "tags", "categories", "category", "authorkeywords", "subjects"),
        "manualtags",
    ),
    "votes": ("votes", "upvotes"),
    "remark": ("note", "notes", "comment", "comments", "remark", "extra"),
    "type": ("type", "itemtype", "documenttype"),
}
_DELIMITERS = ("\t", ",", ";", "|")
_TYPES = {
    "conferencepaper": "paper-conference",
    "booksection": "chapter",
    "bookchapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "webpage": "webpage",
    "dataset": "dataset",
}
_LARGEST = 10**7  # signs in a cell, for the reader; an abstract has some thousand
_ENOUGH = 20  # quotes that never end; behind them nothing would be understood
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is a table: known columns in its first row."""
    first = _DECLARED.sub("", head, count=1).lstrip().partition("\n")[0]
    # A row between bars is Markdown's: what is in its cells is no plain text.
    return not first.startswith("|") and _delimiter(first) != ""


def _delimiter(first: str) -> str:
    """Return what divides the cells of a header; nothing where it is none."""
    for delimiter in filter(first.__contains__, _DELIMITERS):
        cells = _cells(first, delimiter)
        facts_named = _by_fact(cells)
        if (
            len(cells) > 1
            and len(facts_named) > 1
            and {"title", "arxiv", "url"} & facts_named.keys()
        ):
            return delimiter
    return ""


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line[:4096]], delimiter=delimiter), [])
    except csv.Error:
        return []


def _by_fact(header: list[str]) -> dict[str, int]:
    """Return the column of each fact; of several that say the same, the first named in _COLUMNS."""
    names = [fold(cell) for cell in header]
    found: dict[str, int] = {}
    for fact, known in _COLUMNS.items():
        column = next((names.index(name) for name in known if name in names), None)
        if column is not None:
            found[fact] = column
    return found


def parse(document: Document) -> Parsed:
    """Return the table as a digest for each day; rows that cannot be used are named."""
    text = _DECLARED.sub("\n", text_of(document), count=1)
    start = len(text) - len(text.lstrip())
    delimiter = _delimiter(text[start : text.find("\n", start) if "\n" in text[start:] else None])
    if not delimiter:
        message = "the first row names no columns that are known, such as title, authors, doi"
        raise SourceError(document.name, 1, message)
    reading = Collection(document, title=TITLE, source=SOURCE)
    rows = _rows(text, delimiter, reading)
    _, header = next(rows, (1, []))
    columns = _by_fact(header)
    known: dict[tuple[str, ...], Paper] = {}  # by the row: one that comes again is read once
    for line, row in rows:
        if any(cell.strip() for cell in row[len(header) :]):
            message = (
                f"the row has {len(row)} cells and the header {len(header)}: "
                f"a cell with {delimiter!r} in it belongs in quotes"
            )
            reading.leave_out(line, message)
            continue
        with reading.at(line):
            if (key := tuple(row)) not in known:
                cells = {fact: row[at].strip() for fact, at in columns.items() if at < len(row)}
                known[key] = _paper(document, line, cells, reading)
            reading.add(line, known[key])
    return reading.parsed()


def _rows(text: str, delimiter: str, reading: Collection) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with its line; a quote that never ends is named."""
    csv.field_size_limit(_LARGEST)
    lines = text.splitlines(keepends=True)
    start = 0
    for _ in range(_ENOUGH):
        reader = csv.reader(lines[start:], delimiter=delimiter, strict=True)
        before = 0
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield start + before + 1, row
                before = reader.line_num
        except csv.Error as error:
            reading.leave_out(start + before + 1, f"this row cannot be read: {error}")
            # A quote that never ends takes all that follows: go on behind its own line.
            start += before + 1
            continue
        return
    reading.leave_out(start + 1, "from here on the rows cannot be read: too many quotes never end")


def _paper(document: Document, line: int, cells: Mapping[str, str], reading: Collection) -> Paper:
    url, said_id = cells.get("url", ""), cells.get("arxiv", "")
    doi = facts.doi(cells.get("doi", "")) or facts.doi(url)
    said = (said_id, url, doi)
    arxiv = next(filter(None, map(facts.arxiv_id, said)), "")
    arxiv = arxiv or facts.arxiv_id_in(cells.get("remark", ""))
    title = facts.line(cells.get("title", "")) or bare_title(arxiv, doi)
    if not title:
        raise SourceError(document.name, line, "this row has no title; every paper has one")
    first, last = cells.get("first", ""), cells.get("last", "")
    authors, others = people.read(cells.get("authors", ""))
    links = {"link": url, "code": cells.get("code", ""), "project": cells.get("project", "")}
    remark = facts.line(cells.get("remark", ""))
    published = partial_dates.read(cells.get("published", ""))
    return facts.paper(
        title=tags.plain(title),
        abstract=tags.plain(cells.get("abstract", "")),
        date=_day(document, line, cells),
        authors=authors,
        others=others,
        arxiv=arxiv,
        doi=doi,
        published=published,
        links={
            kind: one
            for kind, one in links.items()
            if facts.is_address(one) and not facts.is_known(one, arxiv, doi)
        },
        topics=_topics(cells.get("topics", "")),
        type=_TYPES.get(fold(cells.get("type", "")), ""),
        venue=_venue(cells),
        volume=facts.line(cells.get("volume", "")),
        number=facts.line(cells.get("number", "")),
        pages=facts.page_range(cells.get("pages", "") or "–".join(filter(None, (first, last)))),
        publisher=facts.line(cells.get("publisher", "")),
        votes=_count(line, cells.get("votes", ""), reading),
        remark="" if facts.arxiv_id_in(remark) else remark,
        source=SOURCE,
    )


def _venue(cells: Mapping[str, str]) -> str:
    venue = facts.line(cells.get("venue", ""))
    return "" if facts.arxiv_id_in(venue) or venue.lower() in {"arxiv", "corr"} else venue


def _topics(written: str) -> tuple[str, ...]:
    between = "[;\n|]" if re.search("[;\n|]", written) else ","
    return tuple(dict.fromkeys(filter(None, map(facts.line, re.split(between, written)))))


def _count(line: int, written: str, reading: Collection) -> int | None:
    plain = written.replace(",", "")
    if plain.isdecimal() and len(plain) <= len(str(2**52)):
        return int(plain)
    if written:
        reading.leave_out(line, f"votes: {written[:40]!r} is no count: left out")
    return None


def _day(document: Document, line: int, cells: Mapping[str, str]) -> dt.date:
    """Return the day that lists the paper: as given for the whole file, else as the row says."""
    if document.date:
        return document.date
    said = cells.get("listed") or cells.get("published", "")
    if len(said) < len("2025-9-3"):
        message = "the table says no day for its papers: give it with --date 2025-09-23"
        raise SourceError(document.name, line, message)
    return decode.day(document.name, line, "date", partial_dates.read(said) or said)
