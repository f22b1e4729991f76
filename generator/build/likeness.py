"""Which papers are related, remembered for the next build: it costs what has changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from generator import related
from generator.build import cache
from generator.library import Facts
from generator.related import Document, Memo, Related, Subject
from generator.system import ledger

_PAPERS = msgspec.msgpack.Decoder(dict[str, tuple[Related, ...]])


def find(root: Path, facts: Collection[Facts], subjects: Mapping[str, Subject]) -> bytes:
    """Return the related papers of every paper in ``facts``, packed, given what each is about."""
    memos = cache.Drawer(root, "likeness", Memo)
    with ledger.charge("related"):
        documents = [Document(paper.slug, paper.date, paper.words) for paper in facts]
        memo = memos.get() or related.EMPTY
        found = related.related(documents, subjects.__getitem__, memo)
        if found.memo is not memo:
            memos.put(found.memo)
        return msgspec.msgpack.encode(found.papers)


def unpacked(data: bytes) -> Mapping[str, tuple[Related, ...]]:
    """Return the related papers of each paper, best first, from what ``find`` returned."""
    with ledger.charge("related"):
        return _PAPERS.decode(data)
