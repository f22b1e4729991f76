"""What a misspelt word is taken for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.search import Document
from tests.conftest import Serve
from tests.search import papers, sites
from tests.waiting import SEARCH_READY, until

pytestmark = pytest.mark.browser

FREQUENT, RARE = 60, 2
SHOWN = """
async (query) => {
  const { notes, results } = await gazetteSearch.search(query);
  const corrected = notes.filter(({ kind }) => kind === "corrected");
  return [corrected.map(({ word, shown }) => [word, shown[0]]), results.length];
}
"""


def documents() -> list[Document]:
    """Return papers of which many say "diffusion" and "bridging", two "iffusion" and "ridging"."""
    found = papers.papers(400, seed=5)
    for number in range(FREQUENT):
        found[number] = replace(found[number], title=f"Bridging diffusion {number}")
    for number in range(FREQUENT, FREQUENT + RARE):
        found[number] = replace(found[number], title=f"Iffusion alois {number}", abstract="")
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the search page over ``documents``."""
    folder = tmp_path_factory.mktemp("typos")
    sites.write(documents(), folder)
    return folder


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("difusion ", [["difusion", "diffusion"]]),
        # A frequent word goes before a rare one with the same first letters.
        ("tiffusion ", [["tiffusion", "diffusion"]]),
        # What hardly any paper has is doubted where no paper has all the words,
        ("iffusion bridging ", [["iffusion", "diffusion"]]),
        # so is what was taken for the beginning of another word,
        ("bridging dif", []),
        ("diffusion idging", [["idging", "bridging"]]),
        # and what papers have is not.
        ("iffusion ", []),
    ],
)
def test_what_it_is_taken_for(
    page: Page, serve: Serve, site: Path, query: str, corrected: list[list[str]]
) -> None:
    """Said in the notes, and found."""
    page.goto(serve(site) + "search.html")
    until(page, SEARCH_READY)
    notes, results = page.evaluate(SHOWN, query)
    assert notes == corrected
    assert results


@pytest.mark.parametrize(
    ("term", "word", "edits"),
    [
        ("aloi", "alois", 1),
        ("aloiss", "alois", 1),
        ("alais", "alois", 1),
        ("alosi", "alois", 1),
        ("also", "alois", 2),  # two letters exchanged, and one put in between
        ("aliqos", "alois", 2),  # and one left out between
        ("lasio", "alois", 3),
    ],
)
def test_how_many_edits_lead_to_a_word(
    page: Page, serve: Serve, site: Path, term: str, word: str, edits: int
) -> None:
    """At most as many as Lunr needs, so that no word is kept from it."""
    page.goto(serve(site) + "search.html")
    until(page, SEARCH_READY)
    page.evaluate("gazetteSearch.help()")
    script = "async (clause) => gazetteSearch.similar(clause)"
    for distance in range(1, 4):
        found = page.evaluate(script, {"term": term, "editDistance": distance})
        assert (word in found) == (distance >= edits)
        matches = "([term, editDistance, word]) => lunr.TokenSet.fromString(word).intersect("
        matches += "lunr.TokenSet.fromClause({ term, editDistance })).toArray().length > 0"
        assert word in found or not page.evaluate(matches, [term, distance, word])
