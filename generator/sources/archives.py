"""Compressed documents (.gz, .xz) opened, as far as they are what people make.

Text shrinks to a fifth, pages that repeat themselves to a twentieth. An archive that holds far more
than that is made to fill a machine's memory, and is refused after as much as an honest one could
hold.
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import Protocol

from generator.sources.document import Document
from generator.system.errors import SourceError

_RATIO = 30
_ALWAYS = 2**20  # as much may come out of the smallest archive
_LARGEST = 2**30
# What its maker may ask of our memory for a dictionary: `xz -9` takes 65 MB.
_MEMORY = 2**27
_ENOUGH = 1000  # archives behind each other in one file


class _Opener(Protocol):
    """What opens one archive, a piece at a time."""

    @property
    def eof(self) -> bool:
        """Whether the archive has ended."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind it."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Return at most ``max_length`` bytes of what ``data`` holds."""


def _gzip() -> _Opener:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _xz() -> _Opener:
    return lzma.LZMADecompressor(memlimit=_MEMORY)


# How an archive begins, and what opens it.
_COMPRESSED: Mapping[bytes, Callable[[], _Opener]] = {
    b"\xfd7zXZ\x00": _xz,
    b"\x1f\x8b": _gzip,
}


def expanded(document: Document) -> Document:
    """Return the document, decompressed if it is an .xz or .gz archive; else SourceError."""
    for magic, opener in _COMPRESSED.items():
        if document.data.startswith(magic):
            return document._replace(data=_opened(document, magic, opener))
    return document


def most(data: bytes) -> int:
    """Return how many bytes an honest archive of the size of ``data`` could hold."""
    return min(max(_ALWAYS, _RATIO * len(data)), _LARGEST)


def _opened(document: Document, magic: bytes, opener: Callable[[], _Opener]) -> bytes:
    """Return what all archives in the document hold, one behind the other."""
    limit = most(document.data)
    rest = document.data
    parts: list[bytes] = []
    for _ in range(_ENOUGH):
        archive = opener()
        try:
            part = archive.decompress(rest, limit + 1)
        except (zlib.error, lzma.LZMAError, MemoryError) as error:
            raise _damaged(document, str(error)) from None
        limit -= len(part)
        if limit < 0:
            message = (
                "the archive holds far more than a list of papers of its size would: "
                "unpack it and look at it"
            )
            raise SourceError(document.name, 0, message)
        parts.append(part)
        if not archive.eof:
            raise _damaged(document, "it ends too early")
        rest = archive.unused_data.lstrip(b"\0")  # xz may be padded
        if not rest.startswith(magic):
            break
    return b"".join(parts)


def _damaged(document: Document, reason: str) -> SourceError:
    return SourceError(document.name, 0, f"the archive is damaged or cut off: {reason}")
