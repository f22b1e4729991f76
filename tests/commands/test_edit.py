"""Papers renamed, moved, merged, removed: all that names them agrees, and it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.commands import check, cli
from generator.content import folder
from tests.trees import tree

MONDAY = """Daily Papers

byAK

Sep 22

Sparse Routing of Experts

Tokens go to few experts, and most experts rest.

A Second Paper

Its abstract says enough.
"""
TUESDAY = """Daily Papers

byAK

Sep 23

Sparse Routing of the Experts

Tokens go to few experts, and most experts rest.

A Third Paper

Its abstract says enough.
"""
Run = Callable[..., int]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return where the content of two days is to be."""
    return tmp_path / "content"


@pytest.fixture
def run(content: Path) -> Run:
    """Return the command line on that content, which has two days by now."""

    def command(*words: str) -> int:
        place = ["--content", str(content), "--output", str(content.parent / "site"), "--quiet"]
        return cli.main([*place, *words])

    for day, page in (("22", MONDAY), ("23", TUESDAY)):
        file = content.parent / f"{day}.txt"
        file.write_text(page, "utf-8")
        assert command("add", str(file), "--date", f"2025-09-{day}") == 0
    return command


def listed(content: Path) -> dict[str, list[str]]:
    """Return the slugs of every digest; the folder is whole, and nothing is odd in it."""
    loaded = folder.load(content)
    assert loaded.warnings == ()
    return {
        digest.date.isoformat()[5:]: [paper.slug for paper in digest.papers]
        for digest in loaded.digests
    }


SPARSE, AGAIN = "sparse-routing-of-experts", "sparse-routing-of-the-experts"
SECOND, THIRD = "a-second-paper", "a-third-paper"


def test_rename(content: Path, run: Run) -> None:
    """The entry, the digest and the old address say the new name; a page leads there."""
    assert run("rename", SECOND, "number-two") == 0
    assert listed(content) == {"09-22": [SPARSE, "number-two"], "09-23": [AGAIN, THIRD]}
    assert folder.load(content).papers["number-two"].aliases == (SECOND,)
    assert run() == 0
    site = content.parent / "site"
    assert "number-two.html" in (site / f"papers/{SECOND}.html").read_text("utf-8")
    assert list(check.check(site)) == []


def test_a_paper_renamed_twice_and_back(content: Path, run: Run) -> None:
    """Every address it had leads to it, but the one that it has; feeds know the first."""
    for old, new in ((SECOND, "b"), ("b", "c"), ("c", "b")):
        assert run("rename", old, new) == 0
    assert folder.load(content).papers["b"].aliases == (SECOND, "c")
    assert run("rename", "b", SECOND) == 0
    assert folder.load(content).papers[SECOND].aliases == (SECOND, "c", "b")


def test_what_comes_again_is_the_renamed_paper(content: Path, run: Run) -> None:
    """The same page changes nothing: neither a rename nor a merge brings a paper twice."""
    run("rename", SECOND, "number-two")
    run("merge", SPARSE, AGAIN)
    before = tree(content)
    assert run("add", str(content.parent / "22.txt"), "--date", "2025-09-22") == 0
    assert run("add", str(content.parent / "23.txt"), "--date", "2025-09-23") == 0
    assert tree(content) == before


@pytest.mark.parametrize("day", ["2025-09-23", "2025-10-01"])
def test_move(content: Path, run: Run, day: str) -> None:
    """The paper is listed on the new day alone, which is made if it has to be, and dated so."""
    assert run("move", SECOND, "--date", day) == 0
    found = listed(content)
    assert found["09-22"] == [SPARSE]
    assert found[day[5:]][-1] == SECOND
    assert folder.load(content).papers[SECOND].date.isoformat() == day
    assert folder.load(content).paths[SECOND] == f"papers/{day[:7]}/{SECOND}.md"


def test_a_day_whose_last_paper_goes_is_gone(content: Path, run: Run) -> None:
    """An empty list would say that there were no papers that day."""
    run("move", SECOND, "--date", "2025-09-23")
    run("remove", SPARSE)
    assert listed(content) == {"09-23": [AGAIN, THIRD, SECOND]}


def test_merge(content: Path, run: Run) -> None:
    """One paper of two, in both digests, with the facts and the addresses of both."""
    path = content / f"papers/2025-09/{AGAIN}.md"
    text = path.read_text("utf-8").replace("checksum:", "doi: 10.1/x\nmine: kept\nchecksum:")
    path.write_text(text, "utf-8")
    assert run("merge", SPARSE, AGAIN) == 0
    assert listed(content) == {"09-22": [SPARSE, SECOND], "09-23": [SPARSE, THIRD]}
    paper = folder.load(content).papers[SPARSE]
    assert (paper.doi, paper.extra, paper.aliases) == ("10.1/x", {"mine": "kept"}, (SPARSE, AGAIN))
    assert run() == 0
    assert list(check.check(content.parent / "site")) == []


def test_merge_keeps_the_words_of_an_edited_entry(content: Path, run: Run) -> None:
    """What a person wrote stays as they wrote it, comments too."""
    path = content / f"papers/2025-09/{SPARSE}.md"
    text = path.read_text("utf-8").replace("---\ntitle", "---\n# mine\ntitle", 1)
    path.write_text(f"{text}\nAnd a word of mine.\n", "utf-8")
    assert run("merge", SPARSE, AGAIN) == 0
    merged = path.read_text("utf-8")
    assert "# mine\n" in merged
    assert merged.endswith("And a word of mine.\n")
    assert folder.load(content).papers[SPARSE].aliases == (SPARSE, AGAIN)


def test_remove(content: Path, run: Run) -> None:
    """The paper is gone from its digest, and does not come back with the next fetch."""
    assert run("remove", f"content/papers/2025-09/{SECOND}.md") == 0
    assert listed(content) == {"09-22": [SPARSE], "09-23": [AGAIN, THIRD]}
    assert run("add", str(content.parent / "22.txt"), "--date", "2025-09-22") == 0
    assert listed(content)["09-22"] == [SPARSE]


COMMANDS = [
    ("rename", SECOND, "number-two"),
    ("move", SECOND, "--date", "2025-10-01"),
    ("merge", SPARSE, AGAIN),
    ("remove", SECOND),
    ("new", "paper", "Another", "--date", "2025-09-22"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_undo_takes_each_of_them_back(content: Path, run: Run, command: tuple[str, ...]) -> None:
    """Byte for byte what it was; and the command before, after that."""
    before = tree(content)
    assert run(*command) == 0
    assert tree(content) != before
    assert run("undo") == 0
    assert tree(content) == before
    assert run("undo") == 0
    assert list(listed(content)) == ["09-22"]
    assert run("undo") == 0
    assert tree(content) == {}
    assert run("undo") == 1


@pytest.mark.parametrize("command", COMMANDS[:-1], ids=lambda command: command[0])
def test_a_dry_run_shows_and_changes_nothing(
    content: Path, run: Run, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What would change is shown as `diff` does; so is what undo would take back."""
    before = tree(content)
    assert run(*command, "--dry-run") == 0
    assert "--- " in capsys.readouterr().out
    assert run("undo", "--dry-run") == 0
    assert f"-{'title: A Third Paper'}" in capsys.readouterr().out
    assert tree(content) == before


def test_undo_leaves_what_a_person_has_changed_since(
    content: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody's later work is lost; the file is named."""
    run("rename", SECOND, "number-two")
    path = content / "papers/2025-09/number-two.md"
    path.write_text(path.read_text("utf-8") + "\nMine.\n", "utf-8")
    before = tree(content)
    assert run("undo") == 1
    assert "number-two.md: was changed after `rename`" in capsys.readouterr().err
    assert tree(content) == before


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("rename", "nothing", "x"), "nothing: there is no paper of this slug"),
        (("rename", SECOND, "Not A Slug"), "not-a-slug would do"),
        (("rename", SECOND, THIRD), "there is a paper of this slug"),
        (("move", SECOND, "--date", "2025-09-22"), "is of 2025-09-22 already"),
        (("merge", SECOND, SECOND), "is one paper already"),
        (("remove", "nothing"), "there is no paper of this slug"),
    ],
)
def test_what_makes_no_sense_is_refused(
    content: Path,
    run: Run,
    command: tuple[str, ...],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the reason, and nothing changed."""
    before = tree(content)
    assert run(*command) == 1
    assert words in capsys.readouterr().err
    assert tree(content) == before


def test_check_names_papers_that_look_like_one(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the command that makes one of them; a series and two ids are no doubles."""
    entry = "---\ntitle: '{}'\ndate: 2025-09-22\n{}---\n\nThe same words in both of them.\n"
    papers = {
        "a": ("A Study of Large Model Scaling", ""),
        "b": ("A study of Large Models Scaling", ""),
        "c": ("Lectures on Deep Learning Theory, Part I", ""),
        "d": ("Lectures on Deep Learning Theory, Part II", ""),
        "e": ("Notes on the Geometry of Minds", "arxiv: '2509.00001'\n"),
        "f": ("Notes on the Geometry of Mind", "arxiv: '2509.00002'\n"),
    }
    (content / "papers/x").mkdir(parents=True)
    (content / "digests").mkdir()
    for slug, (title, more) in papers.items():
        (content / f"papers/x/{slug}.md").write_text(entry.format(title, more), "utf-8")
    day = f"---\ndate: 2025-09-22\ntitle: Daily\npapers: [{', '.join(papers)}]\n---\n"
    (content / "digests/2025-09-22.md").write_text(day, "utf-8")
    place = ["--content", str(content), "--output", str(content.parent / "site")]
    assert cli.main(place) == 0
    capsys.readouterr()
    assert cli.main([*place, "check"]) == 0
    said = capsys.readouterr().err
    assert "papers/x/a.md: warning: looks like b; `merge a b` would make one of them" in said
    assert said.count("looks like") == 1
