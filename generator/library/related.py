"""Related papers: for each paper the older ones most like it, and why.

    memo = related(facts, subject_of, table)           # all anew
    memo = related(facts, subject_of, table, memo)     # only what changed is done again

A paper names papers of its own day or older ones, and what it is depends on no other paper: its
list stays as it is when later papers are added. numpy is loaded only where something has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from generator.library.vectors import Subject, Table

if TYPE_CHECKING:
    from generator.library.catalogue import Catalogue


class Related(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A related paper, and why: telling words and authors of both; whether both name one code."""

    slug: str
    terms: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    code: bool = False


Near = tuple[Related, ...]
"""The related papers of one paper, best first."""
unpack = msgspec.msgpack.Decoder(Near).decode


class Memo(msgspec.Struct, frozen=True, array_like=True):
    """What a run has found, and what the next one needs to know of it.

    It has slug, day and key of each paper, in the order of time, its related papers, packed, and
    its similarity.ROW; ``table`` is the key of the table.
    """

    table: bytes = b""
    papers: list[tuple[str, int, bytes]] = msgspec.field(default_factory=list)
    near: list[msgspec.Raw] = msgspec.field(default_factory=list)
    rows: bytes = b""

    def by_slug(self) -> dict[str, msgspec.Raw]:
        """Return the related papers of every paper, packed."""
        return {slug: near for (slug, *_), near in zip(self.papers, self.near, strict=True)}


def related(
    facts: Catalogue,
    subject_of: Callable[[str], Subject],
    table: Table,
    memo: Memo | None = None,
) -> Memo:
    """Return the related papers of all ``facts``: the same whatever run left ``memo``.

    It is ``memo`` itself where nothing has changed. ``subject_of`` is asked for the subject of a
    slug where its words are not what they were.
    """
    papers = [(paper.slug, paper.date.toordinal(), paper.words) for paper in facts.values()]
    papers.sort(key=itemgetter(1, 0))
    known = memo if memo and memo.table == table.key else Memo(table.key)
    if known.papers == papers:
        return known
    # It loads numpy, which takes longer than a build where nothing has changed.
    from generator.library import renewal  # noqa: PLC0415

    rows, near = renewal.renew(facts, papers, subject_of, table, known)
    return Memo(table.key, papers, near, rows)
