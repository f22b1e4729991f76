"""Related papers on the corpus: how good, how fast, how little a change costs.

Run: python -m tests.benchmarks.bench_related CORPUS.jsonl.xz

How good is measured on the newest papers, which the table must not have seen: one is trained on the
older ones first. A pair of papers is "alike" if both have the same arXiv primary category. The
figure averaged over categories counts a paper of a small category as much as one of a large one.
How fast is measured with the table that comes with the program, on all papers.
"""

# ruff: noqa: T201  # it prints its figures

from __future__ import annotations

import gc
import hashlib
import io
import json
import lzma
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generator.library import renewal, train, vectors
from generator.library.catalogue import Catalogue
from generator.library.facts import Facts
from generator.library.related import COLUMNS, INDEX, NEAR, ROWS, BySlug, Near, Papers, is_of
from generator.library.train import Text
from generator.library.vectors import Subject, Table
from generator.system.sections import Sections

T = TypeVar("T")
SMALL = 20
"""Categories of fewer papers say nothing and are left out of the average."""
TESTED = 10_000
BATCH = 250


def read(corpus: Path) -> list[dict[str, Any]]:
    """Return the records of the corpus, oldest first."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        records = list(map(json.loads, lines))
    return sorted(records, key=lambda record: (record["digest_date"], record["id"]))


def documents(
    records: Sequence[dict[str, Any]], table: Table
) -> tuple[list[Facts], dict[str, Subject]]:
    """Return the papers by ``table``, and what each is compared by."""
    papers, subjects = [], {}
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        meanings = table.meanings([(one["title"], one["summary"]) for one in batch])
        for one, (vector, place, subject) in zip(batch, meanings, strict=True):
            papers.append(
                Facts(
                    slug=one["id"],
                    mark=b"",
                    words=hashlib.blake2b(
                        (one["title"] + one["summary"]).encode(), digest_size=12
                    ).digest(),
                    title=one["title"],
                    date=date.fromisoformat(one["digest_date"]),
                    authors=tuple(one["authors"]),
                    others=False,
                    topics=(),
                    votes=None,
                    code="",
                    arxiv=one["id"],
                    vector=vector,
                    place=place,
                )
            )
            subjects[one["id"]] = subject
    return papers, subjects


def quality(found: Mapping[str, Near], categories: Mapping[str, str]) -> None:
    """Print how often related papers share a primary category."""
    sizes = Counter(categories.values())
    pairs, alike = Counter[str](), Counter[str]()
    for slug, near in found.items():
        own = categories[slug]
        pairs[own] += len(near)
        alike[own] += sum(categories[one.slug] == own for one in near)
    rate = sum(alike.values()) / sum(pairs.values())
    large = [name for name, size in sizes.items() if size >= SMALL and pairs[name]]
    mean = sum(alike[name] / pairs[name] for name in large) / len(large)
    covered = sum(map(bool, found.values())) / len(found)
    print(f"same primary category: {rate:.3f} of all pairs, {mean:.3f} averaged over "
          f"{len(large)} categories; {covered:.1%} of the papers have any")  # fmt: skip


def timed(name: str, work: Callable[[], T]) -> T:
    """Do ``work`` and print the CPU seconds it took."""
    gc.collect()
    start = time.process_time()
    result = work()
    print(f"{name}: {time.process_time() - start:.2f} s CPU")
    return result


def related(
    papers: Sequence[Facts],
    subjects: Mapping[str, Subject],
    table: Table,
    before: Sections | None = None,
) -> Sections:
    """Return the related papers of ``papers``, in memory."""
    facts, anew = Catalogue.of(papers), Sections.begun(io.BytesIO())
    renewal.renew(facts, Papers.of(facts), subjects.__getitem__, table, before, anew)
    return anew


def unseen(records: Sequence[dict[str, Any]]) -> None:
    """Print how good related papers are among the newest ones, by a table of the older ones."""
    older, newer = records[:-TESTED], records[-TESTED:]
    texts = [Text(one["title"], one["summary"], one["digest_date"]) for one in older]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.bin"
        path.write_bytes(timed("a table trained", lambda: train.train(texts, {})))
        table = vectors.load(path)
    papers, subjects = documents(newer, table)
    found = related(papers, subjects, table)
    quality(BySlug(found), {one["id"]: one["categories"][0] for one in newer})


def main() -> None:
    """Print the figures."""
    records = read(Path(sys.argv[1]))
    unseen(records)
    table = vectors.load()
    papers, subjects = timed("vectors of all", lambda: documents(records, table))
    print(f"{len(papers)} papers")
    gc.disable()
    found = timed("all anew", lambda: related(papers, subjects, table))
    for name in (ROWS, COLUMNS, NEAR, INDEX):
        print(f"{name}: {found.size(name) / 1e6:.1f} MB")
    timed("nothing changed", lambda: is_of(found, Papers.of(Catalogue.of(papers)), table))
    before = related(papers[:-200], subjects, table)
    timed("200 added", lambda: related(papers, subjects, table, before))
    middle = len(papers) // 2
    before = related([*papers[:middle], *papers[middle + 200 :]], subjects, table)
    timed("200 added in the middle", lambda: related(papers, subjects, table, before))


if __name__ == "__main__":
    main()
