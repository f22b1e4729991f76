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
    Files,
    Remembered,
    Studied,
    Task,
    analyses_of,
    subjects_of,
)
from generator.pipeline.packed import Blob, Singly, Unpacked
from generator.pipeline.study import StudyMaker
from generator.search import Analysis
from generator.system import parallel, timing
from generator.system.errors import SourceError, SourceErrors
from generator.system.parallel import Jobs
from generator.system.progress import Progress
from generator.system.signatures import Signatures

ALONE = 300  # entries that one process reads and studies faster than two can be started
MANY = 50_000  # entries that no longer lie in the memory of the system: a process waits for them
_TOLD = msgspec.msgpack.Decoder(tuple[Files, Studied])


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
    root: Path, files: Signatures, study: StudyMaker, progress: Progress, jobs: Jobs
) -> Loaded:
    """Return what the content folder ``root`` holds, studied by ``study``.

    ``files`` has the signatures of its files.
    All is remembered for the next time. Raises SourceErrors with every error of every file.
    """
    reader = BatchReader(root, study, files)
    with timing.charge("read"):
        remembered = {name: reader.remembered(name) for name in folder.entry_folders(files)}
    tasks = [
        each for found in remembered.values() for each in found.batches if isinstance(each, Task)
    ]
    renewed = _renewed(reader, tasks, progress, jobs)
    by_folder: dict[str, Sequence[Batch]] = {}
    for name, found in remembered.items():
        # Kept before those of the next folder come: in a file they take no memory.
        new = [next(renewed) if isinstance(each, Task) else None for each in found.batches]
        with timing.charge("read"):
            by_folder[name] = _kept(reader, name, found, new)
    for _ in renewed:  # to its end, where it says what is wrong
        pass
    with timing.charge("read"):
        reader.keep_only(by_folder)
        return _gathered(root, files, by_folder)


def _kept(
    reader: BatchReader,
    name: str,
    found: Remembered,
    new: Sequence[tuple[Files, Batch] | None],
) -> Sequence[Batch]:
    """Remember the batches of the folder ``name``: those that were ``found``, else the ``new``."""
    held = [each for each in found.batches if isinstance(each, Batch)]
    if found.is_whole and not any(new):
        return held
    read = [one[0] if one else files for one, files in zip(new, reader.batches(name), strict=True)]
    old = iter(held)
    return reader.keep(name, [one[1] if one else next(old) for one in new], read)


def _renewed(
    reader: BatchReader, tasks: Sequence[Task], progress: Progress, jobs: Jobs
) -> Iterator[tuple[Files, Batch]]:
    """Yield the batches of ``tasks``; raises SourceErrors at the end where files are wrong."""
    total = sum(task.stale for task in tasks)
    errors: list[SourceError] = []
    with progress.stage("read", total) as step:
        made = parallel.each(_renew, reader, tasks, _readers(jobs, total))
        for task, (told, blobs, wrong) in zip(tasks, made, strict=True):
            files, studied = _TOLD.decode(told)
            errors += wrong
            step(task.stale)
            entries, facts, findings = blobs
            yield files, Batch(entries, studied, facts, findings)
    if errors:
        raise SourceErrors(errors)


def _readers(jobs: Jobs, total: int) -> Jobs:
    """Return by whom ``total`` entries are read: of very many, by one more than there are jobs.

    It works while another one waits for the disk.
    """
    if total <= ALONE:
        return 1
    return jobs + 1 if isinstance(jobs, int) and jobs > 1 and total > MANY else jobs


def _renew(
    reader: BatchReader, task: Task
) -> tuple[bytes, tuple[Blob, Blob, Blob], list[SourceError]]:
    """Return a batch, its index packed: that would take a process long to send as it is."""
    files, batch, wrong = reader.renew(task)
    told = msgspec.msgpack.encode((files, batch.studied))
    return told, (batch.entries, batch.facts, batch.findings), wrong


def _gathered(root: Path, files: Signatures, by_folder: Mapping[str, Sequence[Batch]]) -> Loaded:
    """Return what ``by_folder`` holds; raises SourceErrors where entries do not fit each other."""
    batches = list(chain.from_iterable(by_folder.values()))
    listings = {
        path: entry.value
        for name, held in by_folder.items()
        if name.partition("/")[0] == DIGESTS
        for batch in held
        for path, entry in entry_files.unpack(batch.entries.checked()).items()
        if isinstance(entry.value, Listing)
    }
    entries = chain.from_iterable(folder.entries_in(name, files) for name in by_folder)
    warnings = folder.check(root, entries, listings)
    odd = [line for batch in batches for line in batch.studied.odd]
    facts = Catalogue(batch.catalogued for batch in batches)
    findings = [batch.findings for batch in batches]
    places = facts.places()
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
        papers=Singly(places, [batch.entries for batch in batches], entry_files.opened),
        analyses=Unpacked(places, findings, analyses_of),
        subjects=Unpacked(places, findings, subjects_of),
        warnings=(*warnings, *content_notices.counted(odd)),
    )
