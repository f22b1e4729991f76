"""Marks of papers that tell at a glance which two are surely different works and share no author.

For most that is all there is to be known; the others have to be looked at.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

# Checksums of the title, the arXiv id and the address of the code, 0 where there is none; a bit for
# each author, where two authors may have the same.
MARKS = np.dtype([("title", "<u4"), ("arxiv", "<u4"), ("code", "<u4"), ("authors", "<u8", (4,))])
_PACKED = struct.Struct("<III32s")
_AUTHOR_BITS = 256

Marks = npt.NDArray[np.void]


def packed(title: str, arxiv: str, code: str, authors: Collection[str]) -> bytes:
    """Return the MARKS of a paper."""
    bits = 0
    for name in authors:
        bits |= 1 << zlib.crc32(name.encode()) % _AUTHOR_BITS
    sums = (zlib.crc32(text.encode()) for text in (title, arxiv, code))
    return _PACKED.pack(*sums, bits.to_bytes(_AUTHOR_BITS // 8, "little"))


def doubts(marks: Marks) -> npt.NDArray[np.int64]:
    """Return for each of some papers with which of the others in its row it may be one work.

    The place of each in the row stands for a bit.
    """
    one, other = marks[:, :, None], marks[:, None, :]
    may_be = one["title"] == other["title"]
    may_be |= (one["arxiv"] == other["arxiv"]) & (one["arxiv"] != 0)
    may_be |= (one["authors"] & other["authors"]).any(axis=3)
    bits: npt.NDArray[np.int64] = may_be @ (1 << np.arange(marks.shape[1]))
    return bits


def common(marks: Marks) -> npt.NDArray[np.bool_]:
    """Say which of the papers in each row may share authors or code with the first."""
    first = marks[:, :1]
    of_code = (first["code"] == marks["code"]) & (first["code"] != 0)
    found: npt.NDArray[np.bool_] = of_code | (first["authors"] & marks["authors"]).any(axis=2)
    return found
