"""Runs: the words of a block by their beginnings, in pieces that can be read one after the other.

The words of all blocks are merged beginning by beginning. Of a block that lies packed, no more than
one piece has to be in memory meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, count
from typing import NamedTuple

import msgspec

from generator.search.coding import WORD, unit_key

_PIECE = 1 << 15  # signs of a piece, or a little more


class Run(NamedTuple):
    """Words that begin with the same letters, in no order, and what a block says of them.

    In columns, which are read, written and kept at once: ``words`` with a space between, behind a
    mark each rank, row and place, and numbers of documents.
    """

    beginning: str
    words: str
    ranks: str
    rows: str
    places: str
    documents: list[int]

    def cells(self) -> Iterator[tuple[str, str, str, str, int]]:
        """Return each word with its rank, its row, its places and how many documents have it."""
        _, *ranks = self.ranks.split(WORD)
        _, *rows = self.rows.split(WORD)
        _, *places = self.places.split(WORD)
        return zip(self.words.split(" "), ranks, rows, places, self.documents, strict=True)


_PACKED = msgspec.msgpack.Decoder(list[Run])


def pieces(runs: Iterable[Run]) -> Iterator[bytes]:
    """Yield ``runs`` packed, some of them at a time."""
    held: list[Run] = []
    size = 0
    for run in runs:
        held.append(run)
        size += len(run.rows) + len(run.places)
        if size >= _PIECE:
            yield msgspec.msgpack.encode(held)
            held, size = [], 0
    if held:
        yield msgspec.msgpack.encode(held)


def unpacked(packed: Iterable[bytes | memoryview]) -> Iterator[Run]:
    """Yield the runs of pieces, each piece unpacked when its first one is asked for."""
    yield from chain.from_iterable(map(_PACKED.decode, packed))


def merged(blocks: Sequence[Iterable[Run]]) -> Iterator[tuple[int, Run]]:
    """Yield the runs of all blocks, each with the number of its block: by beginning, then block.

    Those of each block are in the order of their beginnings.
    """
    for _, number, run in merge(*map(_numbered, count(), blocks)):
        yield number, run


def _numbered(number: int, runs: Iterable[Run]) -> Iterator[tuple[bytes, int, Run]]:
    return ((unit_key(run.beginning), number, run) for run in runs)
