"""Text to words, the same for the index and for a query.

A word is a run of letters and digits, in small letters, without accents; hyphens, quotes and
all other signs part words. ``static/js/search-words.js`` is the same in the browser, and
``tests/search/test_terms.py`` holds the two together. There is no stemmer: words are indexed
as they are written, and the client joins their forms when a query asks for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from generator.text.tokens import BEYOND_ASCII, WORD, ascii_table, ascii_words

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
# Spaces for the signs of ASCII, line ends apart.
_SPACED = ascii_table(kept="\n")
_POSSESSIVE = re.compile(r"'s(?![^\W_])")


def fold(text: str) -> str:
    """Return ``text`` in small letters, without accents and without a possessive ``'s``."""
    if not text.isascii():
        text = BEYOND_ASCII.sub(lambda run: _folded(run[0]), text)
    text = text.lower()
    return _POSSESSIVE.sub(" ", text) if "'s" in text else text


@lru_cache(4096)
def _folded(run: str) -> str:
    """Return a run of characters beyond ASCII, folded: it depends on none of its neighbours.

    That is true of all but the Greek sigma at the end of a word, which becomes one in any place.
    """
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", run).lower()).translate(_LETTERS)


def words(text: str) -> list[str]:
    """Return the words of ``text`` in their order; not to be changed, as they may be kept."""
    if text.isascii() and "'" not in text:
        return ascii_words(text)
    folded = fold(text)
    return ascii_words(folded) if folded.isascii() else WORD.findall(folded)


def words_of_each(texts: Sequence[str]) -> list[str]:
    """Return the words of each of a few short texts, a space between."""
    lines = "\n".join(texts)
    if "'" not in lines and lines.count("\n") < len(texts):  # all at once, where nothing is odd
        folded = fold(lines)
        if folded.isascii():
            spaced = folded.encode("ascii").translate(_SPACED).decode("ascii")
            while "  " in spaced:
                spaced = spaced.replace("  ", " ")
            return [line.strip(" ") for line in spaced.split("\n")]
    return [" ".join(words(text)) for text in texts]
