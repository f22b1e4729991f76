"""Large sites measured: what is not to grow with them is memory, and what a day costs.

Run: python -m tests.benchmarks.bench_scale [--sizes 200000,1000000] [--work DIR] [--write]

Papers beyond the corpus are made of it (tests/benchmarks/mixed.py says how). A size is built once:
clean, with nothing changed, and with a day of a thousand more.
"""

# ruff: noqa: T201  # it prints its figures

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.pipeline.build import ROOT
from tests.benchmarks import contents, mixed, results
from tests.benchmarks.bench_build import machine
from tests.benchmarks.measure import Cost, run, weigh

SIZES = "200000,1000000"
DAY = 1000
MOST = {"clean": (900, 4000), "nothing changed": (15, 4000), "a day of 1,000": (60, 4000)}
"""What has to hold of a million papers: seconds, and MB."""
SIMULATED = (
    f"Beyond {mixed.CORPUS:,} papers, the corpus, content is simulated: half titles joined, "
    "abstracts moved to other papers, days moved by whole years (tests/benchmarks/mixed.py)."
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="numbers of papers, a comma between")
    parser.add_argument("--work", type=Path, help="where to work; content there is used again")
    parser.add_argument("--write", action="store_true", help="put the tables into RESULTS.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = (asked.work or Path(temporary)).resolve()
        tables = [_table(work / str(size), size) for size in map(int, asked.sizes.split(","))]
    text = "\n".join([f"{machine()}. One run each. {SIMULATED}\n", *tables])
    print(text)
    if asked.write:
        results.write("Scale", text)


def _table(root: Path, size: int) -> str:
    root.mkdir(parents=True, exist_ok=True)
    mixed.write(root / "content", size)
    rows = []
    for name, cost, files, held in _costs(root):
        print(f"{size:,}, {name}: {cost.wall:.1f} s, {cost.memory / 1e6:,.0f} MB", flush=True)
        seconds, memory = MOST[name]
        rows.append(
            [
                name,
                f"{cost.wall:,.1f}",
                f"{cost.cpu:,.1f}",
                f"{cost.memory / 1e6:,.0f}",
                f"{files:,}",
                f"{held / 1e6:,.0f}",
                f"{seconds} s, {memory:,} MB",
            ]
        )
    head = [f"{size:,} papers", "wall s", "CPU s", "peak MB", "files", "MB", "of a million at most"]
    return results.table(head, rows)


def _costs(root: Path) -> Iterator[tuple[str, Cost, int, int]]:
    """Yield what each build of the content in ``root`` costs, with the files and bytes it left."""
    command = (sys.executable, ROOT / "build.py", "--quiet")
    place = ("--content", root / "content", "--output", root / "site")
    for name in MOST:
        added = contents.add_day(root / "content", DAY) if name == "a day of 1,000" else []
        cost = run([*command, *place], root)
        yield name, cost, *weigh(root / "site")
        for path in added:
            path.unlink()


if __name__ == "__main__":
    main()
