"""Packing numbers and words: what goes in comes out."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.bits import GAMMA, RICE, front_code, pack, parameter


@pytest.mark.parametrize(
    ("total", "count", "expected"),
    [(0, 1, 0), (1, 1, 0), (10, 10, 0), (3, 1, 1), (100, 10, 2), (50_000, 1, 15), (50_000, 7, 12)],
)
def test_parameter(total: int, count: int, expected: int) -> None:
    """About the logarithm of the mean, in whole numbers."""
    assert parameter(total, count) == expected


@pytest.mark.parametrize(
    ("k", "number", "expected"), [(0, 1, "0"), (0, 4, "1110"), (2, 1, "000"), (2, 7, "1010")]
)
def test_rice(k: int, number: int, expected: str) -> None:
    """The quotient in ones, a zero, the rest in binary."""
    assert RICE[k][number] == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "1"), (1, "010"), (2, "011"), (6, "00111")])
def test_gamma(number: int, expected: str) -> None:
    """As many zeros as the number above has more bits than one, then its bits."""
    assert GAMMA[number] == expected


@given(st.text("01", max_size=100))
def test_pack(bits: str) -> None:
    """Base64 of the bits, filled up with zeros."""
    raw = base64.b64decode(pack(bits))
    assert "".join(f"{byte:08b}" for byte in raw).rstrip("0") == bits.rstrip("0")


WORDS = st.lists(st.tuples(st.text("ab1é𠀀", min_size=1, max_size=40), st.integers(0, 15)))


@given(WORDS)
def test_front_code(words: list[tuple[str, int]]) -> None:
    """Read as the client reads it, the code gives the words and weights back."""
    words.sort()
    found, word = [], b""
    for capital, rest, mark in re.findall("([A-Z])([^A-Z!-/]*)([!-/]?)", front_code(words)):
        # The client cuts strings by units of UTF-16.
        word = word[: (ord(capital) - 65) * 2] + rest.encode("utf-16-le")
        found.append((word.decode("utf-16-le"), ord(mark) - 32 if mark else 0))
    assert found == words
