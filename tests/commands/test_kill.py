"""What a power cut does: a process that is killed leaves nothing that the next one cannot mend."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands import cli
from generator.content import folder
from generator.pipeline.build import ROOT
from tests.trees import shown

PAPERS = 700


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


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a file of papers, the content that it becomes, and the site of that."""
    root = tmp_path_factory.mktemp("kill")
    (root / "papers.jsonl").write_text(records(), "utf-8")
    place = ["--content", str(root / "content"), "--quiet"]
    assert cli.main(["add", str(root / "papers.jsonl"), *place]) == 0
    assert cli.main([*place, "--output", str(root / "site"), "--jobs", "1"]) == 0
    return root


@pytest.mark.parametrize("enough", [1, 200])
def test_an_add_that_is_killed_is_completed_by_the_next(
    root: Path, tmp_path: Path, enough: int
) -> None:
    """The content is valid at every moment, and whole in the end."""
    page, whole, cut = root / "papers.jsonl", root / "content", tmp_path / "content"
    killed(["add", str(page), "--content", str(cut)], cut, "papers/*/*.md", enough)
    half = folder.load(cut)
    assert enough <= len(half.papers) < PAPERS
    assert cli.main(["add", str(page), "--content", str(cut), "--quiet"]) == 0
    assert shown(cut) == shown(whole)
    assert len(shown(cut)) == PAPERS + 10


@pytest.mark.parametrize("enough", [1, 100])
def test_a_build_that_is_killed_is_completed_by_the_next(
    root: Path, tmp_path: Path, enough: int
) -> None:
    """Before the commit the site is as it was; after the next build it is what it should be."""
    site = tmp_path / "site"
    shutil.copytree(root / "content", tmp_path / "content")
    place = ["--content", str(tmp_path / "content"), "--output", str(site)]
    killed(place, site, ".gazette-stage/*/papers/*.html", enough)
    assert shown(site) == {}
    assert cli.main([*place, "--quiet"]) == 0
    assert shown(site) == shown(root / "site")
