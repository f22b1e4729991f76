"""How alike papers are: by their vectors first, then by their vectors and words together.

A paper is compared with the papers of its own day and older ones that lie in the lists of the
centroids nearest to it. It looks at so many lists that it meets about MET papers, however many
there are. All numbers are whole ones, small enough for float32 and float64 to hold them exactly:
no kernel and no order of sums can change a bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from generator.library import marks
from generator.library.vectors import DIMENSIONS, STRANGE, TERMS, Table

CANDIDATES = 20  # papers whose words are compared: those whose vectors are nearest
KEPT = 6  # of these, so many are told of: the most alike
SHARED = 10  # words of both that are told: those that add the most to their likeness
MET = 800
LEAST_LISTS = 8
VECTORS, WORDS = 4, 6  # what each part of a likeness counts: 40 and 60 of a hundred
EMPTY = (1 << 32) - 1  # stands where there are fewer words
# A paper: its words and their weights, its vector, and what tells it from others.
ROW = np.dtype(
    [
        ("terms", "<u4", (TERMS,)),
        ("weights", "u1", (TERMS,)),
        ("vector", "i1", (DIMENSIONS,)),
        ("marks", marks.MARKS),
    ]
)
# And what is at hand of all of them: its centroid, at how many lists it looks, the number of the
# first paper after its day, and what the product of its vector with another's has to be for that
# one to matter.
COLUMNS = np.dtype([("place", "<u2"), ("looks", "<u2"), ("end", "<i4"), ("bound", "<i4")])
_NONE = -1
_ROWS = 4096  # papers that are looked at together
_READ = 1024  # papers whose candidates are read together
_MEMBERS = 1024  # papers of a list that are looked at together
_BLOCK = 16  # papers whose words are compared together
_PLACES = 22  # bits of a paper's number
_LOW = 1 << 17  # added to a product of vectors, so that none is negative
_CHANCE = 16  # bits by which words that the table lacks are told apart here

Rows = npt.NDArray[np.void]
Columns = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Candidate(NamedTuple):
    """Another paper that may be related to one."""

    number: int
    likeness: int
    """How alike both are; 0: there is none."""
    words: int
    """How alike their words alone are, of WEIGHT squared."""
    shared: list[int]
    """SHARED words of both, EMPTY where there are no more."""
    doubts: int
    """A bit for each paper that it may be one work with: the first one, and the candidates."""
    is_common: bool
    """Whether both may have authors or code in common."""


def how_many(ends: Ints, centroids: int) -> Ints:
    """Return how many lists each paper looks at, given how many papers are up to its day.

    The number falls in steps, two each time these double, so that few more seldom change it.
    """
    _, exponents = np.frexp(np.square(ends.astype(np.float64)))
    papers = np.sqrt(np.ldexp(1.0, exponents - 1)).astype(np.int64)
    counts: Ints = np.clip(-(-centroids * MET // papers), LEAST_LISTS, centroids)
    return counts


def find(
    columns: Columns, rows_of: Callable[[Ints], Rows], wanted: Ints, table: Table
) -> Iterator[tuple[int, Iterable[Candidate]]]:
    """Yield the numbers ``wanted``, rising, each with the papers most like it, and set its bound.

    ``columns`` are of all papers in the order of time, ``rows_of`` reads the rows of some.
    """
    if not len(wanted):
        return
    lists = _Lists(columns["place"], rows_of, len(table.centroids))
    room = np.zeros((_BLOCK, len(table.words) + (1 << _CHANCE) + 1), np.uint8)
    for start in range(0, len(wanted), _ROWS):
        many = wanted[start : start + _ROWS]
        best = _nearest(columns, lists, many, table)
        bounds = np.where(best == _NONE, -_LOW, (best >> _PLACES) - _LOW).min(axis=1)
        columns["bound"][many] = bounds
        for first in range(0, len(many), _READ):
            part = slice(first, first + _READ)
            yield from _compared(rows_of, many[part], best[part], len(table.words), room)


class _Lists:
    """The numbers and vectors of the papers by their centroids, rising in each list."""

    def __init__(self, places: Ints, rows_of: Callable[[Ints], Rows], total: int) -> None:
        self.numbers = np.argsort(places, kind="stable").astype(np.int32)
        self.cuts = np.searchsorted(places[self.numbers], np.arange(total + 1)).tolist()
        self._at = np.empty_like(self.numbers)
        self._at[self.numbers] = np.arange(len(places), dtype=np.int32)
        self.vectors = np.empty((len(places), DIMENSIONS), np.int8)
        for start in range(0, len(places), _ROWS):
            those = np.arange(start, min(start + _ROWS, len(places)))
            self.vectors[self._at[those]] = rows_of(those)["vector"]

    def of(self, numbers: Ints) -> Floats:
        """Return the vectors of some papers."""
        return self.vectors[self._at[numbers]].astype(np.float32)


def _nearest(columns: Columns, lists: _Lists, wanted: Ints, table: Table) -> Ints:
    """Return the CANDIDATES nearest papers of each: their products and numbers in one number."""
    own, ends = lists.of(wanted), columns["end"][wanted]
    seen = _seen(own, columns["looks"][wanted], table.centroids)
    best = np.full((len(wanted), CANDIDATES), float(_NONE))
    # The least product that matters: a paper's own list goes first, so that it is soon high.
    least = np.full(len(wanted), -float(_LOW), np.float32)
    home = columns["place"][wanted]
    last = int(ends.max())
    held = [place for place, (begin, end) in enumerate(pairwise(lists.cuts)) if begin < end]
    for place, is_home in [*((place, True) for place in held), *((place, False) for place in held)]:
        those = np.flatnonzero(seen[place] & ((home == place) == is_home))
        if not len(those):
            continue
        begin, end = lists.cuts[place : place + 2]
        end = begin + int(np.searchsorted(lists.numbers[begin:end], last))
        ours = own[those]
        for start in range(begin, end, _MEMBERS):
            part = slice(start, min(start + _MEMBERS, end))
            products = ours @ lists.vectors[part].astype(np.float32).T
            hits = np.flatnonzero(products >= least[those, None])
            rows, at = np.divmod(hits, products.shape[1])
            members = lists.numbers[part][at]
            is_met = (members < ends[those[rows]]) & (members != wanted[those[rows]])
            if is_met.any():
                likeness = products.reshape(-1)[hits[is_met]].astype(np.float64) + _LOW
                keys = likeness * (1 << _PLACES) + members[is_met]
                _take(best, least, those, rows[is_met], keys)
    return best.astype(np.int64)


def _take(
    best: npt.NDArray[np.float64],
    least: Floats,
    those: Ints,
    rows: Ints,
    keys: npt.NDArray[np.float64],
) -> None:
    """Put ``keys`` among the ``best`` of ``those``: each is of one of them, and ``rows`` rise."""
    touched, firsts, counts = np.unique(rows, return_index=True, return_counts=True)
    both = np.full((len(touched), CANDIDATES + counts.max()), float(_NONE))
    owners = those[touched]
    both[:, :CANDIDATES] = best[owners]
    index = np.repeat(np.arange(len(touched)), counts)
    both[index, CANDIDATES + np.arange(len(rows)) - firsts[index]] = keys
    both.partition(both.shape[1] - CANDIDATES, axis=1)
    kept = both[:, -CANDIDATES:]
    best[owners] = kept
    least[owners] = np.floor(kept[:, 0] / (1 << _PLACES)) - _LOW


def _seen(own: Floats, looks: npt.NDArray[np.uint16], centroids: Floats) -> npt.NDArray[np.bool_]:
    """Return for each list which papers look at it: those to which its centroid is near."""
    total = len(centroids)
    # Of centroids that are equally near, the first comes first.
    products = own @ centroids.T * total + np.arange(total, dtype=np.float32)[::-1]
    least = np.take_along_axis(np.sort(products, axis=1), total - looks[:, None], axis=1)
    return np.ascontiguousarray((products >= least).T)


def _compared(
    rows_of: Callable[[Ints], Rows],
    wanted: Ints,
    best: Ints,
    size: int,
    room: npt.NDArray[np.uint8],
) -> Iterator[tuple[int, Iterable[Candidate]]]:
    """Yield some papers, each with those of its ``best`` that are most like it."""
    is_none = best == _NONE
    numbers = np.where(is_none, wanted[:, None], best & ((1 << _PLACES) - 1))
    met = np.unique(np.concatenate([numbers.ravel(), wanted]))
    rows = rows_of(met)
    # Places among those that are met are in the same order as numbers.
    terms = np.ascontiguousarray(rows["terms"])
    words = _Words(terms, _columns(terms, size), np.ascontiguousarray(rows["weights"]))
    products = np.where(is_none, _NONE, (best >> _PLACES) - _LOW)
    own, others = np.searchsorted(met, wanted), np.searchsorted(met, numbers)
    parts = [
        _by_words(words, own[few], others[few], products[few], is_none[few], room)
        for few in (slice(first, first + _BLOCK) for first in range(0, len(wanted), _BLOCK))
    ]
    places, *told = map(np.concatenate, zip(*parts, strict=True))
    compared = rows["marks"][np.column_stack([own, places])]
    columns = (
        met[places],
        *told,
        marks.doubts(compared)[:, 1:],
        marks.common(compared)[:, 1:],
    )
    for number, *row in zip(wanted.tolist(), *(part.tolist() for part in columns), strict=True):
        yield number, map(Candidate, *row)


class _Words(NamedTuple):
    """The words of some papers, where they stand in ``room``, and their weights."""

    terms: npt.NDArray[np.uint32]
    columns: npt.NDArray[np.int32]
    weights: npt.NDArray[np.uint8]


def _columns(terms: npt.NDArray[np.uint32], size: int) -> npt.NDArray[np.int32]:
    """Return where terms stand among the ``size`` words of a table and those that it lacks."""
    found = terms.astype(np.int32)
    strange = np.nonzero(terms >= STRANGE)
    those = terms[strange]
    columns = np.where(those == EMPTY, 1 << _CHANCE, those & ((1 << _CHANCE) - 1))
    found[strange] = size + columns.astype(np.int32)
    return found


def _by_words(
    rows: _Words,
    wanted: Ints,
    others: Ints,
    products: Ints,
    is_none: npt.NDArray[np.bool_],
    room: npt.NDArray[np.uint8],
) -> tuple[npt.NDArray[np.integer], ...]:
    """Return the parts of the candidates of a few papers; ``room`` is zeros, and left so."""
    each = np.arange(len(wanted))[:, None]
    flat, begins = room.reshape(-1), each * room.shape[1]
    own = rows.columns[wanted] + begins
    flat[own] = rows.weights[wanted]
    met = (
        flat.take(rows.columns[others] + begins[:, :, None]).astype(np.int32) * rows.weights[others]
    )
    flat[own] = 0
    words = met.sum(axis=2, dtype=np.int64)
    likeness = np.where(is_none, 0, np.maximum(VECTORS * products + WORDS * words, 1))
    order = np.argsort(-((likeness << _PLACES) + others), axis=1)[:, :KEPT]
    others = others[each, order]
    # The place goes into the number, so that the order of equal ones is the same everywhere.
    told = met[each, order] * TERMS + np.arange(TERMS, dtype=np.int32)[::-1]
    told = -np.sort(-told, axis=2)[:, :, :SHARED]
    heaviest = rows.terms[others[:, :, None], TERMS - 1 - told % TERMS]
    shared = np.where(told < TERMS, EMPTY, heaviest)
    return others, likeness[each, order], words[each, order], shared
