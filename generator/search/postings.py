"""Where words stand: the fields of the papers of a block, inverted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import add, sub
from typing import Any, NamedTuple

from generator.search.coding import NUMBERS

Row = tuple[str, str, str, int]
"""What a block says of a word: the text of its rank, its row, its places; its documents."""
First = tuple[int, int]


class Postings(NamedTuple):
    """One field of some documents, inverted.

    ``cells[word]`` holds, for each time that the word stands there, the number of the document and
    the place, counted from 0, as text. ``lengths[document]`` counts words.
    """

    cells: dict[str, list[Any]]
    lengths: list[int]


def invert(texts: Iterable[str]) -> Postings:
    """Return the postings of ``texts``: words with a space between, some places empty."""
    cells: defaultdict[str, list[Any]] = defaultdict(list)
    lengths = []
    signs: list[str] = []
    for number, text in enumerate(texts):
        words = text.split(" ")
        signs += [NUMBERS[place] for place in range(len(signs), len(words))]
        for word, place in zip(words, signs, strict=False):
            if word:
                cells[word] += (number, place)
        lengths.append(len(words) - words.count(""))
    return Postings(dict(cells), lengths)


class Table:
    """The rows of the words of a block, field by field."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self._firsts: dict[str, First] = {}

    def add(self, field: int, postings: Postings, mark: str, is_by_length: bool) -> None:
        """Add what one field says, behind ``mark``.

        A row gives for each time the gap to the document of the time before (0 if the word stands
        there again), and, unless the documents are in the order of their lengths, the length.
        """
        lengths = [NUMBERS[length] for length in postings.lengths]
        starts = [mark + NUMBERS[number + 1] for number in range(len(lengths))]
        if not is_by_length:
            starts = list(map(add, starts, lengths))
        rows, firsts = self.rows, self._firsts
        sign, length_of = NUMBERS.__getitem__, lengths.__getitem__
        for word, cell in postings.cells.items():
            document, rank = cell[:2]
            row, places, count = starts[document], rank, 1
            if numbers := cell[2::2]:
                gaps = list(map(sub, numbers, cell[::2]))
                signs = map(sign, gaps)
                if not is_by_length:
                    signs = map(add, signs, map(length_of, numbers))
                row += "".join(signs)
                places = "".join(cell[1::2])
                count += len(gaps) - gaps.count(0)
            first = document, field
            if word in rows:
                its_rank, its_row, its_places, its_count = rows[word]
                row, places, count = its_row + row, its_places + places, its_count + count
                if firsts[word] < first:
                    first, rank = firsts[word], its_rank
            rows[word] = rank, row, places, count
            firsts[word] = first
