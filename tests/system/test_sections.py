"""A file of named sections: what was added is read, and what is damaged is none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.system.sections import Sections

HEADER = b"here\n"


def written(file: io.BytesIO | None = None) -> bytes:
    """Return a file of two sections."""
    file = file or io.BytesIO()
    made = Sections.begun(file, HEADER)
    for name, data in (("one", b"first"), ("one", b"ly"), ("two", b"second"), ("none", b"")):
        made.add(name, data)
    made.end()
    return file.getvalue()


def opened(data: bytes, header: bytes = HEADER) -> Sections | None:
    """Return the sections of a file that holds ``data``."""
    return Sections.opened(io.BytesIO(data), header)


@pytest.mark.parametrize(
    ("name", "start", "size", "data"),
    [
        ("one", 0, None, b"firstly"),
        ("one", 5, 2, b"ly"),
        ("one", 5, 9, b"ly"),
        ("two", 0, 3, b"sec"),
        ("two", 9, None, b""),
        ("none", 0, None, b""),
        ("other", 0, None, b""),
    ],
)
def test_what_was_added_is_read(
    tmp_path: Path, name: str, start: int, size: int | None, data: bytes
) -> None:
    """A part of a section or all of it, and nothing that is behind it; on the disk or in memory."""
    place = tmp_path / "file"
    place.write_bytes(written())
    with place.open("rb") as file:
        for found in (Sections.opened(file, HEADER), opened(written())):
            assert found is not None
            assert found.read(name, start, size) == data


def test_what_is_being_written_can_be_read(tmp_path: Path) -> None:
    """What comes later stands behind it all the same."""
    with (tmp_path / "file").open("w+b") as file:
        made = Sections.begun(file, HEADER)
        made.add("one", b"first")
        assert made.read("one") == b"first"
        made.add("two", b"second")
        made.end()
    with (tmp_path / "file").open("rb") as file:
        found = Sections.opened(file, HEADER)
        assert found is not None
        assert (found.read("one"), found.read("two")) == (b"first", b"second")
        assert Sections.opened(file, HEADER, found.checksum) is not None
        assert Sections.opened(file, HEADER, found.checksum ^ 1) is None


@given(st.integers(0, len(written()) - 1), st.integers(0, 7))
def test_what_is_damaged_is_none(place: int, bit: int) -> None:
    """Whichever bit is another one; also where the end is missing, or the header is another's."""
    data = bytearray(written())
    data[place] ^= 1 << bit
    assert opened(bytes(data)) is None
    assert opened(written()[:place]) is None
    assert opened(written(), b"there") is None
