"""A curator's first day, as the README tells it: a copy, two files, a day of papers, a push.

Played with real repositories: an upstream, a bare one in the place of the fork on the host, the
curator's clone of that, and the fresh clone in which the host runs the workflow.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.pipeline.build import ROOT
from tests.trees import tree

PAGE = """Daily Papers

byAK and the research community

Sep 23

A Paper of One's Own

We show that $O(n)$ is enough.
"""
# What is made on this machine, and lies in no repository.
MADE = (".git", ".venv", ".gazette", ".*_cache", ".hypothesis", "__pycache__", "site", "*.egg-info")
HOST = "https://curator.example/digest"


def run(folder: Path, *command: str, **environment: str) -> str:
    """Run a command in ``folder`` as a person or the host would; return what it printed."""
    who = {f"GIT_{role}_{key}": "x@y.example" for role in ("AUTHOR", "COMMITTER") for key in _KEYS}
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**inherited, **who, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


_KEYS = ("NAME", "EMAIL")


def played(line: str) -> list[str]:
    """Return a line of the README as a command, run by the Python that runs the tests."""
    words = shlex.split(line)
    return [sys.executable if word.endswith("python") else word for word in words]


def steps(workflow: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what a workflow runs itself, job by job, with its environment as the host fills it.

    Installing needs a network, and `build.py` runs from the clone without it.
    """
    loaded = yaml.safe_load(workflow.read_text("utf-8"))
    for job in loaded["jobs"].values():
        for step in job.get("steps", ()):
            if "run" in step and "pip install" not in step["run"]:
                given = dict.fromkeys(step.get("env", {}), HOST)
                yield step["run"], given


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bare repository that is the fork, with one branch and all that ours has."""
    root = tmp_path_factory.mktemp("fork")
    upstream = root / "upstream"
    shutil.copytree(ROOT, upstream, ignore=shutil.ignore_patterns(*MADE), symlinks=True)
    run(upstream, "git", "init", "--quiet", "-b", "main")
    run(upstream, "git", "add", ".")
    run(upstream, "git", "commit", "--quiet", "-m", "Upstream")
    run(root, "git", "clone", "--quiet", "--bare", str(upstream), "fork.git")
    return root / "fork.git"


@pytest.fixture(scope="module")
def published(fork: Path) -> Path:
    """Play the README's steps in a clone of the fork; return the clone that the host then makes."""
    root = fork.parent
    run(root, "git", "clone", "--quiet", str(fork), "mine")
    mine = root / "mine"
    settings = mine / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Gazette", "My Digest"), "utf-8")
    (mine / "content/topics.yaml").write_text("Limits: [enough]\n", "utf-8")
    for folder in ("digests", "papers"):
        shutil.rmtree(mine / "content" / folder)
    (mine / "today.txt").write_text(PAGE, "utf-8")
    (adding,) = [line for line in commands() if " add today.txt" in line]
    run(mine, *played(adding))
    for line in ("git add content", "git commit -m Mine", "git push"):
        run(mine, *shlex.split(line))
    run(root, "git", "clone", "--quiet", str(fork), "host")
    return root / "host"


def commands() -> list[str]:
    """Return the commands that stand in the README on lines of their own."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.startswith("    ")]


def test_what_is_pushed_is_built_checked_and_ready_to_deploy(published: Path) -> None:
    """Every step of pages.yml ends well, and what it uploads is the curator's site alone."""
    for script, environment in steps(published / ".github/workflows/pages.yml"):
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        run(published, "bash", "-eu", "-c", script, PATH=path, **environment)
    site = published / "site"
    assert "My Digest" in (site / "index.html").read_text("utf-8")
    assert [path.stem for path in (site / "papers").iterdir()] == ["a-paper-of-ones-own"]
    assert f"<link>{HOST}/" in (site / "feed.xml").read_text("utf-8")


def test_what_deploys_waits_for_no_test_of_the_program() -> None:
    """pages.yml builds and deploys; the program's own tests are a workflow that forks skip."""
    pages = (ROOT / ".github/workflows/pages.yml").read_text("utf-8")
    assert "make test" not in pages
    tests = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))
    # YAML 1.1 reads the key `on` as true.
    assert "content/**" in tests[True]["push"]["paths-ignore"]
    assert "!github.event.repository.fork" in tests["jobs"]["test"]["if"]


def test_upstream_comes_in_without_conflict(fork: Path, published: Path) -> None:
    """Who keeps to content/ and theme/ takes our changes as they come."""
    root = fork.parent
    mine, upstream = root / "mine", root / "upstream"
    (mine / "theme").mkdir()
    (mine / "theme/site.css").write_text("h1 { letter-spacing: 0.1em; }\n", "utf-8")
    run(mine, "git", "add", "theme")
    run(mine, "git", "commit", "--quiet", "-m", "A look of my own")
    for name in ("templates/about.html", "generator/__init__.py", "README.md"):
        with (upstream / name).open("a", encoding="utf-8") as file:
            file.write("\n# a change of ours\n")
    run(upstream, "git", "commit", "--quiet", "--all", "-m", "Improve")
    run(mine, "git", "pull", "--quiet", "--no-rebase", "--no-edit", str(upstream), "main")
    assert tree(mine / "content") == tree(published / "content")
    assert "a change of ours" in (mine / "templates/about.html").read_text("utf-8")
