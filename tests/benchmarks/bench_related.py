"""Related papers on the corpus: how good, how fast, how little a change costs.

Run: python -m tests.benchmarks.bench_related CORPUS.jsonl.xz

A pair of papers is "alike" if both have the same arXiv primary category. Four fifths of the
corpus are in three categories, so even pairs drawn at random are alike every third time, and
no method can be three times as good there; the figure averaged over categories counts a paper of
a small category as much as one of a large one.
"""

# ruff: noqa: T201  # it prints its figures

from __future__ import annotations

import gc
import hashlib
import json
import lzma
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from generator.library.related import Document, related
from generator.library.similarity import Related, Subject, subject
from generator.library.weights import Memo

T = TypeVar("T")
SMALL = 20
"""Categories of fewer papers say nothing and are left out of the average."""


def read(corpus: Path) -> tuple[list[Document], dict[str, Subject], dict[str, str]]:
    """Return the papers of the corpus, what each is about, and its primary category."""
    papers, subjects, categories = [], {}, {}
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            slug, text = record["id"], record["title"] + record["summary"]
            key = hashlib.blake2b(text.encode(), digest_size=12).digest()
            papers.append(Document(slug, date.fromisoformat(record["digest_date"]), key))
            subjects[slug] = subject(record["title"], record["summary"])
            categories[slug] = record["categories"][0]
    return papers, subjects, categories


def quality(found: Mapping[str, tuple[Related, ...]], categories: Mapping[str, str]) -> None:
    """Print how often related papers share a primary category, and how often random pairs do."""
    sizes = Counter(categories.values())
    total = sum(sizes.values())
    pairs, alike = Counter[str](), Counter[str]()
    for slug, near in found.items():
        own = categories[slug]
        pairs[own] += len(near)
        alike[own] += sum(categories[one.slug] == own for one in near)
    rate = sum(alike.values()) / sum(pairs.values())
    chance = sum(size * size for size in sizes.values()) / total**2
    print(f"same primary category, all pairs: related {rate:.3f}, random {chance:.3f}, "
          f"{rate / chance:.2f} times (no more than {1 / chance:.2f} is possible)")  # fmt: skip
    large = [name for name, size in sizes.items() if size >= SMALL and pairs[name]]
    rate = sum(alike[name] / pairs[name] for name in large) / len(large)
    chance = sum(sizes[name] / total for name in large) / len(large)
    print(f"averaged over {len(large)} categories: related {rate:.3f}, random {chance:.3f}, "
          f"{rate / chance:.2f} times")  # fmt: skip
    print(f"papers without any: {sum(not near for near in found.values())} of {total}; "
          f"on average {sum(map(len, found.values())) / total:.2f}")  # fmt: skip


def timed(name: str, work: Callable[[], T]) -> T:
    """Do ``work`` and print the CPU seconds it took."""
    gc.collect()
    start = time.process_time()
    result = work()
    print(f"{name}: {time.process_time() - start:.2f} s CPU")
    return result


def main() -> None:
    """Print the figures."""
    papers, subjects, categories = read(Path(sys.argv[1]))
    papers.sort(key=lambda one: (one.date, one.slug))
    print(f"{len(papers)} papers")
    gc.disable()
    about = subjects.__getitem__
    found = timed("all anew", lambda: related(papers, about))
    quality(found.papers, categories)
    data = timed("memo written", found.memo.dump)
    print(f"memo: {len(data) / 1e6:.1f} MB")
    memo = timed("memo read", lambda: Memo.load(data))
    timed("nothing changed", lambda: related(papers, about, memo))
    older = [one for one in papers if one.date < papers[-1].date]
    before = Memo.load(related(older, about).memo.dump())
    timed(f"{len(papers) - len(older)} added", lambda: related(papers, about, before))
    middle = len(papers) // 2
    edited = papers[middle]._replace(key=b"edited")
    subjects[edited.slug] = subject(subjects[edited.slug].title, "gaussian gaussian")
    timed(
        "one edited",
        lambda: related([*papers[:middle], edited, *papers[middle + 1 :]], about, memo),
    )


if __name__ == "__main__":
    main()
