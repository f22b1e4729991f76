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

    __slots__ = ("_checksums", "_starts", "_values")

    def __init__(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        count = int.from_bytes(view[:_NUMBER].tobytes(), sys.byteorder)
        ends = _NUMBER * (count + 2)
        begin = ends + _NUMBER * count
        if not _NUMBER <= begin <= len(view):
            raise Damaged("it is cut short")
        self._starts = array("I", view[_NUMBER:ends].tobytes())
        if begin + self._starts[count] != len(view):
            raise Damaged("it has another size than was packed")
        self._checksums = view[ends:begin].cast("I")
        self._values = view[begin:]

    def __len__(self) -> int:
        return len(self._checksums)

    def at(self, number: int) -> memoryview:
        """Return the value ``number`` unchecked: for data of which all has been checked."""
        starts = self._starts
        return self._values[starts[number] : starts[number + 1]]

    def __getitem__(self, number: int) -> memoryview:
        found = self.at(number)
        if zlib.crc32(found) != self._checksums[number]:
            raise Damaged(f"the value {number} is another one than was packed")
        return found

    def __iter__(self) -> Iterator[memoryview]:
        return map(self.__getitem__, range(len(self)))
