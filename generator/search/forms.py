"""The forms of a word: number, tense and participle, as a query joins them.

Words are forms of one another if they have the same key. ``static/js/search-forms.js`` is the same
in the browser. The rules are coarse on purpose: a key is never shown, and a form that no paper has
does no harm.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PLAIN = re.compile("[a-z]{3,}")
_SIBILANT = re.compile("(?:ss|sh|ch|x|zz)es$")
_PLURAL = re.compile("[^isu]s$|^[a-z]pus$")
_DOUBLE = re.compile("([bdfglmnprstvz])\\1$")
_VOWEL = re.compile("[aeiouy]")
# One syllable that ends in one consonant: with an ending it doubles it, unless it had an e (rate).
_SHORT = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")
_SHORT_E = re.compile("[^aeiou]*[aeiou][^aeiouwxy]e")
_WHOLE = frozenset(
    re.findall(
        r"\S+",
        "always embed hundred sacred naked during lens news nothing series something species",
    )
)
"""Words whose ending is none."""
_LAST = frozenset("sedg")
"""The last letters of endings: -s, -e, -ed, -ing."""


def key_of(word: str) -> str:
    """Return the key that ``word`` shares with its forms: itself, unless it is letters of a-z."""
    # Only words that end so can lose an ending; most do not, and there are very many.
    if word[-1:] not in _LAST and word[-1:] != word[-2:-1]:
        return word
    return _key_of(word)


@lru_cache(1 << 16)
def _key_of(word: str) -> str:
    if not _PLAIN.fullmatch(word) or len(word) == 3:  # noqa: PLR2004  # too short for an ending
        return word
    return word if word in _WHOLE else _trimmed(_verb(_singular(word)))


def forms_of(word: str) -> list[str]:
    """Return every form that ``word`` can have, itself first."""
    if not _PLAIN.fullmatch(word):
        return [word]
    key = key_of(word)
    stem = key.removesuffix("e")
    endings = ("", "s", "d", "e", "es") if key.endswith("e") else ("", "s", "es", "ed", "e")
    found = {key + ending for ending in endings} | {stem + "ing", stem + "ings"}
    if key[-1] in "bdfglmnprstvz":
        found |= {key + key[-1] + ending for ending in ("", "s", "es", "ed", "ing", "ings")}
    if key.endswith("y"):
        found |= {f"{key[:-1]}ies", f"{key[:-1]}ied"}
    return [word, *sorted(one for one in found if one != word and key_of(one) == key)]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    if _SIBILANT.search(word):
        return word[:-2]
    return word[:-1] if _PLURAL.search(word) else word


def _verb(word: str) -> str:
    """Return ``word`` without the ending of a participle."""
    if word in _WHOLE or word.endswith("eed"):
        return word
    if word.endswith("ied") and len(word) > len("tied"):
        return f"{word[:-3]}y"
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word:
            if _SHORT.fullmatch(stem):
                return f"{stem}e"
            return stem if len(stem) > len("be") and _VOWEL.search(stem) else word
    return word


def _trimmed(word: str) -> str:
    """Return ``word`` without what a participle drops or doubles: a last e, a double letter."""
    if len(word) > len("use") and word.endswith("e") and not _SHORT_E.fullmatch(word):
        word = word[:-1]
    return word[:-1] if len(word) > len("use") and _DOUBLE.search(word) else word
