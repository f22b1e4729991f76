"""``build.py add FILE...``: parse digests into the content folder."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import sources
from generator.commands.edit import memory
from generator.content import history, settings
from generator.content.ingest import Ingest
from generator.model import Digest, Paper
from generator.pipeline import batches
from generator.system.errors import SourceError
from generator.system.progress import Progress


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Parse every file before the first is written: an error in one changes nothing."""
    zone = ZoneInfo(settings.load(options.content).timezone)
    today = dt.datetime.now(zone).date()
    digests: list[Digest] = []
    updates: list[Paper] = []
    for path in options.files:
        document = sources.Document(str(path), _read(path), options.date, today)
        parsed = sources.parse(document)
        digests += parsed.digests
        updates += parsed.updates
        for notice in (*parsed.notices, *parsed.left_out):
            progress.say(f"{path}:{notice.line}: {notice.message}")
    store(options.content, digests, progress, "add", updates=updates, overwrite=options.overwrite)
    return 0


def store(
    root: Path,
    digests: Iterable[Digest],
    progress: Progress,
    command: str,
    *,
    updates: Iterable[Paper] = (),
    overwrite: bool = False,
) -> None:
    """Add ``digests`` to the content folder ``root``, and say what came of it.

    ``updates`` are papers that are listed nowhere: what they say of known ones is added to those.
    """
    held = tuple(digests)
    ingest = Ingest(root, batches.load_entries(root, progress), overwrite=overwrite)
    try:
        with progress.stage("add", sum(len(digest.papers) for digest in held)) as step:
            for digest in held:
                ingest.add(digest, step)
        for paper in updates:
            ingest.update(paper)
    finally:
        history.remember(root, ingest.replaced, memory(root), command)
    if ingest.report.has_changes:
        batches.keep_entries(root, ingest.entries)
    for refused in ingest.report.refused:
        progress.say(refused)
    for kept in ingest.report.kept:
        progress.say(f"kept: {kept}")
    progress.say(str(ingest.report))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror}") from None
