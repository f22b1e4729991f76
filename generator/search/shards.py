"""Postings to shards: the index cut into ranges of words, each small enough for one download."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isqrt
from operator import sub

from generator.search.bits import GAMMA, RICE, pack, parameter
from generator.search.documents import ABSTRACT, FIELDS
from generator.search.postings import Postings

_WORD_BYTES = 3  # what a word itself takes in a shard, after gzip


@dataclass(frozen=True, slots=True)
class Shard:
    """The postings of neighbouring words.

    ``places`` says where the words stand, for phrases. ``weight`` is 0, or for a word that fills
    a shard alone the binary logarithm of the number of its postings.
    """

    words: list[str]
    bits: str
    places: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Encoded:
    """A word, the bits of its postings and of its places, the number of its postings."""

    word: str
    bits: str
    places: str
    count: int


def in_order(words: Iterable[str]) -> list[str]:
    """Return ``words`` sorted as JavaScript sorts and compares strings, by UTF-16 units."""
    return sorted(words, key=lambda word: word if word.isascii() else _units(word))


def _units(word: str) -> str:
    raw = word.encode("utf-16-be", "surrogatepass")
    return "".join(chr(raw[i] << 8 | raw[i + 1]) for i in range(0, len(raw), 2))


def encode(postings: Postings) -> Iterator[Encoded]:
    """Yield each word in order.

    For each of FIELDS: how many documents; then, if any, the gaps between their numbers, how
    often the word stands in each, and (but for abstracts, which are in the order of their
    length) how long the field is there. Last the rank of the word. Places are apart, in the
    same order.
    """
    total = len(postings.documents)
    means = [parameter(sum(lengths), max(1, total)) for lengths in postings.lengths]
    empty = GAMMA[0]
    for word in in_order(postings.ranks):
        parts = []
        places: list[str] = []
        count = 0
        for field in range(len(FIELDS)):
            row = postings.rows[field].get(word)
            if row is None:
                parts.append(empty)
                continue
            numbers = row[::2]
            size = len(numbers)
            count += size
            gap = RICE[parameter(total, size)]
            parts += (GAMMA[size], gap[numbers[0] + 1])
            parts += map(gap.__getitem__, map(sub, numbers[1:], numbers))
            parts += map(RICE[0].__getitem__, row[1::2])
            if field != ABSTRACT:
                lengths = map(postings.lengths[field].__getitem__, numbers)
                parts += map(RICE[means[field]].__getitem__, lengths)
            places += map(RICE[means[field]].__getitem__, postings.places[field][word])
        parts.append(GAMMA[postings.ranks[word]])
        yield Encoded(word, "".join(parts), "".join(places), count)


def cut(encoded: Iterable[Encoded]) -> list[Shard]:
    """Return the shards of all words.

    The size aimed at grows with the root of the whole: there, the list of shards that everyone
    loads and the neighbours that come with a wanted word together weigh least.
    """
    encoded = list(encoded)
    aim = max(400, isqrt(sum(map(_weight, encoded))) * 9 // 8)
    shards: list[Shard] = []
    run: list[Encoded] = []
    size = 0
    for entry in encoded:
        weight = _weight(entry)
        if size + weight > aim and run:
            end = len(run) if weight > aim else _best_end([*run, entry])
            shards.append(_shard(run[:end]))
            run = run[end:]
            size = sum(map(_weight, run))
        if weight > aim:
            shards += [_shard(run)] * bool(run)
            shards.append(_shard([entry], entry.count.bit_length()))
            run, size = [], 0
        else:
            run.append(entry)
            size += weight
    return [*shards, *[_shard(run)] * bool(run)]


def _weight(entry: Encoded) -> int:
    return len(entry.bits) // 8 + _WORD_BYTES


def _shard(run: list[Encoded], weight: int = 0) -> Shard:
    return Shard(
        [entry.word for entry in run],
        pack("".join(entry.bits for entry in run)),
        pack("".join(entry.places for entry in run)),
        weight,
    )


def _best_end(run: list[Encoded]) -> int:
    """Return where to end a shard: at the place that makes the list of shards shortest.

    That is in the last third of ``run``, before the word that takes the fewest letters to tell
    from the one before it.
    """
    last = len(run) - 1
    places = range(last, max(1, last * 2 // 3) - 1, -1)
    return min(
        places, key=lambda place: _shared(run[place - 1].word, run[place].word), default=last
    )


def _shared(one: str, other: str) -> int:
    """Return how many letters two words have in common from their beginnings."""
    for place, (letter, its) in enumerate(zip(one, other, strict=False)):
        if letter != its:
            return place
    return min(len(one), len(other))


def separators(shards: list[Shard]) -> list[str]:
    """Return for each shard the shortest text that is after all words before it.

    The whole word where a shard is one word alone, so that the client knows it by the list.
    """
    found = []
    before = ""
    for shard in shards:
        word = shard.words[0]
        found.append(word if shard.weight else word[: _shared(before, word) + bool(before)])
        before = shard.words[-1]
    return found
