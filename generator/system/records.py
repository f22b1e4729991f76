"""Values packed one behind the other, of which each is read where it lies, by its number.

First stands how many there are, then where each starts and the last one ends, then the CRC-32 of
each; all numbers have four bytes.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate

_NUMBER = array("I").itemsize


class Damaged(Exception):
    """Packed data is not what was packed."""


def pack(values: Sequence[bytes]) -> bytes:
    """Return ``values`` packed."""
    head = array("I", [len(values), *accumulate(map(len, values), initial=0)])
    head.extend(map(zlib.crc32, values))
    return b"".join([head.tobytes(), *values])


class Records:
    """What was packed as ``data``, which may be a file's that is mapped: nothing of it is copied.

    To ask for one that is damaged raises Damaged.
    """

    __slots__ = ("_begin", "_checksums", "_data", "_starts")

    def __init__(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        count = int.from_bytes(view[:_NUMBER].tobytes(), sys.byteorder)
        ends = _NUMBER * (count + 2)
        self._begin = ends + _NUMBER * count
        if not _NUMBER <= self._begin <= len(view):
            raise Damaged("it is cut short")
        self._starts = array("I", view[_NUMBER:ends].tobytes())
        if self._begin + self._starts[count] != len(view):
            raise Damaged("it has another size than was packed")
        self._checksums = array("I", view[ends : self._begin].tobytes())
        self._data = view

    def __len__(self) -> int:
        return len(self._checksums)

    def __getitem__(self, number: int) -> memoryview:
        begin, starts = self._begin, self._starts
        found = self._data[begin + starts[number] : begin + starts[number + 1]]
        if zlib.crc32(found) != self._checksums[number]:
            raise Damaged(f"the value {number} is another one than was packed")
        return found

    def __iter__(self) -> Iterator[memoryview]:
        return map(self.__getitem__, range(len(self)))
