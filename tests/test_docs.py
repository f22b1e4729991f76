"""README and CONTRIBUTING are true: what they name exists, and what there is they name."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from generator.commands import cli
from generator.content.entries import CHECKSUM, PAPER_KEYS
from generator.content.settings import Settings
from generator.sources import FORMATS

ROOT = Path(__file__).parent.parent
README, CONTRIBUTING = (
    (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md")
)
COMMANDS = set(cli.commands())
SETTINGS = {field.name for field in dataclasses.fields(Settings)}

QUOTED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\(([^)#:]+)\)")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
ENDINGS = (".py", ".md", ".yaml", ".yml", ".html", ".xml", ".js", ".css", ".sh", ".toml", ".txt")
# Files and folders that are made when they are needed, in a checkout or in the site of a curator.
MADE = re.compile(r"site/|\.gazette/|\.venv\b|content/papers/2025-09/slug\.md|build\.py|theme/")


def paths(text: str) -> set[str]:
    """Return what ``text`` names in backticks or links to, and looks like a path of ours."""
    quoted = {
        name
        for name in QUOTED.findall(text)
        if PATH.fullmatch(name) and (name.endswith(ENDINGS) or "/" in name)
    }
    return quoted | set(LINKED.findall(text))


def column(text: str, heading: str) -> set[str]:
    """Return what the first column of the table under ``heading`` names in backticks."""
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in QUOTED.findall(row)}


@pytest.mark.parametrize(
    ("page", "path"),
    [
        (page, path)
        for page, text in (("README", README), ("CONTRIBUTING", CONTRIBUTING))
        for path in sorted(paths(text))
    ],
)
def test_every_path_named_exists(page: str, path: str) -> None:
    """A reader who is sent to a file finds it there."""
    assert MADE.match(path) or (ROOT / path).exists(), f"{page} names {path}"


def test_the_readme_names_every_command() -> None:
    """Each line of the commands' list begins with one that there is, and none is left out."""
    lines = [line for line in README.splitlines() if line.startswith("    python build.py ")]
    named = {line.split()[2] for line in lines}
    assert COMMANDS - {"build"} <= named


def test_every_command_named_exists() -> None:
    """What the pages say to run can be run."""
    run = re.findall(r"(?:build\.py|gazette) ([a-z]+)\b", README + CONTRIBUTING)
    assert set(run) <= COMMANDS | {"build"}


def test_the_settings_table_is_that_of_the_code() -> None:
    """Every setting has its row, every row its setting."""
    assert column(README, "Settings") == SETTINGS


def test_every_front_matter_key_is_named() -> None:
    """The keys of an entry that a person may write or meet."""
    section = README.partition("## Entries\n")[2].partition("\n## ")[0]
    named = set(QUOTED.findall(section))
    example = set(re.findall(r"^    (\w+):", section, re.MULTILINE))
    keys = {*PAPER_KEYS, CHECKSUM}
    assert keys <= named | example
    assert example <= keys


def test_every_package_of_the_program_is_in_the_map() -> None:
    """The table of layers and the table of changes lead into every room."""
    rooms = {path.parent.name for path in (ROOT / "generator").glob("*/__init__.py")}
    assert rooms <= set(re.findall(r"generator/(\w+)/", CONTRIBUTING)) | {"system"}


def test_every_format_has_a_module() -> None:
    """A format is found by its name: the module that parses it, or the room of those that do."""
    for name, (_, parse) in FORMATS.items():
        rooms = ROOT / "generator/sources"
        assert (rooms / name).is_dir() or any(rooms.rglob(f"{name}.py")), parse
