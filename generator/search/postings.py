"""Documents to postings: for each word, which documents hold it, how often, in which field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.search.documents import ABSTRACT, FIELDS, Analysis

Rows = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Postings:
    """The inverted index of one segment; documents are numbered in the order of ``documents``.

    ``rows[field][word]`` alternates document number and how often the word stands in that field.
    ``places[field][word]`` says where, counted from 1, document by document, as often as the
    row says. ``lengths[field][document]`` counts words. ``ranks[word]`` says how many words were
    first met in the same field of the same document, but before: with the postings themselves it
    gives the order in which Lunr would have met the words, and Lunr adds up scores in that order.
    """

    documents: Sequence[Analysis]
    rows: tuple[Rows, ...]
    places: tuple[Rows, ...]
    lengths: tuple[list[int], ...]
    ranks: dict[str, int]


def arrange(analyses: Iterable[Analysis]) -> list[Analysis]:
    """Return ``analyses`` in the order of the index: by length of the abstract, then newest first.

    Ordered so, the length of an abstract follows from the number of its document, and half of
    what a posting would say need not be said.
    """
    return sorted(
        analyses,
        key=lambda analysis: (_length(analysis), -analysis.date.toordinal(), analysis.slug),
    )


def _length(analysis: Analysis) -> int:
    return len(analysis.fields[ABSTRACT].split())


def invert(documents: Sequence[Analysis]) -> Postings:
    """Return the postings of ``documents``, which are in the order that they are to have."""
    rows: list[Rows] = []
    places: list[Rows] = []
    lengths: list[list[int]] = []
    for field in range(len(FIELDS)):
        found: defaultdict[str, list[int]] = defaultdict(list)
        where: defaultdict[str, list[int]] = defaultdict(list)
        sizes = []
        for number, document in enumerate(documents):
            text = document.fields[field]
            words = text.split(" ")
            counts = Counter(words)
            sizes.append(len(words) - counts.pop("", 0))
            for word, count in counts.items():
                found[word] += (number, count)
            for place, word in enumerate(words, 1):
                where[word].append(place)
        where.pop("", None)
        rows.append(dict(found))
        places.append(dict(where))
        lengths.append(sizes)
    return Postings(documents, tuple(rows), tuple(places), tuple(lengths), _ranks(rows))


def _ranks(rows: list[Rows]) -> dict[str, int]:
    """Return the rank of every word among those first met in the same place.

    A dictionary keeps its keys in the order in which they came, so that the words of a field
    stand in the order of their first documents, and in one document in the order of its text.
    """
    first: dict[str, tuple[int, int]] = {}
    for field, found in enumerate(rows):
        for word, row in found.items():
            place = (row[0], field)
            if word not in first or place < first[word]:
                first[word] = place
    ranks: dict[str, int] = {}
    for field, found in enumerate(rows):
        here, rank = -1, 0
        for word, row in found.items():
            if first[word] != (row[0], field):
                continue
            rank = rank + 1 if row[0] == here else 0
            here = row[0]
            ranks[word] = rank
    return ranks
