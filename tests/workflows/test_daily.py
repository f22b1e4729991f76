"""The daily workflow's script, on a real repository and with a real server for a source."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from generator.pipeline.build import ROOT
from tests.sources.fetch.arxiv_server import ArXiv

TODAY = "2025-09-23"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def entry(number: int, day: str) -> dict[str, Any]:
    """Return one entry of the source's answer."""
    paper = {"id": f"2509.{number:05}", "title": f"Paper {number}", "summary": f"{number}."}
    return {"paper": {**paper, "submittedOnDailyAt": f"{day}T08:00:00Z"}}


class Repository(NamedTuple):
    """A clone of a site's repository; ``days`` is what the source answers for each day."""

    folder: Path
    days: dict[str, Response]

    def git(self, *arguments: str) -> str:
        """Return what git says in the clone."""
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def daily(self, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the script."""
        output = self.folder.parent / "output"
        given = {"TODAY": TODAY, "PYTHON": sys.executable, "GITHUB_OUTPUT": str(output)}
        return subprocess.run(
            [self.folder / ".github/daily.sh"],
            cwd=self.folder,
            env={**os.environ, **given, "DAYS": "1", **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def changed(self) -> str:
        """Return what the last run told the workflow."""
        return (self.folder.parent / "output").read_text().split()[-1]

    def lists(self, *papers: int, day: str = TODAY) -> None:
        """Make the source list papers on a day."""
        self.days[day] = Response(json.dumps([entry(number, day) for number in papers]))

    def pushed(self) -> list[str]:
        """Return the subjects of what the remote has, newest first."""
        self.git("fetch", "--quiet")
        return self.git("log", "--format=%s", "origin/main").split("\n")


class Interrupted(Response):
    """An answer during which a person, working in another clone, pushes a commit: once."""

    def __init__(self, other: Repository, body: str) -> None:
        super().__init__(body)
        self.other: Repository | None = other

    def __call__(self, environ: Any, start_response: Any) -> Any:  # noqa: ANN401  # WSGI
        """Push, then answer."""
        if self.other:
            self.other.git("pull", "--quiet")
            (self.other.folder / "content/hand.txt").write_text("by hand")
            commit(self.other, "By hand", "2025-09-22T12:00:00Z")
            self.other = None
        return super().__call__(environ, start_response)


def clone(remote: Path, folder: Path) -> Path:
    """Return a fresh clone."""
    subprocess.run(["git", "clone", "--quiet", str(remote), str(folder)], check=True)
    return folder


@pytest.fixture
def repository(tmp_path: Path, httpserver: HTTPServer) -> Iterator[Repository]:
    """Return a clone of a remote with an empty site whose source is on loopback."""
    days: dict[str, Response] = {}
    httpserver.expect_request("/api/daily_papers").respond_with_handler(
        lambda request: _answer(request, days)
    )
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", str(remote)], check=True)
    made = Repository(clone(remote, tmp_path / "clone"), days)
    (made.folder / "content").mkdir()
    (made.folder / ".github").mkdir()
    shutil.copy2(ROOT / ".github/daily.sh", made.folder / ".github/daily.sh")
    (made.folder / "build.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from generator.commands.cli import main\nsys.exit(main())\n"
    )
    (made.folder / ".gitignore").write_text(".gazette/\n")
    site = f"title: Test\nsources: {{huggingface: {{base: '{httpserver.url_for('/')}'}}}}\n"
    (made.folder / "content/site.yaml").write_text(site)
    made.git("checkout", "--quiet", "-B", "main")
    commit(made, "Begin", "2025-09-20T12:00:00Z")
    yield made
    httpserver.check_assertions()


def commit(repository: Repository, message: str, date: str, *, push: bool = True) -> None:
    """Commit all there is, at a given time, and push it."""
    repository.git("add", ".")
    who = ["-c", "user.name=x", "-c", "user.email=x@y.z"]
    command = ["git", "-C", str(repository.folder), *who, "commit", "--quiet", "-m", message]
    stamps = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    subprocess.run(command, check=True, env={**os.environ, **stamps})
    if push:
        repository.git("push", "--quiet", "origin", "main")


def _answer(request: Request, days: Mapping[str, Response]) -> Response:
    return days.get(request.args["date"], Response("[]"))


def test_new_papers_are_committed_and_pushed(repository: Repository) -> None:
    """The last three days are asked for; what they list is committed by the bot and pushed."""
    repository.lists(1, 2)
    repository.lists(3, day="2025-09-22")
    run = repository.daily(DAYS="3")
    assert run.returncode == 0, run.stderr
    assert repository.pushed() == ["Add the papers of 2025-09-22 2025-09-23", "Begin"]
    assert repository.git("log", "-1", "--format=%an") == "github-actions[bot]"
    files = repository.git("show", "--name-only", "--format=", "origin/main").split()
    assert len([file for file in files if file.startswith("content/papers/")]) == 3
    assert repository.changed() == "changed=true"


def test_a_rerun_changes_nothing(repository: Repository) -> None:
    """The same day again is no commit, and nothing to publish."""
    repository.lists(1)
    repository.daily()
    run = repository.daily()
    assert (run.returncode, repository.changed()) == (0, "changed=false")
    assert len(repository.pushed()) == 2


def test_a_late_source(repository: Repository) -> None:
    """Nothing yet is no error; the next run brings what was late."""
    assert repository.daily().returncode == 0
    assert repository.pushed() == ["Begin"]
    repository.lists(1, day="2025-09-22")
    assert repository.daily(DAYS="2").returncode == 0
    assert repository.pushed()[0] == "Add the papers of 2025-09-22"


def test_a_failing_source(repository: Repository) -> None:
    """An error page fails the run, when what the other days had is pushed."""
    repository.lists(1)
    repository.days["2025-09-22"] = Response("<html>Bad Gateway</html>")
    run = repository.daily(DAYS="2")
    assert run.returncode == 1
    assert "<html>Bad Gateway</html>" in run.stderr
    assert repository.pushed()[0] == "Add the papers of 2025-09-23"
    assert repository.changed() == "changed=true"


def test_a_single_day(repository: Repository) -> None:
    """DATE asks for one day and no other."""
    repository.lists(1)
    repository.lists(2, day="2025-08-01")
    assert repository.daily(DATE="2025-08-01").returncode == 0
    assert repository.pushed()[0] == "Add the papers of 2025-08-01"


def test_a_push_in_between(repository: Repository, tmp_path: Path) -> None:
    """Where somebody pushes while a run fetches, it starts over on that; no paper comes twice."""
    other = Repository(clone(tmp_path / "remote.git", tmp_path / "other"), repository.days)
    repository.lists(1, 2)
    assert repository.daily().returncode == 0
    repository.days[TODAY] = Interrupted(other, json.dumps([entry(n, TODAY) for n in (1, 2, 3)]))
    run = repository.daily()
    assert run.returncode == 0, run.stderr
    assert "somebody pushed in between" in run.stderr
    assert repository.pushed()[:2] == [f"Add the papers of {TODAY}", "By hand"]
    papers = repository.git("ls-tree", "-r", "--name-only", "origin/main", "content/papers").split()
    assert [Path(paper).stem for paper in papers] == ["paper-1", "paper-2", "paper-3"]


@pytest.mark.parametrize(
    "path", ["content/site.yaml", "content/papers/2025-09/mine.md", "notes.txt"]
)
def test_changes_that_are_not_committed(path: str, repository: Repository) -> None:
    """A run refuses to begin, and leaves everything as it is."""
    file = repository.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("mine")
    repository.lists(1)
    run = repository.daily()
    assert run.returncode == 1
    assert "not committed" in run.stderr
    assert path.partition("/")[0] in run.stderr
    assert file.read_text() == "mine"
    assert repository.pushed() == ["Begin"]


def test_commits_that_are_not_pushed(repository: Repository) -> None:
    """A run publishes what it wrote and nothing else; a person's commit stays where it is."""
    (repository.folder / "content/mine.txt").write_text("mine")
    commit(repository, "Mine", "2025-09-21T12:00:00Z", push=False)
    repository.lists(1)
    run = repository.daily()
    assert run.returncode == 0, run.stderr
    assert repository.pushed() == [f"Add the papers of {TODAY}", "Begin"]
    assert repository.git("log", "--format=%s").split("\n") == ["Mine", "Begin"]
    assert "git pull" in run.stderr
    assert (repository.folder / "content/mine.txt").read_text() == "mine"
    assert repository.git("worktree", "list").count("\n") == 0


def test_a_branch_is_needed(repository: Repository) -> None:
    """Where no branch is checked out there is nothing to push to."""
    repository.git("checkout", "--quiet", "--detach")
    run = repository.daily()
    assert (run.returncode, "no branch" in run.stderr) == (1, True)


@pytest.mark.parametrize("dated", [True, False])
def test_a_weekend_that_repeats_friday(dated: bool, repository: Repository) -> None:
    """Hugging Face shows Friday's list for Saturday and Sunday: that is no digest."""
    friday = [entry(number, "2025-09-19") for number in (1, 2)]
    if not dated:
        for each in friday:
            del each["paper"]["submittedOnDailyAt"]
    for day in ("2025-09-19", "2025-09-20", "2025-09-21"):
        repository.days[day] = Response(json.dumps(friday))
    for today in ("2025-09-19", "2025-09-20", "2025-09-21"):
        run = repository.daily(TODAY=today, DAYS="3")
        assert run.returncode == 0, run.stderr
    assert repository.pushed() == ["Add the papers of 2025-09-19", "Begin"]


def test_a_fresh_clone_builds(
    repository: Repository, tmp_path: Path, httpserver: HTTPServer
) -> None:
    """What is pushed can be read by whoever clones it, without what the run remembers."""
    arxiv = ArXiv(httpserver)
    arxiv.now = "2025-01-09T07:23"
    base = httpserver.url_for("").rstrip("/")
    settings = f"title: Test\nsources: {{arxiv: {{base: '{base}', categories: [cs.CL]}}}}\n"
    (repository.folder / "content/site.yaml").write_text(settings)
    commit(repository, "Follow arXiv", "2025-01-08T12:00:00Z")
    for day in (9, 14, 16):  # each takes up what came since the one before it
        arxiv.now = f"2025-01-{day:02}T07:23"
        run = repository.daily(TODAY=arxiv.now[:10])
        assert run.returncode == 0, run.stderr
    fresh = clone(tmp_path / "remote.git", tmp_path / "fresh")
    arguments = ["--quiet", "--no-search", "--output", str(tmp_path / "site")]
    command = [sys.executable, "build.py", "--content", "content", *arguments]
    build = subprocess.run(command, cwd=fresh, capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stderr
    assert len(list((tmp_path / "site/papers").glob("*.html"))) == 9


def test_content_that_does_not_build_is_not_pushed(repository: Repository) -> None:
    """A site that would not build stays as it is."""
    (repository.folder / "content/topics.yaml").write_text("Broken: [\n")
    commit(repository, "Break it", "2025-09-21T12:00:00Z")
    repository.lists(1)
    run = repository.daily()
    assert run.returncode == 1
    assert "does not build" in run.stderr
    assert repository.pushed() == ["Break it", "Begin"]


@pytest.mark.parametrize(("today", "commits"), [("2025-11-01", 1), ("2025-11-10", 2)])
def test_idle_days(today: str, commits: int, repository: Repository) -> None:
    """Before GitHub would stop the schedule, an empty commit keeps it; the site stays as it is."""
    assert repository.daily(TODAY=today).returncode == 0
    assert len(repository.pushed()) == commits
    assert repository.changed() == "changed=false"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_ask_for_little(path: Path) -> None:
    """Rights are given job by job; no job runs for hours."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(workflow["permissions"].values()) <= {"read"}
    assert all("timeout-minutes" in job or "uses" in job for job in workflow["jobs"].values())


def test_the_workflow_runs_the_script() -> None:
    """What the tests run here is what GitHub runs."""
    text = (ROOT / ".github/workflows/daily.yml").read_text(encoding="utf-8")
    assert "run: .github/daily.sh" in text
    assert os.access(ROOT / ".github/daily.sh", os.X_OK)
