"""BibTeX's text as entries: what each block is and holds, and which blocks cannot be read.

bibtexparser cuts the text into blocks and goes on behind one that fails. Before it reads, what is
no entry is blanked out, so that it cannot be taken for one: comments (in ``@comment{...}``, behind
a ``%`` between fields, between entries), preambles, doubled commas. Lines stay where they are.
Abbreviations (``@string``) are written out here, up to a size: ten lines of them can stand for
gigabytes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)

from generator.sources.document import Notice

_BLOCK = re.compile(r"@\s*+([A-Za-z]\w*+)\s*+([{(])")
_WORD_BEHIND = re.compile(r"@[A-Za-z]+\b")
# What changes the state of the scan; a backslash takes the next sign with it.
_MARK = re.compile(r'\\.|@(?=\s*+[A-Za-z]\w*+\s*+[{(])|[{})"%,=]', re.DOTALL)
_COMMENTS = frozenset(["comment", "preamble"])
_BRACES = re.compile(r"\\.|[{}()]", re.DOTALL)
_INDENT = 100  # signs in front of an entry, at most
_ENOUGH = 1000  # so many of them, and the file is no BibTeX
_OPEN = {"{": "}", "(": ")"}
# A value's parts: a number or an abbreviation; the others stand in braces or quotes.
_WORD = re.compile(r"[^\s{}\"#,]+")
_LONGEST = 20_000  # signs in an abbreviation, written out
_MOST = 1_000_000  # signs that abbreviations may add to a file that is smaller than that

# It reports each block that fails, and so do we, in our own words.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)


class Record(NamedTuple):
    """One entry: its line, its type (``article``), its key, its fields written out, as TeX."""

    line: int
    kind: str
    key: str
    fields: Mapping[str, str]


class Blocks(NamedTuple):
    """What a file holds; ``comments`` tells of entries that are commented out."""

    records: tuple[Record, ...]
    left_out: tuple[Notice, ...]
    comments: tuple[Notice, ...]


def read(text: str) -> Blocks:
    """Return the entries of ``text``, and what in it cannot be read, with its line."""
    scan = _Scan(text)
    library = parse_string(scan.blanked(), parse_stack=[])
    values = _Values(max(_MOST, 2 * len(text)))
    records: list[Record] = []
    left_out = scan.broken
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        entry = _entry(block)
        if isinstance(block, String):
            left_out += values.define(line, block.key, block.value)
        elif entry is not None:
            fields: dict[str, str] = {}
            for field in entry.fields:
                value = values.written_out(str(field.value))
                if value is None:
                    message = f"{field.key}: its abbreviations stand for too much text"
                    left_out.append(Notice((field.start_line or 0) + 1, message))
                elif value.strip():
                    fields.setdefault(field.key.strip().lower(), value)
            records.append(Record(line, entry.entry_type.lower(), entry.key, fields))
        elif isinstance(block, ParsingFailedBlock):
            reason = getattr(block.error, "abort_reason", str(block.error)).strip().rstrip(".")
            message = f"this entry cannot be read: {reason.replace('`', '')}"
            left_out.append(Notice(line, message))
    return Blocks(tuple(records), tuple(left_out), tuple(scan.comments))


def _entry(block: Block) -> Entry | None:
    """Return the entry of a block; one whose key or field comes twice is an entry as well."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        return _entry(inner) if inner is not None and inner is not block else None
    return block if isinstance(block, Entry) else None


class _Scan:
    """Goes through a file once and keeps what is an entry.

    ``comments`` are the entries that are commented out, ``broken`` what looks like one and is none.
    """

    def __init__(self, text: str) -> None:
        self.comments: list[Notice] = []
        self.broken: list[Notice] = []
        self._text = text
        self._kept: list[str] = []
        self._at = 0

    def blanked(self) -> str:
        """Return the text with nothing but entries and abbreviations, on the lines they had."""
        while (start := self._text.find("@", self._at)) >= 0:
            self._blank(max(self._text.rfind("\n", self._at, start) + 1, self._at))
            before = self._text[self._at : start]
            if "%" in before:
                self._blank(self._end_of_line(start))
                continue
            self._blank(start)
            block = _BLOCK.match(self._text, start)
            if block is None:
                self._name_broken(start, before)
            elif block[1].lower() in _COMMENTS:
                self._comment(block)
            else:
                # Blanks between the parts of an opening would hide it from the parser.
                self._kept.append(f"@{block[1]}{block[2]}" + "\n" * block[0].count("\n"))
                self._at = block.end()
                self._entry(block[2], is_entry=block[1].lower() != "string")
        return "".join(self._kept)

    @cached_property
    def _ends(self) -> Mapping[int, int]:
        """Where each brace and parenthesis that opens is closed, but for those that never are."""
        ends: dict[int, int] = {}
        opened: dict[str, list[int]] = {"}": [], ")": []}
        for mark in _BRACES.finditer(self._text):
            if mark[0] in _OPEN:
                opened[_OPEN[mark[0]]].append(mark.start())
            elif mark[0] in opened and opened[mark[0]]:
                ends[opened[mark[0]].pop()] = mark.end()
        return ends

    def _blank(self, end: int) -> None:
        """Go on to ``end``, keeping only the ends of lines."""
        self._kept.append("\n" * self._text.count("\n", self._at, end))
        self._at = end

    def _keep(self, end: int, instead: str | None = None) -> None:
        """Go on to behind ``end``, keeping what stands there, or ``instead`` of its last sign."""
        if instead is None:
            self._kept.append(self._text[self._at : end])
        else:
            self._kept += [self._text[self._at : end - 1], instead]
        self._at = end

    def _end_of_line(self, start: int) -> int:
        end = self._text.find("\n", start)
        return len(self._text) if end < 0 else end

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1

    def _name_broken(self, start: int, before: str) -> None:
        """Go past an ``@``; one at the beginning of a line, with a word, was to be an entry."""
        word = _WORD_BEHIND.match(self._text, start)
        if word and not before.strip() and len(self.broken) < _ENOUGH:
            message = f"no brace opens behind {word[0]}: not taken for an entry"
            self.broken.append(Notice(self._line(start), message))
        self._blank(start + 1)

    def _comment(self, block: re.Match[str]) -> None:
        """Go past a comment or a preamble, whose braces balance; else past its line."""
        end = self._ends.get(block.end() - 1, 0)
        held = len(_BLOCK.findall(self._text, block.end(), end)) if end else 0
        if held and block[1].lower() == "comment":
            said = "an entry" if held == 1 else f"{held} entries"
            message = f"{said} inside @{block[1]} passed over: it is a comment"
            self.comments.append(Notice(self._line(block.start()), message))
        self._blank(end or self._end_of_line(block.start()))

    def _entry(self, opening: str, *, is_entry: bool) -> None:  # noqa: C901, PLR0912  # one scan, all its signs
        """Keep an entry without comments and doubled commas, up to its end or the next entry.

        Values in quotes are put in braces, in which a quote is nothing special.
        """
        beginning, closing = len(self._kept), _OPEN[opening]
        depth, quoted, in_fields, fresh, done = 1, False, not is_entry, False, self._at
        for mark in _MARK.finditer(self._text, self._at):
            start, sign = mark.start(), mark[0]
            if start < self._at:
                continue  # in a comment
            outside = depth == 1 and not quoted
            fresh = fresh and not self._text[max(done, self._at) : start].strip()
            done = mark.end()
            if sign == "@":
                before = self._text[max(start - _INDENT, 0) : start].rstrip(" \t\r")
                if not before or before.endswith("\n"):
                    self._keep(start)  # this entry never ends: the next begins
                    return
            elif sign == "\\\\":  # the parser would take what follows as escaped
                self._keep(mark.end())
                self._kept.append(" ")
            elif sign == "{":
                depth += 1
            elif sign == "}" and depth > 1:
                depth -= 1
            elif sign == '"' and depth == 1 and in_fields:
                quoted = not quoted
                self._keep(mark.end(), "{" if quoted else "}")
            elif not outside:
                continue
            elif sign == closing:
                self._keep(mark.end())
                return
            elif sign == "%" and in_fields:
                self._keep(start)
                self._blank(self._end_of_line(start))
            elif sign == ",":
                if fresh and in_fields:
                    self._keep(mark.end(), "")  # a comma too many
                fresh = in_fields = True
            elif sign == "=" and not in_fields:
                self._kept.insert(beginning, ",")  # an entry without a key
                in_fields = True
        self._keep(len(self._text))


class _Values:
    """Writes values out; knows the abbreviations that have been defined so far."""

    def __init__(self, most: int) -> None:
        self._known: dict[str, str | None] = {}
        self._left = most

    def define(self, line: int, name: str, value: str) -> Iterator[Notice]:
        """Define an abbreviation; yield what is wrong with it."""
        written = self.written_out(value)
        if written is not None and len(written) > _LONGEST:
            written = None
        self._known[name.strip().lower()] = written
        if written is None:
            message = f"@string {name}: stands for more than {_LONGEST:,} letters: left out"
            yield Notice(line, message)

    def written_out(self, value: str) -> str | None:
        """Return a field's value, its parts (with ``#`` between) end to end; None if too long."""
        pieces = list(_pieces(value))
        named = [self._known.get(piece.lower(), piece) for piece, bare in pieces if bare]
        if any(piece is None for piece in named):
            return None
        size = sum([len(piece) for piece in named if piece])
        self._left -= size
        if self._left < 0 or size > _LONGEST * 2:
            return None
        texts = iter(named)
        return "".join([(next(texts) or "") if bare else piece for piece, bare in pieces])


def _pieces(value: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a value, each with whether it is a bare word: number or abbreviation."""
    at, size = 0, len(value)
    while at < size:
        sign = value[at]
        if sign in '{"':
            end = _end_of_quoted(value, at)
            yield value[at + 1 : end], False
            at = end + 1
        elif word := _WORD.match(value, at):
            yield word[0], True
            at = word.end()
        else:
            at += 1


def _end_of_quoted(value: str, start: int) -> int:
    """Return where the braces or the quotes that open at ``start`` close."""
    closing = "}" if value[start] == "{" else '"'
    depth = 0
    for mark in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(value, start + 1):
        if mark[0] == closing and depth == 0:
            return mark.start()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return len(value)
