"""Text to words, the same for the index and for a query.

A word is a run of letters, digits and the signs that letters carry, in small letters and without
accents; a decimal point inside a number stays (``qwen2.5``). Hyphens, quotes and all other signs
part words, but for those that are all there is to a name (``c++``, ``c#``, ``.net``, ``q&a``).
Scripts that write no spaces (Chinese, Japanese, Thai and its neighbours) are cut into pairs of
signs.
``static/js/search-words.js`` is the same in the browser, and ``tests/search/test_terms.py`` holds
the two together. There is no stemmer: words are indexed as they are written, and ``forms.py`` says
which are forms of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from generator.text.tokens import BEYOND_ASCII, ascii_table, ascii_words

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an and are as at be been but by can could did do does for from had has have he her his
        how i if in into is it its me my of on or our she so than that the their them there
        these they this to us was we were what when where which who why will with you your
        """,
    )
)
"""Words that say too little to find an abstract by; they are indexed in titles only."""

# Letters that Unicode does not take apart, as people type them, and the apostrophe that counts
# as a letter.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ħ": "h", "ı": "i", "ς": "σ", "ʼ": "'", "’": "'",
    }
)  # fmt: skip
# Latin accents, the points of Hebrew and Arabic that people leave out, the voicing of kana.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u064b-\u065f\u0670\u3099\u309a]+"
)
# Signs that letters of South Asia carry: they are no letters by themselves, and part no word.
_MARKS = (
    "\u0900-\u0963\u0966-\u096f\u0971-\u09ef\u0a01-\u0aef\u0b01-\u0b6f"
    "\u0b82-\u0bef\u0c00-\u0c6f\u0c80-\u0cef\u0d00-\u0d6f\u0d81-\u0df3"
    "\u0f71-\u0f84\u0f90-\u0fbc"
)
_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u1000-\u103f\u1780-\u17d3"
UNSPACED = f"{_HAN}{_KANA}{_THAI}"
"""The signs of scripts that write no spaces, as the inside of a class of a pattern."""
_LETTER = rf"(?:(?![{UNSPACED}_])[\w{_MARKS}])"
_WORD = re.compile(rf"[{UNSPACED}]+|{_LETTER}+(?:(?<=[0-9])\.(?=[0-9]){_LETTER}+)*")
_STARRED_LETTER = rf"(?:{_LETTER}|[{UNSPACED}*])"
STARRED = re.compile(rf"{_STARRED_LETTER}+(?:(?<=[0-9])\.(?=[0-9]){_STARRED_LETTER}+)*")
"""A word of a folded query in which a star may stand for letters."""
_IS_PART = re.compile(rf"[{UNSPACED}]|{_LETTER}").match
_IS_UNSPACED = re.compile(f"[{UNSPACED}]").match
# Spaces for the signs of ASCII: line ends apart; decimal points apart.
_SPACED = ascii_table(kept="\n")
_POINTED = ascii_table(kept=".")
_POSSESSIVE = re.compile(r"'s(?![^\W_])")
# The point stands first, and what must come before it after that: so it is found far sooner.
_DECIMAL = re.compile(r"\.(?<=[0-9]\.)[0-9]").search
_NO_DECIMAL = re.compile(r"\.(?:(?![0-9])|(?<![0-9]\.))")
_NAMES = (
    ("++", re.compile(r"(?<![^\W_])([a-z])\+\+"), r" \1plusplus "),
    ("#", re.compile(r"(?<![^\W_])([a-z])#(?![^\W_])"), r" \1sharp "),
    (".net", re.compile(r"(?<![^\W_])\.net(?![^\W_])"), " dotnet "),
    ("&", re.compile(r"(?<![^\W_])([a-z]{1,2})&([a-z]{1,2})(?![^\W_])"), r" \1\2 "),
)
"""Names of which signs are a part: what gives one away, the name, and how it is spelt as a word."""


def fold(text: str) -> str:
    """Return ``text`` in small letters, without accents and without a possessive ``'s``.

    Names of which signs are a part are spelt out.
    """
    if not text.isascii():
        text = BEYOND_ASCII.sub(lambda run: _folded(run[0]), text)
    return named(text.lower())


def named(text: str) -> str:
    """Return a text in small letters without a possessive ``'s``, names with signs spelt out."""
    if "'s" in text:
        text = _POSSESSIVE.sub(" ", text)
    for sign, name, spelt in _NAMES:
        if sign in text:
            text = name.sub(spelt, text)
    return text


@lru_cache(4096)
def _folded(run: str) -> str:
    """Return a run of characters beyond ASCII, folded: it depends on none of its neighbours.

    That is true of all but the Greek sigma at the end of a word, which becomes one in any place.
    """
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", run).lower()).translate(_LETTERS)


@lru_cache(1024)
def words(text: str) -> list[str]:
    """Return the words of ``text`` in their order; not to be changed, as they are kept.

    Vectors and search ask for those of a few batches of texts, one after the other.
    """
    if text.isascii() and not _is_odd(text):
        return ascii_words(text)
    return folded_words(fold(text))


def _is_odd(text: str) -> bool:
    """Say whether signs of a text may be parts of words, other than letters and digits."""
    if "'" in text or "&" in text or "#" in text or "++" in text:
        return True
    return "." in text and (".n" in text or ".N" in text or _DECIMAL(text) is not None)


def folded_words(folded: str) -> list[str]:
    """Return the words of a text that is folded."""
    if not folded.isascii():
        folded = BEYOND_ASCII.sub(lambda run: _without_signs(run[0]), folded)
        if not folded.isascii():
            return _parted(_WORD.findall(folded))
    if "." not in folded or not _DECIMAL(folded):
        return ascii_words(folded)
    pointed = _NO_DECIMAL.sub(" ", folded)
    return pointed.encode("ascii").translate(_POINTED).decode("ascii").split()


@lru_cache(4096)
def _without_signs(run: str) -> str:
    """Return a run of characters with a space for each that is part of no word."""
    return "".join([character if _IS_PART(character) else " " for character in run])


def _parted(runs: Sequence[str]) -> list[str]:
    """Return ``runs``, those of scripts without spaces as the pairs of signs in them."""
    found: list[str] = []
    for run in runs:
        if len(run) > 1 and _IS_UNSPACED(run):
            found += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            found.append(run)
    return found


def words_of_each(texts: Sequence[str]) -> list[str]:
    """Return the words of each of a few short texts, a space between."""
    lines = "\n".join(texts)
    if "'" not in lines and lines.count("\n") < len(texts):  # all at once, where nothing is odd
        folded = fold(lines)
        if folded.isascii() and not _is_odd(folded):
            spaced = folded.encode("ascii").translate(_SPACED).decode("ascii")
            while "  " in spaced:
                spaced = spaced.replace("  ", " ")
            return [line.strip(" ") for line in spaced.split("\n")]
    return [" ".join(words(text)) for text in texts]
