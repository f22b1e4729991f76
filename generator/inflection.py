"""Words of a text, and a word in its other number: what lets *policies* meet *policy*.

This is for looking up, not for writing: a form that is no word does no harm, as no text has it.
"""

from __future__ import annotations

import re
from functools import lru_cache

CJK = "\u3040-\u30ff\u3400-\u9fff"
WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Letters of ASCII in lower case, digits, and spaces for all else.
_PLAIN = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128))
_PLAIN = _PLAIN.ljust(256)
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


def words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case; each Chinese or Japanese character is one."""
    if text.isascii():
        return ascii_words(text)
    text = BEYOND_ASCII.sub(_letters, text.lower())
    return ascii_words(text) if text.isascii() else WORD.findall(text)


@lru_cache(8)
def ascii_words(text: str) -> list[str]:
    """Return the runs of letters and digits in a text of ASCII, in lower case.

    The last answers are kept: topics and search ask for the same words. They are not to be changed.
    """
    return text.encode("ascii").translate(_PLAIN).decode("ascii").split()


def _letters(run: re.Match[str]) -> str:
    """Return a run of characters with a space for each that is part of no word."""
    return _parted(run[0])


@lru_cache(4096)
def _parted(run: str) -> str:
    return "".join([character if WORD.match(character) else " " for character in run])


def other_numbers(word: str) -> tuple[str, ...]:
    """Return what may be the plural of ``word``, or its singular if it is a plural itself."""
    if not word.isascii() or not word.isalpha():
        return ()
    for ending, others in ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return tuple(stem + other for other in others)
    return (word[:-1] + "ies",) if CONSONANT_Y.search(word) else (word + "s",)
