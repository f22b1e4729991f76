"""The entries of a content folder, and what is remembered of them: what has changed is read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.build.volumes import Blob, Damaged, Shelf, Volume
from generator.content import folder, reading
from generator.content.folder import Content
from generator.content.reading import Entry
from generator.system import ledger, parallel
from generator.system.progress import Progress
from generator.system.stamps import Stamp

BATCH = 250  # entries that are packed, and unpacked, together
# The stamp of a file that may have changed since without getting another one: it is read again.
UNSETTLED = Stamp(0, 0, 0)

Stamps = dict[str, Stamp]
"""What a volume of entries tells of a batch: the stamp of each file that was read, by its path."""


def shelf(root: Path) -> Shelf[Stamps]:
    """Return where the entries of the content folder ``root`` are remembered."""
    return Shelf(root, "entries", Stamps)


def load(root: Path, progress: Progress) -> Content:
    """Return all that the folder ``root`` holds, remembered for the next time."""
    with ledger.charge("read"):
        scanned = folder.scan(root)
        kept = shelf(root)
        known: dict[str, Entry] = {}
        for name, _ in batches(scanned):
            with contextlib.suppress(Damaged):
                for blob in kept.get(name).blobs:
                    known |= reading.unpack(blob.checked())
        with progress.stage("read", max(len(scanned) - len(known), 0)) as step:
            loaded = folder.load(root, known, step, scanned)
        keep(root, loaded.entries)
    return loaded


def keep(root: Path, entries: Mapping[str, Entry]) -> None:
    """Remember ``entries``, all those of the folder ``root``, for the next load."""
    kept = shelf(root)
    folders = batches(sorted(entries))
    for name, held in folders:
        index = [{path: stamp_of(entries[path]) for path in paths} for paths in held]
        if index != kept.get(name).index:
            packed = [reading.pack({path: entries[path] for path in paths}) for paths in held]
            kept.put(name, Volume(index, [Blob.of(data) for data in packed]))
    kept.keep_only(name for name, _ in folders)


def batches(paths: Iterable[str]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Return every folder of ``paths``, which are sorted, and its paths cut into batches."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    return [(name, parallel.batches(held, BATCH)) for name, held in folders.items()]


def stamp_of(entry: Entry) -> Stamp:
    """Return the stamp that the file of ``entry`` has while it is what was read."""
    return entry.stamp if entry.stamp.settled_at(entry.read_at) else UNSETTLED
