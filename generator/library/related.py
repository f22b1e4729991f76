"""Related papers: for each paper the older ones most like it, and why.

    found = related(documents, subject_of, table)                 # all anew
    found = related(documents, subject_of, table, found.memo)     # only what changed is done again

A paper names papers of its own day or older ones, and what it is depends on no other paper: its
list stays as it is when later papers are added. numpy is loaded only where something has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

import msgspec

from generator.library.vectors import Subject, Table

NEW = -1
"""The place before of a paper that was not there, or was another."""


class Related(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A related paper, and why: telling words and authors of both; whether both name one code."""

    slug: str
    terms: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    code: bool = False


Near = tuple[Related, ...]
"""The related papers of one paper, best first."""
_NEAR = msgspec.msgpack.Decoder(Near)


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

    ``table`` is the key of the table, ``rows`` what renewal.ROW has of each paper.
    """

    table: bytes
    slugs: list[str]
    dates: list[int]
    keys: list[bytes]
    rows: bytes
    near: list[msgspec.Raw]


EMPTY = Memo(b"", [], [], [], b"", [])


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
    if not papers or (known.slugs == slugs and known.keys == keys and known.dates == dates):
        known = known if papers else EMPTY
        return Found(dict(zip(slugs, known.near, strict=True)), known, 0)
    # It loads numpy, which takes longer than a build where nothing has changed.
    from generator.library import renewal  # noqa: PLC0415

    before = {
        paper: place
        for place, paper in enumerate(zip(known.slugs, known.dates, known.keys, strict=True))
    }
    was = [before.get(paper, NEW) for paper in zip(slugs, dates, keys, strict=True)]
    rows, compared, near = renewal.renew(papers, was, subject_of, table, known)
    new = Memo(table.key, slugs, dates, keys, rows, near)
    return Found(dict(zip(slugs, near, strict=True)), new, compared)
