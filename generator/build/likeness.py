"""Which papers are related, remembered for the next build: it costs what has changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from generator import related
from generator.build import cache
from generator.library import Facts
from generator.related import Document, Memo, Related, Subject
from generator.system import ledger


def find(
    root: Path, facts: Collection[Facts], subjects: Mapping[str, Subject], jobs: int
) -> Mapping[str, tuple[Related, ...]]:
    """Return the related papers of every paper in ``facts``, given what each is about."""
    memos = cache.Drawer(root, "likeness", Memo)
    with ledger.charge("related"):
        documents = [Document(paper.slug, paper.date, paper.words) for paper in facts]
        memo = memos.get() or related.EMPTY
        found = related.related(documents, subjects.__getitem__, memo, jobs)
        if found.memo is not memo:
            memos.put(found.memo)
    return found.papers
