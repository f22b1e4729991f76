"""Builds of whole sites, as the tests of what they give need them."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.pipeline.build import ROOT, Options, build
from generator.system.progress import Progress

SEED = ROOT / "tests/data/seed"
"""The content of 73 papers and their day, with topics and settings: what most tests look at."""


def seeded(folder: Path) -> Path:
    """Copy the content of SEED into ``folder``, where a test may change it, and return that."""
    return Path(shutil.copytree(SEED, folder))


def built(content: Path, output: Path) -> Path:
    """Build the folder ``content`` into ``output``, in this process, and return that."""
    build(Options(content=content, output=output, jobs=1), Progress(quiet=True))
    return output
