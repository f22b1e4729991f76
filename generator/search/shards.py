"""Blocks to shards: the index cut into ranges of words, each small enough for one download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isqrt
from typing import NamedTuple

from generator.search.blocks import Block
from generator.search.coding import WORD, in_order, shared, skip

_WORD_BYTES = 3  # what a word itself takes in a shard, after gzip


class Entry(NamedTuple):
    """A word of all blocks: its row, its places, the number of its documents."""

    word: str
    row: str
    places: str
    documents: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Neighbouring words: their rows, and where they stand, for phrases, each behind a mark.

    ``weight`` is 0, or for a word that fills a shard alone the binary logarithm of the number of
    its documents.
    """

    words: list[str]
    rows: str
    places: str
    weight: int = 0


def merge(blocks: Sequence[Block]) -> list[Entry]:
    """Return each word in order.

    A row is a mark, the rank of the word in the first block that has it, and what each block has,
    behind the skip that leads there. It is done beginning by beginning: what one needs is near, and
    to wait for memory is what costs here.
    """
    skips = [skip(number) for number in range(len(blocks))]
    entries: list[Entry] = []
    for beginning in in_order({beginning for block in blocks for beginning in block.words}):
        found: dict[str, tuple[int, str, str, int]] = {}
        for number, block in enumerate(blocks):
            for word, (rank, row, places, count) in block.words.get(beginning, ()):
                if word in found:
                    last, its, where, total = found[word]
                    its += skips[number - last] + row
                    found[word] = number, its, where + places, total + count
                else:
                    found[word] = number, WORD + rank + skips[number] + row, places, count
        entries += [Entry(word, *found[word][1:]) for word in in_order(found)]
    return entries


def cut(entries: Sequence[Entry]) -> list[Shard]:
    """Return the shards of all words.

    The size aimed at grows with the root of the whole: there, the list of shards that everyone
    loads and the neighbours that come with a wanted word together weigh least. Gzip makes seven
    bytes of nine signs of a row.
    """
    sizes = [len(entry.row) * 7 // 9 + _WORD_BYTES for entry in entries]
    ends = [0, *accumulate(sizes)]
    aim = max(400, isqrt(ends[-1]) * 3 // 2)
    shards: list[Shard] = []
    start = 0
    for at, size in enumerate(sizes):
        if at > start and ends[at + 1] - ends[start] > aim:
            end = at if size > aim else _best_end(entries, start, at)
            shards.append(_shard(entries[start:end]))
            start = end
        if size > aim:
            shards.append(_shard(entries[at : at + 1], entries[at].documents.bit_length()))
            start = at + 1
    return [*shards, *[_shard(entries[start:])] * (start < len(entries))]


def _shard(run: Sequence[Entry], weight: int = 0) -> Shard:
    return Shard(
        [entry.word for entry in run],
        "".join([entry.row for entry in run]),
        "".join([WORD + entry.places for entry in run]),
        weight,
    )


def _best_end(entries: Sequence[Entry], start: int, end: int) -> int:
    """Return where to end the shard from ``start``, to make the list of shards shortest.

    That is in the last third before ``end``, before the word that takes the fewest letters to tell
    from the one before it.
    """
    places = range(end, start + max(1, (end - start) * 2 // 3) - 1, -1)
    return min(places, key=lambda place: shared(entries[place - 1].word, entries[place].word))


def separators(shards: Iterable[Shard]) -> list[str]:
    """Return for each shard the shortest text that is after all words before it.

    The whole word where a shard is one word alone, so that the client knows it by the list.
    """
    found = []
    before = ""
    for shard in shards:
        word = shard.words[0]
        found.append(word if shard.weight else word[: shared(before, word) + bool(before)])
        before = shard.words[-1]
    return found
