"""All that a site is made of, read or remembered: what has changed is read and studied again.

The entries of a folder come in batches. Of a batch whose files are as they were, only the facts
are loaded; its papers and their words stay packed until somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.content import content_notices, entry_files, folder
from generator.content.entries import Listing
from generator.content.entry_files import DIGESTS
from generator.library.catalogue import Catalogue
from generator.library.library import Day
from generator.library.vectors import Subject
from generator.model import Paper
from generator.pipeline.batches import (
    Batch,
    BatchReader,
    Signatures,
    Studied,
    Task,
    analyses_of,
    folder_batches,
    subjects_of,
)
from generator.pipeline.packed import Blob, Singly, Unpacked
from generator.pipeline.study import StudyMaker
from generator.search import Analysis
from generator.system import parallel, timing
from generator.system.errors import SourceError, SourceErrors
from generator.system.fingerprints import Signature
from generator.system.parallel import Jobs
from generator.system.progress import Progress

ALONE = 300  # entries that one process reads and studies faster than two can be started
_TOLD = msgspec.msgpack.Decoder(tuple[Signatures, Studied])


class Loaded(NamedTuple):
    """Every digest; the facts, the entry, the words and the subject of every paper; what is odd.

    Papers are keyed by slug, those that no digest lists among them.
    """

    digests: tuple[Day, ...]
    facts: Catalogue
    papers: Mapping[str, Paper]
    analyses: Mapping[str, Analysis]
    subjects: Mapping[str, Subject]
    warnings: tuple[str, ...]


def load(
    root: Path, files: Mapping[str, Signature], study: StudyMaker, progress: Progress, jobs: Jobs
) -> Loaded:
    """Return what the content folder ``root`` holds, studied by ``study``.

    ``files`` has the signatures of its files.
    All is remembered for the next time. Raises SourceErrors with every error of every file.
    """
    with timing.charge("read"):
        scanned = folder.entries_among(files)
        folders = folder_batches(scanned)
        reader = BatchReader(root, study, [name for name, _ in folders])
        batches: dict[tuple[str, int], Batch] = {}
        tasks: dict[tuple[str, int], Task] = {}
        for name, parts in folders:
            for number, paths in enumerate(parts):
                signatures = {path: scanned[path] for path in paths}
                if batch := reader.remembered(name, number, signatures):
                    batches[name, number] = batch
                else:
                    tasks[name, number] = Task(name, signatures)
    by_folder: dict[str, Sequence[Batch]] = {}
    renewed = _renewed(reader, tasks, progress, jobs)
    for name, parts in folders:
        # Kept before those of the next folder come: in a file they take no memory.
        places = [(name, number) for number in range(len(parts))]
        is_new = not all(place in batches for place in places)
        held = [batches.get(place) or next(renewed) for place in places]
        with timing.charge("read"):
            by_folder[name] = reader.keep(name, held, is_new=is_new)
    for _ in renewed:  # to its end, where it says what is wrong
        pass
    with timing.charge("read"):
        reader.keep_only(by_folder)
        return _gathered(root, scanned, by_folder)


def _renewed(
    reader: BatchReader, tasks: Mapping[tuple[str, int], Task], progress: Progress, jobs: Jobs
) -> Iterator[Batch]:
    """Yield the batches of ``tasks``; raises SourceErrors at the end where files are wrong."""
    stale = {place: reader.stale(task) for place, task in tasks.items()}
    total = sum(stale.values())
    errors: list[SourceError] = []
    with progress.stage("read", total) as step:
        made = parallel.each(_renew, reader, list(tasks.values()), jobs if total > ALONE else 1)
        for place, (told, entries, findings, wrong) in zip(tasks, made, strict=True):
            signatures, studied = _TOLD.decode(told)
            errors += wrong
            step(stale[place])
            yield Batch(signatures, entries, studied, findings)
    if errors:
        raise SourceErrors(errors)


def _renew(reader: BatchReader, task: Task) -> tuple[bytes, Blob, Blob, list[SourceError]]:
    """Return a batch, its facts packed: they would take a process long to send as they are."""
    batch, wrong = reader.renew(task)
    told = msgspec.msgpack.encode((batch.signatures, batch.studied))
    return told, batch.entries, batch.findings, wrong


def _gathered(
    root: Path, scanned: Mapping[str, Signature], by_folder: Mapping[str, Sequence[Batch]]
) -> Loaded:
    """Return what ``batches`` hold; raises SourceErrors where entries do not fit each other."""
    batches = list(chain.from_iterable(by_folder.values()))
    listings = {
        path: entry.value
        for batch in batches
        if next(iter(batch.signatures)).startswith(f"{DIGESTS}/")
        for path, entry in entry_files.unpack(batch.entries.checked()).items()
        if isinstance(entry.value, Listing)
    }
    warnings = folder.check(root, scanned, listings)
    odd = [line for batch in batches for line in batch.studied.odd]
    facts = Catalogue(batch.studied.facts for batch in batches)
    findings = [batch.findings for batch in batches]
    of_batch = facts.numbers()
    own = {slug: slug for slug in facts}  # the same string, where a digest names a paper
    return Loaded(
        digests=tuple(
            Day(
                one.digest.date,
                one.digest.byline,
                one.digest.note,
                tuple([own[slug] for slug in one.slugs]),
                one.digest.draft,
            )
            for one in listings.values()
        ),
        facts=facts,
        papers=Singly(of_batch, [batch.entries for batch in batches], entry_files.opened),
        analyses=Unpacked(of_batch, findings, analyses_of),
        subjects=Unpacked(of_batch, findings, subjects_of),
        warnings=(*warnings, *content_notices.counted(odd)),
    )
