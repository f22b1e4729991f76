"""Which papers are related, remembered for the next build: it costs what has changed."""

from __future__ import annotations

import io
import weakref
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.library import related
from generator.library.catalogue import Catalogue
from generator.library.related import BySlug, Near, Papers
from generator.library.vectors import Subject, Table
from generator.pipeline import cache
from generator.system import timing
from generator.system.records import Damaged
from generator.system.sections import Sections


class Found(NamedTuple):
    """What has been found: the file of the cache where it lies, and its checksum.

    Where the cache cannot be written, all of it that is looked up.
    """

    path: Path | None
    checksum: int = 0
    data: bytes = b""

    def opened(self) -> BySlug:
        """Return the related papers of each paper; raises Damaged where they are no more."""
        if self.path is None:
            sections = Sections.opened(io.BytesIO(self.data))
        else:
            sections = _opened(self.path, self.checksum)
        if sections is None:
            raise Damaged
        return BySlug(sections)


def find(root: Path, facts: Catalogue, subjects: Mapping[str, Subject], table: Table) -> Found:
    """Return the related papers of every paper in ``facts``, given what each is about."""
    path = cache.cache_folder(root) / "likeness"
    with timing.charge("related"):
        before = _opened(path)
        papers = Papers.of(facts)
        if before and related.is_of(before, papers, table):
            return Found(path, before.checksum)
        # It loads numpy, which takes longer than a build where nothing has changed.
        from generator.library import renewal  # noqa: PLC0415

        def write(anew: Sections) -> None:
            renewal.renew(facts, papers, subjects.__getitem__, table, before, anew)
            anew.end()

        try:
            with cache.replacing(path) as file:
                anew = Sections.begun(file, cache.header())
                write(anew)
            return Found(path, anew.checksum)
        except OSError:
            # A read-only folder, a full disk: the next build then does all of its work.
            anew = Sections.begun(io.BytesIO())
            write(anew)
            alone = io.BytesIO()
            chosen = Sections.begun(alone)
            for name in related.FOUND:
                anew.copy(chosen, name)
            chosen.end()
            return Found(None, chosen.checksum, alone.getvalue())


def _opened(path: Path, checksum: int | None = None) -> Sections | None:
    """Return what lies at ``path``, or None where it is damaged or there is nothing."""
    try:
        file = path.open("rb")
    except OSError:
        return None
    sections = Sections.opened(file, cache.header(), checksum)
    if sections is None:
        file.close()
    else:
        weakref.finalize(sections, file.close)
    return sections


class ReadSingly(Mapping[str, Near]):
    """The related papers of each paper, best first; ``found`` waits for what ``find`` returns.

    It is called when the first is asked for, so that what needs none is planned and made before.
    They are read each time, where they lie.
    """

    def __init__(self, found: Callable[[], Found]) -> None:
        self._wait = found

    def __getstate__(self) -> dict[str, Found]:
        """Send to another process where all lies, and nothing to wait for."""
        return {"_found": self._found}

    @cached_property
    def _found(self) -> Found:
        return self._wait()

    @cached_property
    def _papers(self) -> BySlug:
        return self._found.opened()

    @property
    def by_day(self) -> Mapping[int, bytes]:
        """A key of what is told of the papers of each day, by its ordinal."""
        return self._papers.by_day

    def __getitem__(self, slug: str) -> Near:
        try:
            return self._papers[slug]
        except msgspec.DecodeError:
            raise Damaged from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)
