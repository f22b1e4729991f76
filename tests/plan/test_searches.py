"""Saved searches: what content/feeds.yaml may say, and which papers each finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.system.errors import SourceError
from tests.plan import sites

TOPICS = "Routing:\n  phrases: [routing]\nProteins:\n  phrases: [protein]\n"
PAPERS: list[sites.Paper] = [
    {"slug": "a", "title": "Routing of experts", "authors": ["Ada Lovelace"], "topics": ["cs.CL"]},
    {"slug": "b", "title": "Routing of proteins", "authors": ["Ada Lovelace", "Alan Turing"]},
    {"slug": "c", "title": "Protein folds", "topics": ["cs.CV", "q-bio.BM"]},
    {"slug": "d", "title": "Vision", "topics": ["cs.CV", "cs.CL"], "links": {"code": "https://x.example"}},
]  # fmt: skip


def content_with(tmp_path: Path, searches: str) -> Path:
    """Return the content folder of the four papers with a feeds.yaml."""
    content = sites.new(tmp_path, "", TOPICS, searches)
    sites.add(content, "2025-09-22", PAPERS[:2])
    sites.add(content, "2025-09-23", PAPERS[2:])
    return content


def found(site: Path, slug: str) -> list[str]:
    """Return the slugs of the papers in a search's feed."""
    feed = json.loads((site / f"searches/{slug}/feed.json").read_bytes())
    return [item["url"].rpartition("/")[2].removesuffix(".html") for item in feed["items"]]


@pytest.mark.parametrize(
    ("search", "papers"),
    [
        ("routing", "ab"),
        ("{query: routing}", "ab"),
        ("{query: routing -proteins}", "a"),
        ("{topics: [routing]}", "ab"),
        ("{topics: [Routing, Proteins]}", "cab"),
        ("{topics: [routing, -proteins]}", "a"),
        ("{topics: [-proteins]}", "da"),
        ("{authors: [ada lovelace]}", "ab"),
        ("{authors: ['Lovelace, Ada', -Alan Turing]}", "a"),
        ("{authors: [-Ada Lovelace]}", "cd"),
        ("{categories: [cs.CL]}", "da"),
        ("{categories: [cs.CL, cs.CV]}", "cda"),
        ("{categories: [cs, -cs.CL]}", "c"),
        ("{categories: [cs.CV, -q-bio]}", "d"),
        ("{code: true}", "d"),
        ("{since: 2025-09-23}", "cd"),
        ("{until: 2025-09-22, query: routing}", "ab"),
        ("{topics: [routing], authors: [Alan Turing], query: proteins}", "b"),
    ],
)
def test_what_a_search_finds(tmp_path: Path, search: str, papers: str) -> None:
    """Newest day first; one of what is named, none of what has a minus, all of these together."""
    site = sites.site(content_with(tmp_path, f"Mine: {search}\n"))
    assert found(site, "mine") == list(papers)
    page = (site / "searches/mine.html").read_text("utf-8")
    assert all((f"papers/{slug}.html" in page) == (slug in papers) for slug in "abcd")
    assert 'href="searches/mine.html"' in (site / "subscribe.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("Mine:\n  query: x\n  topic: [a]\n", 3, "topics"),
        ("Mine:\n  topics: [nothing]\n", 2, "proteins, routing"),
        ("Mine: {}\n", 1, "query"),
        ("Mine:\n  description: x\n", 1, "asks for nothing"),
        ("Mine:\n  topics: routing\n", 1, "list"),
        ("Mine: a\nmine: b\n", 2, "slug"),
        ("Mine:\n  slug: A B\n  query: x\n", 2, "letters"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, text: str, line: int, word: str
) -> None:
    """And with what would be right."""
    with pytest.raises(SourceError, match=word) as raised:
        sites.site(content_with(tmp_path, text))
    assert (Path(raised.value.path).name, raised.value.line) == ("feeds.yaml", line)


def test_a_new_paper_is_found_by_the_next_build(tmp_path: Path) -> None:
    """What was found before counts only while the words are what they were."""
    content = content_with(tmp_path, "Mine: routing\n")
    sites.site(content)
    sites.add(content, "2025-09-24", [{"slug": "e", "title": "More routing"}])
    assert found(sites.site(content), "mine") == ["e", "a", "b"]
    path = content / "papers/2025-09/a.md"
    path.write_text(path.read_text("utf-8").replace("Routing", "Walking"), encoding="utf-8")
    assert found(sites.site(content), "mine") == ["e", "b"]
