"""Text to words, the same for the index and for a query.

A word is a run of letters and digits, in small letters, without accents; hyphens, quotes and
all other signs part words. ``static/js/search-words.js`` is the same in the browser, and
``tests/search/test_words.py`` holds the two together. There is no stemmer: words are indexed
as they are written, and the client joins their forms when a query asks for it.
"""

from __future__ import annotations

import re
import unicodedata

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
_ACCENTS = re.compile("[\u0300-\u036f]+")
_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}  # what parts ASCII words
# Chinese characters and kana are words of one sign each: they are written without spaces.
_WORD = re.compile("[぀-ヿ㐀-䶿一-鿿]|[^\\W_぀-ヿ㐀-䶿一-鿿]+")
_POSSESSIVE = re.compile(r"'s(?![^\W_])")


def fold(text: str) -> str:
    """Return ``text`` in small letters, without accents and without a possessive ``'s``."""
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", text).lower()
        text = _ACCENTS.sub("", text).translate(_LETTERS)
    return _POSSESSIVE.sub(" ", text) if "'s" in text else text


def words(text: str) -> list[str]:
    """Return the words of ``text`` in their order."""
    folded = fold(text)
    return folded.translate(_SPACED).split() if folded.isascii() else _WORD.findall(folded)
