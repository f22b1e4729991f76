"""The parts of a person's name, from the one string that sources give; and keys made of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, filterfalse
from typing import NamedTuple

# Lower-case words that belong to a family name (nobiliary and patronymic particles).
PARTICLES = frozenset(
    [
        "'t", "af", "al", "ap", "av", "ben", "bin", "bint", "d'", "da", "dal", "dalla", "das",
        "de", "degli", "dei", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
        "el", "ibn", "la", "las", "le", "lo", "los", "op", "te", "ten", "ter", "v", "van",
        "vom", "von", "y", "zu", "zum", "zur"
    ]
)  # fmt: skip
# Pairs that are particles though capitals begin them; one such word alone may be a middle name.
CAPITAL_PAIRS = frozenset(["van der", "van den", "van de", "von der", "de la", "de los"])
SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
# A name that ends or begins so is that of a group, and a group has no first name.
GROUPS = frozenset(
    [
        "team", "group", "collaboration", "consortium", "project", "lab", "labs", "laboratory",
        "workshop", "foundation", "institute", "university", "committee", "initiative",
        "community", "inc", "inc.", "ltd", "ltd.", "corp", "corp.", "groups", "teams", "council",
        "collaborations", "society", "association", "organization", "organisation", "agency",
        "center", "centre"
    ]
)  # fmt: skip
# A name with such a word inside, in small letters, is that of a group as well.
INNER = frozenset(["and", "for", "of", "on", "&"])
GROUP = re.compile(
    rf"^the\b|\b(?:{'|'.join(map(re.escape, sorted(GROUPS)))}|(?-i:AI))$"
    rf"|(?-i:(?<=\S) (?:{'|'.join(sorted(INNER))}) (?=\S))",
    re.IGNORECASE,
)
# Han, Hiragana, Katakana and Hangul: the family name stands first.
EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\s·]+")


class Name(NamedTuple):
    """A name in parts; a group, or a person of one name, has only ``family``."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def last(self) -> str:
        """The family name with its particle: "van Gogh"."""
        return f"{self.particle} {self.family}" if self.particle else self.family

    @property
    def full(self) -> str:
        """The name as it is read aloud, Western order: "Vincent van Gogh"."""
        if self.given and not self.particle and not self.suffix:
            return f"{self.given} {self.family}"
        return " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))

    @property
    def inverted(self) -> str:
        """The name as it is sorted: "van Gogh, Vincent" or "King, Martin Luther, Jr."."""
        if self.given and not self.particle and not self.suffix:
            return f"{self.family}, {self.given}"
        return ", ".join(filter(None, (self.last, self.given, self.suffix)))


def split_name(text: str) -> Name:
    """Return the parts of the name ``text``: "First von Last", "Last, First" or one name alone."""
    given, _, family = text.partition(" ")
    if given.isalpha() and family.isalpha() and text.isascii() and not _group_word(given, family):
        return Name(family, given)
    return _split_name(text)


@lru_cache(maxsize=1 << 15)
def _split_name(text: str) -> Name:
    text = text.strip(" ,")
    if "," in text:
        return _split_inverted([part.strip() for part in text.split(",")], text)
    words = text.split()
    if not words[1:] or _is_group(words):
        return Name(text)
    if not text.isascii() and EAST_ASIAN.fullmatch(text):
        return Name(words[0], " ".join(words[1:]))
    return _split_western(words)


def _is_group(words: list[str]) -> bool:
    """Tell whether ``words`` name a group: what GROUP finds, but sooner."""
    first, last = words[0], words[-1]
    if words[2:] and not INNER.isdisjoint(words[1:-1]):
        return True
    if first.isalpha() and last.isalpha():
        return _group_word(first, last)
    return GROUP.search(" ".join(words)) is not None


def _group_word(first: str, last: str) -> bool:
    return last.lower() in GROUPS or last == "AI" or first.lower() == "the"


def _split_inverted(parts: list[str], text: str) -> Name:
    """Return the name of "Last, First", "Last, First, Jr." or "First Last, Jr."."""
    if not parts[3:] and parts[-1].lower() in SUFFIXES:
        name = split_name(", ".join(parts[:-1]))
        return Name(name.family, name.given, name.particle, parts[-1])
    if parts[2:] or GROUP.search(text):
        return Name(text)
    words = parts[0].split()
    count = _particles(words, 0)
    return Name(" ".join(words[count:]), parts[1], " ".join(words[:count]))


def _split_western(words: list[str]) -> Name:
    """Return the name of "First von Last" or "First Last Jr."."""
    suffix = words.pop() if words[2:] and words[-1].lower() in SUFFIXES else ""
    for start in range(1, len(words) - 1):
        if count := _particles(words, start):
            end = start + count
            given, particle = " ".join(words[:start]), " ".join(words[start:end])
            return Name(" ".join(words[end:]), given, particle, suffix)
    return Name(words[-1], " ".join(words[:-1]), "", suffix)


def _particles(words: list[str], start: int) -> int:
    """Return how many words from ``start`` are particles; the last word never is."""
    end = start
    while end < len(words) - 1:
        if words[end] in PARTICLES:
            end += 1
        elif " ".join(words[end : end + 2]).lower() in CAPITAL_PAIRS and end + 2 < len(words):
            end += 2
        else:
            break
    return end - start


ALPHANUMERIC = re.compile(r"[a-z0-9]+")
# Words that say nothing about a paper, left out of its key.
STOP_WORDS = frozenset(
    [
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from",
        "how", "in", "into", "is", "it", "its", "of", "on", "or", "the", "their", "to",
        "towards", "toward", "via", "what", "when", "where", "why", "with"
    ]
)  # fmt: skip


def key_of(author: str, year: int | None, title: str) -> str:
    """Return ``author2025word``; without an author's name, two words of the title."""
    words = iter(_words(title))
    name = "".join(_fold(author)) or next(words, "paper")
    said = "" if year is None else f"{year:04}"
    return f"{name}{said}{next(words, '')}"


def keys_of(key: str, title: str) -> Iterator[str]:
    """Yield ``key`` and, without end, what may stand for it where it is taken: the best first."""
    yield key
    words = _words(title)
    last = next(filter(key.endswith, words), "")
    rest = words[words.index(last) + 1 :] if last else words
    longer = key
    for word in rest[:4]:
        longer += word
        yield longer
    for number in count(2):
        yield f"{longer}-{number}"


def _words(title: str) -> list[str]:
    """Return the words of ``title`` that say something, folded to ``a-z0-9``."""
    words = _fold(title)
    return list(filterfalse(STOP_WORDS.__contains__, words)) or words


def _fold(text: str) -> list[str]:
    """Return the words of ``text`` in the letters and digits that every TeX program takes."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return ALPHANUMERIC.findall(text.lower().replace("'", ""))
