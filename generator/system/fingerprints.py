"""Fingerprints of data and signatures of files: two that are equal stand for the same thing.

A signature (size and times) tells whether a file has changed since it was read, without reading it.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

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

    def settled_at(self, moment: int) -> bool:
        """Say whether a change after ``moment`` (ns) would have given another signature."""
        tick = TICK_NS if self.mtime % SECOND_NS else COARSE_TICK_NS
        return max(self.mtime, self.ctime) + tick < moment


def of(path: str | Path) -> Signature:
    """Return the signature of the file ``path``."""
    return _signature(os.stat(path))  # noqa: PTH116  # fast, and called for every file


def read(path: str) -> tuple[bytes, Signature]:
    """Return what the file ``path`` holds, and its signature just before: in the fewest calls."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        signature = _signature(os.fstat(number))
        data = os.read(number, signature.size + 1)
        while len(data) < signature.size and (more := os.read(number, signature.size)):
            data += more
    finally:
        os.close(number)
    return data, signature


def find(path: str) -> Signature | None:
    """Return the signature of the file ``path``, or None where there is none."""
    try:
        return _signature(os.stat(path))  # noqa: PTH116  # fast, and called for every file
    except OSError:
        return None


def scan(root: Path) -> dict[str, Signature]:
    """Return the signature of every file below ``root``, sorted by path.

    Paths are relative, with ``/`` between folders. Hidden files and folders are passed over; a
    ``root`` that does not exist has no files.
    """
    found: dict[str, Signature] = {}
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            items = os.scandir(os.path.join(root, folder))  # noqa: PTH118  # fast, and called often
        except FileNotFoundError:
            continue
        with items:
            for item in items:
                if item.name.startswith("."):
                    continue
                if item.is_dir():
                    pending.append(f"{folder}{item.name}/")
                else:
                    found[folder + item.name] = _signature(item.stat())
    return dict(sorted(found.items()))


def _signature(status: os.stat_result) -> Signature:
    return Signature(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


BYTES = 12


def fingerprint(*parts: bytes | memoryview) -> bytes:
    """Return a key, BYTES long, of ``parts`` one behind the other: of SHA-256, in hardware fast."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()[:BYTES]
