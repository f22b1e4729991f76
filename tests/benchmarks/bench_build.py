"""Builds measured: this program, what it could at best be, and other generators.

Run: python -m tests.benchmarks.bench_build [--sizes 1000,10000] [--runs 5] [--peers eleventy]

Every command runs as a whole process, in turns with all others, on the same papers. GAZETTE_CORPUS
names the corpus. ``--write`` puts the tables into RESULTS.md.
"""

# ruff: noqa: T201  # it prints its figures

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.pipeline.build import ROOT
from tests.benchmarks import contents, peers, results, verdict
from tests.benchmarks.measure import Cost, median, run, set_aside, weigh

HERE = Path(__file__).parent
SIZES = (1000, 10_000, 49_953)
SEED = 73  # papers of the example that the repository brings
SLOW = 10_000  # beyond that, the slow peers are left out
OUTPUTS = ("site", "plain", ".gazette")


@dataclass
class Series:
    """One size: its folder, the commands and what they cost, run by run."""

    size: int
    root: Path
    jobs: int
    others: list[peers.Peer] = field(default_factory=list)
    costs: defaultdict[str, list[Cost]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, float] = field(default_factory=dict)

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / "content"

    def take(self, name: str, command: Sequence[str | Path], cwd: Path | None = None) -> None:
        """Run one command, and keep what it cost as ``name``."""
        self.costs[name].append(run(command, cwd or self.root))

    def build(self, name: str, output: str = "site", *more: str) -> None:
        """Build with this program."""
        program = (sys.executable, ROOT / "build.py", "--quiet", "--jobs", str(self.jobs))
        place = ("--content", self.content, "--output", self.root / output)
        self.take(name, (*program, *place, *more))

    def round(self) -> None:
        """Run every command once."""
        attic = self.root / "attic"
        set_aside([self.root / name for name in OUTPUTS], attic)
        self.build("no search", "plain", "--no-search")
        set_aside([self.root / ".gazette"], attic)
        self.build("clean")
        self.facts["files"], self.facts["bytes"] = weigh(self.root / "site")
        self.build("nothing changed")
        self._edits()
        set_aside([self.root / "floor"], attic)
        self.take("floor", [sys.executable, HERE / "floor.py", "plain", "floor"])
        for peer in self.others:
            set_aside([peer.output], attic)
            self.take(peer.name, peer.command, peer.root)

    def _edits(self) -> None:
        """Build after each of the changes that are made from day to day, then undo them."""
        for name, newest in (("one edit, newest month", True), ("one edit, oldest month", False)):
            path, held = contents.edit(self.content, newest=newest)
            self.build(name)
            path.write_bytes(held)
            self.settle()
        added = contents.add_day(self.content)
        self.build("a new day")
        for path in added:
            path.unlink()

    def settle(self) -> None:
        """Build unmeasured: the next measure is to have its own change alone."""
        self.build("")
        del self.costs[""]


def _prepare(series: Series, asked: argparse.Namespace) -> None:
    """Write the content, set up the peers, those left out with the reason."""
    contents.write(series.content, series.size)
    for name, make in peers.ALL.items():
        folder = series.root / name
        shutil.rmtree(folder, ignore_errors=True)
        if name not in asked.peers or (name in peers.SLOW and series.size > SLOW):
            continue
        # Pagefind reads what Hugo made, all others the content.
        source = series.root / "hugo" / "public" if name == "pagefind" else series.content
        try:
            series.others.append(make(source, folder, asked.tools))
        except RuntimeError as error:
            print(f"without {name}: {error}")
    shutil.rmtree(series.root / "attic", ignore_errors=True)


def _measure(series: Series, runs: int) -> None:
    for number in range(1, runs + 1):
        series.round()
        walls = (f"{name} {costs[-1].wall:.2f}" for name, costs in series.costs.items())
        print(f"{series.size:,}, run {number}: {', '.join(walls)}", flush=True)


def _small(series: Series, runs: int) -> None:
    """Measure what is asked of the example: a build with nothing to do."""
    contents.write(series.content, series.size)
    for _ in range(runs):
        series.build("clean")
        series.build("nothing changed")


def machine() -> str:
    """Return what this was measured on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{len(os.sched_getaffinity(0))} cores ({model}), {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--sizes", default=",".join(map(str, SIZES)), help="numbers of papers, a comma between")
    add("--runs", type=int, default=5, help="of each command (5)")
    add("--jobs", type=int, default=0, help="processes of this program (one a core)")
    add("--peers", default="hugo,pagefind,eleventy,pelican", help="other generators, or none")
    add("--work", type=Path, help="where to work; content that is there is used again")
    add("--tools", type=Path, default=Path.home() / ".cache" / "gazette-bench")
    add("--write", action="store_true", help="put the tables into RESULTS.md")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    asked.peers = asked.peers.split(",")
    with tempfile.TemporaryDirectory() as temporary:
        work = (asked.work or Path(temporary)).resolve()
        tables = list(_tables(asked, work))
    text = "\n".join([f"{machine()}. Medians of {asked.runs} runs.\n", *tables])
    print(text)
    if asked.write:
        results.write("Build", text)


def _tables(asked: argparse.Namespace, work: Path) -> Iterator[str]:
    small = Series(SEED, work / str(SEED), asked.jobs)
    _small(small, asked.runs)
    nothing = median(small.costs["nothing changed"])
    measured: list[verdict.Measured] = []
    for size in map(int, asked.sizes.split(",")):
        series = Series(size, work / str(size), asked.jobs)
        _prepare(series, asked)
        _measure(series, asked.runs)
        costs = {name: median(runs) for name, runs in series.costs.items()}
        versions = {peer.name: peer.version for peer in series.others}
        measured.append(verdict.Measured(size, costs, versions, series.facts))
        shutil.rmtree(series.root / "attic")
        yield verdict.costs(measured[-1])
    yield verdict.demands(measured, nothing)


if __name__ == "__main__":
    main()
