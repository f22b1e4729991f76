"""Related papers: for each paper the older ones most like it, and why.

    found = related(documents, subject_of, table)                 # all anew
    found = related(documents, subject_of, table, found.memo)     # only what changed is done again

A paper names papers of its own day or older ones, and what it is depends on no other paper: its
list stays as it is when later papers are added. numpy is loaded only where something has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

import msgspec

from generator.library.vectors import Subject, Table

_NEW = -1  # the place before of a paper that was not there, or was another


class Related(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A related paper, and why: telling words and authors of both; whether both name one code."""

    slug: str
    terms: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    code: bool = False


Near = tuple[Related, ...]
"""The related papers of one paper, best first."""


class Document(NamedTuple):
    """A paper of the collection.

    ``key`` is one of all else that is here, and of its subject; ``vector`` and ``place`` are as
    the table has them. ``code`` is where its code is, ``arxiv`` its arXiv id, or empty.
    """

    slug: str
    date: date
    key: bytes
    vector: bytes
    place: int
    title: str
    authors: tuple[str, ...] = ()
    code: str = ""
    arxiv: str = ""


class Memo(msgspec.Struct, frozen=True, array_like=True):
    """What one run leaves to the next, of each paper in the order of time.

    ``table`` is the key of the table. ``terms`` (four bytes each) and ``weights`` (a byte each) are
    those of the subjects, of equal length; ``vectors`` those that the lists came from, and
    ``bounds`` and ``looks`` how far each paper looked, four bytes each.
    """

    table: bytes
    slugs: list[str]
    dates: list[int]
    keys: list[bytes]
    terms: bytes
    weights: bytes
    vectors: bytes
    bounds: bytes
    looks: bytes
    near: list[msgspec.Raw]

    def dump(self) -> bytes:
        """Return the memo as MessagePack."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def load(cls, data: bytes) -> Memo:
        """Return the memo that ``dump`` wrote; raises msgspec.MsgspecError on anything else."""
        return msgspec.msgpack.decode(data, type=cls)


EMPTY = Memo(b"", [], [], [], b"", b"", b"", b"", b"", [])
_NEAR = msgspec.msgpack.Decoder(Near)


@dataclass(frozen=True, slots=True)
class Found:
    """The related papers of every paper by its slug, packed, and the memo for the next run.

    It is the memo of the last run itself where that still holds. ``compared`` is how many papers
    this run compared anew.
    """

    near: Mapping[str, msgspec.Raw]
    memo: Memo
    compared: int

    @property
    def papers(self) -> Mapping[str, Near]:
        """The related papers of every paper, best first."""
        return {slug: _NEAR.decode(near) for slug, near in self.near.items()}


def related(
    documents: Iterable[Document],
    subject_of: Callable[[str], Subject],
    table: Table,
    memo: Memo = EMPTY,
) -> Found:
    """Return the related papers of all ``documents``: the same whatever run left ``memo``.

    ``subject_of`` is asked for the subject of a slug where its key is not what it was.
    """
    papers = sorted(documents, key=attrgetter("date", "slug"))
    known = memo if memo.table == table.key else EMPTY
    slugs = [paper.slug for paper in papers]
    dates = [paper.date.toordinal() for paper in papers]
    keys = [paper.key for paper in papers]
    if known.slugs == slugs and known.keys == keys and known.dates == dates:
        return Found(dict(zip(slugs, known.near, strict=True)), known, 0)
    if not papers:
        return Found({}, EMPTY, 0)
    # It loads numpy, which takes longer than a build where nothing has changed.
    from generator.library import renewal  # noqa: PLC0415

    was = _places_before(slugs, dates, keys, known)
    columns, compared, near = renewal.renew(papers, was, subject_of, table, known)
    new = Memo(table.key, slugs, dates, keys, *columns, near)
    return Found(dict(zip(slugs, near, strict=True)), new, compared)


def _places_before(
    slugs: Sequence[str], dates: Sequence[int], keys: Sequence[bytes], memo: Memo
) -> list[int]:
    """Return the place that each paper had in the run before, if it is as it was."""
    before = {slug: place for place, slug in enumerate(memo.slugs)}
    found = []
    for slug, day, key in zip(slugs, dates, keys, strict=True):
        place = before.get(slug, _NEW)
        same = place != _NEW and memo.dates[place] == day and memo.keys[place] == key
        found.append(place if same else _NEW)
    return found
