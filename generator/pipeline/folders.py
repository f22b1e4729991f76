"""The folders of a site, where somebody may have put links in their places."""

from __future__ import annotations

import os
from pathlib import Path


class Folders:
    """Which folders below ``root`` are links, or lie behind one: these may lead outside."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._links = {"": ""}

    def link_of(self, folder: str) -> str:
        """Return the uppermost link that ``folder`` is or lies behind, "" where there is none."""
        link = self._links.get(folder)
        if link is None:
            link = self.link_of(folder.rpartition("/")[0])
            if not link and os.path.islink(f"{self._root}/{folder}"):  # noqa: PTH114  # called often
                link = folder
            self._links[folder] = link
        return link
