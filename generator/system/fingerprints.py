"""Fingerprints of data and signatures of files: two that are equal stand for the same thing.

A signature (size and times) tells whether a file has changed since it was read, without reading it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import NamedTuple

from generator.system import files
from generator.system.errors import SourceError, SourceErrors

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
    ``root`` that does not exist has no files. Raises SourceErrors for all that is neither file nor
    folder, for links that lead out of ``root`` or to a folder, and for names that are not UTF-8.
    """
    found: dict[str, Signature] = {}
    errors: list[SourceError] = []
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            items = os.scandir(os.path.join(root, folder))  # noqa: PTH118  # fast, and called often
        except FileNotFoundError:
            continue
        except OSError as error:
            errors.append(SourceError(root / folder, 0, f"cannot be read: {error.strerror}"))
            continue
        with items:
            for item in items:
                if item.name.startswith("."):
                    continue
                try:
                    signature = _of_item(root, item)
                except SourceError as error:
                    errors.append(error)
                    continue
                if signature is None:
                    pending.append(f"{folder}{item.name}/")
                else:
                    found[folder + item.name] = signature
    if errors:
        raise SourceErrors(errors)
    return dict(sorted(found.items()))


def _of_item(root: Path, item: os.DirEntry[str]) -> Signature | None:
    """Return the signature of a file that a folder below ``root`` holds, or None of a folder.

    Raises SourceError where it is neither, or not to be trusted.
    """
    try:
        item.name.encode()
        if item.is_symlink():
            files.refuse_outside(Path(item.path), root)
        elif item.is_dir():
            return None
        status = item.stat()
    except UnicodeEncodeError:
        name = os.fsencode(item.path).decode(errors="backslashreplace")
        raise SourceError(name, 0, "its name is not UTF-8; give it another") from None
    except OSError as error:
        raise SourceError(item.path, 0, f"cannot be read: {error.strerror}") from None
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(item.path, 0, f"cannot be read: {files.kind_of(Path(item.path))}")
    return _signature(status)


def _signature(status: os.stat_result) -> Signature:
    return Signature(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


BYTES = 12


def fingerprint(*parts: bytes | memoryview) -> bytes:
    """Return a key, BYTES long, of ``parts`` one behind the other: of SHA-256, in hardware fast."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()[:BYTES]
