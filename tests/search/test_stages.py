"""The truth of a search: its count, its whole list, its stages; in the browser as in Python."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.search import Document, analyse
from generator.search.query import Searcher
from generator.search.terms import words
from tests.conftest import Serve
from tests.search import papers, sites
from tests.waiting import SEARCH_READY, until

pytestmark = pytest.mark.browser

WHOLE = """
async ([queries, step]) => {
  const found = [];
  for (const query of queries) {
    const answer = await gazetteSearch.search(query);
    const first = answer.results.length;
    let before = -1;
    while (answer.hasMore && answer.results.length > before) {
      before = answer.results.length;
      await answer.take(step);
    }
    const parts = answer.results.map(({ part }) => part);
    found.push({
      first, parts, count: answer.count, refs: answer.results.map(({ ref }) => +ref),
      helped: answer.notes.some(({ kind }) => kind === "corrected"),
    });
  }
  return found;
}
"""
SOME = ("some", "begun")


def asked(seed: int, count: int, documents: Sequence[Document]) -> list[str]:
    """Return ``count`` queries of one to four words, some with phrases, signs, names and topics."""
    chance = random.Random(seed)  # noqa: S311  # it only has to be the same each time
    found: list[str] = []
    while len(found) < count:
        one = chance.choice(documents)
        texts = [text for text in (one.title, one.abstract) if text]
        plain = chance.choice(texts).split()
        size = min(chance.randint(1, 4), len(plain))
        start = chance.randrange(len(plain) - size + 1)
        near = plain[start : start + size]
        parts = near if chance.random() < 1 / 2 else chance.sample(plain, size)
        if chance.random() < 1 / 6 and len(near) > 1:
            parts = [f'"{" ".join(near)}"', *chance.sample(plain, chance.randint(0, 1))]
        if chance.random() < 1 / 10 and one.authors:
            parts.append(f'author:"{chance.choice(one.authors)}"')
        if chance.random() < 1 / 12 and one.topics:
            parts.append(f'topic:"{one.topics[0]}"')
        if chance.random() < 1 / 12:
            parts.append(f"+{chance.choice(words(one.abstract) or ['models'])}")
        found.append(f"{' '.join(parts)} ")  # behind a space no word is the beginning of another
    return found


def ready(page: Page, address: str) -> Page:
    """Return the search page at ``address``, ready."""
    page.goto(address + "search.html")
    until(page, SEARCH_READY)
    return page


@pytest.fixture(scope="module")
def answers(
    browser: Browser, serve: Serve, large: Path
) -> Iterator[tuple[list[str], list[dict[str, Any]]]]:
    """Return queries, and what the browser finds for each among 2,000 papers, to the end."""
    queries = asked(1, 150, papers.papers(2000))
    page = browser.new_page()
    yield queries, ready(page, serve(large)).evaluate(WHOLE, [queries, 100])
    page.close()


@pytest.fixture(scope="module")
def scan() -> Searcher:
    """Return what finds papers among the 2,000 by looking at each."""
    return Searcher({one.slug: analyse(one) for one in papers.papers(2000)})


def test_counts_and_lists_are_those_of_a_scan(
    answers: tuple[list[str], list[dict[str, Any]]], scan: Searcher
) -> None:
    """The papers up to the last that has all words are those that a scan of the texts finds."""
    ordered = [one.slug for one in sites.in_order(papers.papers(2000))]
    different = []
    for query, found in zip(*answers, strict=True):
        if found["helped"]:
            continue
        pairs = zip(found["refs"], found["parts"], strict=True)
        whole = {ordered[ref] for ref, part in pairs if part not in SOME}
        expected = set(scan.find(query))
        if whole != expected or found["count"] != len(expected):
            different.append((query, found["count"], len(expected), len(whole)))
    assert different == []


def test_every_paper_comes_once_stage_after_stage(
    answers: tuple[list[str], list[dict[str, Any]]],
) -> None:
    """No paper twice, and no stage again once another has begun."""
    order = ["pasted", "title", "all", "word", "", "begun", "some"]
    for query, found in zip(*answers, strict=True):
        assert len(set(found["refs"])) == len(found["refs"]), query
        places = [order.index(part) for part in found["parts"]]
        assert places == sorted(places), query
        assert found["first"] == min(10, len(found["refs"])), query


def test_small_steps_lead_to_the_same_list(page: Page, serve: Serve, large: Path) -> None:
    """Whether ten more are asked for or a thousand, the order is one."""
    ready(page, serve(large))
    queries = asked(2, 12, papers.papers(2000))
    small, great = (page.evaluate(WHOLE, [queries, step]) for step in (10, 1000))
    assert [one["refs"] for one in small] == [one["refs"] for one in great]


@pytest.mark.parametrize("order", ["date", "votes"])
def test_an_order_takes_in_all_that_is_found(
    page: Page, serve: Serve, large: Path, scan: Searcher, order: str
) -> None:
    """Sorted, the list has the same papers as by relevance, and the count is the same."""
    page.goto(f"{serve(large)}search.html?q=language+models+&sort={order}")
    until(page, "document.querySelector('#results').dataset.state === 'done'")
    status = page.locator("#search-status").inner_text()
    expected = scan.find("language models ")
    assert status.startswith(f"{len(expected)} papers")
    dates = [one.date.isoformat() for one in papers.papers(2000) if one.slug in expected]
    shown = [time.get_attribute("datetime") for time in page.locator("#results time").all()]
    assert shown == sorted(dates, reverse=True)[:10]


def test_more_leads_to_the_end(page: Page, serve: Serve, small: Path) -> None:
    """Each stage has a heading, and the button goes with the last paper."""
    page.goto(f"{serve(small)}search.html?q=language+models")
    until(page, "document.querySelector('#results').dataset.state === 'done'")
    while page.locator("#search-more").is_visible():
        before = page.locator("#results li").count()
        page.locator("#search-more").click()
        until(page, "document.querySelector('#results').dataset.state === 'done'")
        assert page.locator("#results li").count() > before
    links = [link.get_attribute("href") or "" for link in page.locator("#results h3 a").all()]
    assert len({link.partition("#")[0] for link in links}) == len(links)
    headings = page.locator("#results h2").all_inner_texts()
    assert headings == ["In the title", "With all the words", "With some of the words"]
