"""What the last build changed: lists of paths, for programs that copy the site somewhere.

``.gazette/changed.txt`` has the files that are new or other than before, ``removed.txt`` those
that are gone, one path a line, below the site's root, as ``rclone --files-from`` takes them. The
site of a year or a month alone has lists of its own: ``changed-2025.txt``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from generator.pipeline import cache
from generator.system import files
from generator.system.errors import GazetteError

CHANGED = "changed"
REMOVED = "removed"


def write(content: Path, period: str, changed: Iterable[str], removed: Iterable[str]) -> None:
    """Write both lists for the folder ``content``, in place of those of the build before.

    Where no file can be written (a read-only folder, as for the rest of the cache), there are none.
    """
    folder = cache.cache_folder(content)
    with contextlib.suppress(GazetteError):
        for name, paths in ((CHANGED, changed), (REMOVED, removed)):
            file = f"{name}-{period}.txt" if period else f"{name}.txt"
            files.write_text(folder / file, "".join([f"{path}\n" for path in sorted(paths)]))


def read(content: Path) -> list[str]:
    """Return the paths that the last build changed; none where no build has been."""
    try:
        text = (cache.cache_folder(content) / f"{CHANGED}.txt").read_text("utf-8", errors="replace")
    except OSError:
        return []
    return text.splitlines()
