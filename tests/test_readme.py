"""The README is true: its settings, its keys, its examples, its links."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
import yaml

from generator.content import entries, settings
from generator.content.settings import Settings
from generator.pipeline.build import ROOT

README = (ROOT / "README.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \|(.*?)\| (.*) \|$", re.MULTILINE)
TABLE = {name: (default.strip(), text) for name, default, text in ROW.findall(README)}
# Examples are indented by four, or by more within a list.
BLOCK = re.compile(r"(?:^(?: {4}.*)?\n)+", re.MULTILINE)
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


def blocks() -> list[str]:
    """Return the examples, each without its indent."""
    found = [block.group() for block in BLOCK.finditer(README)]
    return [re.sub(r"^ {4}", "", block, flags=re.MULTILINE).strip("\n") for block in found]


def test_the_table_of_settings_has_them_all() -> None:
    """No more and no less than what site.yaml takes."""
    assert set(TABLE) == {field.name for field in dataclasses.fields(Settings)}


@pytest.mark.parametrize("name", TABLE)
def test_the_table_says_the_defaults(name: str) -> None:
    """What is not there has this value."""
    told, value = TABLE[name][0], getattr(Settings(), name)
    if isinstance(value, tuple):
        assert told == ", ".join(value)
    elif isinstance(value, bool):
        assert told == str(value).lower()
    else:
        # What is empty may stand for something else: `the ...`.
        assert told == str(value) if value else told in {"", "off"} or told.startswith("the ")


def test_every_key_of_an_entry_is_named() -> None:
    """The list of keys is that of the program."""
    named = set(re.findall(r"`(\w+)`", README))
    assert set(entries.PAPER_KEYS) <= named


def test_the_examples_of_settings_are_such(tmp_path: Path) -> None:
    """Each block that begins with a setting is taken by the program as it stands."""
    found = [block for block in blocks() if block.partition(":")[0].strip() in TABLE]
    assert found
    for block in found:
        (tmp_path / settings.FILE).write_text(f"{block}\n", "utf-8")
        assert settings.load(tmp_path) != Settings()


def test_the_values_in_the_table_are_such(tmp_path: Path) -> None:
    """`accent` shows a colour; written as it stands there, it is taken."""
    (colour,) = re.findall(r'`("#\w+")`', TABLE["accent"][1])
    (tmp_path / settings.FILE).write_text(f"accent: {colour}\n", "utf-8")
    assert settings.load(tmp_path).accent == yaml.safe_load(colour)


def test_the_examples_of_entries_are_such() -> None:
    """Each block with a head is an entry, a page or a digest that can be read."""
    found = [block for block in blocks() if block.startswith("---\n") and "date:" in block]
    assert found
    for block in found:
        paper = entries.paper_from_text("README.md", "x", f"{block}\n")
        assert paper.title


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_linked_is_there(path: Path) -> None:
    """Pictures, too."""
    for target in LINK.findall(path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
