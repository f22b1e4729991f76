"""Documents to blocks: the inverted index of a few thousand papers, in text that can be joined.

A block depends on its own papers alone, so that one of an earlier build serves again, and an edit
costs one block.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from generator.search import keys
from generator.search.coding import NUMBERS
from generator.search.documents import (
    ABSTRACT,
    Analysis,
    Facets,
    facets,
)
from generator.search.postings import runs_of
from generator.search.runs import Run
from generator.search.terms import STOP_WORDS

BLOCK = 2040  # so many that a number takes two signs, and that files of records divide it
_FORMAT = 4  # to be counted up when the files of the same papers change


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
    found, lengths = runs_of([document.fields for document in documents])
    head = Head(
        key=_key(documents),
        size=len(documents),
        totals=list(map(sum, lengths)),
        lengths=_runs(lengths[ABSTRACT]),
        facets=facets(documents),
        keys=keys.numbered((number, one.keys) for number, one in enumerate(documents)),
    )
    return Block(head, found)


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
