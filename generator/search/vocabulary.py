"""The words of the index by their beginnings, for the client to correct a typo from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

Counted = tuple[str, int]
_WORDS = 1500


def parts(words: Iterable[Counted]) -> list[list[Counted]]:
    """Return sorted ``words`` cut where a first letter begins, into parts of about _WORDS or more.

    A typo seldom changes the first letter: the client loads the one part, not the whole. What
    comes after ``z`` stays with it.
    """
    found: list[list[Counted]] = []
    for _, group in groupby(words, key=lambda counted: min(counted[0][0], "z")):
        if not found or len(found[-1]) >= _WORDS:
            found.append([])
        found[-1].extend(group)
    return found
