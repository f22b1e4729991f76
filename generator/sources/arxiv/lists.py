"""arXiv's lists of papers (``list/cs.CL/recent`` and ``/new``).

They give each paper as fields: an id, ``Title:``, authors, ``Comments:``, ``Subjects:``, and, where
it is shown, the abstract. Replacements are no news: they make no entry, and are counted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from generator.sources.arxiv.papers import ENTRY, FIELD, MIN, Entry, date_of, parsed
from generator.sources.document import Document, Notice, Parsed
from generator.sources.page.rows import Row

_MARKED = re.compile(r"\[[0-9]+\]")
_SECTION = re.compile(
    r"(new submissions|cross[- ](?:submissions|lists)|replacement(?: submission)?s)\b.*",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:showing new listings for |new submissions for )?"
    r"((?:[a-z]{3,9}, )?[0-9]{1,2} [a-z]{3,9} [0-9]{2,4})"
    r"(?:\s*\((?:showing|continued).*\))?",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"(?:showing up to|total of|about|help|contact|subscribe|copyright|privacy policy"
    r"|web accessibility assistance|arxiv operational status|links to:|mathematics \(pure\)).*",
    re.IGNORECASE,
)
# What the list itself begins with; above it stands the site.
_HEAD = re.compile(
    r"(?:authors and titles for|showing (?:new listings|up to)|total of|new submissions|see today)"
    r".*",
    re.IGNORECASE,
)


def is_list(rows: Sequence[Row]) -> bool:
    """Say whether rows are such a list: entries by arXiv's id, and fields below them."""
    entries = titles = 0
    for row in rows:
        text = row.mark + row.text
        entries += _entry(text) is not None
        titles += text.lstrip().startswith("Title:")
    return entries > 0 and titles > 0 and titles * MIN >= entries


def _entry(text: str) -> re.Match[str] | None:
    text = text.strip()
    return ENTRY.fullmatch(text) if len(text) < 200 else None  # noqa: PLR2004  # letters of such a line


def read_list(document: Document, rows: Sequence[Row], _said: Mapping[str, str]) -> Parsed:
    """Return the list's digests, one for each day that it names."""
    entries: list[Entry] = []
    left_out: list[Notice] = []
    day = section = None
    field, begun = "", False
    for row in rows:
        text = row.line
        entry = _entry(text)
        found = FIELD.fullmatch(text)
        if entry:
            kind = (entry["kind"] or section or "").lower()
            entries.append(Entry(row.number, entry["id"], kind, day))
            field = ""
        elif heading := _SECTION.fullmatch(text):
            section = heading[1]
            day = _day_in(text) or day
            field = "foot"
        elif written := _day_of(text):
            day, field = written, "foot"
        elif entries and found and field != "foot":
            field = found[1].lower()
            entries[-1].fields.setdefault(field, []).append(found[2])
        elif entries and field != "foot" and not _FOOT.fullmatch(text):
            field = _continue(entries[-1], field, text, row)
        elif begun and not (
            _FOOT.fullmatch(text) or _HEAD.fullmatch(text) or _MARKED.fullmatch(text)
        ):
            left_out.append(Notice(row.number, f"not understood: {text[:200]!r}"))
        begun = begun or bool(entries or _HEAD.fullmatch(text))
    return parsed(document, entries, left_out, document.sent)


def _continue(entry: Entry, field: str, text: str, row: Row) -> str:
    """Add a row without a name to an entry: authors stand below the title, the abstract last."""
    if field == "title":
        entry.fields.setdefault("authors", []).append(text)
        return "authors"
    if field == "authors" and (
        entry.fields["authors"][-1].rstrip().endswith(",") or text.startswith(",")
    ):
        entry.fields["authors"][-1] += f" {text}"
        return "authors"
    if not field:
        return field
    entry.abstract.append(("" if not row.gap or not entry.abstract else "\n") + text)
    return "abstract"


def _day_of(text: str) -> dt.date | None:
    found = _DAY.fullmatch(text) if len(text) < 100 else None  # noqa: PLR2004  # letters of a heading
    return date_of(found[1]) if found else None


def _day_in(text: str) -> dt.date | None:
    found = re.search(r"for ((?:[A-Za-z]{3,9}, )?[0-9]{1,2} [A-Za-z]{3,9} [0-9]{2,4})", text)
    return date_of(found[1]) if found else None
