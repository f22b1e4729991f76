"""The shards against lunr.js itself, in a real browser: the same answers, to the last bit."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.search import ERA, analyse
from generator.search.documents import FIELDS
from tests.conftest import Serve
from tests.search import papers, queries, sites
from tests.search.conftest import SMALL_BLOCK
from tests.waiting import SEARCH_READY, until

COMPARE = """
async ([whole, documents, queries]) =>
  (await eval(whole)(gazetteSearch, lunr, documents).compare(queries)).different
"""


def compare(page: Page, whole: str, asked: list[str], era: int = ERA) -> list[str]:
    """Return those of ``asked`` that the shards of 400 papers answer in another way than Lunr."""
    documents = [
        dict(zip(FIELDS, analyse(one).fields, strict=True))
        for one in sites.in_order(papers.papers(400), SMALL_BLOCK, era)
    ]
    script = COMPARE.replace("eval(whole)", f"({whole.rstrip().rstrip(';')})")
    different = page.evaluate(script, [whole, documents, asked])
    assert isinstance(different, list)
    return different


@pytest.mark.browser
@pytest.mark.parametrize("seed", range(2))
def test_random_queries_have_the_answers_of_the_whole_index(
    client: Page, whole: str, seed: int
) -> None:
    """Refs, order and scores are those of lunr.js on an index that was never cut."""
    often = queries.tokens(papers.papers(400))
    assert compare(client, whole, queries.queries(seed, 150, often)) == []


@pytest.mark.browser
def test_particular_queries_have_the_answers_of_the_whole_index(client: Page, whole: str) -> None:
    """So it is for queries at the edges of the syntax."""
    asked = [
        "-models",
        "-models -learning",
        "+models -models",
        "nosuchwordatall",
        "+nosuchwordatall models",
        "-nosuchwordatall",
        "models^0 learning",
        "*ing",
        "m*ls",
        "learning~3",
        "title:learning^3 title:learning abstract:learning",
        "+authors:poincare venue:robots",
        "the",
        "title:the +of",
        "constructor",
    ]
    assert compare(client, whole, asked) == []


@pytest.mark.browser
def test_eras_have_the_answers_of_the_whole_index(
    page: Page, serve: Serve, whole: str, tmp_path: Path
) -> None:
    """Once all of them are asked, refs, order and scores are those of an index that was not cut."""
    sites.write(papers.papers(400), tmp_path, SMALL_BLOCK, 80)
    page.goto(serve(tmp_path) + "search.html")
    until(page, SEARCH_READY)
    page.evaluate("gazetteSearch.help()")
    page.evaluate("gazetteSearch.choose({ reach: Infinity })")
    assert page.evaluate("gazetteSearch.segments.length") > 4
    often = queries.tokens(papers.papers(400))
    assert compare(page, whole, queries.queries(7, 150, often), 80) == []
