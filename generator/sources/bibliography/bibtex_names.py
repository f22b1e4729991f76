"""BibTeX's lists of people as names one reads aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

_EXTENDED = re.compile(r"\s*\"?(family|given|prefix|suffix)(?:-i)?\s*=", re.IGNORECASE)
_PARTS = ("given", "prefix", "family", "suffix")
_LONGEST = 1000  # signs in a name: more is a list that something else divides


def read(value: str, plain: Callable[[str], str]) -> tuple[tuple[str, ...], bool]:
    """Return the names of a field's ``value``, and whether there are others; ``plain`` undoes TeX.

    A name in braces is one name as it stands, whatever words are in it.
    """
    if not value.strip():
        return (), False
    names = split_multiple_persons_names(value)
    others = names[-1].strip().lower() == "others" if names else False
    read_out = [plain(_natural(name)) for name in names[: -1 if others else None]]
    return tuple(dict.fromkeys(filter(None, read_out))), others


def _natural(name: str) -> str:
    """Return ``Last, First`` and the other ways to write a name as "First von Last Jr"."""
    name = name.strip()
    if len(name) > _LONGEST or _is_braced(name):
        return name
    if _EXTENDED.match(name):
        return _extended(name)
    parts = parse_single_name_into_parts(name, strict=False)
    return " ".join([*parts.first, *parts.von, *parts.last, *parts.jr])


def _is_braced(name: str) -> bool:
    """Say whether one pair of braces holds all of ``name``."""
    return name.startswith("{") and next(_cut(name, "}"), "") == name


def _extended(name: str) -> str:
    """Return the name of biblatex's ``family=..., given=..., prefix=..., suffix=...``."""
    parts: dict[str, str] = {}
    for piece in _cut(name, ","):
        key, _, value = piece.rstrip(",").strip(' "').partition("=")
        parts[key.strip().lower()] = value.strip(' "')
    return " ".join(filter(None, [parts.get(part, "") for part in _PARTS]))


def _cut(text: str, behind: str) -> Iterator[str]:
    """Yield the pieces of ``text`` that end with ``behind`` outside of all braces, and the rest."""
    depth = start = 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if sign == behind and depth <= 0:
            yield text[start : at + 1]
            start = at + 1
    yield text[start:]
