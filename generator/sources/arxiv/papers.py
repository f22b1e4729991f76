"""A paper as arXiv's lists and mails give it: an id, and fields under names -> digests."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable

from generator.model import Digest, Paper
from generator.sources import days, facts
from generator.sources.document import Document, Notice, Parsed
from generator.system.errors import SourceError

TITLE = "arXiv papers"
ENTRY = re.compile(
    rf"(?:\[[0-9]+\]\s*)?arXiv:\s?(?P<id>{facts.ARXIV_ID})(?:v[0-9]+)?(?P<kind>\s*\((?:cross-list|replaced)[^)]*\))?"
    r"(?:\s*\[(?:pdf|ps|html|other|format|,|\s|dvi)+\])?",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"(Title|Authors?|Comments?|Subjects?|Categories|Journal-ref|DOI|Report-no|Date|License|MSC-class"
    r"|ACM-class|Abstract|Proxy|Related DOI|Replaced with revised version)\s*:\s*(.*)",
    re.IGNORECASE,
)
_CODE = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+)\s*")
_SMALL = re.compile(r"\s*\([^()]{0,200}\)")
_WORDS = 8
_LONG = 40
MIN = 2


@dataclasses.dataclass(slots=True)
class Entry:
    """A paper as its rows come in."""

    number: int
    arxiv: str
    kind: str
    day: dt.date | None
    fields: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    abstract: list[str] = dataclasses.field(default_factory=list)


def parsed(
    document: Document, entries: Iterable[Entry], left_out: list[Notice], date: dt.date | None
) -> Parsed:
    """Return the digests of entries, by day."""
    found: dict[dt.date, dict[str, Paper]] = {}
    notices: list[Notice] = []
    replaced = 0
    for entry in entries:
        if entry.kind.strip(" (").startswith("replace"):
            replaced += 1
            continue
        title = " ".join(entry.fields.get("title", []))
        day = document.date or entry.day or date
        if not title.strip():
            left_out.append(Notice(entry.number, f"{entry.arxiv} has no title"))
            continue
        if day is None:
            message = "the list has no date; say which day's it is with --date 2025-09-23"
            raise SourceError(document.name, entry.number, message)
        if entry.abstract and not _is_text(" ".join(entry.abstract)):
            left_out.append(
                Notice(entry.number, f"not understood: {' '.join(entry.abstract)[:200]!r}")
            )
            entry.abstract = []
        listed = found.setdefault(day, {})
        if entry.arxiv in listed:
            notices.append(Notice(entry.number, f"{entry.arxiv} is listed twice: kept once"))
        listed.setdefault(entry.arxiv, _paper(entry, title, day))
    if replaced:
        notices.append(Notice(0, f"{replaced} replacements of known papers left out"))
    if not found and not replaced:
        raise SourceError(document.name, 1, "this page of arXiv's lists no papers")
    return Parsed(
        tuple(
            Digest(date=day, title=TITLE, source="arxiv", papers=tuple(listed.values()))
            for day, listed in sorted(found.items())
        ),
        tuple(notices),
        tuple(sorted(left_out)),
    )


def _is_text(text: str) -> bool:
    """Say whether what stands below an entry's fields is an abstract: sentences."""
    words = text.split()
    return len(words) >= _WORDS and (len(words) >= _LONG or text.rstrip()[-1] in ".!?)\"'")


def _paper(entry: Entry, title: str, day: dt.date) -> Paper:
    fields = {key: " ".join(values) for key, values in entry.fields.items()}
    subjects = fields.get("subjects", fields.get("subject", ""))
    topics = _CODE.findall(subjects) or fields.get("categories", "").split()
    names = fields.get("authors", fields.get("author", ""))
    names = _SMALL.sub("", names)
    sent = re.match(
        r"(?:[A-Za-z]{3},?\s+)?([0-9]{1,2}\s+[A-Za-z]{3}\s+[0-9]{4})", fields.get("date", "")
    )
    return facts.paper(
        title=title,
        abstract="\n".join([fields.get("abstract", ""), *entry.abstract]),
        date=day,
        authors=tuple(dict.fromkeys(filter(None, map(facts.line, _AND.split(names))))),
        arxiv=entry.arxiv,
        doi=facts.doi(fields.get("doi", "").partition(" ")[0]),
        published=date_of(sent[1]) if sent else None,
        topics=tuple(dict.fromkeys(topics)),
        journal=facts.line(fields.get("journal-ref", "")),
        remark=facts.line(fields.get("comments", fields.get("comment", ""))),
        source="arxiv",
    )


def date_of(text: str) -> dt.date | None:
    """Return the day of ``Mon, 22 Sep 25`` and the like."""
    words = text.split()
    if len(words[-1]) == len("25"):
        words[-1] = f"20{words[-1]}"
    found = days.read(" ".join(words))
    return found.on(found.year) if found and found.year else None
