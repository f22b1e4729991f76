"""How alike papers are: by their vectors first, then by their vectors and words together.

A paper is compared with the papers of its own day and older ones that lie in the lists of the
centroids nearest to it. It looks at so many lists that it meets about MET papers, however many
there are. All numbers are whole ones, small enough for float32 and float64 to hold them exactly:
no kernel and no order of sums can change a bit.
"""

from __future__ import annotations

from math import isqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from generator.library.vectors import STRANGE, Table

CANDIDATES = 20
"""Papers whose words are compared: those whose vectors are nearest."""
KEPT = 6
"""Of these, so many are told of: the most alike."""
SHARED = 10
"""So many of the words that both have are told."""
MET = 800
LEAST_LISTS = 8
VECTORS, WORDS = 4, 6  # what each part of a likeness counts: 40 and 60 of a hundred
NONE = -1
EMPTY = (1 << 32) - 1
"""Stands where a paper has fewer words than others."""
_ROWS = 4096  # papers that are looked at together
_BLOCK = 64  # papers whose words are compared together
_PLACES = 22  # bits of a paper's number
_LOW = 1 << 17  # added to a product of vectors, so that none is negative
_CHANCE = 16  # bits by which words that the table lacks are told apart here

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Papers(NamedTuple):
    """All papers in the order of time, as columns.

    ``lists`` has the centroid of each, ``ends`` the number of the first paper after each one's day,
    ``terms`` what ``columns`` makes of their words.
    """

    vectors: Floats
    lists: npt.NDArray[np.uint8]
    ends: Ints
    terms: npt.NDArray[np.int32]
    weights: npt.NDArray[np.uint8]


class Found(NamedTuple):
    """For some papers, a row each: others that are like them, the most alike first; how much.

    ``likeness`` is 0 where there is no other. ``words`` says how alike the words alone are, of
    WEIGHT squared. ``shared`` has the places among the other's terms of the SHARED that add the
    most to that, NONE where there are no more. ``bounds`` says, a number a row, what the product
    of its vector with another's has to be for that one to matter.
    """

    others: Ints
    likeness: Ints
    words: Ints
    shared: npt.NDArray[np.int8]
    bounds: Ints


def columns(terms: npt.NDArray[np.uint32], size: int) -> npt.NDArray[np.int32]:
    """Return where terms stand among the ``size`` words of a table and those that it lacks."""
    found = np.where(terms < STRANGE, terms, size + (terms & ((1 << _CHANCE) - 1)))
    found[terms == EMPTY] = size + (1 << _CHANCE)
    return found.astype(np.int32)


def how_many(ends: Ints, centroids: int) -> Ints:
    """Return how many lists each paper looks at, given how many papers are up to its day.

    The number falls in steps, so that a few papers more or less seldom change it.
    """
    sizes, places = np.unique(ends, return_inverse=True)
    counts = [_lists((end * end).bit_length(), centroids) for end in sizes.tolist()]
    return np.array(counts, np.int64)[places]


def _lists(level: int, centroids: int) -> int:
    papers = max(isqrt(1 << max(level - 1, 0)), 1)
    return max(LEAST_LISTS, min(centroids, -(-centroids * MET // papers)))


def find(papers: Papers, wanted: Ints, looks: Ints, table: Table) -> Found:
    """Return what is like the papers numbered ``wanted``, rising.

    Each of them ``looks`` at so many lists.
    """
    ends = range(_ROWS, len(wanted) + _ROWS, _ROWS)
    best = [
        _nearest(papers, wanted[end - _ROWS : end], looks[end - _ROWS : end], table) for end in ends
    ]
    return _by_words(papers, wanted, np.concatenate(best), len(table.words))


def _seen(own: Floats, looks: Ints, centroids: Floats) -> npt.NDArray[np.bool_]:
    """Return which lists each paper looks at: those of the nearest centroids."""
    total = len(centroids)
    products = own @ centroids.T * total + np.arange(total, dtype=np.float32)[::-1]
    seen = np.ones(products.shape, np.bool_)
    for many in np.unique(looks).tolist():
        rows = np.flatnonzero(looks == many)
        if many < total:
            least = np.partition(products[rows], -many, axis=1)[:, -many, None]
            seen[rows] = products[rows] >= least
    return seen


def _nearest(papers: Papers, wanted: Ints, looks: Ints, table: Table) -> Ints:
    """Return the CANDIDATES nearest papers of each: their products and numbers in one number."""
    own = papers.vectors[wanted]
    ends = papers.ends[wanted]
    seen = _seen(own, looks, table.centroids)
    last = int(ends.max())
    order = np.argsort(papers.lists[:last], kind="stable")
    cuts = np.searchsorted(papers.lists[:last][order], np.arange(len(table.centroids) + 1))
    best = np.full((len(wanted), CANDIDATES), float(NONE))
    for number in range(len(table.centroids)):
        members = order[cuts[number] : cuts[number + 1]]
        rows = np.flatnonzero(seen[:, number])
        if not len(members) or not len(rows):
            continue
        keys = (own[rows] @ papers.vectors[members].T).astype(np.float64)
        keys *= 1 << _PLACES
        keys += members + (_LOW << _PLACES)
        # Members before the first of these rows are older than all; the others have to be told.
        late = int(np.searchsorted(members, wanted[rows[0]]))
        others = members[late:]
        keys[:, late:][(others >= ends[rows, None]) | (others == wanted[rows, None])] = NONE
        both = np.concatenate([best[rows], keys], axis=1)
        best[rows] = np.partition(both, -CANDIDATES, axis=1)[:, -CANDIDATES:]
    return best.astype(np.int64)


def _by_words(papers: Papers, wanted: Ints, best: Ints, size: int) -> Found:
    """Return the papers of ``best`` in the order of their likeness."""
    least = best.min(axis=1, initial=1 << 62)
    bounds = np.where(least == NONE, -_LOW, (least >> _PLACES) - _LOW)
    own = np.zeros((_BLOCK, size + (1 << _CHANCE) + 1), np.uint8)
    parts = []
    for start in range(0, len(wanted), _BLOCK):
        numbers = wanted[start : start + _BLOCK]
        rows = np.arange(len(numbers))[:, None]
        own[rows, papers.terms[numbers]] = papers.weights[numbers]
        parts.append(_ordered(papers, own, best[start : start + _BLOCK]))
        own[rows, papers.terms[numbers]] = 0
    others, likeness, words, shared = map(np.concatenate, zip(*parts, strict=True))
    return Found(others, likeness, words, shared, bounds)


def _ordered(
    papers: Papers, own: npt.NDArray[np.uint8], best: Ints
) -> tuple[npt.NDArray[np.integer], ...]:
    """Return a few rows of ``Found``; ``own`` has the weight of each word in each row's paper."""
    none = best == NONE
    others = np.where(none, 0, best & ((1 << _PLACES) - 1))
    rows = np.arange(len(best))[:, None]
    met = own[rows[:, :, None], papers.terms[others]].astype(np.int32)
    shared = met * papers.weights[others]
    words = shared.sum(axis=2, dtype=np.int64)
    products = (best >> _PLACES) - _LOW
    likeness = np.where(none, 0, np.maximum(VECTORS * products + WORDS * words, 1))
    order = np.argsort(-((likeness << _PLACES) + others), axis=1)[:, :KEPT]
    # The place goes into the number, so that the order of equal ones is the same everywhere.
    places = np.arange(shared.shape[2])
    told = np.where(shared[rows, order], shared[rows, order] * 64 + (63 - places), NONE)
    told = -np.sort(-told.astype(np.int32), axis=2)[:, :, :SHARED]
    heaviest = np.where(told == NONE, NONE, 63 - told % 64).astype(np.int8)
    return others[rows, order], likeness[rows, order], words[rows, order], heaviest
