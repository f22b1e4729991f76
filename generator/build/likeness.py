"""Which papers are related, remembered for the next build: it costs what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator import related
from generator.build import cache
from generator.build.study import Study
from generator.related import Related
from generator.search.documents import ABSTRACT, TITLE
from generator.system import ledger


class Found(NamedTuple):
    """The related papers of each paper, best first; ``key`` is of the studies they come from."""

    key: bytes
    papers: dict[str, tuple[Related, ...]]


def find(root: Path, studies: Mapping[str, Study]) -> Mapping[str, tuple[Related, ...]]:
    """Return the related papers of every one of ``studies``.

    The memo of the last run is large, so it is read only where a study is not what it was.
    """
    answers = cache.Drawer(root, "related", Found)
    with ledger.charge("related"):
        key = hashlib.blake2b(b"".join(study.mark for study in studies.values())).digest()
        found = answers.get()
        if found is None or found.key != key:
            memos = cache.Drawer(root, "likeness", related.Memo)
            documents = [_document(slug, study) for slug, study in studies.items()]
            made = related.related(documents, memos.get() or related.EMPTY)
            memos.put(made.memo)
            found = Found(key, dict(made.papers))
            answers.put(found)
    return found.papers


def _document(slug: str, study: Study) -> related.Document:
    fields = study.analysis.fields
    return related.Document(slug, study.analysis.date, fields[TITLE], fields[ABSTRACT])
