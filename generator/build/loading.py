"""The content, with what is remembered of it: only what has changed is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.build import cache
from generator.content import folder, reading
from generator.content.folder import Content
from generator.content.reading import Entry
from generator.system import ledger
from generator.system.progress import Progress


def load(root: Path, progress: Progress, jobs: int) -> Content:
    """Return what the folder ``root`` holds, remembered for the next time."""
    with ledger.charge("read"):
        known = _known(root)
        scanned = folder.scan(root)
        with progress.stage("read", max(len(scanned) - len(known), 0)) as step:
            loaded = folder.load(root, known, step, jobs, scanned)
        if loaded.entries != known:
            keep(root, loaded.entries)
    return loaded


def keep(root: Path, entries: Mapping[str, Entry]) -> None:
    """Remember ``entries``, all those of the folder ``root``, for the next load."""
    _drawer(root).put(reading.pack(entries))


def _known(root: Path) -> dict[str, Entry]:
    packed = _drawer(root).get()
    return reading.unpack(packed) if packed else {}


def _drawer(root: Path) -> cache.Drawer[bytes]:
    return cache.Drawer(root, "entries", bytes)
