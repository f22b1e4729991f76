"""The related papers that a run has to find anew, and those that stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from generator.library import similarity
from generator.library.catalogue import Catalogue, Facts
from generator.library.reasons import Chooser
from generator.library.related import Memo
from generator.library.similarity import ROW, Floats, Rows
from generator.library.vectors import TERMS, Subject, Table

_NEW = -1  # the place before of a paper that was not there, or was another
_MANY = 256  # changed papers that are held against the others together
_NONE = msgspec.Raw(msgspec.msgpack.encode(()))


def renew(
    facts: Catalogue,
    papers: Sequence[tuple[str, int, bytes]],
    subject_of: Callable[[str], Subject],
    table: Table,
    memo: Memo,
) -> tuple[bytes, list[msgspec.Raw]]:
    """Return the rows and the related papers of the next memo, of ``papers``, whose ``facts`` are.

    All are in the order of time.
    """
    places = {paper: place for place, paper in enumerate(memo.papers)}
    was = np.array([places.get(paper, _NEW) for paper in papers], np.int64)
    is_new = was == _NEW
    old = np.frombuffer(memo.rows, ROW)
    rows = np.empty(len(papers), ROW)
    rows[~is_new] = old[was[~is_new]]
    for place in np.flatnonzero(is_new).tolist():
        slug = papers[place][0]
        rows[place] = np.frombuffer(_row(facts[slug], subject_of(slug)), ROW)[0]
    rows["day"] = days = np.array([day for _, day, _ in papers], np.int64)
    rows["end"] = ends = np.searchsorted(days, days, side="right")
    looks = similarity.how_many(ends, len(table.centroids))
    is_wanted = is_new | (rows["looks"] != looks)
    rows["looks"] = looks
    vectors = rows["vector"].astype(np.float32)
    _reach(is_wanted, rows, vectors, np.concatenate([rows[is_new], np.delete(old, was[~is_new])]))
    chooser = Chooser(facts, [slug for slug, *_ in papers], table.words, subject_of)
    near = [memo.near[place] if place != _NEW else _NONE for place in was.tolist()]
    for place, candidates in similarity.find(rows, vectors, np.flatnonzero(is_wanted), table):
        near[place] = msgspec.Raw(msgspec.msgpack.encode(chooser.of(place, candidates)))
    return rows.tobytes(), near


def _row(paper: Facts, subject: Subject) -> bytes:
    """Return the ROW of a paper by itself."""
    terms = subject.terms.ljust(4 * TERMS, b"\xff")  # EMPTY
    told = terms + subject.weights.ljust(TERMS, b"\0") + paper.vector
    return (told + paper.place.to_bytes(2, "little")).ljust(ROW.itemsize, b"\0")


def _reach(is_wanted: npt.NDArray[np.bool_], rows: Rows, vectors: Floats, changed: Rows) -> None:
    """Mark the papers to which one that has changed, or is gone, is near enough to matter."""
    for start in range(0, len(changed), _MANY):
        few = changed[start : start + _MANY]
        first = int(np.searchsorted(rows["day"], few["day"].min()))
        rest = np.flatnonzero(~is_wanted[first:]) + first
        products = vectors[rest] @ few["vector"].astype(np.float32).T
        is_older = few["day"] <= rows["day"][rest, None]
        matters = (products >= rows["bound"][rest, None]) & is_older
        is_wanted[rest[matters.any(axis=1)]] = True
