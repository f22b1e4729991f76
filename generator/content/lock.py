"""One writer at a time in a content folder: two at once would each write the list of a day whole.

What a writer left that was killed half-way is swept up by the next.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from generator.system import files
from generator.system.errors import GazetteError

# Beside the content, as the cache: what stands in the folder itself would be committed.
FOLDER = ".gazette"


@contextmanager
def writing(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the content folder ``root`` for a command that writes to it.

    Waits while another command does, and says so. Raises GazetteError where no lock can be made:
    then nothing could be written either.
    """
    place = root.resolve()
    path = place.parent / FOLDER / f"{place.name}.lock"
    lock = filelock.FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _acquire(lock, root, say)
    except OSError as error:
        raise GazetteError(f"{path}: cannot be locked: {error.strerror or error}") from None
    try:
        _sweep(root)
        yield
    finally:
        lock.release()


def _acquire(lock: filelock.BaseFileLock, root: Path, say: Callable[[str], None]) -> None:
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        say(f"{root}: waiting for another command to finish")
        lock.acquire()


def _sweep(root: Path) -> None:
    """Remove the files that a writer began and was killed over: nobody else is writing now."""
    for folder, _, names in os.walk(root):
        for name in names:
            if files.is_part(name):
                (Path(folder) / name).unlink(missing_ok=True)
