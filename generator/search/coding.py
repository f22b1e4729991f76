"""Numbers and words to text: what the files of the index are written in.

A number is one sign of printable ASCII if it is small, two up to what a block of documents needs,
five beyond; marks are signs that are in no number. Such a text is put together by joining strings,
which is what Python does fastest, two of them can be put behind one another, and gzip takes it to
within a tenth of what Golomb codes would take. ``static/js/search-coding.js`` reads it.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from operator import sub

SIGNS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')
"""The signs that JSON takes as they are."""
WORD, TITLE_MARK, AUTHORS_MARK, VENUE_MARK = tuple(SIGNS[-4:])
_BASE = len(SIGNS) - 4
_ONE, _TWO, _SKIPS = 54, 23, 11
_LONG = _ONE + _TWO
_REST = 4  # signs of a long number after the first
_FIRST_LONG = _ONE + _TWO * _BASE
_SKIP = _LONG + 1


_SHARED = string.ascii_uppercase
_WEIGHTS = ["", *"!\"#$%&'()*+,-/:"]


class Numbers(dict[int, str]):
    """The text of 0, 1, ...; each is made when it is first asked for."""

    def __missing__(self, number: int) -> str:
        """Return the text of ``number``."""
        if number < _ONE:
            text = SIGNS[number]
        elif number < _FIRST_LONG:
            high, low = divmod(number - _ONE, _BASE)
            text = SIGNS[_ONE + high] + SIGNS[low]
        else:
            rest = number - _FIRST_LONG
            digits = [SIGNS[rest // _BASE**place % _BASE] for place in reversed(range(_REST))]
            text = SIGNS[_LONG] + "".join(digits)
        self[number] = text
        return text


NUMBERS = Numbers()


def skip(blocks: int) -> str:
    """Return the text that leads on to the block after so many others."""
    if not blocks:
        return ""
    whole, rest = divmod(blocks - 1, _SKIPS)
    return SIGNS[_SKIP + _SKIPS - 1] * whole + SIGNS[_SKIP + rest]


def rising(numbers: Sequence[int]) -> str:
    """Return rising ``numbers`` as the gaps between them, the first counted from -1."""
    return "".join(map(NUMBERS.__getitem__, map(sub, numbers, (-1, *numbers))))


def in_order(words: Iterable[str]) -> list[str]:
    """Return ``words`` sorted as JavaScript sorts and compares strings, by UTF-16 units."""
    words = list(words)
    # The two orders differ only where a letter takes two units.
    letters = "".join(words)
    is_plain = letters.isascii() or max(letters) < "\U00010000"
    return sorted(words) if is_plain else sorted(words, key=unit_key)


def unit_key(word: str) -> bytes:
    """Return what ``word`` is sorted by among others."""
    return word.encode("utf-16-be", "surrogatepass")


def shared(one: str, other: str) -> int:
    """Return how many letters two words have in common from their beginnings."""
    most = min(len(one), len(other))
    place = 0
    while place < most and one[place] == other[place]:
        place += 1
    return place


def front_code(words: Iterable[tuple[str, int]]) -> str:
    """Return ``words``, each with its weight, as text.

    Of each word: a capital for the number of letters that are as in the word before; the other
    letters; if it has a weight, one of the 15 signs from ``!`` to ``:`` but for the point and
    digits. Words have neither capitals nor such signs.
    """
    parts = []
    before = ""
    for word, weight in words:
        same = 0
        for one, other in zip(before[:25], word, strict=False):
            # The browser counts units of UTF-16: stop before a letter that takes two.
            if one != other or one > "\uffff":
                break
            same += 1
        parts.append(_SHARED[same] + word[same:] + _WEIGHTS[min(15, weight)])
        before = word
    return "".join(parts)
