"""The files of the search index: what no changed paper has a part in is left alone."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import search
from generator.library.catalogue import Catalogue
from generator.library.library import Shelves
from generator.pipeline.manifest import Before
from generator.pipeline.output import Output
from generator.pipeline.packed import BatchCache, Blob, FolderBatches
from generator.search import Analysis, runs
from generator.search.runs import Run
from generator.system import parallel, timing
from generator.system.fingerprints import fingerprint


class Kept(NamedTuple):
    """A block of the index but for its words; ``mark`` is that of its papers."""

    mark: bytes
    head: search.Head


class Source(NamedTuple):
    """What the index is made of: the papers to be found, their words, where their pages lie."""

    facts: Catalogue
    analyses: Mapping[str, Analysis]
    shelves: Shelves

    def days(self) -> dict[date, list[str]]:
        """Return the slugs of the papers of each day: all that is held of all papers at once."""
        days: dict[int, list[str]] = {}
        for slug, day in zip(self.facts, self.facts.days(self.facts), strict=True):
            days.setdefault(day, []).append(slug)
        return {date.fromordinal(day): slugs for day, slugs in days.items()}

    def part(self, slugs: Sequence[str]) -> Part:
        """Return the part of a block that has the papers ``slugs``."""
        shelves = list(map(self._shelf, slugs))
        mark = fingerprint(self.facts.words(slugs), "\n".join(shelves).encode())
        return Part(mark, slugs, shelves)

    def _shelf(self, slug: str) -> str:
        """Return what stands before the slug of a paper, if anything does."""
        shelves = self.shelves
        return sys.intern(shelves.of(self.facts[slug])) if shelves.may_have(slug) else ""

    def analyses_of(self, part: Part) -> Iterator[Analysis]:
        """Yield the analyses of ``part``, the slug of each behind what stands before it."""
        for slug, shelf in zip(part.slugs, part.shelves, strict=True):
            found = self.analyses[slug]
            yield dataclasses.replace(found, slug=shelf + slug) if shelf else found


class Part(NamedTuple):
    """The papers of a block, what stands before the slug of each, and the mark of what it says."""

    mark: bytes
    slugs: Sequence[str]
    shelves: Sequence[str]


def make(
    root: Path,
    output: Output,
    before: Before,
    source: Source | None,
    seed: bytes,
    era: int = search.ERA,
) -> tuple[dict[str, bytes], list[str]]:
    """Stage the files that are new; return the fingerprints of all, and the paths staged.

    ``root`` is the folder of the content, beside which blocks are remembered. Without a ``source``
    there is no search. ``seed`` is a key of what every file of the index depends on, ``era`` how
    many papers are to be in an era.
    """
    if source is None:
        return {}, []
    with timing.charge("index"):
        writer = _IndexWriter(root, output, before, source, seed)
        days = source.days()
        ordered = sorted(days)
        spans = search.spans((day for day, slugs in days.items() for _ in slugs), era)
        segments = [
            (span, [slug for day in ordered if span.has(day) for slug in sorted(days[day])])
            for span in spans
        ]
        for span, slugs in segments:
            # The same as search.cut, of slugs alone.
            parts = list(map(source.part, parallel.batches(slugs, search.BLOCK)))
            eras = search.listed(segments) if span.name == search.OLD else ()
            writer.segment(span.name, parts, eras, large=search.is_large(len(slugs)))
    return writer.fingerprints, writer.staged


class _Runs(Iterable[Run]):
    """The runs of a block, read where they lie."""

    def __init__(self, blobs: Sequence[Blob]) -> None:
        self._blobs = blobs

    def __iter__(self) -> Iterator[Run]:
        for blob in self._blobs:
            yield from runs.unpacked([blob.checked()])
            blob.let_go()


class _IndexWriter:
    """Puts the index together; ``fingerprints`` and ``staged`` grow with it."""

    def __init__(
        self,
        root: Path,
        output: Output,
        before: Before,
        source: Source,
        seed: bytes,
    ) -> None:
        self.fingerprints: dict[str, bytes] = {}
        self.staged: list[str] = []
        self._output = output
        self._before = before
        self._source = source
        self._seed = seed
        self._blocks = BatchCache(root, "index", Kept)
        self._at_hand: tuple[bytes, list[Analysis]] = b"", []
        self._groups: dict[bytes, list[str]] = {}
        for path, key in before.items():
            if path.startswith("search/"):
                self._groups.setdefault(key, []).append(path)

    def segment(
        self, name: str, parts: Sequence[Part], eras: Sequence[search.Era], *, large: bool
    ) -> None:
        """Make the files of one segment, maybe ``large``; it may say which ``eras`` there are."""
        blocks: dict[int, search.Block] = {}

        def block(number: int) -> search.Block:
            if number not in blocks:
                blocks[number] = self._block(f"{name}-{number}", parts[number])
            return blocks[number]

        for number, part in enumerate(parts):
            key = self._key(f"{name} {number} {large}", [part])
            if not self._has(key):
                documents = self._arranged(part)
                first = number * search.BLOCK
                its = block(number).head.key
                self._write(key, search.records(name, first, its, documents, large=large))
        key = self._key(f"{name} {eras}" if eras[1:] else name, parts)
        if not self._has(key):
            whole = [block(number) for number in range(len(parts))]
            self._write(key, search.segment(name, whole, folder=self._output.stage, eras=eras))

    def _key(self, what: str, parts: Iterable[Part]) -> bytes:
        return fingerprint(self._seed, what.encode(), *[part.mark for part in parts])

    def _block(self, name: str, part: Part) -> search.Block:
        """Return the block of ``part``, remembered for the next time."""
        kept = self._blocks.get(name)
        if not kept.index or kept.index[0].mark != part.mark:
            block = search.invert(self._arranged(part))
            pieces = list(map(Blob.of, runs.pieces(block.runs)))
            kept = self._blocks.put(name, FolderBatches([Kept(part.mark, block.head)], pieces))
        return search.Block(kept.index[0].head, _Runs(kept.blobs))

    def _arranged(self, part: Part) -> list[Analysis]:
        """Return the analyses of ``part``; kept, as block and records of one are made in turn."""
        if self._at_hand[0] != part.mark:
            found = search.arrange(self._source.analyses_of(part))
            self._at_hand = part.mark, found
        return self._at_hand[1]

    def _has(self, key: bytes) -> bool:
        """Say whether the files of the fingerprint ``key`` are there as they are to be."""
        paths = self._groups.get(key, [])
        if not paths or not self._before.has_all(paths):
            return False
        self.fingerprints |= dict.fromkeys(paths, key)
        return True

    def _write(self, key: bytes, files: Iterable[tuple[str, bytes]]) -> None:
        for path, data in files:
            self.fingerprints[path] = key
            if self._output.write(path, data):
                self.staged.append(path)
