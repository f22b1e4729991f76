"""Blocks to shards: the index cut into ranges of words, each small enough for one download.

Words stand in the order of the keys that they share with their forms (``forms.py``), and no two
forms in different shards: whoever asks for a word asks for all of them.

Beside them lie the words themselves by their beginnings, for the client to correct a typo from.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from math import isqrt
from pathlib import Path

from generator.search.coding import WORD, in_order, shared, skip
from generator.search.forms import key_of
from generator.search.runs import Run, merged
from generator.search.texts import Texts

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


class Lexicon:
    """The words of all blocks in order, and of each its row, its places, how many documents.

    Rows and places, each behind a mark, are most of an index: they lie in files.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.words: list[str] = []
        self.documents = array("L")
        self.rows, self.places = Texts(folder), Texts(folder)


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
        rows: dict[str, list[str]] = {}
        places: dict[str, list[str]] = {}
        documents: dict[str, int] = {}
        last: dict[str, int] = {}
        for number, run in runs:
            for word, rank, row, its_places, count in run.cells():
                if word in rows:
                    rows[word] += (skips[number - last[word]], row)
                    places[word].append(its_places)
                    documents[word] += count
                else:
                    rows[word] = [WORD, rank, skips[number], row]
                    places[word] = [WORD, its_places]
                    documents[word] = count
                last[word] = number
        words = _by_key(rows)
        whole.words.extend(words)
        whole.rows.extend(map(rows.__getitem__, words))
        whole.places.extend(map(places.__getitem__, words))
        whole.documents.extend(map(documents.__getitem__, words))
    return whole


def _by_key(words: Iterable[str]) -> list[str]:
    """Return ``words`` in the order of their keys, forms of one in their own."""
    forms: dict[str, list[str]] = {}
    for word in in_order(words):
        forms.setdefault(key_of(word), []).append(word)
    return [word for key in in_order(forms) for word in forms[key]]


def cut(lexicon: Lexicon) -> list[Shard]:
    """Return the shards of all words.

    The size aimed at grows with the root of the whole: there, the list of shards that everyone
    loads and the neighbours that come with a wanted word together weigh least. From MANY shards on
    it grows with the whole: every change writes all of them, and near the least, half as large
    again costs a reader little. Gzip makes seven bytes of nine signs of a row.
    """
    keys = list(map(key_of, lexicon.words))
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
            shards.append(_shard(lexicon, keys, start, before))
            start = before
        if size > aim:
            shards.append(_shard(lexicon, keys, at, end, max(lexicon.documents[at:end])))
            start = end
    if start < len(keys):
        shards.append(_shard(lexicon, keys, start, len(keys)))
    return shards


def _shard(
    lexicon: Lexicon, keys: Sequence[str], start: int, end: int, documents: int = 0
) -> Shard:
    return Shard(
        keys[start],
        keys[end - 1],
        lexicon,
        start,
        end,
        documents.bit_length(),
    )


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
