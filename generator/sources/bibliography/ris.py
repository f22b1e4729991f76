"""RIS, the tagged lines that reference managers and this program write: a list becomes a digest."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import Paper
from generator.sources import facts, people, tags
from generator.sources.collecting import Collection
from generator.sources.document import Document, Parsed, text_of
from generator.text import partial_dates

SOURCE = "ris"
TITLE = "Reading list"
_TAG = re.compile(r"[ \t]*([A-Z][A-Z0-9]) {1,3}-(?:[ \t](.*))?", re.DOTALL)
_OTHERS = frozenset(["others", "et al", "et al.", "and others"])
_TYPES = {
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "STAND": "report",
    "ELEC": "webpage",
    "BLOG": "webpage",
    "WEB": "webpage",
    "NEWS": "article-newspaper",
    "MGZN": "article-magazine",
    "DATA": "dataset",
    "COMP": "software",
    "PAT": "patent",
}
# What says the same, the surest first.
_TITLES, _ABSTRACTS = ("TI", "T1", "CT"), ("AB", "N2")
_AUTHORS, _DATES = ("AU", "A1"), ("DA", "Y1", "PY", "Y2")
_VENUES = ("JO", "JF", "T2", "BT", "JA", "J1", "J2", "C3", "T3")
_IDS = ("AN", "M1", "C1", "C7", "U1", "N1", "NV", "VL", "JO", "JF", "T2", "ID", "PB", "DB")
_ADDRESSES = ("UR", "LK", "L1", "L2", "L3")


class _Record(NamedTuple):
    """One reference: the line it begins at, its values by tag, whether its end is missing."""

    line: int
    values: dict[str, list[str]]
    is_open: bool

    def first(self, tags: Sequence[str]) -> str:
        return next((value for tag in tags for value in self.values.get(tag, ()) if value), "")

    def every(self, tags: Sequence[str]) -> list[str]:
        return [value for tag in tags for value in self.values.get(tag, ()) if value]


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is RIS."""
    return re.search(r"^[ \t]*TY {1,3}- ?[A-Z]", head, re.MULTILINE) is not None


def parse(document: Document) -> Parsed:
    """Return the list as one digest; records without a title and stray lines are named."""
    reading = Collection(document, title=TITLE, source=SOURCE)
    day = reading.day_given("RIS")
    for record in _records(text_of(document), reading):
        if record.is_open:
            reading.say(record.line, "this record has no end (ER): taken as far as it goes")
        if not record.first(_TITLES):
            reading.leave_out(record.line, "this record has no title (TI); every paper has one")
            continue
        reading.add(record.line, _paper(record, day))
    return reading.parsed()


def _records(text: str, reading: Collection) -> Iterator[_Record]:
    """Yield the records of ``text``; a line without a tag goes on with the value above it."""
    record: _Record | None = None
    last: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        found = _TAG.fullmatch(line)
        if found and found[1] == "TY":
            if record:
                yield record._replace(is_open=True)
            record = _Record(number, {"TY": [(found[2] or "").strip()]}, is_open=False)
            last = None
        elif found and found[1] == "ER":
            if record:
                yield record
            record = last = None
        elif found and record:
            last = record.values.setdefault(found[1], [])
            last.append((found[2] or "").strip())
        elif line.strip() and last is not None:
            last[-1] = f"{last[-1]}\n{line.strip()}".strip()
        elif line.strip():
            reading.leave_out(number, f"stands in no record: {line.strip()[:80]!r}")
    if record:
        yield record._replace(is_open=True)


def _paper(record: _Record, day: dt.date) -> Paper:
    kind = record.first(("TY",)).upper()
    doi = next(filter(None, map(facts.doi, record.every(("DO", "M3", *_ADDRESSES)))), "")
    addresses = [one for one in record.every(_ADDRESSES) if facts.is_address(one)]
    arxiv = next(filter(None, map(facts.arxiv_id, [*addresses, doi, *record.every(("AN",))])), "")
    arxiv = arxiv or next(filter(None, map(facts.arxiv_id_in, record.every(_IDS))), "")
    names = [people.natural_name(name) for name in record.every(_AUTHORS)]
    links = [one for one in addresses if not facts.is_known(one, arxiv, doi)]
    venue = facts.line(record.first(_VENUES))
    publisher = facts.line(record.first(("PB",)))
    note = facts.line(record.first(("N1",)))
    return facts.paper(
        title=tags.plain(record.first(_TITLES)),
        abstract=tags.plain(record.first(_ABSTRACTS)),
        date=day,
        authors=tuple(dict.fromkeys(name for name in names if name.lower() not in _OTHERS)),
        others=any(name.lower() in _OTHERS for name in names),
        arxiv=arxiv,
        doi=doi,
        published=_published(record),
        links=dict(
            zip(("link", *(f"link-{n}" for n in range(2, len(links) + 1))), links, strict=False)
        ),
        topics=tuple(dict.fromkeys(facts.line(one) for one in _keywords(record) if one.strip())),
        type=_TYPES.get(kind, ""),
        venue="" if facts.arxiv_id_in(venue) or venue.lower() == "arxiv" else venue,
        volume=""
        if facts.arxiv_id_in(record.first(("VL",)))
        else facts.line(record.first(("VL",))),
        number=facts.line(record.first(("IS",))),
        pages=_pages(record),
        publisher="" if arxiv and publisher.lower() == "arxiv" else publisher,
        remark="" if facts.arxiv_id_in(note) else note,
        source=SOURCE,
    )


def _keywords(record: _Record) -> list[str]:
    """Return the keywords: a line each, or all in one."""
    return [word for line in record.every(("KW",)) for word in re.split("[;\n]", line)]


def _published(record: _Record) -> str:
    """Return the date that says most: RIS writes 1997/11/03/ with what is not known left empty."""
    dates = [partial_dates.read(value) for value in record.every(_DATES[:3])]
    return max(dates, key=len, default="")


def _pages(record: _Record) -> str:
    first, last = record.first(("SP",)), record.first(("EP",))
    return facts.page_range(f"{first}–{last}" if first and last else first or last)
