"""Postings to shards: the index cut into ranges of words, each small enough for one download."""

from __future__ import annotations

from collections.abc import Iterator
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

    ``weight`` is 0, or for a word that fills a shard alone the binary logarithm of the number
    of its postings.
    """

    words: list[str]
    bits: str
    weight: int = 0


def in_order(words: Iterator[str]) -> list[str]:
    """Return ``words`` sorted as JavaScript sorts and compares strings, by UTF-16 units."""
    return sorted(words, key=lambda word: word if word.isascii() else _units(word))


def _units(word: str) -> str:
    raw = word.encode("utf-16-be", "surrogatepass")
    return "".join(chr(raw[i] << 8 | raw[i + 1]) for i in range(0, len(raw), 2))


def encode(postings: Postings) -> Iterator[tuple[str, str, int]]:
    """Yield each word in order, its bits, and the number of its postings.

    For each of FIELDS: how many documents; then, if any, the gaps between their numbers, how
    often the word stands in each, and (but for abstracts, which are in the order of their
    length) how long the field is there. Last the rank of the word.
    """
    total = len(postings.documents)
    means = [parameter(sum(lengths), max(1, total)) for lengths in postings.lengths]
    empty = GAMMA[0]
    for word in in_order(iter(postings.ranks)):
        parts = []
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
        parts.append(GAMMA[postings.ranks[word]])
        yield word, "".join(parts), count


def cut(encoded: list[tuple[str, str, int]]) -> list[Shard]:
    """Return the shards of all words.

    The size aimed at grows with the root of the whole, where the list of shards that everyone
    loads and the neighbours that come with a wanted word together weigh least.
    """
    whole = sum(len(bits) // 8 + _WORD_BYTES for _, bits, _ in encoded)
    aim = max(400, isqrt(whole))
    shards: list[Shard] = []
    words: list[str] = []
    parts: list[str] = []
    size = 0
    for word, bits, count in encoded:
        weight = len(bits) // 8 + _WORD_BYTES
        if words and (size + weight > aim):
            shards.append(Shard(words, pack("".join(parts))))
            words, parts, size = [], [], 0
        if weight > aim:
            shards.append(Shard([word], pack(bits), count.bit_length()))
            continue
        words.append(word)
        parts.append(bits)
        size += weight
    if words:
        shards.append(Shard(words, pack("".join(parts))))
    return shards


def separators(shards: list[Shard]) -> list[str]:
    """Return for each shard the shortest text that is after all words before it.

    The whole word where a shard is one word alone, so that the client knows it by the list.
    """
    found = []
    before = ""
    for shard in shards:
        word = shard.words[0]
        if shard.weight:
            found.append(word)
        else:
            size = next(
                (
                    i
                    for i, (one, other) in enumerate(zip(before, word, strict=False))
                    if one != other
                ),
                min(len(before), len(word)),
            )
            found.append(word[: size + 1] if before else "")
        before = shard.words[-1]
    return found
