"""One batch of entries, read and studied: what is as it was is taken from the cache."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.content import content_notices, entry_files
from generator.content import folder as content_folder
from generator.content.entry_files import Entry
from generator.content.folder import Content
from generator.library import facts, library
from generator.library.facts import FactsIndex, PackedFacts
from generator.library.vectors import Subject
from generator.model import Paper
from generator.pipeline.packed import BatchCache, Blob, FolderBatches
from generator.pipeline.study import Study, StudyMaker
from generator.search import Analysis
from generator.system import parallel, timing
from generator.system.errors import SourceError
from generator.system.fingerprints import Signature
from generator.system.progress import Progress
from generator.system.records import Damaged
from generator.system.signatures import Signatures

BATCH = 250  # entries that are packed, and unpacked, together
# The signature of a file that may have changed since without getting another one: it is read again.
UNSETTLED = Signature(0, 0, 0)

Files = dict[str, Signature]
"""What the cache tells of a batch: the signature of each file that was read, by its path."""


def entry_cache(root: Path) -> BatchCache[Files]:
    """Return where the entries of the content folder ``root`` are remembered."""
    return BatchCache(root, "entries", Files)


def load_entries(root: Path, progress: Progress) -> Content:
    """Return all that the folder ``root`` holds, remembered for the next time."""
    with timing.charge("read"):
        scanned = content_folder.scan(root)
        kept = entry_cache(root)
        known: dict[str, Entry] = {}
        for name, _ in folder_batches(scanned):
            with contextlib.suppress(Damaged):
                for blob in kept.get(name).blobs:
                    known |= entry_files.unpack(blob.checked())
        with progress.stage("read", max(len(scanned) - len(known), 0)) as step:
            loaded = content_folder.load(root, known, step, scanned)
        keep_entries(root, loaded.entries)
    return loaded


def keep_entries(root: Path, entries: Mapping[str, Entry]) -> None:
    """Remember ``entries``, all those of the folder ``root``, for the next load."""
    kept = entry_cache(root)
    folders = folder_batches(sorted(entries))
    for name, held in folders:
        index = [{path: signature_of(entries[path]) for path in paths} for paths in held]
        if index != kept.get(name).index:
            packed = [entry_files.pack({path: entries[path] for path in paths}) for paths in held]
            kept.put(name, FolderBatches(index, [Blob.of(data) for data in packed]))
    kept.keep_only(name for name, _ in folders)


def folder_batches(paths: Iterable[str]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Return every folder of ``paths``, which are sorted, and its paths cut into batches."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    return [(name, parallel.batches(held, BATCH)) for name, held in folders.items()]


def signature_of(entry: Entry) -> Signature:
    """Return the signature that the file of ``entry`` has while it is what was read."""
    return entry.signature if entry.signature.settled_at(entry.read_at) else UNSETTLED


# The analyses and the subjects of a batch: whoever wants the ones does not unpack the others.
_ANALYSES = msgspec.msgpack.Decoder(tuple[dict[str, Analysis], msgspec.Raw])
_SUBJECTS = msgspec.msgpack.Decoder(tuple[msgspec.Raw, dict[str, Subject]])


def analyses_of(findings: bytes | memoryview) -> dict[str, Analysis]:
    """Return the analyses of a batch by slug."""
    return _ANALYSES.decode(findings)[0]


def subjects_of(findings: bytes | memoryview) -> dict[str, Subject]:
    """Return the subjects of a batch by slug."""
    return _SUBJECTS.decode(findings)[1]


class Studied(NamedTuple):
    """What the cache of studies tells of a batch: what was studied, how; the facts; what is odd."""

    entries: bytes
    rules: bytes
    indexed: bool
    facts: FactsIndex
    odd: tuple[str, ...]


class Batch(NamedTuple):
    """Some entries of a folder, packed; what came of their study."""

    entries: Blob
    studied: Studied
    facts: Blob
    findings: Blob

    @property
    def catalogued(self) -> PackedFacts:
        """The facts of its papers."""
        return PackedFacts(self.studied.facts, self.facts)


class Task(NamedTuple):
    """A batch to be made: its folder, its number there, how many of its files are others."""

    folder: str
    number: int
    stale: int


class Remembered(NamedTuple):
    """Each batch of a folder that is what it was, and of each other what is to do.

    ``is_whole`` says whether the cache has no batch beside these.
    """

    batches: Sequence[Batch | Task]
    is_whole: bool


class BatchReader:
    """What it takes to read and study a batch of the content folder ``root``.

    ``scanned`` has the signatures of its files.
    """

    def __init__(self, root: Path, study: StudyMaker, scanned: Signatures) -> None:
        self.root = root
        self.study = study
        self._scanned = scanned
        self._entries = entry_cache(root)
        self._studies = BatchCache(root, "studies", Studied)
        # Of the folder that was asked for last: files, what is kept, that unpacked.
        self._files: tuple[str, list[Files]] = "", []
        self._kept: tuple[str, FolderBatches[Files], FolderBatches[Studied]] | None = None
        self._unpacked: dict[str, tuple[dict[str, Entry], dict[str, Study]]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Send to another process what it takes, and nothing unpacked."""
        return {**self.__dict__, "_files": ("", []), "_kept": None, "_unpacked": {}}

    def batches(self, folder: str) -> list[Files]:
        """Return the signatures of the files of ``folder``, by batches."""
        if self._files[0] != folder:
            found = content_folder.entries_in(folder, self._scanned)
            self._files = folder, [dict(part) for part in parallel.batches(found.items(), BATCH)]
        return self._files[1]

    def remembered(self, folder: str) -> Remembered:
        """Return what the cache has of ``folder``, and what is to do there."""
        entries, studies = self._kept_of(folder)
        parts = self.batches(folder)
        held = [self._batch(number, files, entries, studies) for number, files in enumerate(parts)]
        known: dict[str, Signature] = {}
        for files in entries.index if None in held else ():
            known |= files
        found = [
            batch or Task(folder, number, sum(known.get(path) != files[path] for path in files))
            for number, (batch, files) in enumerate(zip(held, parts, strict=True))
        ]
        return Remembered(found, len(entries.index) == len(found))

    def _batch(
        self,
        number: int,
        files: Files,
        entries: FolderBatches[Files],
        studies: FolderBatches[Studied],
    ) -> Batch | None:
        """Return the batch ``number``, of ``files``, if it is what it was."""
        if number >= min(len(entries.index), len(studies.index)):
            return None
        blob, studied = entries.blobs[number], studies.index[number]
        if entries.index[number] != files or studied.entries != blob.digest:
            return None
        if studied.rules != self.study.rules or self.study.indexed > studied.indexed:
            return None
        return Batch(blob, studied, *_of_study(studies, number))

    def renew(self, task: Task) -> tuple[Files, Batch, list[SourceError]]:
        """Return the batch of ``task`` with its files as read, and what is wrong with them."""
        known, studied = self._open(task.folder)
        entries: dict[str, Entry] = {}
        wrong: list[SourceError] = []
        with timing.charge("read"):
            for path, signature in self.batches(task.folder)[task.number].items():
                entry = known.get(path)
                if entry is None or signature_of(entry) != signature:
                    try:
                        entry = entry_files.read(self.root, path, entry)
                    except SourceError as error:
                        wrong.append(error)
                        continue
                entries[path] = entry
            packed = Blob.of(entry_files.pack(entries))
        with timing.charge("study"):
            papers = [entry.value for entry in entries.values() if isinstance(entry.value, Paper)]
            studies = self._studies_of(papers, studied)
            index, packed_facts = facts.pack(study.facts for study in studies)
            indexed = all(study.analysis for study in studies)
            analyses = {study.facts.slug: study.analysis for study in studies if indexed}
            subjects = {study.facts.slug: study.subject for study in studies}
            findings = Blob.of(msgspec.msgpack.encode((analyses, subjects)))
            odd = tuple(content_notices.as_they_came(self.root, entries))
            told = Studied(packed.digest, self.study.rules, indexed, index, odd)
            files = {path: signature_of(entry) for path, entry in entries.items()}
            return files, Batch(packed, told, Blob.of(packed_facts), findings), wrong

    def keep(self, name: str, held: Sequence[Batch], files: Sequence[Files]) -> Sequence[Batch]:
        """Remember ``held``, all batches of the folder ``name``; return them as they are kept.

        ``files`` are those that each was read from.
        """
        studied = [batch.studied for batch in held]
        entries = self._entries.put(name, FolderBatches(files, [batch.entries for batch in held]))
        blobs = [blob for batch in held for blob in (batch.facts, batch.findings)]
        studies = self._studies.put(name, FolderBatches(studied, blobs))
        return [
            Batch(entries.blobs[number], one, *_of_study(studies, number))
            for number, one in enumerate(studied)
        ]

    def keep_only(self, folders: Collection[str]) -> None:
        """Forget the batches of all other folders."""
        for kept_cache in (self._entries, self._studies):
            kept_cache.keep_only(folders)

    def _kept_of(self, folder: str) -> tuple[FolderBatches[Files], FolderBatches[Studied]]:
        """Return what the last build left of ``folder``."""
        if self._kept is None or self._kept[0] != folder:
            self._kept = folder, self._entries.get(folder), self._studies.get(folder)
        return self._kept[1:]

    def _open(self, folder: str) -> tuple[dict[str, Entry], dict[str, Study]]:
        """Return what the last build left of ``folder``, if by the same rules."""
        if folder not in self._unpacked:
            self._unpacked.clear()
            entries, studies = self._kept_of(folder)
            known: dict[str, Entry] = {}
            found: dict[str, Study] = {}
            with timing.charge("read"):
                for blob in entries.blobs:
                    known |= entry_files.unpack(blob.checked())
            with timing.charge("study"):
                for number, studied in enumerate(studies.index):
                    if studied.rules == self.study.rules:
                        packed, findings = _of_study(studies, number)
                        data = findings.checked()
                        analyses, subjects = analyses_of(data), subjects_of(data)
                        found |= {
                            one.slug: Study(one, analyses.get(one.slug), subjects[one.slug])
                            for one in PackedFacts(studied.facts, packed)
                        }
            self._unpacked[folder] = known, found
        return self._unpacked[folder]

    def _studies_of(self, papers: Sequence[Paper], known: Mapping[str, Study]) -> list[Study]:
        """Return the studies of ``papers``: those that are known, where they are of the same."""
        found = {paper.slug: known[paper.slug] for paper in papers if self._holds(paper, known)}
        new = [paper for paper in papers if paper.slug not in found]
        found |= {study.facts.slug: study for study in self.study.study(new)}
        return [found[paper.slug] for paper in papers]

    def _holds(self, paper: Paper, known: Mapping[str, Study]) -> bool:
        """Say whether what is known of ``paper`` is all that is wanted, and of the same paper."""
        study = known.get(paper.slug)
        if study is None or (self.study.indexed and study.analysis is None):
            return False
        mark = library.mark_of(paper, self.study.refs(study.facts.topics))
        return mark == study.facts.mark


def _of_study(studies: FolderBatches[Studied], number: int) -> tuple[Blob, Blob]:
    """Return the facts and the findings of the batch ``number``."""
    ours, findings = studies.blobs[2 * number : 2 * number + 2]
    return ours, findings
