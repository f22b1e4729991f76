"""Related papers: for each paper the older ones most like it, and why.

    papers = Papers.of(facts)
    if not is_of(found, papers, table):                # what an earlier run has found
        renew(facts, papers, subject_of, table, found, anew)  # only what changed is done again
    BySlug(anew)["2509.12345"]

A paper names papers of its own day or older ones, and what it is depends on no other paper: its
list stays as it is when later papers are added. What is found lies in a file, in these SECTIONS;
numpy is loaded only where something has changed.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

import msgspec

from generator.library.catalogue import Catalogue
from generator.library.vectors import Table
from generator.system.fingerprints import BYTES
from generator.system.sections import Sections

TABLE = "table"  # the key of the table
LINES, DAYS = "lines", "days"  # see Papers
ROWS, COLUMNS = "rows", "columns"  # see similarity
NEAR, SIZES = "near", "sizes"  # slug and related papers of each, packed; the size of each of these
# For each paper the checksum of its slug, and size and place of what NEAR has of it: by checksums.
# Before which of these each bucket begins: the first bits of a checksum are the number of one.
INDEX, BUCKETS = "index", "buckets"
KEYS = "keys"  # of each day its ordinal and a key of what NEAR has of its papers
FOUND = (NEAR, INDEX, BUCKETS, KEYS)
"""The sections that related papers are looked up in."""
ENTRY = struct.Struct("<IIQ")
OF_DAY = struct.Struct(f"<i{BYTES}s")
CHECKSUM_BITS = 32
KEY, END = "\0", "\n"  # what the key of a paper stands behind, and what ends its line


class Related(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A related paper, and why: telling words and authors of both; whether both name one code."""

    slug: str
    terms: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    code: bool = False


Near = tuple[Related, ...]
"""The related papers of one paper, best first."""
pack = msgspec.msgpack.Encoder().encode
unpack = msgspec.msgpack.Decoder(tuple[str, Near]).decode
_unpack_day = msgspec.msgpack.Decoder(list[tuple[str, bytes]]).decode


class Papers(NamedTuple):
    """The papers in the order of time: a line of each, its slug and a key; days, four bytes each.

    The key is one of all that a paper is compared by.
    """

    lines: bytes
    days: bytes

    @classmethod
    def of(cls, facts: Catalogue) -> Papers:
        """Return the papers of ``facts``."""
        # In one piece for a day: as objects they would take several times as much.
        by_day: dict[int, bytearray] = {}
        for slug, day in zip(facts, facts.days(facts), strict=True):
            line = f"{slug}{KEY}{facts.words((slug,)).hex()}{END}".encode()
            by_day.setdefault(day, bytearray()).extend(line)
        lines, days = bytearray(), array("i")
        for day in sorted(by_day):
            held = sorted(bytes(by_day.pop(day)).splitlines(keepends=True))
            lines += b"".join(held)
            days.extend([day] * len(held))
        return cls(bytes(lines), days.tobytes())

    @classmethod
    def within(cls, found: Sections) -> Papers:
        """Return the papers that related ones were ``found`` for."""
        return cls(found.read(LINES), found.read(DAYS))


def is_of(found: Sections, papers: Papers, table: Table) -> bool:
    """Say whether what has been ``found`` is of these ``papers``, by this ``table``."""
    return found.read(TABLE) == table.key and Papers.within(found) == papers


class RelatedPapers(Protocol):
    """The related papers of each paper, by its slug."""

    @property
    def by_day(self) -> Mapping[int, bytes]:
        """By the ordinal of each day a key of all that is told of its papers."""

    def get(self, slug: str, default: Near, /) -> Near:
        """Return the related papers of a paper, best first."""


class Unrelated(dict[str, Near]):
    """The related papers of papers of which none are known."""

    by_day: Mapping[int, bytes] = MappingProxyType({})


class BySlug(Mapping[str, Near]):
    """The related papers of each paper, by its slug: read one by one when they are asked for."""

    def __init__(self, found: Sections) -> None:
        self._found = found
        self.by_day: Mapping[int, bytes] = dict(OF_DAY.iter_unpack(found.read(KEYS)))
        # Of each paper, 16 bytes and a bit: read from the file, they would take half the time.
        self._index = found.read(INDEX)
        self._buckets = memoryview(found.read(BUCKETS)).cast("I")
        self._shift = CHECKSUM_BITS - (len(self._buckets) - 1).bit_length() + 1

    def __getitem__(self, slug: str) -> Near:
        checksum = zlib.crc32(slug.encode())
        for one, size, start in self._entries(checksum >> self._shift):
            if one == checksum:
                own, near = unpack(self._found.read(NEAR, start, size))
                if own == slug:
                    return near
        raise KeyError(slug)

    def _entries(self, bucket: int) -> Iterator[tuple[int, int, int]]:
        """Return the entries of a bucket: checksum, size and place of each."""
        begin, end = self._buckets[bucket], self._buckets[bucket + 1]
        return ENTRY.iter_unpack(self._index[begin * ENTRY.size : end * ENTRY.size])

    def __iter__(self) -> Iterator[str]:
        for bucket in range(len(self._buckets) - 1):
            for _, size, start in self._entries(bucket):
                yield unpack(self._found.read(NEAR, start, size))[0]

    def __len__(self) -> int:
        return self._buckets[-1]
