"""Numbers to bits to text: the packing of a shard.

Golomb-Rice codes for numbers whose mean is known on both sides (gaps between documents, lengths
of fields) and Elias gamma codes for the others. Bits are first written as a string of ``0`` and
``1``, because joining strings is what Python does fastest, and then packed in base64, which gzip
takes back to almost the number of bits. ``static/js/search-index.js`` reads them.

S. W. Golomb, "Run-length encodings", 1966; R. F. Rice, JPL Publication 79-22, 1979;
P. Elias, "Universal codeword sets and representations of the integers", 1975.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterable


def parameter(total: int, count: int) -> int:
    """Return the Rice parameter for ``count`` numbers that add up to about ``total``.

    It is the logarithm of ln 2 times the mean, rounded down, in whole numbers so that the
    browser comes to the same.
    """
    return max(0, (total * 11 // (count * 16)).bit_length() - 1)


class Rice(dict[int, str]):
    """The Rice codes of one parameter for 1, 2, ...; each is made when it is first asked for."""

    def __init__(self, parameter: int) -> None:
        super().__init__()
        self._parameter = parameter
        self._mask = (1 << parameter) - 1

    def __missing__(self, number: int) -> str:
        """Return the code of ``number - 1``: the quotient in ones, a zero, the rest in binary."""
        less = number - 1
        rest = f"{less & self._mask:0{self._parameter}b}" if self._parameter else ""
        code = self[number] = "1" * (less >> self._parameter) + "0" + rest
        return code


class Gamma(dict[int, str]):
    """The Elias gamma codes for 0, 1, ...; each is made when it is first asked for."""

    def __missing__(self, number: int) -> str:
        """Return the code of ``number + 1``: as many zeros as it has more bits, the bits."""
        binary = f"{number + 1:b}"
        code = self[number] = "0" * (len(binary) - 1) + binary
        return code


RICE = [Rice(parameter) for parameter in range(32)]
GAMMA = Gamma()


def pack(bits: str) -> str:
    """Return a string of ``0`` and ``1`` as base64; the last byte is filled up with zeros."""
    size = (len(bits) + 7) // 8
    number = int(bits.ljust(size * 8, "0") or "0", 2)
    return b2a_base64(number.to_bytes(size, "big"), newline=False).decode()


def front_code(words: Iterable[tuple[str, int]]) -> str:
    """Return ``words``, each with its weight, as text.

    Of each word: a capital for the number of letters that are as in the word before; the other
    letters; if it has a weight, one of the 15 signs from ``!`` to ``/``. Words have neither
    capitals nor such signs.
    """
    parts = []
    before = ""
    for word, weight in words:
        shared = 0
        for one, other in zip(before[:25], word, strict=False):
            # The browser counts units of UTF-16: stop before a letter that takes two.
            if one != other or one > "\uffff":
                break
            shared += 1
        mark = chr(32 + min(15, weight)) if weight else ""
        parts.append(chr(65 + shared) + word[shared:] + mark)
        before = word
    return "".join(parts)
