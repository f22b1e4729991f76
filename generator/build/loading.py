"""The content, with what is remembered of it: only what has changed is read."""

from __future__ import annotations

from pathlib import Path

from generator.build import cache
from generator.content import folder, reading
from generator.content.folder import Content
from generator.system import ledger
from generator.system.progress import Progress


def load(root: Path, progress: Progress, jobs: int) -> Content:
    """Return what the folder ``root`` holds, remembered for the next time."""
    drawer = cache.Drawer(root, "entries", bytes)
    with ledger.charge("read"):
        packed = drawer.get()
        known = reading.unpack(packed) if packed else {}
        new = len(folder.scan(root)) - len(known)
        with progress.stage("read", max(new, 0)) as step:
            loaded = folder.load(root, known, step, jobs)
        if loaded.entries != known:
            drawer.put(reading.pack(loaded.entries))
    return loaded
