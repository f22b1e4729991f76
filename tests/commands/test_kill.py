"""What a power cut does: a process that is killed leaves nothing that the next one cannot mend."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands import cli
from generator.content import folder
from generator.pipeline.build import ROOT
from tests.trees import shown

PAPERS = 1500


def records() -> str:
    """Return papers of ten days as JSON Lines."""
    return "".join(
        json.dumps(
            {
                "id": f"2503.{number:05}",
                "title": f"Paper number {number} on routing",
                "authors": ["Ada Lovelace"],
                "summary": f"We route {number} tokens, and more of them than before.",
                "categories": ["cs.LG"],
                "digest_date": f"2025-03-{1 + number * 10 // PAPERS:02}",
            }
        )
        + "\n"
        for number in range(PAPERS)
    )


def killed(arguments: list[str], watched: Path, pattern: str, enough: int) -> None:
    """Run a command and kill it once ``enough`` files of ``pattern`` are below ``watched``."""
    command = [sys.executable, str(ROOT / "build.py"), "--quiet", *arguments]
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            if sum(1 for _ in watched.glob(pattern)) >= enough:
                process.kill()
        assert process.returncode == -9, "the command ended before it could be killed"


@pytest.mark.parametrize("enough", [1, 200, 1000])
def test_an_add_that_is_killed_is_completed_by_the_next(tmp_path: Path, enough: int) -> None:
    """The content is valid at every moment, and whole in the end."""
    page = tmp_path / "papers.jsonl"
    page.write_text(records(), "utf-8")
    whole, cut = tmp_path / "whole/content", tmp_path / "cut/content"
    cli.main(["add", str(page), "--content", str(whole), "--quiet"])
    killed(["add", str(page), "--content", str(cut)], cut, "papers/*/*.md", enough)
    half = folder.load(cut)
    assert enough <= len(half.papers) < PAPERS
    assert cli.main(["add", str(page), "--content", str(cut), "--quiet"]) == 0
    assert shown(cut) == shown(whole)
    assert len(shown(cut)) == PAPERS + 10


@pytest.mark.parametrize("enough", [1, 300])
def test_a_build_that_is_killed_is_completed_by_the_next(tmp_path: Path, enough: int) -> None:
    """Before the commit the site is as it was; after the next build it is what it should be."""
    page = tmp_path / "papers.jsonl"
    page.write_text(records(), "utf-8")
    content, site, other = tmp_path / "content", tmp_path / "site", tmp_path / "other"
    place = ["--content", str(content), "--output", str(site)]
    cli.main(["add", str(page), "--content", str(content), "--quiet"])
    killed(place, site, ".gazette-stage/papers/*.html", enough)
    assert shown(site) == {}
    assert cli.main([*place, "--quiet"]) == 0
    assert cli.main(["--content", str(content), "--output", str(other), "--quiet"]) == 0
    assert shown(site) == shown(other)
