"""What the last build changed: lists of paths, for programs that copy the site somewhere.

``.gazette/changed.txt`` has the files that are new or other than before, ``removed.txt`` those
that are gone, one path a line, below the site's root, as ``rclone --files-from`` takes them. The
site of a year or a month alone has lists of its own: ``changed-2025.txt``.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from generator.pipeline import cache
from generator.system import files
from generator.system.errors import GazetteError

CHANGED = "changed"
REMOVED = "removed"
UNFINISHED = "changing"  # what a build is about to touch: it may be killed while it does


def begin(content: Path, period: str, paths: Iterable[str]) -> None:
    """Note the files of the site that a commit is about to write or remove, until ``write``."""
    file = _place(content, UNFINISHED, period)
    with contextlib.suppress(GazetteError):
        files.write_text(file, _lines({*paths, *_paths(file)}))


def write(
    content: Path, period: str, output: Path, changed: Iterable[str], removed: Iterable[str]
) -> None:
    """Write both lists for the folder ``content``, in place of those of the build before.

    What a build that was killed may have done to ``output`` is in them. Where no file can be
    written (a read-only folder, as for the rest of the cache), there are none.
    """
    unfinished = _place(content, UNFINISHED, period)
    made = set(changed)
    # What this build has made is there; of what one that was killed did, the folder is asked.
    touched = set(_paths(unfinished)) - made
    there = {path for path in touched if os.path.isfile(f"{output}/{path}")}  # noqa: PTH113  # of many files
    with contextlib.suppress(GazetteError, OSError):
        for name, paths in ((CHANGED, made | there), (REMOVED, {*removed, *touched} - there)):
            files.write_text(_place(content, name, period), _lines(paths))
        unfinished.unlink(missing_ok=True)


def _place(content: Path, name: str, period: str) -> Path:
    return cache.cache_folder(content) / (f"{name}-{period}.txt" if period else f"{name}.txt")


def _lines(paths: Iterable[str]) -> str:
    return "".join([f"{path}\n" for path in sorted(paths)])


def _paths(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def read(content: Path) -> list[str]:
    """Return the paths that the last build changed; none where no build has been."""
    return _paths(_place(content, CHANGED, ""))
