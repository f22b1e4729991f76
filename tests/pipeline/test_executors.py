"""A build by a Dask cluster: a real scheduler and two workers on loopback, one of them killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from generator.commands import cli
from generator.pipeline import build, cache, executors
from generator.pipeline.build import ROOT, Options
from generator.system.errors import GazetteError
from generator.system.progress import Progress, Step
from tests.building import SEED, built
from tests.trees import tree

PAPERS = 320  # more than one process reads alone
PAPER = """---
title: On the theory of {name}
date: 2025-0{month}-01
authors:
- Ann Author
---

Large models of {name} with $x^{{{number}}}$ parameters, and reinforcement learning.
"""
DIGEST = "---\ndate: 2025-0{month}-01\ntitle: Daily\npapers:\n{slugs}---\n"


def content(root: Path) -> Path:
    """Write papers of two months into ``root``, and return that."""
    shutil.copytree(SEED, root, ignore=shutil.ignore_patterns("papers", "digests"))
    for month in (1, 2):
        slugs = [f"paper-{month}-{number}" for number in range(PAPERS // 2)]
        folder = root / f"papers/2025-0{month}"
        folder.mkdir(parents=True)
        for number, slug in enumerate(slugs):
            text = PAPER.format(name=slug.replace("-", " "), month=month, number=number)
            (folder / f"{slug}.md").write_text(text, "utf-8")
        (root / "digests").mkdir(exist_ok=True)
        listed = DIGEST.format(month=month, slugs="".join(f"- {slug}\n" for slug in slugs))
        (root / f"digests/2025-0{month}-01.md").write_text(listed, "utf-8")
    return root


class Cluster:
    """A scheduler and the workers that are started, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.workers: list[subprocess.Popen[str]] = []
        self._drains: list[tuple[threading.Thread, IO[str]]] = []
        self._folder = folder
        self._scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", "0")
        self.address = self._told(self._scheduler, "Scheduler at:").split()[-1]

    def add_worker(self) -> None:
        """Start a worker of one thread; return when the scheduler knows it."""
        place = ("--local-directory", str(self._folder / f"worker-{len(self.workers)}"))
        alone = ("--nthreads", "1", "--nworkers", "1", "--no-nanny", "--memory-limit", "0")
        self.workers.append(self._started("worker", self.address, *alone, *place))
        self._told(self.workers[-1], "Registered to:")

    def end(self) -> None:
        """End all processes."""
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()
        for thread, pipe in self._drains:
            thread.join()
            pipe.close()

    def _started(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]]
        return subprocess.Popen(
            [*command, "--no-dashboard"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def _told(self, process: subprocess.Popen[str], mark: str) -> str:
        """Wait for the line with ``mark``, and return it; let the rest of them go."""
        assert process.stderr is not None
        found = next((line for line in process.stderr if mark in line), "")
        assert found, f"ended before it said {mark!r}"
        self._drains.append((threading.Thread(target=process.stderr.read), process.stderr))
        self._drains[-1][0].start()
        return found


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Start a scheduler that has no worker yet."""
    running = Cluster(tmp_path)
    try:
        yield running
    finally:
        running.end()


class Killing(Progress):
    """Starts two workers when told that there is none; kills one when the first page is made."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__()
        self.said: list[str] = []
        self.killed = 0
        self._cluster = cluster

    def say(self, message: str) -> None:
        """Keep what is said."""
        self.said.append(message)
        self._cluster.add_worker()
        self._cluster.add_worker()

    @contextlib.contextmanager
    def stage(self, name: str, total: int) -> Iterator[Step]:
        """Count the steps."""

        def step(_steps: int) -> None:
            if name == "render" and not self.killed:
                self.killed += 1
                self._cluster.workers[0].kill()

        del total
        yield step


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(
    tmp_path: Path, cluster: Cluster
) -> None:
    """It waits for its first worker; what the lost one had is done again by the other."""
    source = content(tmp_path / "far" / "content")
    progress = Killing(cluster)
    asked = Options(content=source, output=tmp_path / "site", scheduler=cluster.address)
    report = build.build(asked, progress)
    assert progress.said == [f"{cluster.address}: no worker is there yet; waiting for one"]
    assert (report.papers, progress.killed) == (PAPERS, 1)
    here = Path(shutil.copytree(source, tmp_path / "near" / "content"))
    assert tree(tmp_path / "site") == tree(built(here, tmp_path / "plain"))
    assert list((cache.cache_folder(source) / "tasks").iterdir()) == []
    again = build.build(Options(content=source, output=tmp_path / "site"), Progress(quiet=True))
    assert again.written == 0


def test_an_address_where_no_scheduler_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which address, and how to start one."""
    monkeypatch.setattr(executors, "TIMEOUT", 0.2)
    asked = Options(
        content=content(tmp_path / "content"), output=tmp_path / "site", scheduler="tcp://[::1]:9"
    )
    with pytest.raises(GazetteError, match=r"--scheduler tcp://\[::1\]:9: .*`dask scheduler`"):
        build.build(asked, Progress(quiet=True))


def test_a_machine_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install, and where."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = Options(content=content(tmp_path / "content"), output=tmp_path / "site", scheduler="x")
    with pytest.raises(GazetteError, match=r"gazette\[dask\]', here and where the workers run"):
        build.build(asked, Progress(quiet=True))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--executor", "dask"], "--executor dask: say where, with --scheduler tcp://HOST:8786"),
        (["--scheduler", "tcp://x:1"], "--scheduler: it is of --executor dask"),
    ],
)
def test_one_option_without_the_other(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each says what is missing."""
    assert cli.main(words) == 1
    assert said in capsys.readouterr().err


def test_a_worker_that_is_not_fit_to_work(tmp_path: Path) -> None:
    """It has another program, or does not see the folder."""
    assert executors.fault(cache.program(), (tmp_path,)) == ""
    with pytest.raises(GazetteError, match="another version"):
        executors.unfit("0", (tmp_path,))
    with pytest.raises(GazetteError, match=r"does not see .*nowhere"):
        executors.unfit(cache.program(), (tmp_path / "nowhere",))
