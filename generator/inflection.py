"""A word in its other number: what lets *policies* meet *policy*.

This is for looking up, not for writing: a form that is no word does no harm, as no text has it.
"""

from __future__ import annotations

import re

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
