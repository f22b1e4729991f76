"""Packed values: each comes out as it went in, by its number, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.system import records
from generator.system.records import Damaged, Records


@given(st.lists(st.binary(max_size=40), max_size=9))
def test_values_come_out_as_they_went_in(values: list[bytes]) -> None:
    """All of them, and any by itself, of bytes and of what is mapped alike."""
    data = records.pack(values)
    for found in (Records(data), Records(memoryview(data))):
        assert len(found) == len(values)
        assert list(map(bytes, found)) == values
        assert [bytes(found[number]) for number in reversed(range(len(values)))] == values[::-1]


def test_a_number_that_there_is_not() -> None:
    """Is an IndexError."""
    with pytest.raises(IndexError):
        Records(records.pack([b"a"]))[1]


@pytest.mark.parametrize("size", range(32))
def test_what_is_cut_short_is_damaged(size: int) -> None:
    """Wherever it is cut."""
    data = records.pack([b"first", b"second"])
    assert size < len(data)
    with pytest.raises(Damaged):
        list(Records(data[:size]))


def test_every_change_is_seen() -> None:
    """Of any bit: in the head, or in the value that is asked for."""
    data = records.pack([b"first", b"second"])
    for place in range(len(data) * 8):
        other = bytearray(data)
        other[place // 8] ^= 1 << place % 8
        try:
            found = list(map(bytes, Records(bytes(other))))
        except Damaged:
            continue
        pytest.fail(f"bit {place} was another one, and {found} came out")


def test_a_value_does_not_suffer_from_another_one() -> None:
    """What is whole is had, what is not is not."""
    data = bytearray(records.pack([b"first", b"second"]))
    data[-1] ^= 1
    found = Records(bytes(data))
    assert bytes(found[0]) == b"first"
    with pytest.raises(Damaged):
        found[1]
