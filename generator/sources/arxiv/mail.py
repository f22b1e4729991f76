"""arXiv's daily mail: fields of each paper and its abstract, between lines of two backslashes.

Replacements are no news: they make no entry, and are counted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.sources.arxiv.papers import ENTRY, FIELD, MIN, Entry, date_of, parsed
from generator.sources.document import Document, Notice, Parsed
from generator.sources.page.rows import Row

_SPAN = re.compile(
    r"received from\s.*\sto\s+(?:[a-z]{3}\s+)?([0-9]{1,2}\s+[a-z]{3}\s+[0-9]{2,4})\b.*",
    re.IGNORECASE,
)
_RULE = re.compile(r"-{20,}|%{2,}.*|={20,}")
_END = re.compile(r"\\{1,2}\s*\(\s*(?:https?://)?(?:\w+\.)?arxiv\.org/abs/.*", re.IGNORECASE)


def is_mail(rows: Sequence[Row]) -> bool:
    """Say whether rows are the daily mail: fields between lines of two backslashes."""
    fences = sum(row.text.strip().startswith(("\\\\", "\\")) for row in rows)
    return fences >= MIN and any(_bare_id(row) for row in rows)


def _bare_id(row: Row) -> str:
    found = ENTRY.match(row.text.strip())
    return found["id"] if found and row.text.strip().lower().startswith("arxiv:") else ""


def read_mail(document: Document, rows: Sequence[Row], _said: Mapping[str, str]) -> Parsed:
    """Return the digest of the mail: the day after the last on which its papers were sent in."""
    entries: list[Entry] = []
    left_out: list[Notice] = []
    day: dt.date | None = None
    for block in _blocks(rows):
        texts = [(row, (row.mark + row.text).strip()) for row in block]
        at = next((at for at, (row, _) in enumerate(texts) if _bare_id(row)), None)
        if at is None:
            for _, text in texts:
                if span := _SPAN.fullmatch(" ".join(text.split())):
                    last = date_of(span[1])
                    day = last + dt.timedelta(days=1) if last else None
            continue
        entries.append(_of_mail(texts[at:]))
        if not entries[-1].fields.get("title"):
            left_out.append(Notice(block[0].number, f"{entries.pop().arxiv} has no title"))
    return parsed(document, entries, left_out, day or document.sent)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows between an entry's id and the next."""
    block: list[Row] = []
    for row in rows:
        if _bare_id(row) and block:
            yield block
            block = []
        if not _RULE.fullmatch(row.text.strip()):
            block.append(row)
    if block:
        yield block


def _of_mail(texts: Sequence[tuple[Row, str]]) -> Entry:
    row, head = texts[0]
    entry = Entry(row.number, _bare_id(row), "replaced" if "replaced" in head.lower() else "", None)
    field, has_fields = "", True
    for line, text in texts[1:]:
        if _END.match(text):
            break
        if text in {"\\\\", "\\"}:
            has_fields = False
        elif not has_fields:
            begins = line.gap and entry.abstract
            entry.abstract.append(f"\n{text}" if begins else text)
        elif found := FIELD.fullmatch(text):
            field = found[1].lower()
            entry.fields.setdefault(field, []).append(found[2])
            if field.startswith("replaced"):
                entry.kind = "replaced"
        elif "replaced with" in text.lower():
            entry.kind = "replaced"
        elif field:
            entry.fields[field][-1] += f" {text}"
    return entry
