"""Which papers are related, remembered for the next build: it costs what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from generator import related
from generator.build import cache
from generator.library import Facts
from generator.related import Related
from generator.search import Analysis
from generator.search.documents import ABSTRACT, TITLE
from generator.system import ledger


class Found(NamedTuple):
    """The related papers of each paper, best first; ``key`` is of the words they come from."""

    key: bytes
    papers: dict[str, tuple[Related, ...]]


def find(
    root: Path, facts: Collection[Facts], analyses: Mapping[str, Analysis]
) -> Mapping[str, tuple[Related, ...]]:
    """Return the related papers of every paper in ``facts``.

    The memo of the last run is large, so it is read only where the words are not what they were.
    """
    answers = cache.Drawer(root, "related", Found)
    with ledger.charge("related"):
        key = hashlib.blake2b(b"".join(paper.words for paper in facts)).digest()
        found = answers.get()
        if found is None or found.key != key:
            memos = cache.Drawer(root, "likeness", related.Memo)
            documents = [_document(analyses[paper.slug]) for paper in facts]
            made = related.related(documents, memos.get() or related.EMPTY)
            memos.put(made.memo)
            found = Found(key, dict(made.papers))
            answers.put(found)
    return found.papers


def _document(analysis: Analysis) -> related.Document:
    fields = analysis.fields
    return related.Document(analysis.slug, analysis.date, fields[TITLE], fields[ABSTRACT])
