"""MiniSearch and Pagefind on the same papers and queries. They come from npm, into a cache."""

from __future__ import annotations

import gzip
import html
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, Response

from generator.search import Document
from tests.benchmarks.searching.comparing import Asked, reciprocal_rank
from tests.benchmarks.searching.reading import listen

VERSIONS = {"minisearch": "7.2.0", "pagefind": "1.6.0"}
MINISEARCH = """
(documents) => {
  globalThis.mini = new MiniSearch({ fields: ["title", "authors", "abstract", "topics"] });
  mini.addAll(documents.map((document, id) => ({ ...document, id })));
}
"""
MINISEARCH_ASK = """
([queries, options]) =>
  queries.map((query) => mini.search(query, options).slice(0, 10).map(({ id }) => id))
"""
WAYS = {
    "MiniSearch, all words": {"combineWith": "AND"},
    "MiniSearch, beginnings and typos": {"prefix": True, "fuzzy": 0.2},
}
PAGEFIND_ASK = """
async (queries) => {
  globalThis.pagefind ||= await import("/pagefind/pagefind.js");
  const found = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    found.push(data.map(({ raw_url, url }) => raw_url || url));
  }
  return found;
}
"""


def install() -> Path:
    """Return the folder of node modules that holds both, installed if they are not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gazette-benchmark"
    modules = cache / "node_modules"
    if not all((modules / name / "package.json").exists() for name in VERSIONS):
        cache.mkdir(parents=True, exist_ok=True)
        wanted = [f"{name}@{version}" for name, version in VERSIONS.items()]
        subprocess.run(
            ["npm", "install", "--no-save", "--no-package-lock", "--prefix", str(cache), *wanted],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return modules


def minisearch(
    page: Page, modules: Path, documents: Sequence[Document], items: Mapping[str, Asked]
) -> tuple[dict[str, dict[str, float]], int]:
    """Return MRR@10 of MiniSearch in each of WAYS, and the bytes of its library and its index."""
    library = modules / "minisearch/dist/umd/index.js"
    page.goto("about:blank")
    page.add_script_tag(path=library)
    fields = [
        {
            "title": one.title,
            "authors": ", ".join(one.authors),
            "abstract": one.abstract,
            "topics": ", ".join(one.topics),
        }
        for one in documents
    ]
    page.evaluate(MINISEARCH, fields)
    ranks: dict[str, dict[str, float]] = {}
    for way, options in WAYS.items():
        ranks[way] = {}
        for kind, asked in items.items():
            found = page.evaluate(MINISEARCH_ASK, [[query for query, _ in asked], options])
            slugs = [[documents[number].slug for number in numbers] for numbers in found]
            ranks[way][kind] = reciprocal_rank(slugs, asked)
    index = page.evaluate("() => JSON.stringify(mini)")
    return ranks, sum(
        len(gzip.compress(data, 6)) for data in (library.read_bytes(), index.encode())
    )


def pagefind_site(modules: Path, documents: Sequence[Document], folder: Path) -> None:
    """Write a page a paper into ``folder``, and Pagefind's index of them."""
    for one in documents:
        title, text = html.escape(one.title), html.escape(one.abstract)
        names, topics = html.escape(", ".join(one.authors)), html.escape(", ".join(one.topics))
        (folder / f"{one.slug}.html").write_text(
            f'<!doctype html><html lang="en"><title>{title}</title>'
            f"<h1>{title}</h1><p>{names}</p><p>{text}</p><p>{topics}</p>",
            "utf-8",
        )
    (folder / "index.html").write_text('<!doctype html><html lang="en"><title>.</title>', "utf-8")
    subprocess.run(
        [str(modules / ".bin/pagefind"), "--site", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def pagefind(page: Page, address: str, items: Mapping[str, Asked]) -> dict[str, float]:
    """Return MRR@10 of Pagefind, whose site is at ``address``."""
    page.goto(address)
    ranks = {}
    for kind, asked in items.items():
        found = page.evaluate(PAGEFIND_ASK, [query for query, _ in asked])
        slugs = [[url.rpartition("/")[2].removesuffix(".html") for url in urls] for urls in found]
        ranks[kind] = reciprocal_rank(slugs, asked)
    return ranks


def pagefind_bytes(browser: Browser, address: str, queries: Sequence[str]) -> list[float]:
    """Return the bytes of each query in a browser that never saw the site."""
    sums = []
    for query in queries:
        context = browser.new_context()
        responses: list[Response] = []
        listen(context, responses)
        page = context.new_page()
        page.goto(address)
        page.evaluate(PAGEFIND_ASK, [query])
        sums.append(
            float(
                sum(
                    response.request.sizes()["responseBodySize"]
                    for response in responses
                    if "/pagefind/" in response.url
                )
            )
        )
        context.close()
    return sums
