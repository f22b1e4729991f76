"""Formats: content of an older one becomes what this program writes, and says what changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands import cli
from generator.content import settings, upgrade
from generator.content.entries import is_edited, signed
from generator.system.errors import SourceError
from tests.trees import tree

ENTRY = "---\ntitle: A\ndate: 2025-09-23\n{more}---\n\nText.\n"
OLD = {
    "site.yaml": "# Mine.\ntitle: Mine\naccent: #06c\n",
    "papers/x/a.md": ENTRY.format(more="aliases: b, c\ndraft: 'yes'\nmine: 1\n"),
    "papers/x/d.md": ENTRY.format(more=""),
    "digests/2025-09-23.md": "---\ndate: 2025-09-23\ntitle: Daily\npapers: [a, d]\n---\n",
}
NEW = {
    **OLD,
    "site.yaml": '# Mine.\nformat: 2\ntitle: Mine\naccent: "#06c"\n',
    "papers/x/a.md": ENTRY.format(more="aliases:\n- b\n- c\ndraft: true\nmine: 1\n"),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder of the first format."""
    for path, text in OLD.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path / "content"


def texts(root: Path) -> dict[str, str]:
    """Return the texts of all files below ``root``."""
    return {path: data.decode() for path, data in tree(root).items()}


def run(content: Path, *words: str) -> int:
    """Run the command line on ``content``."""
    return cli.main(["--content", str(content), "--quiet", *words])


def test_upgrade_rewrites_and_shows_it(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Shown first and alone if that is asked, then done; a second time there is nothing to do."""
    assert run(content, "upgrade", "--dry-run") == 0
    shown = capsys.readouterr().out
    assert '+accent: "#06c"' in shown
    assert "+draft: true" in shown
    assert texts(content) == OLD
    assert run(content, "upgrade") == 0
    assert capsys.readouterr().out == shown
    assert texts(content) == NEW
    assert list(upgrade.changes(content)) == []
    assert run(content, "undo") == 0
    assert texts(content) == OLD


def test_what_the_program_wrote_stays_its_own(content: Path) -> None:
    """An entry that nobody had edited counts as such after the upgrade."""
    entry = signed(ENTRY.format(more="aliases: b\nchecksum: x\n"))
    assert not is_edited(entry)
    (content / "papers/x/a.md").write_text(entry, "utf-8")
    run(content, "upgrade")
    upgraded = (content / "papers/x/a.md").read_text("utf-8")
    assert "aliases:\n- b\n" in upgraded
    assert not is_edited(upgraded)


def test_there_is_a_step_from_every_format_to_the_next() -> None:
    """None is left out."""
    assert list(upgrade.STEPS) == list(range(1, settings.FORMAT))


@pytest.mark.parametrize(
    ("number", "words"), [("9", "is of a newer Gazette"), ("two", "is the number that")]
)
def test_a_format_that_is_not_known(content: Path, number: str, words: str) -> None:
    """Neither a build nor an upgrade touches what it does not know."""
    (content / "site.yaml").write_text(f"title: A\nformat: {number}\n", "utf-8")
    with pytest.raises(SourceError, match=rf"site\.yaml:2: .*{words}"):
        list(upgrade.changes(content))
    assert run(content) == 1
