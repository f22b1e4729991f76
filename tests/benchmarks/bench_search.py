"""The search, measured.

Run: python -m tests.benchmarks.bench_search

It takes the corpus from GAZETTE_CORPUS, or from ../shared/corpus beside the repository, and prints
every figure that the search is held to, with its limit. MiniSearch and Pagefind are measured beside
it where npm can fetch them. It takes about a quarter of an hour on two cores.
"""

# ruff: noqa: T201  # it prints its figures

from __future__ import annotations

import platform
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser

from generator.search import Document
from tests.benchmarks.searching import building, comparing, corpus, others, reading
from tests.benchmarks.searching.reading import Spread
from tests.benchmarks.searching.serving import browser, served
from tests.search import sites

SEED = 20_250_923
SMALL = 10_000
QUERIES = 100
VISITS = 25
ITEMS = 300
RANDOM = 1000
ROW = "| {:<58} | {:>12} | {:>10} | {:<6} |"


def row(what: str, figure: float, limit: float | None = None, unit: str = "") -> None:
    """Print a line of the table; a figure has to be at most its limit, or at least if negative."""
    form = f"{figure:,.0f}" if figure >= 1000 or figure == int(figure) else f"{figure:.3g}"
    if limit is None:
        print(ROW.format(what, f"{form} {unit}".strip(), "", ""))
        return
    good = figure <= limit if limit >= 0 else figure >= -limit
    bound = f"{'<=' if limit >= 0 else '>='} {abs(limit):,g}"
    print(ROW.format(what, f"{form} {unit}".strip(), bound, "yes" if good else "NO"), flush=True)


def build() -> None:
    """Measure building."""
    ours = building.measure("ours", SMALL)
    lunr = building.measure("lunr", SMALL)
    row("10,000: analysing and writing", ours["seconds"], unit="s")
    row("10,000: lunr.py with serialising", lunr["seconds"], unit="s")
    row("10,000: ours to lunr.py", ours["seconds"] / lunr["seconds"], 0.4)
    for name, count in (("10,000", SMALL), ("all", None)):
        day = building.measure("day", count)
        row(f"{name}: everything", day["whole"], unit="s")
        row(f"{name}: a day of 200 more", day["seconds"], unit="s")
        row(f"{name}: a day to everything", day["seconds"] / day["whole"], 0.15)
    whole = building.measure("ours", None)
    row("all: analysing and writing", whole["seconds"], unit="s")
    row("all: peak memory, the corpus in it", whole["megabytes"], 1500, "MB")


def arrive(running: Browser, address: str, documents: Sequence[Document]) -> None:
    """Measure how long a reader waits who has nothing of the site yet."""
    queries = corpus.readers_queries(documents, SEED, VISITS)
    networks = (("slow 4G", reading.SLOW_4G, 1000), ("60 ms, 9 Mb/s", reading.GOOD_4G, 500))
    for name, network, limit in networks:
        spread = Spread.of(reading.arriving(running, address, queries, network))
        row(f"{name}: from navigation to ten results, median", spread.median, limit, "ms")
        row(f"{name}: from navigation to ten results, p95", spread.p95, unit="ms")


def read(
    running: Browser, address: str, documents: Sequence[Document], limits: tuple[int, int]
) -> None:
    """Measure bytes and time of readers' queries."""
    name = f"{len(documents):,}"
    queries = corpus.readers_queries(documents, SEED, QUERIES)
    for kind, sizes in reading.cold(running, address, queries).items():
        spread = Spread.of(sizes)
        if kind == "all":
            row(f"{name}: bytes of a cold search, median", spread.median, limits[0], "B")
            row(f"{name}: bytes of a cold search, p95", spread.p95, limits[1], "B")
        else:
            row(f"{name}: of these {kind}, median", spread.median, unit="B")
    times = Spread.of(reading.warm(running, address, queries))
    row(f"{name}: from key to results, median", times.median, 50, "ms")
    row(f"{name}: from key to results, p95", times.p95, 200, "ms")


def compare(running: Browser, address: str, documents: Sequence[Document]) -> None:
    """Compare with lunr.js, with Python's words, and with other searches."""
    page = reading.opened(running.new_context(), address)
    tokens, unequal = comparing.unequal_words(page, documents)
    row("distinct tokens", tokens)
    row("tokens with other words in the browser", unequal, 0)
    items = corpus.known_items(documents, SEED, ITEMS)
    for (kind, rank), least in zip(
        comparing.known_items(page, documents, items).items(), (-0.95, -0.9, -0.88), strict=True
    ):
        row(f"MRR@10, {kind}", rank, least)
    page.close()
    page = reading.opened(running.new_context(), address)
    different, results = comparing.unequal_answers(page, documents, SEED, RANDOM)
    row("random queries against lunr.js", RANDOM)
    row("results compared", results)
    row("queries with other refs, order or scores", len(different), 0)
    page.close()
    try:
        modules = others.install()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"MiniSearch and Pagefind are not measured: {error}")
        return
    page = running.new_context().new_page()
    ranks, size = others.minisearch(page, modules, documents, items)
    for way, kinds in ranks.items():
        for kind, rank in kinds.items():
            row(f"{way}: MRR@10, {kind}", rank)
    row("MiniSearch: library and index", size, unit="B")
    with tempfile.TemporaryDirectory() as temporary:
        others.pagefind_site(modules, documents, Path(temporary))
        with served(Path(temporary)) as its:
            for kind, rank in others.pagefind(page, its, items).items():
                row(f"Pagefind: MRR@10, {kind}", rank)
            queries = corpus.readers_queries(documents, SEED, QUERIES)
            spread = Spread.of(others.pagefind_bytes(running, its, queries))
            row("Pagefind: bytes of a cold search, median", spread.median, unit="B")
            row("Pagefind: bytes of a cold search, p95", spread.p95, unit="B")


def main() -> None:
    """Measure everything."""
    documents = corpus.read()
    print(f"Python {platform.python_version()}, lunr.py {version('lunr')}, lunr.js 2.3.9, ", end="")
    print(", ".join(f"{name} {number}" for name, number in others.VERSIONS.items()), end="")
    with browser() as running:
        print(f", Chromium {running.version}; {len(documents):,} papers, seed {SEED}\n")
        print(ROW.format("what", "figure", "limit", "holds"))
        print(f"| {'-' * 58} | {'-' * 11}: | {'-' * 9}: | {'-' * 6} |", flush=True)
        build()
        for count, limits in ((SMALL, (35_000, 60_000)), (len(documents), (60_000, 150_000))):
            with tempfile.TemporaryDirectory() as folder:
                some = documents[:count]
                sites.write(some, Path(folder))
                with served(Path(folder)) as address:
                    read(running, address, some, limits)
                    if count == SMALL:
                        arrive(running, address, some)
                        compare(running, address, some)


if __name__ == "__main__":
    main()
