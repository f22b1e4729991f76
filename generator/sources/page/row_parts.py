"""A row -> the pieces of it that each say something of their own: a title, its links, its votes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.sources.page import furniture
from generator.sources.page.furniture import Kind
from generator.sources.page.rows import Piece, Row
from generator.sources.page.targets import target

BARE = re.compile(r"https?://|(?:arxiv\.org|huggingface\.co|hf\.co)/", re.IGNORECASE)
_BEHIND = re.compile(r"(.*\S)\s*(?:[(\[]([^()\[\]]{1,40})[)\]]|\s[·•|—–-]\s+(\S.{0,40}))")
_STOPS = ".,;:!?()[]'\"*_"
_BETWEEN = " \t·•|,;:—–"
SHORT = 300
_COUNTS = frozenset([Kind.VOTES, Kind.STARS, Kind.COMMENTS, Kind.COUNT, Kind.PUBLISHED])


_PAIR = 2


def parts_of(row: Row) -> Sequence[Piece]:
    """Return a row as one piece, or as several where each says something of its own."""
    held = [piece for piece in row.pieces if piece.text.strip() or target(piece.address).paper]
    if not any(piece.address for piece in held):
        return _peeled(Piece(row.text.strip()))
    parts = [_trimmed(piece) for piece in held]
    parts = [piece for piece in parts if piece.address or piece.text.strip(_STOPS + _BETWEEN)]
    if len(parts) == _PAIR and _names_address(*parts):
        return parts[1:]
    if len(parts) <= 1:
        return parts
    return (
        _long(row, held, parts)
        if sum(len(piece.text) for piece in parts) > SHORT
        else _short(row, parts)
    )


def _long(row: Row, held: Sequence[Piece], parts: Sequence[Piece]) -> Sequence[Piece]:
    """Return a row as long as an abstract: that, or a title that leads to it and the abstract."""
    words = sum(len(piece.text) for piece in parts)
    tail = _tail(parts)
    if 0 < len(tail) < len(parts):
        text = row.text[: row.text.rfind(tail[0].text or tail[0].address)]
        return [Piece(text.rstrip(f"([{_BETWEEN}")), *tail]
    first, rest = parts[0], row.text[len(held[0].text) :]
    if target(first.address).paper and len(first.text) < SHORT and rest.strip()[:1] in ":-–—.":
        return [first, Piece(rest.strip().lstrip(" :-–—."))]
    link = max((piece for piece in parts if piece.address), key=lambda each: len(each.text))
    return [Piece(row.text.strip(), link.address if len(link.text) * 2 > words else "")]


def _tail(parts: Sequence[Piece]) -> list[Piece]:
    """Return the links behind an abstract that only name what they lead to: paper, code."""
    tail: list[Piece] = []
    for piece in reversed(parts):
        if not (piece.link and furniture.kind_of(piece.text)[0] in {Kind.LABEL, Kind.LINK}):
            break
        tail.insert(0, piece)
    return tail


def _short(row: Row, parts: Sequence[Piece]) -> Sequence[Piece]:
    """Return a short row as the facts that it lists, or as one piece where it is a sentence."""
    if _is_sentence(parts) or sum(map(_is_unknown, parts)) > 1:
        link = max(parts, key=lambda each: len(each.text))
        return [Piece(" ".join(row.text.split()), link.address, link.link)]
    return [each for part in parts for each in (_peeled(part) if not part.address else [part])]


def _names_address(label: Piece, piece: Piece) -> bool:
    """Say whether a row is a word, ``Code:`` say, and an address."""
    is_label = furniture.kind_of(label.text)[0] in {Kind.LINK, Kind.LABEL} and not label.address
    return is_label and bool(piece.address) and not (piece.text or piece.link)


def _is_sentence(parts: Sequence[Piece]) -> bool:
    """Say whether a row is words with an address written out among them, and not a list of facts.

    A paper's address behind its title is one.
    """
    bare = [piece for piece in parts if piece.address and not (piece.text or piece.link)]
    words = [piece.text for piece in parts if not piece.address]
    if not bare or not words:
        return False
    if all(target(piece.address).paper for piece in bare):
        return any(text[:1].islower() for text in words)
    return not all(text.endswith(":") or not _is_unknown(Piece(text)) for text in words) or (
        words[0][:1].islower() and not words[0].endswith(":")
    )


def _trimmed(piece: Piece) -> Piece:
    """Return a piece of a row with other pieces, without what only stands between them."""
    if piece.address:
        text = piece.text.strip()
        return piece._replace(text="" if BARE.match(text) else text)
    text = piece.text.strip()
    if furniture.kind_of(text)[0] is not Kind.TEXT:
        return Piece(text)
    text = text.strip(_BETWEEN)
    # A bracket that was around the link beside it.
    return Piece(text.lstrip(")]}>").rstrip("([{<").strip(_BETWEEN))


def _is_unknown(piece: Piece) -> bool:
    """Say whether a piece can only be understood with those around it."""
    kind, _ = furniture.kind_of(piece.text)
    found = target(piece.address)
    return (
        kind is Kind.TEXT
        and bool(piece.text)
        and not (found.paper or found.profile or found.is_code)
    )


def _peeled(piece: Piece) -> list[Piece]:
    """Return a piece without the counts behind it, then these."""
    text, behind = piece.text, list[Piece]()
    while len(text) <= SHORT and (found := _BEHIND.fullmatch(text)):
        fact = found[2] or found[3]
        kind, _ = furniture.kind_of(fact)
        if kind not in _COUNTS or furniture.kind_of(text)[0] is not Kind.TEXT:
            break
        behind.insert(0, Piece(fact))
        text = found[1]
    return [piece._replace(text=text), *behind]
