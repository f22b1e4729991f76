"""Blocks to shards: the index cut into ranges of words, each small enough for one download.

Beside them lie the words themselves by their beginnings, for the client to correct a typo from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from math import isqrt
from typing import NamedTuple

from generator.search.blocks import Block
from generator.search.coding import WORD, in_order, shared, skip

Counted = tuple[str, int]
_WORDS = 1500


def parts(words: Iterable[Counted]) -> list[list[Counted]]:
    """Return sorted ``words`` cut where a first letter begins, into parts of about _WORDS or more.

    A typo seldom changes the first letter: the client loads the one part, not the whole. What
    comes after ``z`` stays with it.
    """
    found: list[list[Counted]] = []
    for _, group in groupby(words, key=lambda counted: min(counted[0][0], "z")):
        if not found or len(found[-1]) >= _WORDS:
            found.append([])
        found[-1].extend(group)
    return found


MANY = 1450
_WORD_BYTES = 3  # what a word itself takes in a shard, after gzip


class Lexicon(NamedTuple):
    """The words of all blocks in order, and of each its row, its places, how many documents."""

    words: list[str]
    rows: list[str]
    places: list[str]
    documents: list[int]


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


def merge(blocks: Sequence[Block]) -> Lexicon:
    """Return each word in order.

    A row is a mark, the rank of the word in the first block that has it, and what each block has,
    behind the skip that leads there. It is done beginning by beginning: what one needs is near, and
    to wait for memory is what costs here.
    """
    skips = [skip(number) for number in range(len(blocks))]
    whole = Lexicon([], [], [], [])
    for beginning in in_order({beginning for block in blocks for beginning in block.runs}):
        rows: dict[str, list[str]] = {}
        places: dict[str, list[str]] = {}
        documents: dict[str, int] = {}
        last: dict[str, int] = {}
        for number, block in enumerate(blocks):
            run = block.runs.get(beginning)
            for word, rank, row, its_places, count in run.cells() if run else ():
                if word in rows:
                    rows[word] += (skips[number - last[word]], row)
                    places[word].append(its_places)
                    documents[word] += count
                else:
                    rows[word] = [WORD, rank, skips[number], row]
                    places[word] = [its_places]
                    documents[word] = count
                last[word] = number
        words = in_order(rows)
        whole.words.extend(words)
        whole.rows.extend(map("".join, map(rows.__getitem__, words)))
        whole.places.extend(map("".join, map(places.__getitem__, words)))
        whole.documents.extend(map(documents.__getitem__, words))
    return whole


def cut(lexicon: Lexicon) -> list[Shard]:
    """Return the shards of all words.

    The size aimed at grows with the root of the whole: there, the list of shards that everyone
    loads and the neighbours that come with a wanted word together weigh least. From MANY shards on
    it grows with the whole: every change writes all of them, and near the least, half as large
    again costs a reader little. Gzip makes seven bytes of nine signs of a row.
    """
    sizes = [len(row) * 7 // 9 + _WORD_BYTES for row in lexicon.rows]
    ends = [0, *accumulate(sizes)]
    aim = max(400, isqrt(ends[-1]) * 3 // 2, ends[-1] // MANY)
    shards: list[Shard] = []
    start = 0
    for at, size in enumerate(sizes):
        if at > start and ends[at + 1] - ends[start] > aim:
            end = at if size > aim else _best_end(lexicon.words, start, at)
            shards.append(_shard(lexicon, start, end))
            start = end
        if size > aim:
            shards.append(_shard(lexicon, at, at + 1, lexicon.documents[at].bit_length()))
            start = at + 1
    return [*shards, *[_shard(lexicon, start, len(sizes))] * (start < len(sizes))]


def _shard(lexicon: Lexicon, start: int, end: int, weight: int = 0) -> Shard:
    return Shard(
        lexicon.words[start:end],
        "".join(lexicon.rows[start:end]),
        WORD + WORD.join(lexicon.places[start:end]),
        weight,
    )


def _best_end(words: Sequence[str], start: int, end: int) -> int:
    """Return where to end the shard from ``start``, to make the list of shards shortest.

    That is in the last third before ``end``, before the word that takes the fewest letters to tell
    from the one before it.
    """
    places = range(end, start + max(1, (end - start) * 2 // 3) - 1, -1)
    return min(places, key=lambda place: shared(words[place - 1], words[place]))


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
