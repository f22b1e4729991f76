"""The keys by which a text cites its papers: author, year, a word of the title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

ALPHANUMERIC = re.compile(r"[a-z0-9]+")
TO_YEAR = re.compile(r"^.*?\d{4}")
# Words that say nothing about a paper, left out of its key.
DULL = frozenset(
    [
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from",
        "how", "in", "into", "is", "it", "its", "of", "on", "or", "the", "their", "to",
        "towards", "toward", "via", "what", "when", "where", "why", "with"
    ]
)  # fmt: skip


def key_of(author: str, year: int, title: str) -> str:
    """Return ``author2025word``; without an author's name, two words of the title."""
    words = _words(title)
    name = "".join(_fold(author))
    if not name and words:
        name, *words = words
    return f"{name or 'paper'}{year:04}{words[0] if words else ''}"


def keys_of(key: str, title: str) -> Iterator[str]:
    """Yield ``key`` and, without end, what may stand for it where it is taken: the best first."""
    yield key
    words, last = _words(title), TO_YEAR.sub("", key, count=1)
    rest = words[words.index(last) + 1 :] if last in words else words
    longer = key
    for word in rest[:4]:
        longer += word
        yield longer
    for number in count(2):
        yield f"{longer}-{number}"


def _words(title: str) -> list[str]:
    """Return the words of ``title`` that say something, folded to ``a-z0-9``."""
    words = [word for word in _fold(title) if word not in DULL]
    return words or _fold(title)


def _fold(text: str) -> list[str]:
    """Return the words of ``text`` in the letters and digits that every TeX program takes."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return ALPHANUMERIC.findall(text.lower().replace("'", ""))
