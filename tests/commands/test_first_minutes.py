"""A new user's first ten minutes: copy a page, add it, look, correct an entry, add it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands import cli

# The page as a browser copies it: a grid without abstracts, then the same page as a clipper has it.
COPIED = """\
Hugging Face
Models
Log In
Daily Papers
by
AK
and the research community
Sep 23
Submitted by
jroe
134
Pointer Orchards: Can Agents Harvest Long Lists?
· 3 authors
3
Sponsored
Submitted by
poejohn
102
LESSON: Fewer Examples for Agency
· 2 authors
5
Previous
Next
"""
CLIPPED = """\
# Daily Papers

### [Pointer Orchards: Can Agents Harvest Long Lists?](https://huggingface.co/papers/2509.99001)

We introduce Pointer Orchards, a benchmark of long lists. Strong models solve a quarter of it.

### [LESSON: Fewer Examples for Agency](https://huggingface.co/papers/2509.99002)

We show that seventy-eight examples, chosen with care, teach more than ten thousand without.
"""
PAPER = "papers/2025-09/pointer-orchards-can-agents-harvest-long-lists.md"


def test_the_first_ten_minutes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is lost, nothing is invented, and what was corrected stays corrected."""
    site = tmp_path / "mine"

    def gazette(*arguments: str) -> str:
        place = ["--content", str(site / "content"), "--output", str(site / "site")]
        assert cli.main([*arguments, *place]) == 0
        return capsys.readouterr().err

    # Copy the page into a file, and look at what would come of it.
    page = tmp_path / "today.txt"
    page.write_text(COPIED, "utf-8")
    said = gazette("add", str(page), "--date", "2025-09-23", "--dry-run")
    assert f"{page}: 2 papers taken, 1 line left out:" in said
    assert f"{page}:15: not understood: 'Sponsored'" in said
    assert not list(site.rglob("*.md"))

    # Add it, and look.
    gazette("add", str(page), "--date", "2025-09-23")
    entry = site / "content" / PAPER
    assert "votes: 134" in entry.read_text("utf-8")
    gazette()
    shown = (site / "site/index.html").read_text("utf-8")
    assert "Pointer Orchards" in shown
    assert "Sponsored" not in shown

    # Correct an entry, add the page again: the correction stays, and nothing comes twice.
    text = entry.read_text("utf-8").replace("Long Lists?", "Very Long Lists?")
    entry.write_text(text, "utf-8")
    said = gazette("add", str(page), "--date", "2025-09-23")
    assert f"kept: {entry}: edited by hand" in said
    assert entry.read_text("utf-8") == text
    assert len(list(site.rglob("content/papers/**/*.md"))) == 2

    # Add the same page as a clipper has it: the abstracts and the ids come to what is there.
    page = tmp_path / "today.md"
    page.write_text(CLIPPED, "utf-8")
    gazette("add", str(page), "--date", "2025-09-23")
    entries = [path.read_text("utf-8") for path in site.rglob("content/papers/**/*.md")]
    assert len(entries) == 2
    assert any("2509.99002" in text and "seventy-eight examples" in text for text in entries)
    gazette()
    assert "Very Long Lists?" in (site / "site/index.html").read_text("utf-8")
