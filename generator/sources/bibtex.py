"""BibTeX: a reading list becomes a digest. The day has to be given: BibTeX does not know it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.content import identity
from generator.model import Digest, Paper
from generator.sources import facts
from generator.sources.document import Document, Notice, Parsed, text_of
from generator.system.errors import SourceError
from generator.text import markup, tex

SOURCE = "bibtex"
TITLE = "Reading list"
_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*[{(]")
_NAME = re.compile(r"\s*([^\s=,{}\"#%()]+)\s*=\s*")
_KEY = re.compile(r"\s*([^,\s{}()=]*)\s*(?=[,})])")
_PART = re.compile(r"\s*(?:([0-9]+)|([A-Za-z][\w:.+-]*))\s*")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[;,]\s*")
# Braces that only protect capitals; those of a command stay for the repair of TeX.
_PROTECTED = re.compile(r"(?<![\\A-Za-z}])\{([^{}\\]*)\}|(?<=[A-Za-z])\{([A-Za-z0-9-]*)\}(?!\{)")
_COMMENTS = frozenset(["comment", "preamble"])


class _Entry(NamedTuple):
    line: int
    fields: dict[str, str]


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is BibTeX."""
    return re.search(r"^\s*@\s*[A-Za-z]+\s*[{(]", head, re.MULTILINE) is not None


def parse(document: Document) -> Parsed:
    """Return the list as one digest; raises SourceError with the line of a broken entry."""
    text = text_of(document)
    entries = list(_Reader(document.name, text).entries())
    if document.date is None:
        message = "BibTeX says no day for the list: give it with --date 2025-09-23"
        raise SourceError(document.name, 0, message)
    notices: list[Notice] = []
    papers: dict[str, Paper] = {}
    for entry in entries:
        paper = _paper(document.name, entry, document.date)
        key = paper.arxiv or identity.fold(paper.title)
        if key in papers:
            notices.append(Notice(entry.line, f"{paper.title!r} is in the list twice: kept once"))
        papers.setdefault(key, paper)
    if not papers:
        raise SourceError(document.name, 1, "this BibTeX holds no entries")
    digest = Digest(date=document.date, title=TITLE, source=SOURCE, papers=tuple(papers.values()))
    return Parsed((digest,), tuple(notices))


def _paper(name: str, entry: _Entry, day: dt.date) -> Paper:
    fields = entry.fields
    if not fields.get("title"):
        raise SourceError(name, entry.line, "this entry has no title; every paper has one")
    names = [_person(each) for each in _AND.split(fields.get("author", "")) if each.strip()]
    url = fields.get("url", "").replace("\\", "")
    arxiv = facts.arxiv_id(fields.get("eprint", "")) or facts.arxiv_id(url)
    return facts.paper(
        title=_PROTECTED.sub(r"\1\2", fields["title"]),
        abstract=fields.get("abstract", ""),
        date=day,
        authors=tuple(name for name in names if name != "others"),
        arxiv=arxiv,
        doi=facts.doi(fields.get("doi", "").replace("\\", "")),
        published=_published(fields.get("date", "")),
        links={"link": url} if facts.is_address(url) and not arxiv else {},
        topics=tuple(filter(None, _SEPARATORS.split(_readable(fields.get("keywords", ""))))),
        journal=_journal(fields),
        remark=_readable(fields.get("note", "")),
        source=SOURCE,
    )


def _readable(text: str) -> str:
    return facts.line(markup.to_text(tex.repair_title(_PROTECTED.sub(r"\1\2", text))))


def _person(name: str) -> str:
    """Return a name as one says it, from BibTeX's ``Last, First`` or ``von Last, Jr, First``."""
    parts = [part.strip() for part in name.split(",")]
    return _readable(" ".join([*parts[2:], parts[0], parts[1]] if len(parts) > 2 else parts[::-1]))  # noqa: PLR2004  # von Last, Jr, First


def _published(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _journal(fields: dict[str, str]) -> str:
    """Return where and when the work came out."""
    where = fields.get("journal") or fields.get("journaltitle") or fields.get("booktitle") or ""
    volume = fields.get("volume", "")
    pages = fields.get("pages", "").replace("--", "–")
    said = (
        f"{_readable(where)} {volume}".strip(),
        pages and f"pp. {pages}",
        fields.get("year", ""),
    )
    return ", ".join(filter(None, said))


class _Reader:
    """Reads BibTeX from left to right; ``at`` is where it is."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._at = 0
        self._strings = {month: str(number) for number, month in enumerate(_MONTHS, start=1)}

    def entries(self) -> Iterator[_Entry]:
        """Yield the entries in order; what stands between them is comment."""
        while entry := _ENTRY.search(self._text, self._at):
            self._at = entry.end()
            kind = entry[1].lower()
            if kind in _COMMENTS:
                continue
            line = self._text.count("\n", 0, entry.start()) + 1
            if kind != "string":
                self._skip(_KEY)
            fields = self._fields(line)
            if kind == "string":
                self._strings.update(fields)
            else:
                yield _Entry(line, fields)

    def _fields(self, line: int) -> dict[str, str]:
        fields: dict[str, str] = {}
        while True:
            self._skip(re.compile(r"[\s,]*"))
            if self._text[self._at : self._at + 1] in ("}", ")"):
                self._at += 1
                return fields
            name = _NAME.match(self._text, self._at)
            if name is None:
                raise self._error(line, "expected `name = {value}` or the closing brace")
            self._at = name.end()
            fields.setdefault(name[1].lower(), facts.paragraphs(self._value(line)))

    def _value(self, line: int) -> str:
        """Return a field's value: its parts, with ``#`` between, end to end."""
        parts: list[str] = []
        while True:
            opening = self._text[self._at : self._at + 1]
            if opening in ("{", '"'):
                parts.append(self._quoted(line, opening))
            elif part := _PART.match(self._text, self._at):
                self._at = part.end()
                parts.append(part[1] or self._strings.get(part[2].lower(), part[2]))
            else:
                raise self._error(line, "expected a value in braces or quotes")
            if not self._skip(re.compile(r"\s*#\s*")):
                return "".join(parts)

    def _quoted(self, line: int, opening: str) -> str:
        """Return what stands in balanced braces, or between quotes outside of braces."""
        start, depth = self._at + 1, 0
        for match in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(self._text, start):
            if match[0] == ("}" if opening == "{" else '"') and depth == 0:
                self._at = match.end()
                return self._text[start : match.start()]
            depth += {"{": 1, "}": -1}.get(match[0], 0)
        raise self._error(line, "a value begins here and never ends: a brace or a quote is missing")

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return match is not None

    def _error(self, line: int, message: str) -> SourceError:
        here = self._text.count("\n", 0, self._at) + 1
        return SourceError(self._name, here, f"{message} (in the entry of line {line})")


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
