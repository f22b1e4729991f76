"""How alike papers are: by their vectors first, then by their vectors and words together.

A paper is compared with the papers of its own day and older ones that lie in the lists of the
centroids nearest to it. It looks at so many lists that it meets about MET papers, however many
there are. All numbers are whole ones, small enough for float32 and float64 to hold them exactly:
no kernel and no order of sums can change a bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from generator.library.vectors import DIMENSIONS, STRANGE, TERMS, Table

CANDIDATES = 20  # papers whose words are compared: those whose vectors are nearest
KEPT = 6  # of these, so many are told of: the most alike
SHARED = 10  # words of both that are told: those that add the most to their likeness
MET = 800
LEAST_LISTS = 8
VECTORS, WORDS = 4, 6  # what each part of a likeness counts: 40 and 60 of a hundred
EMPTY = (1 << 32) - 1  # stands where there are fewer words
# A paper: its words and their weights, its vector, its centroid, at how many lists it looks, its
# day, the number of the first paper after that, and what the product of its vector with another's
# has to be for that one to matter.
ROW = np.dtype(
    [
        ("terms", "<u4", (TERMS,)),
        ("weights", "u1", (TERMS,)),
        ("vector", "i1", (DIMENSIONS,)),
        ("place", "<u2"),
        ("looks", "<u2"),
        ("day", "<i4"),
        ("end", "<i4"),
        ("bound", "<i4"),
    ]
)
_NONE = -1
_ROWS = 2048  # papers that are looked at together
_BLOCK = 16  # papers whose words are compared together
_PLACES = 22  # bits of a paper's number
_LOW = 1 << 17  # added to a product of vectors, so that none is negative
_CHANCE = 16  # bits by which words that the table lacks are told apart here

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Candidate = tuple[int, int, int, list[int]]
"""The number of another paper; how alike both are (0: there is none), and how alike their words
alone, of WEIGHT squared; SHARED words of both, EMPTY where there are no more."""


def how_many(ends: Ints, centroids: int) -> Ints:
    """Return how many lists each paper looks at, given how many papers are up to its day.

    The number falls in steps, two each time these double, so that few more seldom change it.
    """
    _, exponents = np.frexp(np.square(ends.astype(np.float64)))
    papers = np.sqrt(np.ldexp(1.0, exponents - 1)).astype(np.int64)
    counts: Ints = np.clip(-(-centroids * MET // papers), LEAST_LISTS, centroids)
    return counts


def find(
    rows: Rows, vectors: Floats, wanted: Ints, table: Table
) -> Iterator[tuple[int, Iterable[Candidate]]]:
    """Yield the numbers ``wanted``, rising, each with the papers most like it, and set its bound.

    ``rows`` are all papers in the order of time, ``vectors`` their vectors.
    """
    columns = _columns(rows["terms"], len(table.words))
    room = np.zeros((_BLOCK, columns.max(initial=0) + 1), np.uint8)
    for start in range(0, len(wanted), _ROWS):
        many = wanted[start : start + _ROWS]
        best = _nearest(rows, vectors, many, table)
        rows["bound"][many] = np.where(best == _NONE, -_LOW, (best >> _PLACES) - _LOW).min(axis=1)
        for first in range(0, len(many), _BLOCK):
            few = many[first : first + _BLOCK]
            told = _by_words(rows, columns, few, best[first : first + _BLOCK], room)
            for number, *row in zip(few.tolist(), *[part.tolist() for part in told], strict=True):
                yield number, zip(*row, strict=True)


def _nearest(rows: Rows, vectors: Floats, wanted: Ints, table: Table) -> Ints:
    """Return the CANDIDATES nearest papers of each: their products and numbers in one number."""
    own, ends = vectors[wanted], rows["end"][wanted]
    numbers = wanted.astype(np.int32)
    seen = _seen(own, rows["looks"][wanted], table.centroids)
    lists = rows["place"][: ends.max()]
    order = np.argsort(lists, kind="stable").astype(np.int32)
    cuts = np.searchsorted(lists[order], np.arange(len(table.centroids) + 1))
    best = np.full((len(wanted), CANDIDATES), float(_NONE))
    for place, looking in enumerate(seen):
        members = order[cuts[place] : cuts[place + 1]]
        those = np.flatnonzero(looking)
        if not len(members) or not len(those):
            continue
        both = np.empty((len(those), CANDIDATES + len(members)))
        both[:, :CANDIDATES] = best[those]
        keys = both[:, CANDIDATES:]
        np.multiply(own[those] @ vectors[members].T, 1 << _PLACES, out=keys)
        keys += members + float(_LOW << _PLACES)
        # Members before the first of these are older than all; the others have to be told.
        late = int(np.searchsorted(members, numbers[those[0]]))
        others = members[late:]
        keys[:, late:][(others >= ends[those, None]) | (others == numbers[those, None])] = _NONE
        both.partition(len(members), axis=1)
        best[those] = both[:, -CANDIDATES:]
    return best.astype(np.int64)


def _seen(own: Floats, looks: npt.NDArray[np.uint16], centroids: Floats) -> npt.NDArray[np.bool_]:
    """Return for each list which papers look at it: those to which its centroid is near."""
    total = len(centroids)
    # Of centroids that are equally near, the first comes first.
    products = own @ centroids.T * total + np.arange(total, dtype=np.float32)[::-1]
    least = np.take_along_axis(np.sort(products, axis=1), total - looks[:, None], axis=1)
    return np.ascontiguousarray((products >= least).T)


def _columns(terms: npt.NDArray[np.uint32], size: int) -> npt.NDArray[np.int32]:
    """Return where terms stand among the ``size`` words of a table and those that it lacks."""
    found = np.where(terms < STRANGE, terms, size + (terms & ((1 << _CHANCE) - 1)))
    found[terms == EMPTY] = size + (1 << _CHANCE)
    return found.astype(np.int32)


def _by_words(
    rows: Rows,
    columns: npt.NDArray[np.int32],
    wanted: Ints,
    best: Ints,
    room: npt.NDArray[np.uint8],
) -> tuple[npt.NDArray[np.integer], ...]:
    """Return the parts of the candidates of a few papers; ``room`` is zeros, and left so."""
    is_none = best == _NONE
    products = (best >> _PLACES) - _LOW
    others = np.where(is_none, 0, best & ((1 << _PLACES) - 1))
    each = np.arange(len(wanted))[:, None]
    flat, begins = room.reshape(-1), each * room.shape[1]
    flat[columns[wanted] + begins] = rows["weights"][wanted]
    met = flat.take(columns[others] + begins[:, :, None]).astype(np.int32) * rows["weights"][others]
    flat[columns[wanted] + begins] = 0
    words = met.sum(axis=2, dtype=np.int64)
    likeness = np.where(is_none, 0, np.maximum(VECTORS * products + WORDS * words, 1))
    order = np.argsort(-((likeness << _PLACES) + others), axis=1)[:, :KEPT]
    others = others[each, order]
    # The place goes into the number, so that the order of equal ones is the same everywhere.
    told = met[each, order] * TERMS + np.arange(TERMS, dtype=np.int32)[::-1]
    told = -np.sort(-told, axis=2)[:, :, :SHARED]
    heaviest = rows["terms"][others[:, :, None], TERMS - 1 - told % TERMS]
    shared = np.where(told < TERMS, EMPTY, heaviest)
    return others, likeness[each, order], words[each, order], shared
