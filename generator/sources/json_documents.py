"""JSON of every kind: what a document is shows in its shape, not in its first letters.

JSON Lines; Hugging Face's daily papers; CSL-JSON; JSON Feed; and lists of records under the names
that archives and citation services use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from generator.sources import decode, huggingface, json_feed, jsonl
from generator.sources.bibliography import csl_json
from generator.sources.document import Document, Notice, Parsed
from generator.system.errors import SourceError

# Where services put their lists; Crossref's stands in `message`.
_LISTS = ("dailyPapers", "papers", "items", "data", "results", "entries", "records", "references")
_OUTER = ("message", "response", "result")
_FEED = ("home_page_url", "feed_url")
_EXPECTED = "expected is a list of papers, or one paper a line"
_LINE = re.compile(rb"[^\n]*\n?")
# A list holds objects, or nothing: "[1] arXiv:2509.99001", "[A title](https://...)" is a page's.
_BEGINNING = re.compile(r"\{|(?:\[\s*)+(?:[{\"]|null\b|[0-9.]+\s*,|\]?\s*\Z)")


class Item(NamedTuple):
    """One object of a list: its line (0: not known), its place in the list, what it is."""

    line: int
    place: str
    value: Any


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is JSON."""
    return _BEGINNING.match(head) is not None


def parse(document: Document) -> Parsed:
    """Return the digests of the document; raises SourceError where it is broken or no list."""
    data = document.data.strip()
    lines = document.data.count(b"\n", 0, len(document.data) - len(document.data.lstrip()))
    if data.startswith(b"["):
        whole = b"\n" * lines + data
        found = [
            (line, f"[{number}]", item)
            for number, (line, item) in enumerate(decode.items(document.name, whole))
        ]
        return _of_list(document, found)
    if _is_lines(data):
        return jsonl.parse(document)
    return _of_object(document, decode.value(document.name, data, first_line=1 + lines))


def _is_lines(data: bytes) -> bool:
    """Say whether ``data`` is one object a line, a broken one among them or not."""
    first = _LINE.match(data)
    if first is not None and first.end() < len(data) and _is_whole(first[0]):
        return True
    if _is_whole(data):
        return False
    rows = [row for row in data.split(b"\n", 200)[:200] if row.strip()]
    return len(rows) > 1 and any(row.startswith(b"{") and _is_whole(row) for row in rows)


def _is_whole(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (ValueError, RecursionError):
        return False
    return True


def _of_list(document: Document, found: Iterable[tuple[int, str, msgspec.Raw]]) -> Parsed:
    items: list[Item] = []
    left_out: list[Notice] = []
    for line, place, raw in found:
        try:
            items.append(Item(line, place, decode.value(document.name, raw, first_line=line)))
        except SourceError as error:
            left_out.append(Notice(error.line, f"{place}: {error.message}"))
    return _of_items(document, items, left_out)


def _of_object(document: Document, value: Any) -> Parsed:  # noqa: ANN401  # any JSON
    if not isinstance(value, dict):
        raise SourceError(document.name, 1, f"{_EXPECTED}; found one value")
    if "jsonfeed.org" in str(value.get("version", ""))[:60] or (
        isinstance(value.get("items"), list) and any(name in value for name in _FEED)
    ):
        return json_feed.parse(document, value)
    for inner in (value, *(value.get(name) for name in _OUTER)):
        if not isinstance(inner, dict):
            continue
        for name in _LISTS:
            if isinstance(inner.get(name), list):
                items = [Item(0, f"{name}[{n}]", one) for n, one in enumerate(inner[name])]
                return _of_items(document, items, [])
    if "title" in value or isinstance(value.get("paper"), dict):
        return _of_items(document, [Item(1, "", value)], [])
    said = next(
        (value[name] for name in ("error", "message", "detail", "errors") if value.get(name)),
        "an object without papers",
    )
    raise SourceError(
        document.name, 1, f"expected a list of papers; the answer is: {str(said)[:300]}"
    )


def _of_items(document: Document, items: list[Item], left_out: list[Notice]) -> Parsed:
    """Return what a list of objects holds, by the shape of its first ones."""
    known: list[Item] = []
    for item in items:
        if isinstance(item.value, dict):
            known.append(item)
        else:
            left_out.append(Notice(item.line, f"{item.place}: expected an object: left out"))
    shapes = [item.value for item in known]
    if not items or any("paper" in one for one in shapes):
        entries = [huggingface.Entry(*item) for item in known]
        parsed = huggingface.from_entries(document, entries)
    elif any(csl_json.is_item(one) for one in shapes):
        parsed = csl_json.from_items(document, [tuple(item) for item in known])
    else:
        parsed = jsonl.from_records(document, [tuple(item) for item in known])
    every = sorted((*left_out, *parsed.left_out), key=lambda notice: notice.line)
    return parsed._replace(left_out=tuple(every))
