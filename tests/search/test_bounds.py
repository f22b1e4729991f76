"""What a query may ask of a browser is bounded: nothing throws, and little is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import Serve
from tests.search.hostile import PARTICULAR, hostile
from tests.waiting import SEARCH_READY, until

pytestmark = pytest.mark.browser

MOST = 32  # words of a query that are read
ASK = """
async (query) => {
  try {
    const { results, count } = await gazetteSearch.search(query, { typing: true });
    return results.length <= 10 && count >= 0 ? "" : "too many";
  } catch (error) {
    const { TooBroad } = gazetteSearch;
    return TooBroad && error instanceof TooBroad ? "" : `${error.stack}`;
  }
}
"""


@pytest.mark.parametrize("seed", range(3))
def test_no_query_throws(client: Page, seed: int) -> None:
    """Random syntax, Unicode and stars, up to ten thousand characters."""
    wrong = [
        (query[:60], said) for query in hostile(seed, 30) if (said := client.evaluate(ASK, query))
    ]
    assert wrong == []


def test_no_particular_query_throws(client: Page) -> None:
    """The same for what is repeated until it is long."""
    wrong = [(query[:60], said) for query in PARTICULAR if (said := client.evaluate(ASK, query))]
    assert wrong == []


@pytest.mark.parametrize("query", ["foo~99", "alert~20", "models~3", "ab~1"])
def test_too_many_wrong_letters_are_refused_aloud(
    page: Page, serve: Serve, large: Path, query: str
) -> None:
    """What is not done is said, and little is loaded for the rest."""
    loaded: list[str] = []
    page.goto(serve(large) + "search.html")
    until(page, SEARCH_READY)
    page.on("request", lambda request: loaded.append(request.url))
    page.locator("#q").fill(query)
    until(page, "document.querySelector('#search-notes').textContent.includes('wrong letters')")
    assert len(loaded) < 200


def test_only_the_beginning_of_a_long_text_is_searched_for(client: Page) -> None:
    """It is said, too."""
    script = "async (text) => (await gazetteSearch.search(text)).notes.map(({ kind }) => kind)"
    assert "cut" in client.evaluate(script, "learning models " * 600)


TURNS = """
async (query) => {
  const { breathe } = gazetteSearch;
  let turns = 0;
  gazetteSearch.breathe = () => {
    turns++;
    return breathe();
  };
  await gazetteSearch.search(query);
  gazetteSearch.breathe = breathe;
  return turns;
}
"""


def test_the_page_has_its_turn_between_words(client: Page) -> None:
    """However often a frequent word is asked for: of each clause once, matched and scored."""
    assert client.evaluate(TURNS, "+learning " * 1000) > MOST
