"""Blocks to shards: the index cut into ranges of words, each small enough for one download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import NamedTuple

from generator.search.blocks import Block
from generator.search.coding import WORD, in_order, shared, skip

_WORD_BYTES = 3  # what a word itself takes in a shard, after gzip
_SIGNS_TO_BYTES = 7, 9  # what gzip makes of the rows
_AIM = 3, 2


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
    loads and the neighbours that come with a wanted word together weigh least.
    """
    times, over = _AIM
    aim = max(400, isqrt(sum(map(_weight, entries))) * times // over)
    shards: list[Shard] = []
    run: list[Entry] = []
    size = 0
    for entry in entries:
        weight = _weight(entry)
        if size + weight > aim and run:
            end = len(run) if weight > aim else _best_end([*run, entry])
            shards.append(_shard(run[:end]))
            run = run[end:]
            size = sum(map(_weight, run))
        if weight > aim:
            shards += [_shard(run)] * bool(run)
            shards.append(_shard([entry], entry.documents.bit_length()))
            run, size = [], 0
        else:
            run.append(entry)
            size += weight
    return [*shards, *[_shard(run)] * bool(run)]


def _weight(entry: Entry) -> int:
    times, over = _SIGNS_TO_BYTES
    return len(entry.row) * times // over + _WORD_BYTES


def _shard(run: list[Entry], weight: int = 0) -> Shard:
    return Shard(
        [entry.word for entry in run],
        "".join([entry.row for entry in run]),
        "".join([WORD + entry.places for entry in run]),
        weight,
    )


def _best_end(run: list[Entry]) -> int:
    """Return where to end a shard: at the place that makes the list of shards shortest.

    That is in the last third of ``run``, before the word that takes the fewest letters to tell
    from the one before it.
    """
    last = len(run) - 1
    places = range(last, max(1, last * 2 // 3) - 1, -1)
    return min(places, key=lambda place: shared(run[place - 1].word, run[place].word), default=last)


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
