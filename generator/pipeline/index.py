"""The files of the search index: what no changed paper has a part in is left alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import search
from generator.library.catalogue import Facts
from generator.library.library import Shelves
from generator.pipeline.manifest import Before
from generator.pipeline.output import Output
from generator.pipeline.packed import BatchCache, Blob, FolderBatches
from generator.search import Analysis, runs
from generator.search.runs import Run
from generator.system import timing
from generator.system.fingerprints import fingerprint


class Kept(NamedTuple):
    """A block of the index but for its words; ``mark`` is that of its papers."""

    mark: bytes
    head: search.Head


class Source(NamedTuple):
    """What the index is made of: the papers to be found, their words, where their pages lie."""

    facts: Iterable[Facts]
    analyses: Mapping[str, Analysis]
    shelves: Shelves

    def members(self) -> Iterator[Member]:
        """Yield every paper."""
        for one in self.facts:
            yield Member(one.date, one.slug, one.words, self.shelves.of(one))

    def analysis(self, paper: Member) -> Analysis:
        """Return the analysis of ``paper``, its slug behind what stands before it."""
        found = self.analyses[paper.slug]
        return dataclasses.replace(found, slug=paper.shelf + found.slug) if paper.shelf else found


class Member(NamedTuple):
    """A paper in a block: its day and slug, a key of its words, what stands before the slug."""

    date: date
    slug: str
    words: bytes
    shelf: str


class Part(NamedTuple):
    """The papers of a block, and the mark of what it says of them."""

    mark: bytes
    papers: Sequence[Member]

    @classmethod
    def of(cls, papers: Sequence[Member]) -> Part:
        """Return the part of ``papers``."""
        shelves = "\n".join([paper.shelf for paper in papers])
        return cls(fingerprint(*[paper.words for paper in papers], shelves.encode()), papers)


def make(
    root: Path,
    output: Output,
    before: Before,
    source: Source | None,
    seed: bytes,
) -> tuple[dict[str, bytes], list[str]]:
    """Stage the files that are new; return the fingerprints of all, and the paths staged.

    ``root`` is the folder of the content, beside which blocks are remembered. Without a ``source``
    there is no search. ``seed`` is a key of what every file of the index depends on.
    """
    if source is None:
        return {}, []
    with timing.charge("index"):
        writer = _IndexWriter(root, output, before, source, seed)
        every = list(source.members())
        start = search.newest(paper.date for paper in every)
        for name in (search.OLD, search.NEW):
            is_new = name == search.NEW
            members = [paper for paper in every if (paper.date >= start) == is_new]
            parts = list(map(Part.of, search.cut(members)))
            writer.segment(name, parts, large=search.is_large(len(members)))
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
        for path, key in before.fingerprints.items():
            if path.startswith("search/"):
                self._groups.setdefault(key, []).append(path)

    def segment(self, name: str, parts: Sequence[Part], *, large: bool) -> None:
        """Make the files of one segment, which may be ``large``."""
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
        key = self._key(name, parts)
        if not self._has(key):
            whole = [block(number) for number in range(len(parts))]
            self._write(key, search.segment(name, whole, folder=self._output.stage))

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
            found = search.arrange(map(self._source.analysis, part.papers))
            self._at_hand = part.mark, found
        return self._at_hand[1]

    def _has(self, key: bytes) -> bool:
        """Say whether the files of the fingerprint ``key`` are there as they are to be."""
        paths = self._groups.get(key, [])
        if not paths or not self._before.intact >= set(paths):
            return False
        self.fingerprints |= dict.fromkeys(paths, key)
        return True

    def _write(self, key: bytes, files: Iterable[tuple[str, bytes]]) -> None:
        for path, data in files:
            self.fingerprints[path] = key
            if self._output.write(path, data):
                self.staged.append(path)
