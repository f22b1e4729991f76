"""Short keys of data."""

from __future__ import annotations

import hashlib

import pytest

from generator.system.fingerprints import BYTES, fingerprint


@pytest.mark.parametrize(
    ("parts", "data"),
    [((), b""), ((b"a",), b"a"), ((b"a", b"", b"bc"), b"abc"), ((memoryview(b"abc"),), b"abc")],
)
def test_it_is_the_beginning_of_a_hash(parts: tuple[bytes | memoryview, ...], data: bytes) -> None:
    """Of all parts, however they are cut."""
    assert fingerprint(*parts) == hashlib.sha256(data).digest()[:BYTES]
