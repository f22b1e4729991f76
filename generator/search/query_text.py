"""A query, read: plain words, phrases, names, topics, and clauses in Lunr's syntax.

``static/js/search-query-text.js`` and ``static/js/search-syntax.js`` read it in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from generator.search.documents import FIELDS
from generator.search.terms import STARRED, fold, words

LONGEST = 2000
"""Characters of a query that are read."""
MOST = 32
"""Words of a query that count; of phrases and topics a quarter of that."""
_FARTHEST = ((6, 2), (3, 1), (0, 0))
_LONGEST_PART = 100
_ALIASES = {
    "author": "authors", "topic": "topics", "year": "venue", "journal": "venue", "org": "venue",
    "organization": "venue", "organisation": "venue",
}  # fmt: skip
_PART = re.compile(r'([+-]?)(?:([a-z]+):)?["“„]([^"“”„]*)["”“]?|\S+', re.IGNORECASE)
_NAMED = re.compile(r"([+-]?)(authors?|topics?):(.+)", re.IGNORECASE | re.DOTALL)
_SYNTAX = re.compile(
    r"^[+-]?[a-z]+:(?!/)\S|^[+-](?:[^\W_]|\*)|[^\W_]\*|\*[^\W_]|^\*$|(?:[^\W_]|\*)[~^]\S*$"
    r"|^(?:title|authors?|abstract|venue|topics?):$",
    re.IGNORECASE,
)
_PIECES = re.compile(r"([+-]?)(?:([a-z]+):)?([^~^]*)(.*)", re.IGNORECASE | re.DOTALL)
_MODIFIERS = re.compile(r"(?:[~^]\d+)*")
_EDITS = re.compile(r"~(\d+)")


class Presence(Enum):
    """Whether what a clause asks for may, has to or must not be there."""

    OPTIONAL = 1
    REQUIRED = 2
    PROHIBITED = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """A word, or one with stars, in some fields, and so many wrong letters that it may have."""

    term: str
    presence: Presence
    fields: tuple[int, ...]
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in some fields, or one name among the authors; ``no``: must not be."""

    words: tuple[str, ...]
    fields: tuple[int, ...]
    is_name: bool
    no: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for.

    ``topics`` are texts, and whether they must not be; ``clauses`` are None unless the query is in
    Lunr's syntax, and then ``words`` do not count.
    """

    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    topics: tuple[tuple[str, bool], ...]
    clauses: tuple[Clause, ...] | None


def read(text: str) -> Query:
    """Return the query that ``text`` is; what Lunr could not read counts as plain words."""
    plain: list[str] = []
    phrases: list[Phrase] = []
    topics: list[tuple[str, bool]] = []
    clauses: list[Clause] | None = []
    is_syntax = False
    for match in _PART.finditer(text[:LONGEST]):
        if len(plain) > MOST or len(phrases) > MOST // 4:
            break
        part, asked = match[0], match[3]
        no, name = match[1] == "-", _field_name(match[2] or "")
        if asked is None and (named := _NAMED.fullmatch(part)):
            no, name, asked = named[1] == "-", _field_name(named[2]), named[3]
        if asked is not None and "*" not in asked:
            found = tuple(words(asked)[:MOST])
            if name == "topics":
                topics.append((asked, no))
            elif found:
                fields = _fields(name)
                phrases.append(Phrase(found, fields or _fields(""), name == "authors", no))
        elif _SYNTAX.search(part) and len(part) <= _LONGEST_PART:
            is_syntax = True
            own = _clauses(part)
            clauses = None if clauses is None or own is None else [*clauses, *own]
            plain += words(_pieces(part)[2])
        else:
            found = tuple(words(part))
            plain += found
            if clauses is not None:
                clauses += [Clause(word, Presence.OPTIONAL, _fields("")) for word in found]
    return Query(
        tuple(plain[:MOST]),
        tuple(phrases[: MOST // 4]),
        tuple(topics[: MOST // 4]),
        tuple(clauses[:MOST]) if is_syntax and clauses is not None else None,
    )


def _pieces(part: str) -> tuple[str, str, str, str]:
    """Return sign, field, words and modifiers of a part in Lunr's syntax."""
    match = _PIECES.match(part)
    return (match[1], match[2] or "", match[3], match[4]) if match else ("", "", part, "")


def _clauses(part: str) -> list[Clause] | None:
    """Return the clauses of one part, or None if Lunr could not read it."""
    sign, name, core, tail = _pieces(part)
    fields = _fields(_field_name(name))
    found = STARRED.findall(fold(core)) if "*" in core else words(core)
    if not fields or not found or not _MODIFIERS.fullmatch(tail):
        return None
    presence = {"+": Presence.REQUIRED, "-": Presence.PROHIBITED}.get(sign, Presence.OPTIONAL)
    edits = int(_EDITS.findall(tail)[-1]) if "~" in tail else 0
    return [Clause(term, presence, fields, _bounded(term, edits)) for term in found]


def _bounded(term: str, edits: int) -> int:
    """Return how many wrong letters ``term`` may have: of a short one hardly any would be left."""
    most = next(most for length, most in _FARTHEST if len(term) >= length)
    return min(edits, most)


def _field_name(name: str) -> str:
    return _ALIASES.get(name.lower(), name.lower())


def _fields(name: str) -> tuple[int, ...]:
    """Return the numbers of the fields that ``name`` stands for: all for "", none for another."""
    if not name:
        return tuple(range(len(FIELDS)))
    return (FIELDS.index(name),) if name in FIELDS else ()
