"""Blocks to shards: the index cut into ranges of words, each small enough for one download.

Words stand in the order of the keys that they share with their forms (``forms.py``), and no two
forms in different shards: whoever asks for a word asks for all of them.

Beside them lie the words themselves by their beginnings, for the client to correct a typo from.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from math import isqrt
from pathlib import Path
from typing import Any

from generator.search.coding import WORD, in_order, shared, skip
from generator.search.forms import key_of
from generator.search.runs import Run, merged
from generator.search.texts import Texts

Counted = tuple[str, int]
_WORDS = 1500


def parts(words: Iterable[Counted]) -> Iterator[list[Counted]]:
    """Yield sorted ``words`` cut where a first letter begins, into parts of about _WORDS or more.

    A typo seldom changes the first letter: the client loads the one part, not the whole. What
    comes after ``z`` stays with it.
    """
    found: list[Counted] = []
    for _, group in groupby(words, key=lambda counted: min(counted[0][0], "z")):
        if len(found) >= _WORDS:
            yield found
            found = []
        found.extend(group)
    if found:
        yield found


MANY = 1450
_WORD_BYTES = 3  # what a word itself takes in a shard, after gzip


_Merged = list[Any]
"""Of a word the last block that has it, its documents, and the parts of its row and places."""


class Lexicon:
    """The words of all blocks in order, and of each its key, row, places, how many documents.

    Rows and places, each behind a mark, are most of an index: they lie in files.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.words: list[str] = []
        self.keys: list[str] = []
        self.documents = array("L")
        self.rows, self.places = Texts(folder), Texts(folder)

    def counted(self) -> Iterator[Counted]:
        """Yield each word and how many documents have it."""
        return zip(self.words, self.documents, strict=True)


@dataclass(frozen=True, slots=True)
class Shard:
    """Neighbouring words: their rows, and where they stand, for phrases, each behind a mark.

    ``first`` and ``last`` are the keys of the first word and of the last. ``weight`` is 0, or for
    words that fill a shard as forms of one the binary logarithm of the number of documents of the
    most frequent.
    """

    first: str
    last: str
    lexicon: Lexicon
    start: int
    end: int
    weight: int = 0

    @property
    def words(self) -> list[str]:
        """The words."""
        return self.lexicon.words[self.start : self.end]

    @property
    def rows(self) -> str:
        """The rows of the words."""
        return self.lexicon.rows.joined(self.start, self.end)

    @property
    def places(self) -> str:
        """The places of the words."""
        return self.lexicon.places.joined(self.start, self.end)


def merge(blocks: Sequence[Iterable[Run]], folder: Path | None = None) -> Lexicon:
    """Return each word in the order of the keys of forms, forms of one in their own.

    A row is a mark, the rank of the word in the first block that has it, and what each block has,
    behind the skip that leads there. It is done beginning by beginning: what one needs is near, and
    to wait for memory is what costs here.
    """
    skips = [skip(number) for number in range(len(blocks))]
    whole = Lexicon(folder)
    for _, runs in groupby(merged(blocks), key=lambda pair: pair[1].beginning):
        held: dict[str, _Merged] = {}
        for number, run in runs:
            for word, rank, row, places, count in run.cells():
                known = held.get(word)
                if known is None:
                    held[word] = [number, count, [WORD, rank, skips[number], row], [WORD, places]]
                else:
                    known[2] += (skips[number - known[0]], row)
                    known[3].append(places)
                    known[0] = number
                    known[1] += count
        keys, words = _by_key(held)
        found = list(map(held.__getitem__, words))
        whole.keys += keys
        whole.words += words
        whole.documents.extend([documents for _, documents, _, _ in found])
        whole.rows.extend(["".join(row) for _, _, row, _ in found])
        whole.places.extend(["".join(places) for _, _, _, places in found])
    return whole


def _by_key(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return ``words`` in the order of their keys, forms of one in their own; and the keys."""
    forms: dict[str, list[str]] = {}
    for word in in_order(words):
        forms.setdefault(key_of(word), []).append(word)
    keys = in_order(forms)
    ordered = [word for key in keys for word in forms[key]]
    return [key for key in keys for _ in forms[key]], ordered


def cut(lexicon: Lexicon) -> list[Shard]:
    """Return the shards of all words.

    The size aimed at grows with the root of the whole: there, the list of shards that everyone
    loads and the neighbours that come with a wanted word together weigh least. From MANY shards on
    it grows with the whole: every change writes all of them, and near the least, half as large
    again costs a reader little. Gzip makes seven bytes of nine signs of a row.
    """
    keys = lexicon.keys
    starts = [at for at in range(len(keys)) if not at or keys[at] != keys[at - 1]]
    starts.append(len(keys))
    sizes = lexicon.rows.sizes()
    ends = [0, *accumulate(size * 7 // 9 + _WORD_BYTES for size in sizes)]
    aim = max(400, isqrt(ends[-1]) * 3 // 2, ends[-1] // MANY)
    shards: list[Shard] = []
    start = 0
    for at, end in pairwise(starts):
        size = ends[end] - ends[at]
        if at > start and ends[end] - ends[start] > aim:
            places = starts[bisect_left(starts, start) : bisect_left(starts, at) + 1]
            before = at if size > aim else _best_end(keys, places)
            shards.append(_shard(lexicon, start, before))
            start = before
        if size > aim:
            shards.append(_shard(lexicon, at, end, max(lexicon.documents[at:end])))
            start = end
    if start < len(keys):
        shards.append(_shard(lexicon, start, len(keys)))
    return shards


def _shard(lexicon: Lexicon, start: int, end: int, documents: int = 0) -> Shard:
    keys = lexicon.keys
    return Shard(keys[start], keys[end - 1], lexicon, start, end, documents.bit_length())


def _best_end(keys: Sequence[str], places: Sequence[int]) -> int:
    """Return which of ``places``, rising, is to end a shard, to make the list of shards shortest.

    That is in the last third of it, before the key that takes the fewest letters to tell from the
    one before it.
    """
    last = places[max(1, (len(places) - 1) * 2 // 3) :]
    return min(reversed(last), key=lambda place: shared(keys[place - 1], keys[place]))


def separators(shards: Iterable[Shard]) -> list[str]:
    """Return for each shard the shortest text that is after the keys of all words before it.

    The whole key where a shard has forms of one word alone, so that the client knows it by the
    list.
    """
    found = []
    before = ""
    for shard in shards:
        key = shard.first
        found.append(key if shard.weight else key[: shared(before, key) + bool(before)])
        before = shard.last
    return found
