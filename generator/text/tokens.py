"""The words of a text, for topics and for search; and a word in its other number."""

from __future__ import annotations

import re
from functools import lru_cache

# Chinese characters and kana are words of one sign each: they are written without spaces. The
# hexagrams of the Book of Changes, which stand among them in Unicode, are no words.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def ascii_table(kept: str = "") -> bytes:
    """Return what makes letters of ASCII small, and of all else but digits and ``kept`` a space."""
    small = [chr(code).lower() for code in range(128)]
    table = "".join([sign if sign.isalnum() or sign in kept else " " for sign in small])
    return table.encode("ascii").ljust(256)


_PLAIN = ascii_table()


def words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case; each Chinese or Japanese character is one."""
    if text.isascii():
        return ascii_words(text)
    spaced = BEYOND_ASCII.sub(_letters, text)
    if spaced.isascii():  # there are signs alone: dashes, quotes
        return ascii_words(spaced)
    text = BEYOND_ASCII.sub(_letters, text.lower())
    return ascii_words(text) if text.isascii() else WORD.findall(text)


@lru_cache(1024)
def ascii_words(text: str) -> list[str]:
    """Return the runs of letters and digits in a text of ASCII, in lower case.

    The last answers, for the texts of a few batches, are kept: topics, vectors and search ask for
    the same words, one after the other. They are not to be changed.
    """
    return text.encode("ascii").translate(_PLAIN).decode("ascii").split()


def _letters(run: re.Match[str]) -> str:
    """Return a run of characters with a space for each that is part of no word."""
    return _parted(run[0])


@lru_cache(4096)
def _parted(run: str) -> str:
    return "".join([character if WORD.match(character) else " " for character in run])


CONSONANT_Y = re.compile(r"[^aeiou]y$")
# Endings, and what may stand for each in the other number; the first one that fits counts.
ENDINGS = (
    ("is", ("es",)),
    ("ies", ("y",)),
    ("sses", ("ss",)),
    ("us", ("uses",)),
    ("ss", ("sses",)),
    ("ases", ("as", "ase")),
    ("uses", ("us", "use")),
    ("xes", ("x", "xe")),
    ("ches", ("ch", "che")),
    ("shes", ("sh", "she")),
    ("as", ("ases", "a")),
    ("s", ("",)),
    ("x", ("xes",)),
    ("ch", ("ches",)),
    ("sh", ("shes",)),
)


def other_numbers(word: str) -> tuple[str, ...]:
    """Return what may be the plural of ``word``, or its singular if it is a plural itself."""
    if not word.isascii() or not word.isalpha():
        return ()
    for ending, others in ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return tuple(stem + other for other in others)
    return (word[:-1] + "ies",) if CONSONANT_Y.search(word) else (word + "s",)
