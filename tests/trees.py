"""Folders as values that can be compared."""

from __future__ import annotations

from pathlib import Path


def tree(root: Path) -> dict[str, bytes]:
    """Return every file below ``root``, by its path below it."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def shown(root: Path) -> dict[str, bytes]:
    """Return the files of ``tree`` but for what is hidden: our notes, and what is on its way."""
    return {path: data for path, data in tree(root).items() if "/." not in f"/{path}"}
