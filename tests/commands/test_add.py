"""The command line as a person meets it: what it writes, says, and exits with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from generator.commands import cli
from generator.pipeline.build import ROOT
from generator.sources import fetch
from tests import building
from tests.sources.fetch.arxiv_server import ArXiv
from tests.trees import tree

SEED = ROOT / "tests/data/daily-papers-sep-23.txt"
HEAD = "Daily Papers\n\nbyAK and the research community\n\nSep 23\n\n"
ONE = "First Paper\n\nThe first abstract.\n\n"
TWO = "Second Paper\n\nThe second abstract.\n\n"


def run(*arguments: str | Path, content: Path) -> int:
    """Run the command line on a content folder and a site beside it; return its exit code."""
    place = ["--content", str(content), "--output", str(content.parent / "site")]
    return cli.main([*map(str, arguments), *place])


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder to be."""
    return tmp_path / "content"


def test_the_copied_page_becomes_the_entries(content: Path) -> None:
    """The entries of tests/data/seed are what `add` makes of the copied page, byte for byte."""
    assert run("add", SEED, "--date", "2025-09-23", content=content) == 0
    written = tree(content)
    committed = tree(building.SEED)
    assert len(written) == 74
    assert written == {path: data for path, data in committed.items() if not path.endswith(".yaml")}


def test_a_second_run_changes_nothing_and_says_so(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command can be run as often as one likes."""
    run("add", SEED, "--date", "2025-09-23", content=content)
    before = tree(content)
    capsys.readouterr()
    assert run("add", SEED, "--date", "2025-09-23", content=content) == 0
    assert tree(content) == before
    assert "nothing changed: 73 papers were known" in capsys.readouterr().err


def test_an_edited_entry_is_kept_and_named_unless_overwritten(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a person wrote is theirs."""
    run("add", SEED, "--date", "2025-09-23", content=content)
    before = tree(content)
    path = content / "papers/2025-09/pointer-networks.md"
    path.write_text(path.read_text("utf-8").replace("neural", "NEURAL"), "utf-8")
    edited = path.read_bytes()
    assert run("add", SEED, "--date", "2025-09-23", content=content) == 0
    assert path.read_bytes() == edited
    assert f"kept: {path}: edited by hand" in capsys.readouterr().err
    assert run("add", SEED, "--date", "2025-09-23", "--overwrite", content=content) == 0
    assert tree(content) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "page.txt: the file is empty"),
        ("Dear diary,\nnothing today.\n", "page.txt:1: this is no digest"),
        (HEAD, "lists no papers"),
        (HEAD.replace("Sep 23\n\n", "") + ONE, "page.txt: the page has no date"),
        (HEAD.replace("Sep 23", "Feb 30") + ONE, "page.txt:5: there is no such day: Feb 30"),
        (b"%PDF-1.7 ...", "page.txt: this is a PDF, which is not taken; add the paper by"),
    ],
)
def test_what_is_no_digest_is_refused_with_file_and_line(
    content: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, message: str
) -> None:
    """Exit code 1, where and why, and nothing is written."""
    page = content.parent / "page.txt"
    page.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert run("add", page, content=content) == 1
    assert message in capsys.readouterr().err
    assert not tree(content)


def test_a_broken_file_among_good_ones_is_named(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It changes nothing itself, the others are added, and the exit code tells; unless strict."""
    page = content.parent / "page.txt"
    page.write_text("nothing", "utf-8")
    both: list[str | Path] = ["add", SEED, page, "--date", "2025-09-23"]
    assert run(*both, "--strict", content=content) == 1
    assert not tree(content)
    assert run(*both, content=content) == 1
    assert "page.txt:1: this is no digest" in capsys.readouterr().err
    assert len(tree(content)) == 74


def test_what_is_left_out_is_counted_and_named(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first ten by their lines, the rest as a number; strict writes nothing."""
    page = content.parent / "page.txt"
    page.write_text(HEAD + ONE + "Sponsored\n\n" + TWO + "Feedback\n\n" * 12, "utf-8")
    arguments: list[str | Path] = ["add", page, "--date", "2025-09-23"]
    assert run(*arguments, "--strict", content=content) == 1
    assert "nothing was written (--strict)" in capsys.readouterr().err
    assert not tree(content)
    assert run(*arguments, content=content) == 0
    said = capsys.readouterr().err
    assert "page.txt: 2 papers taken, 13 lines left out:" in said
    assert "page.txt:11: not understood: 'Sponsored'" in said
    assert said.count("'Feedback'") == 9
    assert "page.txt: and 3 more" in said
    assert len(tree(content)) == 3


def test_a_dry_run_says_what_would_be_written(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written, neither into an empty folder nor over entries."""
    page = content.parent / "page.txt"
    page.write_text(HEAD + ONE, "utf-8")
    arguments: list[str | Path] = ["add", page, "--date", "2025-09-23"]
    assert run(*arguments, "--dry-run", content=content) == 0
    said = capsys.readouterr().err
    assert f"would write {content / 'papers/2025-09/first-paper.md'}" in said
    assert f"would write {content / 'digests/2025-09-23.md'}" in said
    assert "(nothing is written) 1 papers written" in said
    assert not tree(content)
    run(*arguments, content=content)
    before = tree(content)
    page.write_text(HEAD + "101\n\n" + ONE, "utf-8")
    capsys.readouterr()
    assert run(*arguments, "--dry-run", content=content) == 0
    assert f"would change {content / 'papers/2025-09/first-paper.md'}" in capsys.readouterr().err
    assert tree(content) == before


def test_short_papers_are_told_apart(content: Path) -> None:
    """Nobody has to write long abstracts to be understood."""
    page = content.parent / "page.txt"
    page.write_text(HEAD + ONE + TWO, "utf-8")
    assert run("add", page, "--date", "2025-09-23", content=content) == 0
    assert {path.stem for path in content.rglob("papers/**/*.md")} == {
        "first-paper",
        "second-paper",
    }


def test_a_day_without_a_year_is_the_latest_that_has_been(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The year that was taken is said."""
    page = content.parent / "page.txt"
    page.write_text(HEAD + ONE, "utf-8")
    assert run("add", page, content=content) == 0
    (digest,) = (content / "digests").iterdir()
    assert f"no year in 'Sep 23': {digest.stem}" in capsys.readouterr().err


def test_hostile_text_is_shown_and_never_run(content: Path) -> None:
    """Markup in a title or an abstract is text like any other."""
    page = content.parent / "page.txt"
    hostile = (
        'A <script>alert(1)</script> "Title"\n\n'
        "An <img src=x onerror=alert(2)> abstract, [link](javascript:alert(3)), "
        "<a href='javascript:alert(4)'>x</a>.\n"
    )
    page.write_text(HEAD + hostile, "utf-8")
    assert run("add", page, "--date", "2025-09-23", content=content) == 0
    assert run(content=content) == 0
    for path in (content.parent / "site").rglob("*.html"):
        text = path.read_text("utf-8")
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["no-such-command"],
        ["add"],
        ["add", "x", "--date", "2025-02-30"],
        ["fetch", "nowhere"],
    ],
)
def test_a_wrong_command_line_exits_with_2(arguments: list[str]) -> None:
    """The usage is shown, and nothing is done."""
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2


def test_the_sources_on_the_command_line_are_those_that_there_are() -> None:
    """The parser names them itself, so as not to load what asks them."""
    assert set(cli.SOURCES) == set(fetch.SOURCES)


def test_quiet_is_silent(content: Path) -> None:
    """As a process of its own, from another folder, with nothing to say."""
    arguments = ["add", str(SEED), "--date", "2025-09-23", "--quiet", "--content", str(content)]
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        cwd=content.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"", b"")


@pytest.mark.parametrize("said", ["2501.90001", "https://arxiv.org/abs/2501.90001v2"])
def test_a_paper_by_its_id(
    content: Path,
    said: str,
    httpserver: HTTPServer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its facts are arXiv's; its day is the one asked for; an id that is none is named."""
    assert run("add", said, "--date", "2025-09-23", content=content) == 1
    assert "is asked for at arXiv, and not --offline" in capsys.readouterr().err
    monkeypatch.delenv("GAZETTE_OFFLINE")
    ArXiv(httpserver).now = "2025-02-01T00:00"
    content.mkdir(exist_ok=True)
    settings = f"sources: {{arxiv: {{base: '{httpserver.url_for('/')}'}}}}\n"
    (content / "site.yaml").write_text(settings, "utf-8")
    assert run("add", said, "--date", "2025-09-23", content=content) == 0
    text = (content / "papers/2025-09/paper-2501-90001.md").read_text("utf-8")
    assert "arxiv: '2501.90001'" in text
    assert "- Mo Ck" in text
    assert run("add", "2501.99999", "2501.90002", "--date", "2025-09-24", content=content) == 1
    assert "there is no paper 2501.99999" in capsys.readouterr().err
    assert (content / "papers/2025-09/paper-2501-90002.md").exists()
