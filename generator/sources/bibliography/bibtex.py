"""BibTeX and biblatex: a reading list becomes a digest. The day has to be given.

Any type of entry is a paper, but for one that others cross-refer to: that is what they came out in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from generator.model import Paper
from generator.sources import collecting, facts
from generator.sources.bibliography import bibtex_blocks, bibtex_names, tex_values
from generator.sources.bibliography.bibtex_blocks import Record
from generator.sources.document import Document, Notice, Parsed, text_of
from generator.system.errors import SourceError
from generator.text import partial_dates

SOURCE = "bibtex"
TITLE = "Reading list"
# CSL's types; what is not named here is an article where it names a journal, else just a work.
_TYPES = {
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "conference_paper": "paper-conference",
    "conference_proceedings": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "book_section": "chapter",
    "book": "book",
    "mvbook": "book",
    "booklet": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "web_page": "webpage",
    "newspaper_article": "article-newspaper",
    "magazine_article": "article-magazine",
    "dataset": "dataset",
    "software": "software",
    "computer_program": "software",
    "patent": "patent",
    "unpublished": "manuscript",
}
_VENUES = ("journal", "journaltitle", "booktitle", "maintitle", "eventtitle", "howpublished")
_PUBLISHERS = ("publisher", "institution", "school", "organization")
# Where people put an arXiv id: in fields that hold nothing else, and among other words.
_ID_FIELDS = ("arxiv", "arxivid", "eprint", "doi", "url")
_ID_PLACES = (
    "eid",
    "journal",
    "journaltitle",
    "volume",
    "howpublished",
    "note",
    "number",
    "pages",
    "series",
)
_ID_PLACES_MORE = (
    "url",
    "eprint",
    "annote",
    "addendum",
    "pubstate",
    "publisher",
    "archiveprefix",
    "key",
)
# What a chapter has of its book, and a talk of its proceedings.
_INHERITED = frozenset(
    [
        *("journal", "journaltitle", "booktitle", "year", "month", "date", "publisher", "series"),
        *("volume", "number", "issue", "eventtitle", "institution", "organization", "maintitle"),
    ]
)
_DEEPEST = 5  # a parent of a parent
_SEPARATORS = re.compile(r" ?[;,] ?")
_ARXIV_VENUE = re.compile(r"\barxiv\b|^corr$|^computing research repository$", re.IGNORECASE)


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is BibTeX."""
    return re.search(r"^[ \t]*@[ \t]*[A-Za-z]\w*\s*[{(]", head, re.MULTILINE) is not None


def parse(document: Document) -> Parsed:
    """Return the list as one digest; entries that cannot be read are named in ``left_out``."""
    blocks = bibtex_blocks.read(text_of(document))
    if not blocks.records and not blocks.left_out:
        raise SourceError(document.name, 1, "this BibTeX holds no entries")
    reading = collecting.Collection(document, title=TITLE, source=SOURCE)
    reading.left_out += blocks.left_out
    reading.notices += blocks.comments
    day = reading.day_given("BibTeX")
    plain = tex_values.Plain()
    by_key = {record.key.lower(): record for record in blocks.records if record.key}
    parents = {key for record in blocks.records for key in _parents(record)}
    for record in blocks.records:
        if record.kind == "xdata" or (record.key.lower() in parents and record.key):
            continue
        for key in _parents(record):
            if key not in by_key:
                message = (
                    f"refers to {key!r}, which is not in the file: what it would say is missing"
                )
                reading.notices.append(Notice(record.line, message))
        fields = _inherited(record, by_key)
        if not plain(fields.get("title", "")):
            message = f"@{record.kind}{{{record.key}}} has no title; every paper has one"
            reading.leave_out(record.line, message)
            continue
        with reading.at(record.line):
            reading.add(record.line, _paper(record.kind, fields, day, plain))
    return reading.parsed()


def _parents(record: Record) -> list[str]:
    """Return the keys that an entry takes fields from."""
    written = f"{record.fields.get('crossref', '')},{record.fields.get('xdata', '')}"
    return [key.strip().lower() for key in written.split(",") if key.strip()]


def _inherited(record: Record, by_key: Mapping[str, Record], depth: int = 0) -> Mapping[str, str]:
    """Return the fields of an entry, and those that it has from the ones it refers to."""
    fields = dict(record.fields)
    if depth == _DEEPEST:
        return fields
    for key in _parents(record):
        parent = by_key.get(key)
        if parent is None or parent is record:
            continue
        given = dict(_inherited(parent, by_key, depth + 1))
        if parent.kind != "xdata":
            if "title" in given:
                given.setdefault("booktitle", given["title"])
            given = {name: value for name, value in given.items() if name in _INHERITED}
            if "date" in fields or "year" in fields:
                given = {name: given[name] for name in given.keys() - {"date", "year", "month"}}
        for name, value in given.items():
            fields.setdefault(name, value)
    return fields


def _paper(kind: str, fields: Mapping[str, str], day: dt.date, plain: tex_values.Plain) -> Paper:
    def first(*names: str) -> str:
        return next(filter(None, (plain(fields.get(name, "")) for name in names)), "")

    arxiv = _arxiv(fields)
    url = tex_values.address(fields.get("url") or fields.get("howpublished", ""))
    venue = first(*_VENUES)
    if _ARXIV_VENUE.search(venue) or facts.is_address(venue):
        venue = ""
    authors, others = bibtex_names.read(fields.get("author") or fields.get("editor", ""), plain)
    title, subtitle = fields["title"], fields.get("subtitle", "")
    publisher = first(*_PUBLISHERS)
    note = first("note", "addendum")
    return facts.paper(
        title=tex_values.prose(f"{title}: {subtitle}" if subtitle else title),
        abstract=tex_values.prose(facts.paragraphs(fields.get("abstract", ""))),
        date=day,
        authors=authors,
        others=others,
        arxiv=arxiv,
        doi=facts.doi(tex_values.address(fields.get("doi", ""))),
        published=_published(fields, plain),
        links={"link": url} if facts.is_address(url) and not facts.arxiv_id(url) else {},
        topics=tuple(dict.fromkeys(filter(None, _SEPARATORS.split(first("keywords", "keyword"))))),
        type=_TYPES.get(
            kind, "article" if venue and "journal" not in kind + _journal(fields) else ""
        ),
        venue=venue,
        volume="" if facts.arxiv_id_in(fields.get("volume", "")) else first("volume"),
        number=first("number", "issue"),
        pages=""
        if facts.arxiv_id_in(fields.get("pages", ""))
        else facts.page_range(first("pages")),
        publisher="" if publisher.lower() == "arxiv" else publisher,
        remark="" if arxiv and arxiv in note else note,
        source=SOURCE,
    )


def _journal(fields: Mapping[str, str]) -> str:
    return "journal" if "journal" in fields or "journaltitle" in fields else ""


def _arxiv(fields: Mapping[str, str]) -> str:
    """Return the arXiv id, wherever it stands; one of another archive is none."""
    archive = fields.get("eprinttype") or fields.get("archiveprefix") or "arxiv"
    eprint, kind = fields.get("eprint", ""), fields.get("primaryclass", "")
    if "arxiv" in archive.lower() and (old := facts.arxiv_id(f"{kind.partition('.')[0]}/{eprint}")):
        return old  # an id of before 2007, in two parts
    for name in _ID_FIELDS:
        value = tex_values.address(fields.get(name, ""))
        if name == "eprint" and "arxiv" not in archive.lower():
            continue
        if found := facts.arxiv_id(value):
            return found
    for name in (*_ID_PLACES, *_ID_PLACES_MORE):
        if name == "eprint" and "arxiv" not in archive.lower():
            continue
        if found := facts.arxiv_id_in(tex_values.address(fields.get(name, ""))):
            return found
    return ""


def _published(fields: Mapping[str, str], plain: tex_values.Plain) -> str:
    """Return when the work came out: biblatex's date, else BibTeX's year and month."""
    if date := partial_dates.read(plain(fields.get("date", ""))):
        return date
    year = partial_dates.read(plain(fields.get("year", "")))
    written = plain(fields.get("month", ""))
    if len(year) != len("1997") or not written:
        return year
    month = partial_dates.month(written)
    said = plain(fields.get("day", ""))
    day = int(said) if said.isdecimal() and len(said) < 3 else partial_dates.day(written, year)  # noqa: PLR2004  # digits
    return partial_dates.of(int(year), month, day if month else 0)
