"""How long the index takes, in a process of its own: python -m ... COUNT TASK [FOLDER].

Tasks: ``ours`` analyses and writes the index, ``day`` adds 200 papers to it, ``lunr`` builds and
serialises the index of Python's lunr over the same papers. Prints seconds and peak memory as JSON.
"""

# ruff: noqa: T201  # it prints its figures

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from generator import search
from generator.search import Analysis, Document
from tests.benchmarks.searching import corpus

DAY = 200


def measure(task: str, count: int | None, folder: Path | None = None) -> dict[str, Any]:
    """Run ``task`` on the first ``count`` papers (all, if None); return what it prints."""
    command = [sys.executable, "-m", __name__, str(count or 0), task]
    command += [str(folder)] if folder else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures = json.loads(done.stdout)
    assert isinstance(figures, dict)
    return figures


def write(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Write ``files`` into ``folder``."""
    made: set[str] = set()
    for path, data in files:
        name = f"{folder}/{path}"
        parent = name.rpartition("/")[0]
        if parent not in made:
            Path(parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        with open(name, "wb") as file:  # noqa: PTH123  # a Path for each of many costs
            file.write(data)


def parts(analyses: Sequence[Analysis]) -> dict[str, Sequence[Analysis]]:
    """Return the analyses of each segment."""
    return {span.name: members for span, members in search.parted(analyses)}


def ours(documents: Sequence[Document], folder: Path) -> dict[str, float]:
    """Analyse and write everything."""
    start = time.perf_counter()
    analyses = [search.analyse(document) for document in documents]
    for name, members in parts(analyses).items():
        write(search.files(name, members), folder)
    return {"seconds": time.perf_counter() - start}


def day(documents: Sequence[Document], folder: Path) -> dict[str, float]:
    """Write everything but the last DAY papers, then those too, with what was kept."""
    whole = ours(documents, folder)["seconds"]
    known = [search.analyse(document) for document in documents[:-DAY]]
    before = parts(known)
    start = time.perf_counter()
    known += [search.analyse(document) for document in documents[-DAY:]]
    written = 0
    for name, members in parts(known).items():
        if members != before[name]:
            write(search.files(name, members), folder)
            written += len(members)
    return {"seconds": time.perf_counter() - start, "whole": whole, "papers": written}


def lunr(documents: Sequence[Document], _: Path) -> dict[str, float]:
    """Build and serialise the index of lunr.py."""
    from lunr import lunr as build  # noqa: PLC0415  # not to count against the memory of ours

    rows = [
        {
            "id": number,
            "title": one.title,
            "authors": ", ".join(one.authors),
            "abstract": one.abstract,
            "topics": ", ".join(one.topics),
        }
        for number, one in enumerate(documents)
    ]
    start = time.perf_counter()
    index = build(ref="id", fields=("title", "authors", "abstract", "topics"), documents=rows)
    json.dumps(index.serialize())
    return {"seconds": time.perf_counter() - start}


def main() -> None:
    """Do what the command line says."""
    count, task, *folder = sys.argv[1:]
    documents = corpus.read(int(count) or None)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as temporary:
        where = Path(*folder) if folder else Path(temporary)
        figures = {"ours": ours, "day": day, "lunr": lunr}[task](documents, where)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({**figures, "megabytes": peak / 1024, "before": before / 1024}))


if __name__ == "__main__":
    main()
