"""The content that the repository comes with: the one test that reads it."""

from __future__ import annotations

from pathlib import Path

from generator.commands import check
from generator.pipeline.build import ROOT
from tests.building import built


def test_the_example_builds(tmp_path: Path) -> None:
    """Whatever it holds by now, it makes a site without problems."""
    site = built(ROOT / "content", tmp_path / "site")
    assert list(check.check(site)) == []
