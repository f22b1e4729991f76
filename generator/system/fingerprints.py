"""Fingerprints of data and signatures of files: two that are equal stand for the same thing.

A signature (size and times) tells whether a file has changed since it was read, without reading it.
"""

from __future__ import annotations

import hashlib
import os
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from generator.system.errors import SourceError

SECOND_NS = 1_000_000_000
# A file changed in the same tick of the file system's clock as it was read looks unchanged. Clocks
# tick every few milliseconds; some file systems keep whole seconds, and even ones, only.
TICK_NS = SECOND_NS // 20
COARSE_TICK_NS = 2 * SECOND_NS


class Signature(NamedTuple):
    """Size in bytes and the times, in ns, at which a file's content and its inode changed."""

    size: int
    mtime: int
    ctime: int

    @property
    def settled(self) -> int:
        """The moment (ns) after which a change would have given another signature."""
        tick = TICK_NS if self.mtime % SECOND_NS else COARSE_TICK_NS
        return max(self.mtime, self.ctime) + tick

    def settled_at(self, moment: int) -> bool:
        """Say whether a change after ``moment`` (ns) would have given another signature."""
        return self.settled < moment


def of(path: str | Path) -> Signature:
    """Return the signature of the file ``path``."""
    return of_status(os.stat(path))  # noqa: PTH116  # fast, and called for every file


def read(path: str) -> tuple[bytes, Signature]:
    """Return what the file ``path`` holds, and its signature just before: in the fewest calls.

    Raises SourceError where it cannot be read.
    """
    try:
        return _read(path)
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror or error}") from None


def _read(path: str) -> tuple[bytes, Signature]:
    # A pipe that has been put in the file's place is not waited for.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    number = os.open(path, flags)
    try:
        signature = of_status(os.fstat(number))
        data = os.read(number, signature.size + 1)
        while len(data) < signature.size and (more := os.read(number, signature.size)):
            data += more
    finally:
        os.close(number)
    return data, signature


def find(path: str) -> Signature | None:
    """Return the signature of the file ``path``, or None where there is none."""
    try:
        return of_status(os.stat(path))  # noqa: PTH116  # fast, and called for every file
    except OSError:
        return None


numbers_of = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns")
"""The numbers of the signature that an ``os.stat_result`` tells."""


def of_status(status: os.stat_result) -> Signature:
    """Return the signature that ``status`` tells."""
    return Signature(*numbers_of(status))


BYTES = 12


def fingerprint(*parts: bytes | memoryview) -> bytes:
    """Return a key, BYTES long, of ``parts`` one behind the other: of SHA-256, in hardware fast."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()[:BYTES]
