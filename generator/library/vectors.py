"""The table of word vectors, and what a paper is by it: its vector and its heaviest words.

All is reckoned in whole numbers, or in steps that every machine rounds alike, so that a paper has
the same bytes everywhere. They depend on the paper and the table alone: nothing moves when others
come.

The file is one line of JSON, which says where the table comes from and how large its parts are,
and behind it these parts: the words, a line each, the commonest first; ``idf`` and ``scales`` of
each word (two bytes); the vectors of the words and the centroids (a byte a dimension).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from generator.search.terms import STOP_WORDS, words
from generator.system import fingerprints
from generator.system.errors import GazetteError
from generator.system.fingerprints import Signature

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

OURS = Path(__file__).parent / "data" / "vectors.bin"
FORMAT = "gazette-vectors-1"
DIMENSIONS = 64
TERMS = 48
"""How many of its words a paper is compared by."""
UNIT = 254  # the length of a vector
WEIGHT = 255  # the length of the weights of all words of a paper
# BM25's saturation, count * (k + 1) / (count + k), with k = 3.
SATURATION = tuple(round(40 * count / (count + 3)) for count in range(256))
TITLE = 2
"""A word of the title counts as often as one that the abstract has this many times."""
# It begins with a letter, and is not one Latin letter alone.
TELLING = re.compile(r"[^\W\d_a-z]|[a-z].").match
STRANGE = 1 << 24  # numbers from here on stand for words that the table lacks
_MOST_NUMBERS = 1 << 18  # that are remembered
_NOTHING = -1  # the number of words that say nothing
_FINE = 1 << 20
_BITS_OF_WEIGHT = 24  # 40 times an idf of two bytes
_BITS_OF_TERM = 25  # below twice STRANGE
_CHANCE = 22  # bits that a word which the table lacks is pulled by
_EXPECTED = f"is no table of word vectors of the format {FORMAT}; the trainer makes one"


class Head(msgspec.Struct, frozen=True):
    """The first line of a table: how large it is, and where it comes from."""

    format: str
    dimensions: int
    words: int
    bytes_of_words: int
    centroids: int
    rare: int
    """The idf of a word that the table lacks."""
    provenance: Mapping[str, Any]


class Subject(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a paper is compared by: its heaviest words.

    ``terms`` has their numbers, four bytes each, ``weights`` their weights, a byte each, and
    ``strange`` those words among them that the table lacks, by their numbers.
    """

    terms: bytes
    weights: bytes
    strange: dict[int, str]


class Meaning(NamedTuple):
    """A paper by the table: its vector (a signed byte a dimension), its nearest centroid."""

    vector: bytes
    place: int
    subject: Subject


class _Numbers(dict[str, int]):
    """The number of every word: of the table's, of those that say nothing, and of all others."""

    def __missing__(self, word: str) -> int:
        number = STRANGE + (zlib.crc32(word.encode()) & (STRANGE - 1))
        number = number if TELLING(word) else _NOTHING
        if len(self) < _MOST_NUMBERS:
            self[word] = number
        return number


class Table:
    """A table of word vectors; ``key`` is one of all that it holds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            data = path.read_bytes()
        except OSError as error:
            raise GazetteError(f"{path}: cannot be read: {error.strerror}") from error
        line, _, self._body = data.partition(b"\n")
        self.key = hashlib.blake2b(data, digest_size=16).digest()
        try:
            self.head = msgspec.json.decode(line, type=Head)
        except msgspec.MsgspecError as error:
            raise GazetteError(f"{path}: {_EXPECTED}") from error
        head = self.head
        each = 2 * 2 + head.dimensions
        size = head.bytes_of_words + head.words * each + head.centroids * head.dimensions
        if head.format != FORMAT or head.dimensions != DIMENSIONS or size != len(self._body):
            raise GazetteError(f"{path}: {_EXPECTED}")

    @cached_property
    def words(self) -> list[str]:
        """The words, by their numbers."""
        return self._body[: self.head.bytes_of_words].decode().split("\n")

    @cached_property
    def numbers(self) -> _Numbers:
        """The number of each word."""
        of_table = {word: number for number, word in enumerate(self.words)}
        return _Numbers(dict.fromkeys(STOP_WORDS, _NOTHING) | of_table)

    @cached_property
    def idf(self) -> npt.NDArray[np.int64]:
        """How rare each word is."""
        return self._part("<u2", 0, 1)[:, 0]

    @cached_property
    def scales(self) -> npt.NDArray[np.int64]:
        """What the vector of each word is multiplied by."""
        return self._part("<u2", 2 * self.head.words, 1)[:, 0]

    @cached_property
    def vectors(self) -> npt.NDArray[np.int8]:
        """The vector of each word."""
        import numpy as np  # noqa: PLC0415  # it takes long to load

        head = self.head
        start = head.bytes_of_words + 4 * head.words
        found = np.frombuffer(self._body, np.int8, head.words * head.dimensions, start)
        return found.reshape(head.words, head.dimensions)

    @cached_property
    def _summands(self) -> npt.NDArray[np.float64]:
        """The vectors as they are summed."""
        return self.vectors.astype("f8")

    @cached_property
    def centroids(self) -> npt.NDArray[np.float32]:
        """The centroids, a row each."""
        import numpy as np  # noqa: PLC0415  # it takes long to load

        head = self.head
        start = head.bytes_of_words + (4 + head.dimensions) * head.words
        found = np.frombuffer(self._body, np.int8, head.centroids * head.dimensions, start)
        return found.reshape(head.centroids, head.dimensions).astype(np.float32)

    def _part(self, kind: str, start: int, width: int) -> npt.NDArray[np.int64]:
        import numpy as np  # noqa: PLC0415  # it takes long to load

        begin = self.head.bytes_of_words + start
        found = np.frombuffer(self._body, kind, self.head.words * width, begin)
        return found.reshape(-1, width).astype(np.int64)

    def meanings(self, texts: Iterable[tuple[str, str]]) -> list[Meaning]:
        """Return what papers are by the table, given title and abstract of each, plain texts."""
        import numpy as np  # noqa: PLC0415  # it takes long to load

        number_of = self.numbers.__getitem__
        all_words: list[str] = []
        often: list[int] = []
        sizes: list[int] = []
        for title, abstract in texts:
            counts = counted(title, abstract)
            all_words += counts
            often += counts.values()
            sizes.append(len(counts))
        numbers = list(map(number_of, all_words))
        owner = np.repeat(np.arange(len(sizes)), sizes)
        terms = np.array(numbers, np.int64)
        strange: list[dict[int, str]] = [{} for _ in sizes]
        for place in np.flatnonzero(terms >= STRANGE).tolist():
            strange[owner[place]][numbers[place]] = all_words[place]
        telling = terms != _NOTHING
        terms, owner = terms[telling], owner[telling]
        counts_of = np.minimum(np.array(often, np.int64)[telling], len(SATURATION) - 1)
        ends = np.searchsorted(owner, np.arange(len(sizes) + 1)).tolist()
        inside = terms < STRANGE
        rows = np.where(inside, terms, 0)
        weights = np.where(inside, self.idf[rows], self.head.rare) * np.array(SATURATION)[counts_of]
        pull = (np.where(inside, weights, 0) * self.scales[rows]).astype(np.float64)
        # What is summed are whole numbers below 2**53, so that no order of sums matters.
        squares = (weights * weights).astype(np.float64)
        whole = np.bincount(owner, squares, len(strange))
        known_part = np.bincount(owner, squares * inside, len(strange))
        lengths = np.maximum(np.sqrt(whole).astype(np.int64), 1)[owner]
        light = ((weights * WEIGHT + lengths // 2) // lengths).astype("u1")
        order = np.argsort((((owner << _BITS_OF_WEIGHT) - weights) << _BITS_OF_TERM) + terms)
        heaviest, how_heavy = terms[order].astype("<u4").tobytes(), light[order].tobytes()
        totals = np.zeros((len(strange), DIMENSIONS))
        subjects = []
        for paper, (start, end) in enumerate(pairwise(ends)):
            totals[paper] = pull[start:end] @ self._summands.take(rows[start:end], axis=0)
            if known_part[paper] * 4 < whole[paper]:
                totals[paper] += self._by_chance(strange[paper].values())
            last = min(end, start + TERMS)
            subjects.append(
                _subject(heaviest[4 * start : 4 * last], how_heavy[start:last], strange[paper])
            )
        vectors = unit(totals)
        places = (vectors.astype(np.float32) @ self.centroids.T).argmax(axis=1).tolist()
        return list(map(Meaning, map(bytes, vectors), places, subjects))

    def _by_chance(self, strange: Iterable[str]) -> npt.NDArray[np.float64]:
        """Return a vector for words that the table lacks, as chance has it: the same for the same.

        It finds papers of a field that the table hardly knows; what knows the words compares them.
        """
        import numpy as np  # noqa: PLC0415  # it takes long to load

        total = np.zeros(DIMENSIONS)
        for word in strange:
            digest = hashlib.blake2b(word.encode(), digest_size=DIMENSIONS // 8).digest()
            bits = np.unpackbits(np.frombuffer(digest, np.uint8))
            total += (2.0 * bits - 1) * (self.head.rare << _CHANCE)
        return total


def counted(title: str, abstract: str) -> Counter[str]:
    """Return how often each word counts."""
    counts = Counter(words(abstract))
    for word in words(title):
        counts[word] += TITLE
    return counts


def unit(total: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
    """Return the direction of ``total``, or of each row, in whole numbers, its length near UNIT.

    Each step rounds as the standard of floating-point numbers demands: no order of sums matters.
    """
    import numpy as np  # noqa: PLC0415  # it takes long to load

    most = np.abs(total).max(axis=-1, keepdims=True, initial=0.0)
    fine = np.rint(total / np.where(most, most, 1) * _FINE)
    length = np.sqrt((fine * fine).sum(axis=-1, keepdims=True))
    found = np.rint(fine * UNIT / np.where(length, length, 1))
    least: npt.NDArray[np.int8] = np.clip(found, -127, 127).astype(np.int8)
    return least


def _subject(terms: bytes, weights: bytes, strange: Mapping[int, str]) -> Subject:
    """Return what a paper is compared by."""
    numbers = memoryview(terms).cast("I") if strange else ()
    return Subject(
        terms, weights, {number: strange[number] for number in numbers if number in strange}
    )


def load(path: Path = OURS) -> Table:
    """Return the table at ``path``, ours if none is named; raises GazetteError if it is none."""
    state = fingerprints.of(path) if path.is_file() else None
    return _loaded(path, state)


@lru_cache(2)  # while one edits, builds follow each other
def _loaded(path: Path, _state: Signature | None) -> Table:
    return Table(path)
