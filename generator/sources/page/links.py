"""Links in text: Markdown's in all their forms, and addresses that stand for themselves.

One pass over the text, with a stack of the brackets that are open: the time is linear in its
length, whatever stands in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.sources.page.rows import Piece

# No address, and no title of a link, is longer; a bound keeps the time linear.
_LONGEST = 2000
_TARGET = re.compile(
    rf"\(\s{{0,9}}<?((?:[^\s()<>]|\([^\s()<>]{{0,200}}\)){{0,{_LONGEST}}})>?"
    r"(?:\s{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s{0,9}\)"
)
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,200})\]")
_DEFINITION = re.compile(
    r"^[ \t]{0,3}\[([^\[\]\n]{1,200})\](?::[ \t]*|[ \t]+(?=https?:))<?(https?://[^\s<>]{1,2000})>?"
    r"(?:[ \t]+[\"'(][^\n]{0,500})?[ \t]*$",
    re.MULTILINE,
)
_ADDRESS = re.compile(
    rf"<?((?:https?://|(?<![\w./@-])(?:arxiv\.org/(?:abs|pdf)/|(?:huggingface\.co|hf\.co)/papers/))"
    rf"[^\s<>\"\u3000-\uffef]{{1,{_LONGEST}}})>?",
    re.IGNORECASE,
)
_AFTER = ".,;:!?'*_"
_PAIRS = {")": "(", "]": "["}


class _Link(NamedTuple):
    """Where a link stands: its words from ``start`` to ``end``, all of it from ``first``."""

    first: int
    start: int
    end: int
    last: int
    address: str
    image: bool


def definitions(text: str) -> tuple[str, Mapping[str, str]]:
    """Return ``text`` without the rows that say where a reference leads, and what these say."""
    known: dict[str, str] = {}
    named = Counter(_REFERENCE.findall(text))

    def note(found: re.Match[str]) -> str:
        # Without a colon it is a footnote, if there is a mark for it; else an entry of a list.
        if "]:" not in found[0] and named[found[1]] == 1:
            return found[0]
        known.setdefault(found[1].lower(), found[2])
        return ""

    return (_DEFINITION.sub(note, text) if named else text), known


def pieces(text: str, known: Mapping[str, str]) -> list[Piece]:
    """Return the pieces of ``text``, images left out; line ends are kept.

    ``known`` are the addresses of its references.
    """
    found: list[Piece] = []
    # Links hold no links; the outer one counts, as it does for the reader who clicks.
    place = 0
    for number, link in enumerate(_outer(_links(text, known)), start=1):
        found += _plain(text[place : link.first])
        held = text[link.first : link.last]
        if not link.image:
            words = _without_images(text[link.start : link.end])
            found.append(Piece(words, link.address, number))
            held = held.replace(text[link.start : link.end], "", 1)
        found += [Piece("\n" * held.count("\n"))] if "\n" in held else []
        place = link.last
    return [*found, *_plain(text[place:])]


def _links(text: str, known: Mapping[str, str]) -> Iterator[_Link]:
    """Yield the links and images of ``text`` in the order in which they end."""
    is_open: list[int] = []
    spent: list[int] = []  # brackets at the beginning of a row that a plain bracket has closed
    place = 0
    while place < len(text):
        place = _next(text, place)
        if place < 0:
            return
        if text[place] == "\\":
            place += 2
        elif text[place] == "[":
            is_open.append(place)
            place += 1
        else:
            after = place + 1
            target = _TARGET.match(text, after) if text.startswith("(", after) else None
            start = is_open.pop() if is_open else None
            if target and start is None and spent:
                start = spent.pop()
            if target and start is not None:
                yield _link(text, start, place, target.end(), target[1])
                spent.clear()
                place = target.end()
                continue
            if start is not None:
                if known and (link := _referring(text, start, place, known)):
                    yield link
                    place = link.last
                    continue
                if start == 0 or text[start - 1] in "\n ":
                    spent.append(start)
            place = after


def _next(text: str, place: int) -> int:
    """Return where the next bracket or backslash is; -1 for none."""
    found = _SIGNS.search(text, place)
    return found.start() if found else -1


_SIGNS = re.compile(r"[\[\]\\]")


def _link(text: str, start: int, end: int, last: int, address: str) -> _Link:
    image = start > 0 and text[start - 1] == "!"
    return _Link(start - image, start + 1, end, last, address, image)


def _referring(text: str, start: int, end: int, known: Mapping[str, str]) -> _Link | None:
    """Return the link ``[words][name]``, ``[words][]`` or ``[words]`` where its name is known."""
    words = text[start + 1 : min(end, start + 201)].strip().lower()
    if text.startswith("[]", end + 1):
        name, last = words, end + 3
    elif named := _REFERENCE.match(text, end + 1):
        name, last = named[1].lower(), named.end()
    else:
        name, last = words, end + 1
    address = known.get(name)
    if address is None:
        return None
    link = _link(text, start, end, last, address)
    # A bare number is a mark behind the words that it is about, and says nothing itself.
    return link._replace(start=end) if name == words and name.isdigit() else link


def _outer(links: Iterator[_Link]) -> list[_Link]:
    """Return the links that stand in no other link, in their order."""
    kept: list[_Link] = []
    for link in links:
        while kept and kept[-1].first >= link.first:
            kept.pop()
        kept.append(link)
    return kept


def _without_images(words: str) -> str:
    """Return the words of a link without the images and the links in them."""
    if "](" not in words:
        return words
    kept, place = [], 0
    for link in _outer(_links(words, {})):
        kept += [words[place : link.first], "" if link.image else words[link.start : link.end]]
        place = link.last
    return "".join([*kept, words[place:]])


def _plain(text: str) -> Iterator[Piece]:
    """Yield text without Markdown's links in pieces: addresses, and what is between them."""
    place = 0
    if "://" in text or "/papers/" in text or "arxiv.org/" in text.lower():
        for found in _ADDRESS.finditer(text):
            address = _cut(found[1])
            whole = found.group().startswith("<") and found.group().endswith(">")
            end = found.end() if whole else found.start(1) + len(address)
            yield Piece(text[place : found.start() if whole else found.start(1)])
            yield Piece(address, address if "://" in address else f"https://{address}")
            place = end
    if text[place:]:
        yield Piece(text[place:])


def _cut(found: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    end = len(found)
    while end:
        last = found[end - 1]
        opening = _PAIRS.get(last)
        unopened = opening and found.count(last, 0, end) > found.count(opening, 0, end)
        if not unopened and last not in _AFTER:
            break
        end -= 1
    return found[:end]
