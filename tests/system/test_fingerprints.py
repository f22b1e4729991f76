"""Short keys of data, and the signatures by which a file is known to be as it was."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from generator.system import fingerprints
from generator.system.errors import SourceError
from generator.system.fingerprints import BYTES, SECOND_NS, Signature, fingerprint

NOON = 1_700_000_000 * SECOND_NS
ODD = NOON + 1  # of a file system that keeps more than seconds


@pytest.mark.parametrize(
    ("parts", "data"),
    [((), b""), ((b"a",), b"a"), ((b"a", b"", b"bc"), b"abc"), ((memoryview(b"abc"),), b"abc")],
)
def test_it_is_the_beginning_of_a_hash(parts: tuple[bytes | memoryview, ...], data: bytes) -> None:
    """Of all parts, however they are cut."""
    assert fingerprint(*parts) == hashlib.sha256(data).digest()[:BYTES]
    assert BYTES == 12


@pytest.mark.parametrize(
    ("mtime", "ctime", "moment", "settled"),
    [
        (ODD, ODD, ODD + SECOND_NS // 20, False),
        (ODD, ODD, ODD + SECOND_NS // 20 + 1, True),
        (ODD - SECOND_NS, ODD, ODD + SECOND_NS // 20, False),
        (ODD, ODD - SECOND_NS, ODD + SECOND_NS // 20, False),
        (NOON, NOON, NOON + SECOND_NS, False),
        (NOON, NOON, NOON + 2 * SECOND_NS, False),
        (NOON, NOON, NOON + 2 * SECOND_NS + 1, True),
        (ODD, ODD, ODD - SECOND_NS, False),
    ],
)
def test_a_file_is_settled_once_a_change_would_show(
    mtime: int, ctime: int, moment: int, *, settled: bool
) -> None:
    """After a twentieth of a second; after two where whole seconds are kept."""
    assert Signature(1, mtime, ctime).settled_at(moment) is settled


@pytest.mark.parametrize("data", [b"", b"a", b"ab" * 50_000])
def test_a_file_is_read_with_its_signature(tmp_path: Path, data: bytes) -> None:
    """All of it."""
    file = tmp_path / "a"
    file.write_bytes(data)
    status = file.stat()
    signature = Signature(len(data), status.st_mtime_ns, status.st_ctime_ns)
    assert fingerprints.read(str(file)) == (data, signature)
    assert fingerprints.of(file) == fingerprints.find(str(file)) == signature


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Has no signature, and cannot be read."""
    assert fingerprints.find(str(tmp_path / "a")) is None
    with pytest.raises(SourceError, match=r"a: cannot be read: No such file"):
        fingerprints.read(str(tmp_path / "a"))
