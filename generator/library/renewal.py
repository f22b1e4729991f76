"""The related papers that a run has to find anew, and those that stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from generator.library import similarity
from generator.library.reasons import Identity, telling
from generator.library.related import Document, Memo, Related
from generator.library.similarity import EMPTY, VECTORS, Ints, Papers
from generator.library.vectors import STRANGE, TERMS, UNIT, Subject, Table

MOST = 3
"""Related papers of one."""
# A quarter of all that vectors can add to a likeness: papers on neighbouring subjects.
NEAR = VECTORS * UNIT * UNIT // 4

Columns = tuple[bytes, bytes, bytes, bytes, bytes]
Candidate = tuple[int, int, int, list[int]]
"""Another paper's place; how alike both are, and their words; the words both have."""


def renew(
    papers: Sequence[Document],
    was: Sequence[int],
    subject_of: Callable[[str], Subject],
    table: Table,
    memo: Memo,
) -> tuple[Columns, int, list[msgspec.Raw]]:
    """Return what the next memo has of each paper, how many were compared anew, the related papers.

    ``was`` has the place before of each paper that is as it was, -1 for the others.
    """
    run = _Run(papers, np.array(was, np.int64), subject_of, table, memo)
    wanted = run.wanted()
    near = [memo.near[place] if place >= 0 else _NONE for place in was]
    bounds = run.before(memo.bounds)
    if len(wanted):
        found = similarity.find(run.papers, wanted, run.looks[wanted], table)
        bounds[wanted] = found.bounds
        columns = [part.tolist() for part in (found.others, found.likeness, found.words)]
        rows = zip(*columns, found.shared.tolist(), strict=True)
        for place, row in zip(wanted.tolist(), rows, strict=True):
            candidates = zip(*row, strict=True)
            near[place] = msgspec.Raw(_ENCODER.encode(run.chosen(place, candidates)))
    kept = (
        run.terms.tobytes(),
        run.papers.weights.tobytes(),
        run.vectors,
        bounds.astype("<i4").tobytes(),
        run.looks.astype("<i4").tobytes(),
    )
    return kept, len(wanted), near


_ENCODER = msgspec.msgpack.Encoder()
_NONE = msgspec.Raw(_ENCODER.encode(()))


class _Run:
    """The papers of one run, as columns."""

    def __init__(
        self,
        papers: Sequence[Document],
        was: Ints,
        subject_of: Callable[[str], Subject],
        table: Table,
        memo: Memo,
    ) -> None:
        self._documents = papers
        self._was = was
        self._memo = memo
        self._words = table.words
        self._identities: dict[int, Identity] = {}
        self._subject_of = subject_of
        self.vectors = b"".join([paper.vector for paper in papers])
        self.terms, weights = self._subjects(memo)
        days = np.array([paper.date.toordinal() for paper in papers], np.int64)
        self.papers = Papers(
            vectors=similarity.vectors_of(self.vectors),
            lists=np.array([paper.place for paper in papers], np.uint8),
            ends=np.searchsorted(days, days, side="right"),
            terms=similarity.columns(self.terms, len(table.words)),
            weights=weights,
        )
        self.looks = similarity.how_many(self.papers.ends, len(table.centroids))

    def _subjects(self, memo: Memo) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
        """Return the words of every paper and their weights; those that are new are asked for."""
        shape = len(self._documents), TERMS
        terms, weights = np.full(shape, EMPTY, np.uint32), np.zeros(shape, np.uint8)
        kept = np.flatnonzero(self._was >= 0)
        if len(kept):
            rows = self._was[kept]
            terms[kept] = np.frombuffer(memo.terms, np.uint32).reshape(-1, TERMS)[rows]
            weights[kept] = np.frombuffer(memo.weights, np.uint8).reshape(-1, TERMS)[rows]
        for place in np.flatnonzero(self._was < 0).tolist():
            subject = self._subject_of(self._documents[place].slug)
            many = len(subject.weights)
            terms[place, :many] = np.frombuffer(subject.terms, "<u4")
            weights[place, :many] = np.frombuffer(subject.weights, np.uint8)
        return terms, weights

    def before(self, column: bytes) -> Ints:
        """Return what ``column`` of the memo, four bytes a paper, has of each that is as it was."""
        found = np.zeros(len(self._was), np.int64)
        kept = self._was >= 0
        if kept.any():
            found[kept] = np.frombuffer(column, "<i4")[self._was[kept]]
        return found

    def wanted(self) -> Ints:
        """Return the papers whose related ones may be others than they were.

        They are those that are new or look at more or fewer lists, and those for which one that is
        new, or that is gone, is near enough to matter.
        """
        is_wanted = (self._was < 0) | (self.before(self._memo.looks) != self.looks)
        fresh = np.flatnonzero(self._was < 0)
        kept = np.zeros(len(self._memo.slugs), np.bool_)
        kept[self._was[self._was >= 0]] = True
        gone = np.flatnonzero(~kept)
        bounds = self.before(self._memo.bounds)
        days = np.array([paper.date.toordinal() for paper in self._documents], np.int64)
        lost = similarity.vectors_of(self._memo.vectors)[gone]
        changed = np.concatenate([self.papers.vectors[fresh], lost])
        since = np.concatenate([days[fresh], np.array(self._memo.dates, np.int64)[gone]])
        for start in range(0, len(changed), _MANY):
            vectors, begin = changed[start : start + _MANY], since[start : start + _MANY]
            first = int(np.searchsorted(days, begin.min()))
            rest = np.flatnonzero(~is_wanted[first:]) + first
            if len(rest):
                products = self.papers.vectors[rest] @ vectors.T
                near = (products >= bounds[rest, None]) & (begin[None] <= days[rest, None])
                is_wanted[rest[near.any(axis=1)]] = True
        return np.flatnonzero(is_wanted)

    def chosen(self, place: int, candidates: Iterable[Candidate]) -> tuple[Related, ...]:
        """Return the related papers of the one at ``place``, out of its ``candidates``."""
        own = self._identity(place)
        document = self._documents[place]
        taken: list[Identity] = []
        near: list[Related] = []
        silent: list[Related] = []
        for other, likeness, words, shared in candidates:
            if not likeness or len(near) == MOST:
                break
            theirs = self._identity(other)
            # Of two versions of one work, the one that is more alike is enough.
            if own.is_one_work(theirs, words) or any(theirs.is_one_work(one, 0) for one in taken):
                continue
            them = self._documents[other]
            why = Related(
                them.slug,
                telling(self._shared(place, other, shared)),
                own.common_authors(theirs),
                bool(document.code) and document.code == them.code,
            )
            # What is near for no reason that a reader could see comes only where nothing else does.
            if why.terms or why.authors or why.code:
                taken.append(theirs)
                near.append(why)
            elif likeness >= NEAR:
                silent.append(why)
        return tuple(near or silent[:1])

    def _identity(self, place: int) -> Identity:
        found = self._identities.get(place)
        if found is None:
            document = self._documents[place]
            found = Identity(document.title, document.authors, document.arxiv)
            self._identities[place] = found
        return found

    def _shared(self, place: int, other: int, shared: list[int]) -> list[str]:
        """Return the words that two papers share, ``shared`` having their places in the other."""
        own, theirs = self._words, self.terms[other].tolist()
        numbers = [theirs[one] for one in shared if one >= 0]
        if max(numbers, default=0) < STRANGE:
            return [own[number] for number in numbers]
        lacking = self._strange(place)
        return [
            own[number] if number < STRANGE else lacking[number]
            for number in numbers
            if number < STRANGE or number in lacking
        ]

    def _strange(self, place: int) -> dict[int, str]:
        """Return the words of the paper at ``place`` that the table lacks, by their numbers."""
        numbers = self.terms[place].tolist()
        strange = self._subject_of(self._documents[place].slug).strange
        return dict(zip([one for one in numbers if STRANGE <= one < EMPTY], strange, strict=True))


_MANY = 256  # changed papers that are held against the others together
