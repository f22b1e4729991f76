"""Which papers are related, remembered for the next build: it costs what has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from generator.library import related
from generator.library.catalogue import Catalogue
from generator.library.related import Memo, Near
from generator.library.vectors import Subject, Table
from generator.pipeline import cache
from generator.system import timing

_PAPERS = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])


def find(root: Path, facts: Catalogue, subjects: Mapping[str, Subject], table: Table) -> bytes:
    """Return the related papers of every paper in ``facts``, packed, given what each is about."""
    memos = cache.CacheFile(root, "likeness", Memo)
    with timing.charge("related"):
        before = memos.get()
        found = related.related(facts, subjects.__getitem__, table, before)
        if found is not before:
            memos.put(found)
        return msgspec.msgpack.encode(found.by_slug())


class Unpacked(Mapping[str, Near]):
    """The related papers of each paper, best first; ``found`` waits for what ``find`` returns.

    It is called when the first is asked for, so that what needs none is planned and made before.
    They are unpacked each time: few are wanted at a time, and unpacked they are large.
    """

    def __init__(self, found: Callable[[], bytes]) -> None:
        self._found = found

    def __getstate__(self) -> dict[str, Mapping[str, msgspec.Raw]]:
        """Send to another process what has been found, and nothing to wait for."""
        return {"_papers": self._papers}

    @cached_property
    def _papers(self) -> Mapping[str, msgspec.Raw]:
        data = self._found()
        with timing.charge("related"):
            return _PAPERS.decode(data)

    def __getitem__(self, slug: str) -> Near:
        return related.unpack(self._papers[slug])

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)
