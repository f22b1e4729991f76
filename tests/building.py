"""Builds of whole sites, as the tests of what they give need them."""

from __future__ import annotations

from pathlib import Path

from generator.pipeline.build import Options, build
from generator.system.progress import Progress


def built(content: Path, output: Path) -> Path:
    """Build the folder ``content`` into ``output``, and return that."""
    build(Options(content=content, output=output), Progress(quiet=True))
    return output
