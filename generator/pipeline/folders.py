"""The folders of a site, where somebody may have put links in their places."""

from __future__ import annotations

import os
from pathlib import Path


class Folders:
    """Which folders below ``root`` are links, which may lead outside, or lie behind one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._linked = {"": False}

    def linked(self, folder: str) -> bool:
        """Say whether ``folder`` is a link or behind one."""
        found = self._linked.get(folder)
        if found is None:
            above = folder.rpartition("/")[0]
            found = self.linked(above) or os.path.islink(f"{self._root}/{folder}")  # noqa: PTH114  # called often
            self._linked[folder] = found
        return found
