"""Documents to blocks: the inverted index of a few thousand papers, in text that can be joined.

A block depends on its own papers alone, so that one of an earlier build serves again, and an edit
costs one block.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from operator import add, sub
from typing import Any, NamedTuple, Protocol, TypeVar

import msgspec

from generator.search import keys
from generator.search.coding import AUTHORS_MARK, NUMBERS, TITLE_MARK, VENUE_MARK, in_order
from generator.search.documents import (
    ABSTRACT,
    AUTHORS,
    FIELDS,
    TITLE,
    VENUE,
    Analysis,
    Facets,
    facets,
)
from generator.search.runs import Row, Run
from generator.search.terms import STOP_WORDS

BLOCK = 2040  # so many that a number takes two signs, and that files of records divide it
_FORMAT = 4  # to be counted up when the files of the same papers change
_ORDER = {ABSTRACT: "", TITLE: TITLE_MARK, AUTHORS: AUTHORS_MARK, VENUE: VENUE_MARK}
"""The fields in the order in which a row has them, and what stands before each."""
NEAR = 2  # letters: words that begin with the same are kept together


class Dated(Protocol):
    """What puts a paper into a block."""

    @property
    def date(self) -> date:
        """The day of the paper."""

    @property
    def slug(self) -> str:
        """The slug of the paper."""


D = TypeVar("D", bound=Dated)


class Head(NamedTuple):
    """What there is to know of a block but for its words; documents are numbered in its order.

    ``key`` changes with any part of any paper. ``totals`` says how many words each of FIELDS has
    over all papers; ``lengths`` how long the abstracts are, as text. ``keys`` are the exact names,
    as ``keys.numbered`` packs them.
    """

    key: str
    size: int
    totals: list[int]
    lengths: str
    facets: Facets
    keys: bytes


class Block(NamedTuple):
    """The inverted index of one block: its words with their rows, in the order of beginnings.

    A row says in which documents and fields the word stands: first of the abstracts, then, behind a
    mark, of each other field that has it. The rank of a word is its place in the field and the
    document where Lunr would have met it first: Lunr adds up scores in the order in which it met
    the words, and the rows say the rest of that order.
    """

    head: Head
    runs: Iterable[Run]


def cut(papers: Iterable[D], size: int = BLOCK) -> list[list[D]]:
    """Return the papers of each block: so many each, oldest first."""
    by_day = sorted(papers, key=lambda paper: (paper.date, paper.slug))
    return [by_day[start : start + size] for start in range(0, len(by_day), size)]


def arrange(analyses: Iterable[Analysis]) -> list[Analysis]:
    """Return the papers of a block in its order: by length of the abstract, then newest first.

    Ordered so, the length of an abstract follows from the number of its document, and half of
    what a row would say need not be said.
    """
    return sorted(
        analyses,
        key=lambda analysis: (analysis.length, -analysis.date.toordinal(), analysis.slug),
    )


def invert(documents: Sequence[Analysis]) -> Block:
    """Return the block of ``documents``, which are in the order that they are to have."""
    fields = [
        postings_of([document.fields[number] for document in documents])
        for number in range(len(FIELDS))
    ]
    table = Table()
    for number, mark in _ORDER.items():
        table.add(number, fields[number], mark, number == ABSTRACT)
    near: defaultdict[str, list[str]] = defaultdict(list)
    for word in table.rows:
        near[word[:NEAR]].append(word)
    head = Head(
        key=_key(documents),
        size=len(documents),
        totals=[sum(field.lengths) for field in fields],
        lengths=_runs(fields[ABSTRACT].lengths),
        facets=facets(documents),
        keys=keys.numbered((number, one.keys) for number, one in enumerate(documents)),
    )
    rows = table.rows.__getitem__
    return Block(head, [Run.of(each, near[each], map(rows, near[each])) for each in in_order(near)])


def _key(documents: Sequence[Analysis]) -> str:
    raw = msgspec.msgpack.encode((_FORMAT, sorted(STOP_WORDS), documents))
    return hashlib.sha256(raw).hexdigest()[:6]


def _runs(lengths: Sequence[int]) -> str:
    """Return rising ``lengths`` as text: how many there are; of each the step to it, how often."""
    runs = Counter(lengths)
    parts = [NUMBERS[len(runs)]]
    before = 0
    for length, times in runs.items():
        parts += (NUMBERS[length - before], NUMBERS[times])
        before = length
    return "".join(parts)


First = tuple[int, int]


class Postings(NamedTuple):
    """One field of some documents, inverted.

    ``cells[word]`` holds, for each time that the word stands there, the number of the document and
    the place, counted from 0, as text. ``lengths[document]`` counts words.
    """

    cells: dict[str, list[Any]]
    lengths: list[int]


def postings_of(texts: Iterable[str]) -> Postings:
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
