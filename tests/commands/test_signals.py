"""A command that is asked to end does so: 130 or 143, nothing said, nothing half written."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands import cli
from generator.content import folder
from generator.pipeline.build import ROOT
from tests.commands.test_kill import records
from tests.trees import shown


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_asked_to_end_leaves_nothing_half_written(
    tmp_path: Path, number: signal.Signals
) -> None:
    """Neither in the content, where the next add goes on, nor a traceback."""
    page, content = tmp_path / "papers.jsonl", tmp_path / "content"
    page.write_text(records(), "utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "add", str(page), "--content", str(content)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            if sum(1 for _ in content.glob("papers/*/*.md")) > 20:
                process.send_signal(number)
                break
        said = process.communicate()[1]
    assert process.returncode == 128 + number
    assert "Traceback" not in said
    assert not list(content.rglob("*.part"))
    assert len(folder.load(content).papers) > 20
    assert cli.main(["add", str(page), "--content", str(content), "--quiet"]) == 0
    whole = tmp_path / "whole/content"
    assert cli.main(["add", str(page), "--content", str(whole), "--quiet"]) == 0
    assert shown(content) == shown(whole)
