"""One writer at a time in a content folder, and what a killed one leaves is swept up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands import cli
from generator.content import folder, lock
from generator.pipeline.build import ROOT

PAPERS = 150


def records(name: str) -> str:
    """Return PAPERS papers of one day."""
    return "".join(
        json.dumps({"title": f"{name} {number}", "date": "2025-09-23", "abstract": "Text."}) + "\n"
        for number in range(PAPERS)
    )


def test_two_that_add_to_one_day_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each writes the day's list whole: without turns, one list would be lost."""
    content = tmp_path / "content"
    names = ("Alpha", "Beta", "Gamma")
    for name in names:
        (tmp_path / f"{name}.jsonl").write_text(records(name), "utf-8")
    running = [
        subprocess.Popen(
            [
                *(sys.executable, str(ROOT / "build.py"), "add", str(tmp_path / f"{name}.jsonl")),
                *("--content", str(content), "--quiet"),
            ]
        )
        for name in names
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    loaded = folder.load(content)
    assert len(loaded.papers) == len(names) * PAPERS
    assert [len(digest.papers) for digest in loaded.digests] == [len(names) * PAPERS]


def test_what_a_killed_writer_left_is_swept_up(tmp_path: Path) -> None:
    """Nothing else that somebody has in the folder."""
    content = tmp_path / "content"
    (content / "papers/2025-09").mkdir(parents=True)
    part = content / "papers/2025-09/.a-paper.md.4242.part"
    mine = content / "papers/2025-09/mine.part"
    for file in (part, mine):
        file.write_text("half a pap", "utf-8")
    with lock.writing(content, print):
        assert not part.exists()
    assert mine.exists()


def test_one_that_waits_says_so(tmp_path: Path) -> None:
    """And goes on when the other is done."""
    content = tmp_path / "content"
    content.mkdir()
    script = (
        "from pathlib import Path\nfrom generator.content import lock\nimport sys\n"
        "with lock.writing(Path(sys.argv[1]), lambda m: print(m, flush=True)): print('in')"
    )
    command = [sys.executable, "-c", script, str(content)]
    with lock.writing(content, print):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        assert "waiting for another command" in process.stdout.readline()
    assert process.communicate()[0] == "in\n"


def test_a_lock_that_cannot_be_made_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error of ours, and 1; nothing has been written."""
    content = tmp_path / "content"
    (tmp_path / lock.FOLDER).write_text("a file where the folder goes", "utf-8")
    page = tmp_path / "page.jsonl"
    page.write_text(records("A"), "utf-8")
    assert cli.main(["add", str(page), "--content", str(content)]) == 1
    assert "cannot be locked" in capsys.readouterr().err
    assert not content.exists()
