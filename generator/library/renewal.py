"""The related papers that a run has to find anew, and those that stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt

from generator.library import similarity
from generator.library.reasons import Identity, telling
from generator.library.related import NEW, Document, Memo, Related
from generator.library.similarity import EMPTY, VECTORS, Ints, Papers
from generator.library.vectors import DIMENSIONS, STRANGE, TERMS, UNIT, Subject, Table

MOST = 3
"""Related papers of one."""
# A quarter of all that vectors can add to a likeness: papers on neighbouring subjects.
NEAR = VECTORS * UNIT * UNIT // 4
# What a memo has of a paper: its words and their weights, its vector, how far it looked.
ROW = np.dtype(
    [
        ("terms", "<u4", (TERMS,)),
        ("weights", "u1", (TERMS,)),
        ("vector", "i1", (DIMENSIONS,)),
        ("bound", "<i4"),
        ("looks", "<i4"),
    ]
)
_MANY = 256  # changed papers that are held against the others together
_ENCODER = msgspec.msgpack.Encoder()
_NONE = msgspec.Raw(_ENCODER.encode(()))

Rows = npt.NDArray[np.void]
Candidate = tuple[int, int, int, list[int]]
"""Another paper's place; how alike both are, and their words; numbers of words both have."""


def renew(
    papers: Sequence[Document],
    was: Sequence[int],
    subject_of: Callable[[str], Subject],
    table: Table,
    memo: Memo,
) -> tuple[bytes, int, list[msgspec.Raw]]:
    """Return the rows of the next memo, how many papers were compared anew, the related papers.

    ``was`` has the place before of each paper that is as it was, NEW for the others.
    """
    old, place = np.frombuffer(memo.rows, ROW), np.array(was, np.int64)
    kept = place != NEW
    rows = np.zeros(len(papers), ROW)
    rows["terms"] = EMPTY
    rows[kept] = old[place[kept]]
    for number in np.flatnonzero(~kept).tolist():
        subject = subject_of(papers[number].slug)
        rows["terms"][number, : len(subject.weights)] = np.frombuffer(subject.terms, "<u4")
        rows["weights"][number, : len(subject.weights)] = np.frombuffer(subject.weights, "u1")
        rows["vector"][number] = np.frombuffer(papers[number].vector, "i1")
    days = np.array([paper.date.toordinal() for paper in papers], np.int64)
    columns = Papers(
        vectors=rows["vector"].astype(np.float32),
        lists=np.array([paper.place for paper in papers], np.uint8),
        ends=np.searchsorted(days, days, side="right"),
        terms=similarity.columns(rows["terms"], len(table.words)),
        weights=rows["weights"],
    )
    looks = similarity.how_many(columns.ends, len(table.centroids))
    is_wanted = ~kept | (rows["looks"] != looks)
    gone = np.delete(np.arange(len(old)), place[kept])
    changed = np.concatenate([rows["vector"][~kept], old["vector"][gone]]).astype(np.float32)
    since = np.concatenate([days[~kept], np.array(memo.dates, np.int64)[gone]])
    _reach(is_wanted, columns.vectors, rows["bound"], days, (changed, since))
    wanted = np.flatnonzero(is_wanted)
    near = [memo.near[before] if before != NEW else _NONE for before in was]
    rows["looks"] = looks
    if len(wanted):
        found = similarity.find(columns, wanted, looks[wanted], table)
        rows["bound"][wanted] = found.bounds
        chooser = _Chooser(papers, rows["terms"], table.words, subject_of)
        shared = rows["terms"][found.others[:, :, None], found.shared]
        shared[found.shared == similarity.NONE] = EMPTY
        told = [part.tolist() for part in (found.others, found.likeness, found.words, shared)]
        for number, row in zip(wanted.tolist(), zip(*told, strict=True), strict=True):
            near[number] = msgspec.Raw(_ENCODER.encode(chooser.of(number, zip(*row, strict=True))))
    return rows.tobytes(), len(wanted), near


def _reach(
    is_wanted: npt.NDArray[np.bool_],
    vectors: similarity.Floats,
    bounds: Ints,
    days: Ints,
    changes: tuple[similarity.Floats, Ints],
) -> None:
    """Mark the papers for which one that has changed, or is gone, is near enough to matter.

    ``changes`` are the vectors of those and their days, since which they are seen.
    """
    for start in range(0, len(changes[0]), _MANY):
        changed, since = (part[start : start + _MANY] for part in changes)
        first = int(np.searchsorted(days, since.min()))
        rest = np.flatnonzero(~is_wanted[first:]) + first
        near = (vectors[rest] @ changed.T >= bounds[rest, None]) & (since <= days[rest, None])
        is_wanted[rest[near.any(axis=1)]] = True


class _Chooser:
    """Chooses the related papers of one out of its candidates, and says why they are."""

    def __init__(
        self,
        papers: Sequence[Document],
        terms: npt.NDArray[np.uint32],
        words: Sequence[str],
        subject_of: Callable[[str], Subject],
    ) -> None:
        self._papers = papers
        self._terms = terms
        self._words = words
        self._subject_of = subject_of
        self._identity = cache(self._identity_of)

    def of(self, place: int, candidates: Iterable[Candidate]) -> tuple[Related, ...]:
        """Return the related papers of the one at ``place``, out of its ``candidates``."""
        own, paper = self._identity(place), self._papers[place]
        taken: list[Identity] = []
        near: list[Related] = []
        silent: list[Related] = []
        for number, likeness, words, shared in candidates:
            if not likeness or len(near) == MOST:
                break
            theirs, other = self._identity(number), self._papers[number]
            # Of two versions of one work, the one that is more alike is enough.
            if own.is_one_work(theirs, words) or any(theirs.is_one_work(one, 0) for one in taken):
                continue
            terms = telling(self._shared(place, shared))
            authors = own.common_authors(theirs)
            why = Related(other.slug, terms, authors, bool(paper.code) and paper.code == other.code)
            # What is near for no reason that a reader could see comes only where nothing else does.
            if why.terms or why.authors or why.code:
                taken.append(theirs)
                near.append(why)
            elif likeness >= NEAR:
                silent.append(why)
        return tuple(near or silent[:1])

    def _identity_of(self, place: int) -> Identity:
        paper = self._papers[place]
        return Identity(paper.title, paper.authors, paper.arxiv)

    def _shared(self, place: int, numbers: list[int]) -> list[str]:
        """Return the words of ``numbers``, which the paper at ``place`` shares with another."""
        if max(numbers) < STRANGE:
            return [self._words[one] for one in numbers]
        own = [one for one in self._terms[place].tolist() if STRANGE <= one < EMPTY]
        lacking = dict(zip(own, self._subject_of(self._papers[place].slug).strange, strict=True))
        found = [self._words[one] if one < STRANGE else lacking.get(one, "") for one in numbers]
        return [word for word in found if word]
