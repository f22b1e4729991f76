"""``gazette new``: a site that needs nothing of this repository, built by the wheel alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from generator.commands import cli
from generator.pipeline.build import ROOT

PAGE = """Daily Papers

byAK and the research community

Sep 23

A Paper

We show that it is enough to have a paper of one's own, and a room to read it in every day.
"""
PARTS = ("generator", "static", "templates", ".github", "pyproject.toml", "README.md", "LICENSE")


def built_wheel(folder: Path) -> Path:
    """Return the wheel of the repository, made below ``folder`` from a copy of its sources."""
    source = folder / "source"
    source.mkdir()
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the wheel installs, and nothing else of ours."""
    root = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(built_wheel(root)) as wheel:
        wheel.extractall(root / "lib")
    return root / "lib"


def gazette(installed: Path, folder: Path, *arguments: str) -> str:
    """Run the installed program in ``folder``; return what it said."""
    code = "import sys; from generator.commands.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_a_site_from_the_wheel_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    """New, add, build, check: without a file of the repository."""
    gazette(installed, tmp_path, "new", "my-digest")
    site = tmp_path / "my-digest"
    (site / "today.txt").write_text(PAGE, "utf-8")
    gazette(installed, site)
    assert "no problems" in gazette(installed, site, "check")
    gazette(installed, site, "add", "today.txt", "--date", "2025-09-23")
    gazette(installed, site)
    assert "no problems" in gazette(installed, site, "check")
    assert "My Digest" in (site / "site/index.html").read_text("utf-8")
    assert (site / "site/papers/a-paper.html").is_file()


def test_its_workflows_need_no_checkout_of_ours(tmp_path: Path) -> None:
    """They install what requirements.txt names, and call that."""
    assert cli.main(["new", str(tmp_path / "mine"), "--quiet"]) == 0
    for path in (tmp_path / "mine/.github").rglob("*.*"):
        text = path.read_text("utf-8")
        assert "build.py" not in text
        assert "--editable" not in text
    pages = yaml.safe_load((tmp_path / "mine/.github/workflows/pages.yml").read_text("utf-8"))
    runs = [step.get("run", "") for step in pages["jobs"]["build"]["steps"]]
    assert "python -m pip install -r requirements.txt" in runs
    assert "gazette check --format github" in runs
    assert (tmp_path / "mine/requirements.txt").read_text("utf-8").startswith("gazette")
    for script in ("daily.sh", "mail.sh"):
        assert os.access(tmp_path / "mine/.github" / script, os.X_OK)


def test_its_title_may_be_anything(tmp_path: Path) -> None:
    """Quotes and colons in it are no YAML."""
    title = 'Papers: "the best", \\ and {more}'
    assert cli.main(["new", str(tmp_path / "mine"), title, "--quiet"]) == 0
    loaded = yaml.safe_load((tmp_path / "mine/content/site.yaml").read_text("utf-8"))
    assert loaded["title"] == title


def test_a_site_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that has one of the files keeps it."""
    assert cli.main(["new", str(tmp_path / "mine"), "--quiet"]) == 0
    assert cli.main(["new", str(tmp_path / "mine")]) == 1
    assert "is there already" in capsys.readouterr().err


def test_a_new_paper_is_a_draft_in_the_list_of_its_day(tmp_path: Path) -> None:
    """It waits until its writer takes the line away; a second one of that title gets a number."""
    folder = tmp_path / "content"
    options = ["--content", str(folder), "--output", str(tmp_path / "site"), "--quiet"]
    for _ in range(2):
        assert cli.main([*options, "new", "paper", "My", "Own", "--date", "2025-09-23"]) == 0
    assert sorted(path.stem for path in folder.rglob("my-own*")) == ["my-own", "my-own-2"]
    assert cli.main(options) == 0
    assert not (tmp_path / "site/papers").exists()
    entry = folder / "papers/2025-09/my-own.md"
    entry.write_text(entry.read_text("utf-8").replace("draft: true\n", ""), "utf-8")
    assert cli.main(options) == 0
    assert [path.stem for path in (tmp_path / "site/papers").iterdir()] == ["my-own"]
