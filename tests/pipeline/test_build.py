"""Builds: a cached one equals a clean one, and none leaves half a site."""

from __future__ import annotations

import html
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.pipeline import build
from generator.pipeline.build import ROOT, Options
from generator.system.errors import GazetteError
from generator.system.progress import Progress
from tests import properties
from tests.building import SEED
from tests.trees import tree

PAPER = """---
title: {title} {name}
date: 2025-0{month}-01
authors:
- Ann Author
topics:
- cs.CL
votes: {votes}
---

On **{word}** models with $x^{votes}$ parameters, and reinforcement learning.
"""
DIGEST = "---\ndate: 2025-0{month}-01\ntitle: Daily\nbyline: AK\npapers:\n{slugs}---\n\n{note}\n"
QUIET = Progress(quiet=True)


class Workspace:
    """Content, templates and static files that a test may change, and builds of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.words = dict.fromkeys(("a", "b", "c", "d"), "large")
        self.months = {"a": 1, "b": 1, "c": 2, "d": 3}
        self.titles: dict[str, str] = {}
        self.note = ""
        for name in ("templates", "static"):
            shutil.copytree(ROOT / name, root / name)
        (root / "content").mkdir(parents=True)
        shutil.copy(SEED / "topics.yaml", root / "content/topics.yaml")
        (root / "content/site.yaml").write_text("title: Test\n", "utf-8")
        self.write()

    def write(self) -> None:
        """Write the entries anew, those that are no longer wanted away."""
        for kind in ("papers", "digests"):
            shutil.rmtree(self.root / "content" / kind, ignore_errors=True)
            (self.root / "content" / kind / "x").mkdir(parents=True)
        for name, word in self.words.items():
            title, month = self.titles.get(name, "Paper"), self.months[name]
            text = PAPER.format(title=title, name=name, word=word, month=month, votes=len(word))
            (self.root / f"content/papers/x/paper-{name}.md").write_text(text, "utf-8")
        for month in sorted({self.months[name] for name in self.words}):
            names = sorted(name for name in self.words if self.months[name] == month)
            slugs = "".join(f"- paper-{name}\n" for name in names)
            text = DIGEST.format(month=month, slugs=slugs, note=self.note)
            (self.root / f"content/digests/2025-0{month}-01.md").write_text(text, "utf-8")

    def options(self, output: str, jobs: int = 1) -> Options:
        """Return the options of a build into the folder ``output``."""
        return Options(
            content=self.root / "content",
            output=self.root / output,
            templates=self.root / "templates",
            static=self.root / "static",
            jobs=jobs,
        )

    def build(self, output: str = "site", jobs: int = 1) -> build.Report:
        """Build with whatever is remembered of earlier builds."""
        return build.build(self.options(output, jobs), QUIET)

    def clean(self) -> dict[str, bytes]:
        """Return the files of a build that remembers nothing."""
        for name in (".gazette", "clean"):
            if (self.root / name).exists():
                (self.root / name).rename(self.root / f"{name}.aside")
        self.build("clean")
        shutil.rmtree(self.root / ".gazette")
        if (self.root / ".gazette.aside").exists():
            (self.root / ".gazette.aside").rename(self.root / ".gazette")
        files = tree(self.root / "clean")
        shutil.rmtree(self.root / "clean")
        return files


def append(path: Path, text: str) -> None:
    """Add ``text`` to the end of a file."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


EDITS: dict[str, Callable[[Workspace], object]] = {
    "nothing": lambda _: None,
    "abstract": lambda work: work.words.update(a="small"),
    "title": lambda work: work.titles.update(a="PAPER"),
    "same size": lambda work: work.words.update(a="lorge"),
    "add": lambda work: work.words.update(e="new") or work.months.update(e=3),
    "delete": lambda work: work.words.pop("b", None),
    "delete a digest": lambda work: [work.words.pop(name, None) for name in "ab"],
    "rename": lambda work: (
        (work.words.pop("c", None) and work.words.update(e="x")) or work.months.update(e=2)
    ),
    "move to another day": lambda work: work.months.update(d=2),
    "note": lambda work: setattr(work, "note", f"{work.note} A note."),
    "setting": lambda work: (
        append(work.root / "content/site.yaml", "tagline: Now\n")
        if "tagline" not in (work.root / "content/site.yaml").read_text("utf-8")
        else None
    ),
    "topic rule": lambda work: (
        append(work.root / "content/topics.yaml", "\nSize:\n- small models\n- large models\n")
        if "Size:" not in (work.root / "content/topics.yaml").read_text("utf-8")
        else None
    ),
    "template": lambda work: append(work.root / "templates/_base.html", "<!-- more -->\n"),
    "static": lambda work: append(work.root / "static/css/site.css", "/* more */\n"),
    "page deleted": lambda work: (work.root / "site/index.html").unlink(missing_ok=True),
    "page changed": lambda work: (work.root / "site/index.html").write_text("x", "utf-8"),
    "cache damaged": lambda work: [
        path.write_bytes(path.read_bytes()[:-3])
        for path in (work.root / ".gazette").glob("*")
        if path.is_file()
    ],
    "cache deleted": lambda work: shutil.rmtree(work.root / ".gazette", ignore_errors=True),
}


@settings(
    max_examples=properties.count(3),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.lists(st.sampled_from(sorted(EDITS)), max_size=3), min_size=1, max_size=4))
def test_a_cached_build_equals_a_clean_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[str]]
) -> None:
    """Whatever was changed between builds, the site is what a first build makes of it."""
    work = Workspace(tmp_path_factory.mktemp("work"))
    work.build()
    for edits in steps:
        for edit in edits:
            EDITS[edit](work)
        work.write()
        work.build()
        assert tree(work.root / "site") == work.clean(), edits


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_each_edit_by_itself(tmp_path: Path, edit: str) -> None:
    """The same for every kind of edit, none left to chance."""
    work = Workspace(tmp_path)
    work.build()
    EDITS[edit](work)
    work.write()
    work.build()
    assert tree(tmp_path / "site") == work.clean()


def test_a_build_with_nothing_to_do_writes_nothing(tmp_path: Path) -> None:
    """Not even the time of a file changes."""
    work = Workspace(tmp_path)
    work.build()
    before = {path: path.stat() for path in (tmp_path / "site").rglob("*.html")}
    assert str(work.build()).count("nothing changed") == 1
    assert before == {path: path.stat() for path in (tmp_path / "site").rglob("*.html")}


def test_an_edited_abstract_renders_only_the_pages_that_show_it(tmp_path: Path) -> None:
    """The other papers, and the pages of other days, stay as they are."""
    work = Workspace(tmp_path)
    work.build()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*.html")}
    work.words["a"] = "small"
    work.write()
    work.build()
    changed = {
        path.relative_to(tmp_path / "site").as_posix()
        for path, time in before.items()
        if path.stat().st_mtime_ns != time
    }
    assert "papers/paper-a.html" in changed
    assert "digests/2025-01-01.html" in changed
    assert not changed & {"papers/paper-b.html", "papers/paper-c.html", "digests/2025-02-01.html"}


def test_the_number_of_processes_shows_nowhere(tmp_path: Path) -> None:
    """One process or several, the bytes are the same."""
    work = Workspace(tmp_path)
    for number in range(400):
        work.words[f"x{number}"] = "many"
        work.months[f"x{number}"] = 1 + number % 3
    work.write()
    assert work.build("one", jobs=1).written == work.build("three", jobs=3).written
    assert tree(tmp_path / "one") == tree(tmp_path / "three")


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("templates/paper.html", "{{ nothing }}", "templates/paper.html:1: UndefinedError"),
        ("templates/paper.html", "\n{% if %}", "templates/paper.html:2: "),
        ("content/papers/x/paper-a.md", "---\ntitle: [\n", "paper-a.md:1: "),
        ("content/site.yaml", "titel: x\n", "site.yaml:1: `titel` is no setting; did you mean"),
        ("content/site.yaml", "title: x\nfeed_items: many\n", "site.yaml:2: `feed_items`"),
        ("content/site.yaml", "url: nowhere\n", "site.yaml:1: `url` has to be"),
    ],
)
def test_a_build_that_fails_leaves_the_site_as_it_was(
    tmp_path: Path, path: str, text: str, message: str
) -> None:
    """The error names file and line; no file of the site has changed."""
    work = Workspace(tmp_path)
    work.build()
    before = tree(tmp_path / "site")
    (tmp_path / path).write_text(text, "utf-8")
    with pytest.raises(GazetteError) as caught:
        work.build()
    assert message in str(caught.value)
    assert tree(tmp_path / "site") == before


def test_a_full_disk_leaves_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every write but the first few fails as on a full disk; the site stays."""
    work = Workspace(tmp_path)
    work.build()
    before = tree(tmp_path / "site")
    append(tmp_path / "templates/_base.html", "<!-- more -->\n")
    written = []
    write = os.write

    def fails(file: int, data: bytes) -> int:
        written.append(file)
        if len(written) > 5:
            raise OSError(28, "No space left on device")
        return write(file, data)

    monkeypatch.setattr(os, "write", fails)
    with pytest.raises(GazetteError, match="No space left on device"):
        work.build()
    monkeypatch.undo()
    assert tree(tmp_path / "site") == before
    work.build()
    assert tree(tmp_path / "site") == work.clean()


def test_papers_that_are_shown_as_they_came_are_named_and_counted(tmp_path: Path) -> None:
    """By file and line, by every build, and none ends over them."""
    work = Workspace(tmp_path)
    deep = "\\frac{" * 200 + "x" + "}{b}" * 200
    papers = tmp_path / "content/papers/x"
    append(papers / "paper-a.md", f"\nAnd ${deep}$ of it.\n")
    append(papers / "paper-b.md", "[a](<b" * 20_000)
    for _ in range(2):
        told = [line.removeprefix(f"{papers}/") for line in work.build().warnings]
        assert told == [
            "paper-a.md:13: maths that asks for too much is shown as it came",
            "paper-b.md:11: Markdown that asks for too much is shown as it came",
            "papers shown as they came, in part: 2",
        ]
    assert html.escape(deep) in (tmp_path / "site/papers/paper-a.html").read_text("utf-8")


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    """The second waits for the first; both end well, and the site is whole."""
    work = Workspace(tmp_path)
    threads = [threading.Thread(target=work.build) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tree(tmp_path / "site") == work.clean()


def test_content_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """A misspelt folder is not an empty site."""
    options = Options(content=tmp_path / "contents", output=tmp_path / "site")
    with pytest.raises(GazetteError, match="no such folder"):
        build.build(options, QUIET)


def test_an_empty_folder_makes_an_empty_site(tmp_path: Path) -> None:
    """A curator who has cleared the example sees a site that says so."""
    (tmp_path / "content").mkdir()
    build.build(Options(content=tmp_path / "content", output=tmp_path / "site"), QUIET)
    assert (tmp_path / "site/index.html").exists()
