"""The search page as a reader meets it, from a server and from a folder on disk."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.conftest import Serve
from tests.search.papers import papers
from tests.waiting import SEARCH_READY, until

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_errors")]


@pytest.fixture
def address(site: Path, address_of: Serve) -> str:
    """Return the search page of the 73 papers."""
    return address_of(site) + "search.html"


@pytest.fixture
def large_address(large: Path, address_of: Serve) -> str:
    """Return the search page of 2,000 made-up papers."""
    return address_of(large) + "search.html"


def done(page: Page) -> None:
    """Wait until the list of results is complete."""
    expect(page.locator("#results")).to_have_attribute("data-state", "done")


def titles(page: Page) -> list[str]:
    """Return the titles of the results."""
    done(page)
    return page.locator("#results h3 a").all_inner_texts()


def test_the_address_is_a_search(page: Page, address: str) -> None:
    """?q= runs as the page loads: results, links to papers, how many and how fast."""
    page.goto(f"{address}?q=mixture+of+experts")
    found = titles(page)
    assert found
    assert "Mixture of Latent Experts" in " ".join(found)
    assert (
        page.locator("#results li")
        .first.locator("a")
        .first.get_attribute("href")
        .startswith(  # type: ignore[union-attr]
            "papers/"
        )
    )
    expect(page.locator("#search-status")).to_contain_text("papers")
    expect(page.locator("#search-status")).to_contain_text("ms")


def test_the_first_link_is_the_page_of_the_paper(page: Page, address: str) -> None:
    """A click on a result opens the paper."""
    page.goto(f"{address}?q=testers+learner+halfspaces")
    title = titles(page)[0]
    page.locator("#results li a").first.click()
    expect(page.locator("h1")).to_have_text(title)


def test_as_one_types(page: Page, address: str) -> None:
    """The last word is the beginning of a word; results follow each key; the address too."""
    page.goto(address)
    page.locator("#q").press_sequentially("halfspa")
    expect(page.locator("#results li")).not_to_have_count(0)
    done(page)
    assert any("Halfspaces" in title for title in titles(page))
    until(page, "location.search === '?q=halfspa'")


@pytest.mark.parametrize(
    "typed",
    ["mixture-of-experts", "MIXTURE OF EXPERTS", "mixture of expérts", "“mixture of experts”"],
)
def test_as_people_type(page: Page, address: str, typed: str) -> None:
    """Hyphens, capitals, accents and curly quotes do not matter."""
    page.goto(f"{address}?q={quote(typed)}")
    assert any("Mixture" in title for title in titles(page))
    expect(page.locator("#search-notes")).not_to_contain_text("No paper")


def test_the_rehearsal_leaves_no_trace(page: Page, address: str) -> None:
    """Nothing of the sample is to be found in the state of the search, or on the page."""
    page.goto(address)
    until(page, SEARCH_READY)
    before = page.evaluate("JSON.stringify([gazetteSearch.size, gazetteSearch.averages])")
    assert "A b" not in page.content()
    sizes = "gazetteSearch.segments.map(({ size }) => size).reduce((a, b) => a + b)"
    assert page.evaluate(f"gazetteSearch.size === {sizes}")
    assert page.evaluate("gazetteSearch.shards.size + gazetteSearch.postings.size") == 0
    names = page.evaluate("Object.keys(gazetteSearch)")
    page.evaluate("""() => {
      const { opening, segments, size, bound, averages, stop, shards, postings } = gazetteSearch;
      globalThis.kept = { opening, segments, size, bound, averages, stop, shards, postings };
    }""")
    page.evaluate("gazetteSearch.rehearse((key) => key)")
    assert set(names) - set(page.evaluate("Object.keys(gazetteSearch)")) == {
        *("opening", "segments", "size", "bound", "averages", "stop", "shards", "postings")
    }
    page.evaluate("Object.assign(gazetteSearch, kept)")
    assert page.evaluate("JSON.stringify([gazetteSearch.size, gazetteSearch.averages])") == before


def test_matches_are_marked(page: Page, address: str) -> None:
    """Words that were found are marked in what is shown."""
    page.goto(f"{address}?q=language")
    done(page)
    marks = page.locator("#results mark").all_inner_texts()
    assert marks
    assert {mark.lower() for mark in marks} == {"language"}


def test_typos_are_corrected_aloud(page: Page, address: str) -> None:
    """A word that no paper has is replaced, and the page says so."""
    page.goto(f"{address}?q=tranformer")
    done(page)
    expect(page.locator("#search-notes")).to_contain_text("tranformer")
    expect(page.locator("#search-notes")).to_contain_text("transformer")
    expect(page.locator("#results li")).not_to_have_count(0)


def test_the_vocabulary_is_fetched_only_for_typos(page: Page, address: str) -> None:
    """A search for words that papers have loads no vocabulary."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{address}?q=language+models")
    done(page)
    assert not any("words0" in url or "help.js" in url for url in loaded)
    page.locator("#q").fill("lagnuage")
    done(page)
    assert any("words0" in url for url in loaded)


@pytest.mark.parametrize(
    ("query", "expected", "unexpected"),
    [
        ("+language -optimization", "", "ptimization"),
        ("title:language", "anguage", None),
        ("langua*", "anguage", None),
        ("langauge~1", "anguage", None),
    ],
)
def test_the_syntax_of_lunr(
    page: Page, address: str, query: str, expected: str, unexpected: str | None
) -> None:
    """+ - field: * and ~ mean what they mean to Lunr."""
    page.goto(f"{address}?q={quote(query)}")
    found = titles(page)
    assert any(expected in title for title in found)
    assert not any(unexpected in title for title in found if unexpected)


@pytest.mark.parametrize(
    "query", ["language^x", "language~", "nofield:language", "language +title:"]
)
def test_a_slip_in_the_syntax_is_a_hint(page: Page, address: str, query: str) -> None:
    """What Lunr cannot read is said, and the plain words are searched for."""
    page.goto(f"{address}?q={quote(query)}")
    assert any("anguage" in title for title in titles(page))
    expect(page.locator("#search-notes")).to_contain_text("Hint")


def test_a_wildcard_that_is_too_broad_is_a_hint(page: Page, large_address: str) -> None:
    """One letter and a star would load half of the index."""
    page.goto(f"{large_address}?q=*")
    done(page)
    expect(page.locator("#search-notes")).not_to_be_empty()


def test_phrases(page: Page, large_address: str) -> None:
    """Words in quotes stand side by side in every paper found, and in no other."""
    one = papers(2000)[77]
    words = [word.strip("().,:;?!\"'`$\\") for word in one.title.split()[1:3]]
    page.goto(f"{large_address}?q={quote(chr(34) + ' '.join(words) + chr(34))}")
    assert one.title in [title.replace("\xa0", " ") for title in titles(page)]


def test_authors_of_one_name(page: Page, large_address: str) -> None:
    """authors:"Name" finds the papers of that author."""
    page.goto(f"{large_address}?q={quote('authors:' + chr(34) + 'Łukasz Müller' + chr(34))}")
    done(page)
    count = sum("Łukasz Müller" in one.authors for one in papers(2000))
    expect(page.locator("#search-status")).to_contain_text(str(count))


def test_filters_and_order(page: Page, large_address: str) -> None:
    """Topic, dates and code narrow a search, newest first; the address keeps them."""
    page.goto(large_address)
    page.locator("#search-filters > summary").click()
    page.locator("select[name=topic]").select_option("Robots")
    page.locator("input[name=from]").fill("2025-08-01")
    page.locator("input[name=to]").fill("2025-08-20")
    page.locator("input[name=code]").check()
    page.locator("select[name=sort]").select_option("date")
    done(page)
    expected = [
        one
        for one in papers(2000)
        if "Robots" in one.topics and one.code and "2025-08-01" <= str(one.date) <= "2025-08-20"
    ]
    expect(page.locator("#search-status")).to_contain_text(f"{len(expected)} papers")
    dates = [time.get_attribute("datetime") for time in page.locator("#results time").all()]
    assert dates == sorted((str(one.date) for one in expected), reverse=True)[: len(dates)]
    kept = page.evaluate("location.search")
    page.goto(large_address + kept)
    done(page)
    expect(page.locator("#search-status")).to_contain_text(f"{len(expected)} papers")
    expect(page.locator("select[name=topic]")).to_have_value("Robots")


def test_more_results(page: Page, large_address: str) -> None:
    """Ten at first, ten more at a click, and the first of these has the focus."""
    page.goto(f"{large_address}?q=learning")
    done(page)
    expect(page.locator("#results li")).to_have_count(10)
    page.locator("#search-more").click()
    expect(page.locator("#results li")).to_have_count(20)
    expect(page.locator("#results li").nth(10).locator("a")).to_be_focused()


def test_keys(page: Page, address: str) -> None:
    """/ goes to the field, arrows to the results and back, Enter opens."""
    page.goto(f"{address}?q=language")
    done(page)
    page.locator("#q").blur()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#results li").nth(1).locator("a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    title = page.locator("#results h3 a").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_screen_readers_hear_the_count(page: Page, address: str) -> None:
    """The count is a live status."""
    page.goto(address)
    status = page.get_by_role("status")
    expect(status).to_have_attribute("aria-live", "polite")
    page.locator("#q").fill("language")
    expect(status).to_contain_text("papers")


def test_nothing_typed_nothing_found(page: Page, address: str) -> None:
    """An emptied field empties the list."""
    page.goto(f"{address}?q=language")
    done(page)
    page.locator("#q").fill("")
    expect(page.locator("#results li")).to_have_count(0)
    expect(page.locator("#search-status")).to_be_empty()


@pytest.mark.parametrize(
    ("missing", "query"),
    [
        (r"/search/new/\d+\.js", "language"),
        (r"/search/new/r\d+\.js", "language"),
        (r"/search/new/words\d+\.js", "lagnuage"),
        (r"/search/help\.js", "lagnuage"),
        (r"/search/new/p\d+\.js", '"language models"'),
        (r"/search/new/facets\.js", "language&code=1"),
    ],
)
def test_what_does_not_load_can_be_tried_again(
    page: Page, serve: Serve, site: Path, missing: str, query: str
) -> None:
    """Each part of the index that is missing is said, and comes with a button that helps."""

    def refuse(route: Route) -> None:
        route.abort()

    page.route(re.compile(missing), refuse)
    page.goto(f"{serve(site)}search.html?q={query}")
    expect(page.locator("#results")).to_have_attribute("data-state", "failed")
    expect(page.locator("#search-notes")).to_contain_text("could not be loaded")
    page.unroute_all()
    page.locator("#search-notes button").click()
    done(page)
    expect(page.locator("#search-notes")).not_to_contain_text("could not be loaded")


def test_the_page_brings_the_lists(page: Page, address: str) -> None:
    """Which shards there are stands in the page, under its policy: nothing is asked for first."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{address}?q=language+models")
    done(page)
    assert not any("list.js" in url for url in loaded)
    shards = [at for at, url in enumerate(loaded) if re.search(r"/search/(new|old)/\d+\.js", url)]
    records = [at for at, url in enumerate(loaded) if re.search(r"/search/(new|old)/r\d+\.js", url)]
    assert shards
    assert records
    assert shards[-1] < records[0]  # no second round of shards: compounds were asked for as well


def test_a_first_letter_asks_for_frequent_words(page: Page, large_address: str) -> None:
    """The shards of the words that most papers have are on their way before the word is whole."""
    loaded: list[str] = []
    page.goto(large_address)
    until(page, SEARCH_READY)
    page.on("request", lambda request: loaded.append(request.url))
    page.locator("#q").press_sequentially("l")
    done(page)
    until(page, "gazetteSearch.posting('learning') !== null")
    before = len(loaded)
    page.locator("#q").fill("learning")
    done(page)
    assert not any(re.search(r"/search/(new|old)/\d+\.js", url) for url in loaded[before:])


def test_an_index_of_another_build_is_fetched_anew(
    page: Page, serve: Serve, large: Path, small: Path, tmp_path: Path
) -> None:
    """A page that was open while the site was built again finds the new index by itself."""
    folder = tmp_path / "site"
    shutil.copytree(small, folder)
    page.goto(serve(folder) + "search.html")
    until(page, SEARCH_READY)
    shutil.rmtree(folder / "search")
    shutil.copytree(large / "search", folder / "search")
    page.locator("#q").fill("learning")
    done(page)
    expect(page.locator("#search-notes")).not_to_contain_text("could not be loaded")
    expect(page.locator("#results li")).to_have_count(10)
