"""Which papers are related, remembered for the next build: it costs what has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import msgspec

from generator.library import related
from generator.library.library import Facts
from generator.library.related import Document, Memo, Related
from generator.library.vectors import Subject, Table
from generator.pipeline import cache
from generator.system import timing

_PAPERS = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_NEAR = msgspec.msgpack.Decoder(tuple[Related, ...])


def find(
    root: Path, facts: Collection[Facts], subjects: Mapping[str, Subject], table: Table
) -> bytes:
    """Return the related papers of every paper in ``facts``, packed, given what each is about."""
    memos = cache.CacheFile(root, "likeness", Memo)
    with timing.charge("related"):
        memo = memos.get() or related.EMPTY
        documents = list(map(_document, facts))
        found = related.related(documents, subjects.__getitem__, table, memo)
        if found.memo is not memo:
            memos.put(found.memo)
        return msgspec.msgpack.encode(found.near)


def _document(paper: Facts) -> Document:
    return Document(
        paper.slug,
        paper.date,
        paper.words,
        paper.vector,
        paper.place,
        paper.title,
        paper.authors,
        paper.code,
        paper.arxiv,
    )


class Unpacked(Mapping[str, tuple[Related, ...]]):
    """The related papers of each paper, best first; ``found`` waits for what ``find`` returns.

    It is called when the first is asked for, so that what needs none is planned and made before.
    They are unpacked each time: few are wanted at a time, and unpacked they are large.
    """

    def __init__(self, found: Callable[[], bytes]) -> None:
        self._found = found

    def __reduce__(self) -> tuple[Any, ...]:
        """Send to another process what has been found, and nothing to wait for."""
        return Unpacked, (partial(bytes, self._data),)

    @cached_property
    def _data(self) -> bytes:
        return self._found()

    @cached_property
    def _papers(self) -> dict[str, msgspec.Raw]:
        data = self._data
        with timing.charge("related"):
            return _PAPERS.decode(data)

    def __getitem__(self, slug: str) -> tuple[Related, ...]:
        return _NEAR.decode(self._papers[slug])

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)
