"""One batch of entries read and studied: what is as it was is taken from the last time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator import library
from generator.build import loading
from generator.build.loading import Stamps
from generator.build.study import Student, Study
from generator.build.volumes import Blob, Shelf, Volume
from generator.content import reading
from generator.content.reading import Entry
from generator.errors import SourceError
from generator.library import Facts
from generator.model import Paper
from generator.related import Subject
from generator.search import Analysis
from generator.system import ledger
from generator.system.stamps import Stamp

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
    """What a volume of studies tells of a batch: what was studied, how; the facts."""

    entries: bytes
    rules: bytes
    indexed: bool
    facts: dict[str, Facts]


class Batch(NamedTuple):
    """Some entries of a folder, packed; what came of their study, all but the facts packed."""

    stamps: Stamps
    entries: Blob
    studied: Studied
    findings: Blob


class Task(NamedTuple):
    """A batch to be made: its folder, and the stamps of its files."""

    folder: str
    stamps: Stamps


class Desk:
    """What it takes to read and study a batch of the content folder ``root``."""

    def __init__(self, root: Path, student: Student, folders: Iterable[str]) -> None:
        self.root = root
        self.student = student
        self._entries = loading.shelf(root)
        self._studies = Shelf(root, "studies", Studied)
        self._volumes = {
            name: (self._entries.get(name), self._studies.get(name)) for name in folders
        }
        self._unpacked: dict[str, tuple[dict[str, Entry], dict[str, Study]]] = {}

    def remembered(self, folder: str, number: int, stamps: Stamps) -> Batch | None:
        """Return the batch ``number`` of ``folder`` if it is what it was."""
        entries, studies = self._volumes[folder]
        if number >= min(len(entries.index), len(studies.index)):
            return None
        blob, studied = entries.blobs[number], studies.index[number]
        if entries.index[number] != stamps or studied.entries != blob.digest:
            return None
        if studied.rules != self.student.rules or self.student.indexed > studied.indexed:
            return None
        return Batch(stamps, blob, studied, studies.blobs[number])

    def stale(self, task: Task) -> int:
        """Return how many files of ``task`` are not what they were."""
        known: dict[str, Stamp] = {}
        for stamps in self._volumes[task.folder][0].index:
            known |= stamps
        return sum(known.get(path) != stamp for path, stamp in task.stamps.items())

    def renew(self, task: Task) -> tuple[Batch, list[SourceError]]:
        """Return the batch of ``task``, and what is wrong with its files."""
        known, studied = self._open(task.folder)
        entries: dict[str, Entry] = {}
        wrong: list[SourceError] = []
        with ledger.charge("read"):
            for path, stamp in task.stamps.items():
                entry = known.get(path)
                if entry is None or loading.stamp_of(entry) != stamp:
                    try:
                        entry = reading.read(self.root, path, entry)
                    except SourceError as error:
                        wrong.append(error)
                        continue
                entries[path] = entry
            packed = Blob.of(reading.pack(entries))
        with ledger.charge("study"):
            papers = [entry.value for entry in entries.values() if isinstance(entry.value, Paper)]
            studies = [self._study(paper, studied.get(paper.slug)) for paper in papers]
            facts = {study.facts.slug: study.facts for study in studies}
            indexed = all(study.analysis for study in studies)
            analyses = {study.facts.slug: study.analysis for study in studies if indexed}
            subjects = {study.facts.slug: study.subject for study in studies}
            findings = Blob.of(msgspec.msgpack.encode((analyses, subjects)))
            told = Studied(packed.digest, self.student.rules, indexed, facts)
            stamps = {path: loading.stamp_of(entry) for path, entry in entries.items()}
            return Batch(stamps, packed, told, findings), wrong

    def keep(
        self, batches: Mapping[str, Sequence[Batch]], changed: Collection[str]
    ) -> dict[str, Sequence[Batch]]:
        """Remember ``batches``, all there are by their folders; only ``changed`` ones are new.

        Return them as they are kept.
        """
        kept = dict(batches)
        for name, held in batches.items():
            if name in changed or len(held) != len(self._volumes[name][0].index):
                kept[name] = self._kept(name, held)
        for shelf in (self._entries, self._studies):
            shelf.keep_only(batches)
        return kept

    def _kept(self, name: str, held: Sequence[Batch]) -> list[Batch]:
        """Keep the batches of one folder."""
        stamps, studied = [batch.stamps for batch in held], [batch.studied for batch in held]
        entries = self._entries.put(name, Volume(stamps, [batch.entries for batch in held]))
        findings = self._studies.put(name, Volume(studied, [batch.findings for batch in held]))
        return list(map(Batch, stamps, entries.blobs, studied, findings.blobs))

    def _open(self, folder: str) -> tuple[dict[str, Entry], dict[str, Study]]:
        """Return what the last build left of ``folder``, if by the same rules."""
        if folder not in self._unpacked:
            entries, studies = self._volumes[folder]
            known: dict[str, Entry] = {}
            found: dict[str, Study] = {}
            with ledger.charge("read"):
                for blob in entries.blobs:
                    known |= reading.unpack(blob.checked())
            with ledger.charge("study"):
                for studied, blob in zip(studies.index, studies.blobs, strict=True):
                    if studied.rules == self.student.rules:
                        data = blob.checked()
                        analyses, subjects = analyses_of(data), subjects_of(data)
                        found |= {
                            slug: Study(facts, analyses.get(slug), subjects[slug])
                            for slug, facts in studied.facts.items()
                        }
            self._unpacked[folder] = known, found
        return self._unpacked[folder]

    def _study(self, paper: Paper, known: Study | None) -> Study:
        """Return the study of ``paper``: the one that is known, where it is of the same paper."""
        if known is None or (self.student.indexed and known.analysis is None):
            return self.student.study(paper)
        mark = library.mark_of(paper, self.student.refs(known.facts.topics))
        return known if mark == known.facts.mark else self.student.study(paper)
