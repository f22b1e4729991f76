"""Named sections one behind the other in a file: written as they come, read where they lie.

The file may be large: nothing but the places of its sections is held. It begins with a header,
which says who may read it; behind it stand where the list of the sections is, and a checksum.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from typing import IO

import msgspec

BLOCK = 1 << 18  # bytes that are read at once, where all are
_HEAD = struct.Struct("<QI")
_LISTED = msgspec.msgpack.Decoder(dict[str, tuple[int, int]])


class Sections:
    """The sections of an open file, by their names."""

    def __init__(self, file: IO[bytes], header: bytes) -> None:
        self._file = file
        self._start = len(header)
        self._places: dict[str, tuple[int, int]] = {}
        self.checksum = 0
        self._end = 0
        self._is_written = True
        # Processes that share an open file share its place, too, so that they are not to move it.
        self._number: int | None = None
        if hasattr(os, "pread"):
            try:
                self._number = file.fileno()
            except OSError:  # a file in memory
                self._number = None

    @classmethod
    def begun(cls, file: IO[bytes], header: bytes = b"") -> Sections:
        """Return sections to be written into an empty ``file``."""
        made = cls(file, header)
        file.write(header + bytes(_HEAD.size))
        made._end = len(header) + _HEAD.size
        return made

    @classmethod
    def opened(
        cls, file: IO[bytes], header: bytes = b"", checksum: int | None = None
    ) -> Sections | None:
        """Return the sections in ``file``, or None where it is damaged or has another header.

        All of it is read for that, but where its ``checksum`` is known.
        """
        found = cls(file, header)
        head = found._at(0, len(header) + _HEAD.size)
        if len(head) < len(header) + _HEAD.size or not head.startswith(header):
            return None
        found._end, found.checksum = _HEAD.unpack_from(head, len(header))
        if checksum is None:
            checksum, start = 0, len(head)
            while data := found._at(start, BLOCK):
                checksum = zlib.crc32(data, checksum)
                start += len(data)
            checksum = _closed(checksum, found._end)
        if checksum != found.checksum:
            return None
        try:
            found._places = _LISTED.decode(found._at(found._end, file.seek(0, 2) - found._end))
        except (msgspec.DecodeError, ValueError, OSError, OverflowError):
            return None
        return found

    def add(self, name: str, data: bytes | memoryview) -> None:
        """Write ``data`` at the end of the section ``name``, which is the last one or a new one."""
        if self._number is None:
            self._file.seek(self._end)
        self._file.write(data)
        self._is_written = False
        self.checksum = zlib.crc32(data, self.checksum)
        start, size = self._places.get(name, (self._end, 0))
        self._places[name] = start, size + len(data)
        self._end += len(data)

    def end(self) -> None:
        """Write what is known of the sections, so that they can be opened."""
        listed = msgspec.msgpack.encode(self._places)
        self.checksum = _closed(zlib.crc32(listed, self.checksum), self._end)
        self._file.seek(self._end)
        self._file.write(listed)
        self._file.seek(self._start)
        self._file.write(_HEAD.pack(self._end, self.checksum))
        self._file.flush()

    def size(self, name: str) -> int:
        """Return how long a section is."""
        return self._places[name][1] if name in self._places else 0

    def read(self, name: str, start: int = 0, size: int | None = None) -> bytes:
        """Return ``size`` bytes of a section from ``start`` on, or all that there are."""
        begin, whole = self._places.get(name, (0, 0))
        least = max(whole - start, 0)
        return self._at(begin + start, least if size is None else min(size, least))

    def copy(self, to: Sections, name: str) -> None:
        """Write a section to another file."""
        for data in self.blocks(name):
            to.add(name, data)

    def blocks(self, name: str, size: int = BLOCK) -> Iterator[bytes]:
        """Yield a section in parts of ``size`` bytes."""
        for start in range(0, self.size(name), size):
            yield self.read(name, start, size)

    def _at(self, start: int, size: int) -> bytes:
        if not self._is_written:
            self._file.flush()
            self._is_written = True
        if self._number is not None:
            return os.pread(self._number, size, start)
        self._file.seek(start)
        return self._file.read(size)


def _closed(checksum: int, end: int) -> int:
    """Return the checksum of sections and of where they ``end``."""
    return zlib.crc32(end.to_bytes(8, "big"), checksum)
