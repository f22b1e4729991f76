"""Text and Markdown -> rows: the marks of headings, lists and links are taken off.

A text that holds no Markdown is its own rows. What stands before the page itself (a clipper's
front matter, a reader's heading) says where and when it was taken, and comes out apart.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.sources.page import links
from generator.sources.page.rows import BOLD, Piece, Row

_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_RULE = re.compile(r"(?:(?:[-_*=~–—─━][ \t]*){3,}|[|+:= -]{3,})")
_RULES = frozenset("-_*=~–—─━|+:")  # what one begins with
_SETEXT = re.compile(r"[ \t]{0,3}(={2,}|-{3,})[ \t]*")
_MARK = re.compile(
    r"[ \t]*(?:(?:>[ \t]?)+|(?P<heading>#{1,6})[ \t]+|[*+•‣◦▪●-][ \t]+(?=\S)"
    r"|(?P<ordinal>[0-9]{1,3})[.)][ \t]+)"
)
_ESCAPED = re.compile(r"\\([\[\]_*#+\-.!<>`|(){}\\])")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#39|#x27|apos);")
_FIELD = re.compile(r"([A-Za-z][A-Za-z _-]{0,30}):[ \t]*(.*)")
# What a reader's heading may say; it ends with the first row that is none of these.
_HEADING = frozenset(["title", "url source", "published time", "markdown content", "warning"])
_MOST = 60
_LONGEST_MARK = 16


class Text(NamedTuple):
    """The rows of a text, and what is said of it before its beginning, the names in small."""

    rows: tuple[Row, ...]
    said: Mapping[str, str]


def read(text: str) -> Text:
    """Return the rows of ``text`` that are not blank."""
    # A part of a mail comes below as many empty lines as it has lines above it.
    above = len(text) - len(text := text.lstrip("\n"))
    text = _ENDS.sub("\n", text).replace("\u00a0", " ").replace("\u200b", "")
    said, start = _preamble(text.split("\n"))
    if start:
        text = "\n".join(text.split("\n")[start:])
    text, known = links.definitions(text)
    pieces = links.pieces(text, known)
    is_marked = any(piece.link for piece in pieces)
    return Text(tuple(_rows(_split(pieces), above + start, is_marked=is_marked)), said)


def _preamble(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return what stands above the page, and how many lines that is."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() == "---":
        for end in range(first + 1, min(len(lines), first + _MOST)):
            if lines[end].strip() == "---":
                return _fields(lines[first + 1 : end]), end + 1
        return {}, 0
    if not lines[first].startswith(("Title:", "URL Source:")):
        return {}, 0
    said: dict[str, str] = {}
    end = first
    for index, line in enumerate(lines[first : first + _MOST], start=first):
        field = _FIELD.fullmatch(line.strip())
        if field and field[1].lower() in _HEADING:
            said[field[1].lower()] = field[2]
            end = index + 1
        elif line.strip():
            break
    return (said, end) if "url source" in said else ({}, 0)


def _fields(lines: Iterable[str]) -> dict[str, str]:
    """Return the simple fields of a front matter."""
    found = (_FIELD.fullmatch(line.strip()) for line in lines)
    return {field[1].lower(): field[2].strip().strip("\"'") for field in found if field}


def _split(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each line."""
    line: list[Piece] = []
    for piece in pieces:
        first, *more = piece.text.split("\n")
        line.append(_with(piece, first))
        for text in more:
            yield line
            line = [_with(piece, text)]
    yield line


def _with(piece: Piece, text: str) -> Piece:
    """Return a piece with other words."""
    return piece if text == piece.text else Piece(text, piece.address, piece.link)


def _rows(lines: Iterable[list[Piece]], above: int, *, is_marked: bool) -> Iterator[Row]:
    """Yield the rows that say something; they begin below ``above`` lines."""
    gap = True
    held: Row | None = None
    for number, pieces in enumerate(lines, start=above + 1):
        text = "".join(piece.text for piece in pieces) if len(pieces) != 1 else pieces[0].text
        bare = text.strip()
        is_empty = not bare and not any(piece.address and not piece.text for piece in pieces)
        underlined = _SETEXT.fullmatch(text) if held and held.gap and not gap else None
        if held and underlined:
            held = held._replace(level=1 if underlined[1][0] == "=" else 2)
        elif not is_empty and not (bare[:1] in _RULES and _RULE.fullmatch(bare)):
            if held:
                yield held
            if len(pieces) == 1 and bare[:1].isalpha() and "\\" not in text and "&" not in text:
                held = Row(number, tuple(pieces), gap)  # no mark, as most
            else:
                held = _row(number, pieces, gap=gap, is_marked=is_marked)
            gap = False
            continue
        gap = True
    if held:
        yield held


def _row(number: int, pieces: list[Piece], *, gap: bool, is_marked: bool) -> Row:
    level = ordinal = 0
    mark = ""
    pieces = [piece for piece in pieces if piece.text or piece.address]
    while len(mark) < _LONGEST_MARK and not ordinal and (found := _MARK.match(pieces[0].text)):
        level = len(found["heading"] or "") or level
        ordinal = int(found["ordinal"] or 0)
        mark += found.group()
        pieces[0] = _with(pieces[0], pieces[0].text[found.end() :])
    pieces = [_with(piece, _plain(piece.text, is_marked=is_marked)) for piece in pieces]
    if level:
        pieces[-1] = _with(pieces[-1], _unclosed(pieces[-1].text))
    bare, is_bold = _without_bold(pieces)
    return Row(number, tuple(bare), gap, level or (BOLD if is_bold else 0), ordinal, mark)


def _unclosed(text: str) -> str:
    """Return a heading without the marks that may close it: ``## Title ##``."""
    bare = text.rstrip().rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else text


def _plain(text: str, *, is_marked: bool) -> str:
    """Return the words of a piece: without a hard line's end and, in Markdown, its escapes."""
    text = text.removesuffix("\\")
    if is_marked and "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _without_bold(pieces: list[Piece]) -> tuple[list[Piece], bool]:
    """Return the pieces of a row without marks if it begins bold, and whether all of it is."""
    text = "".join([piece.text for piece in pieces]).strip()
    if text[:1] not in {"*", "_"}:
        return pieces, False
    marks = next((each for each in ("**", "__", "*", "_") if text.startswith(each)), "")
    if len(marks) == 1 and not (text.endswith(marks) and text.count(marks) == len("**")):
        return pieces, False  # a mark of a list, a word in another voice
    if not marks or text.count(marks) == 1:
        return pieces, False
    is_bold = text.endswith(marks) and text.count(marks) == len("**")
    return [_with(piece, piece.text.replace(marks, "")) for piece in pieces], is_bold
