"""A search of very many papers: the newest first, older ones where they are wanted or needed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator.search import Document, analyse, keys, parted
from generator.search.query import Searcher
from tests.conftest import Serve
from tests.search import papers, sites
from tests.search.test_stages import SOME, WHOLE, asked
from tests.waiting import SEARCH_READY, until

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("no_errors")]

ERA = 150
BLOCK = 60
RARE = Document(
    slug="a-short-history-of-zymurgy-in-the-cellars-of-old-monasteries",
    title="A Short History of Zymurgy in the Cellars of Old Monasteries",
    date=papers.FIRST,
    abstract="Yeast.",
    authors=("Hildegard Bierbaum",),
    topics=("Brewing",),
    arxiv="0704.00012",
    keys=keys.of_paper(
        ("a-short-history-of-zymurgy-in-the-cellars-of-old-monasteries",),
        *("0704.00012", "10.1145/1234.5678", "bierbaum2007short", ()),
    ),
)
CITED = f"Hildegard Bierbaum and others (2007). “{RARE.title}.” In Proc. of Zymurgy, pp. 1-10."


def documents() -> list[Document]:
    """Return papers of a month for each of the days that made-up papers have, the first RARE."""
    found = papers.papers(1000, seed=11)
    dated = [replace(one, date=_month((one.date - papers.FIRST).days)) for one in found]
    return [replace(RARE, date=dated[0].date), *dated]


def _month(number: int) -> date:
    return date(2020 + number // 12, 1 + number % 12, 15)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the search page over ``documents``, in eras of ERA."""
    folder = tmp_path_factory.mktemp("eras")
    sites.write(documents(), folder, BLOCK, ERA)
    return folder


@pytest.fixture(scope="module")
def scan() -> Searcher:
    """Return what finds papers by looking at each."""
    return Searcher({one.slug: analyse(one) for one in documents()})


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return the address of the search page."""
    return serve(site) + "search.html"


@pytest.fixture
def loaded(page: Page) -> list[str]:
    """Return the paths below ``search/`` that the page asks for; it grows."""
    found: list[str] = []

    def note(url: str) -> None:
        if match := re.search(r"/search/([a-z]+\d*/\w+)\.js", url):
            found.append(match[1])

    page.on("request", lambda request: note(request.url))
    return found


def ask(page: Page, address: str, **query: str) -> None:
    """Open the search page with what its address asks for, and wait for the results."""
    page.goto(f"{address}?{urlencode(query)}")
    expect(page.locator("#results")).to_have_attribute("data-state", "done")


def eras(loaded: list[str]) -> set[str]:
    """Return which eras some files are of."""
    return {path.split("/")[0] for path in loaded} - {"old", "new"}


def newest_asked() -> date:
    """Return the day from which on papers are in the segments that are asked first."""
    return next(span.first for span, _ in parted(documents(), ERA) if span.name == "old")


def older(page: Page) -> Locator:
    """Return the button that leads to older papers."""
    return page.get_by_role("button", name="Search older papers")


def count(page: Page) -> int:
    """Return how many papers the page says it found."""
    return int(page.locator("#search-status").inner_text().split()[0].replace(",", ""))


def test_the_site_has_eras() -> None:
    """Five or more, beside the two segments that are asked first."""
    sizes = [len(members) for _, members in parted(documents(), ERA)]
    assert len(sizes) >= 6
    assert sum(sizes) == 1001


def test_a_first_search_asks_the_newest_papers(page: Page, address: str, loaded: list[str]) -> None:
    """Where they have enough, no era is fetched; the page says since when it searched."""
    ask(page, address, q="learning")
    assert eras(loaded) == set()
    expect(page.locator("#results > li")).to_have_count(10)
    first = newest_asked()
    since = f"{first:%b %Y}"
    expect(page.locator("#search-status")).to_contain_text(f"papers since {since}")
    span = re.compile(r"Search older papers \(\w+ 20\d\d to \w+ 20\d\d\)")
    expect(older(page)).to_have_text(span)
    shown = [time.get_attribute("datetime") for time in page.locator("#results time").all()]
    assert min(one or "" for one in shown) >= first.isoformat()


def test_older_papers_come_on_request(
    page: Page, address: str, loaded: list[str], scan: Searcher
) -> None:
    """Each time as many eras again, up to all; the focus goes to what was found."""
    ask(page, address, q="learning")
    counts, asked_eras = [count(page)], [len(eras(loaded))]
    while older(page).is_visible():
        older(page).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#results")).to_have_attribute("data-state", "done")
        expect(page.locator("#results h3 a").first).to_be_focused()
        counts.append(count(page))
        asked_eras.append(len(eras(loaded)))
    assert asked_eras[:3] == [0, 1, 3]
    assert asked_eras[-1] == len(parted(documents(), ERA)) - 2
    assert all(before < after for before, after in pairwise(counts))
    assert counts[-1] == len(scan.find("learning"))
    expect(page.locator("#search-status")).not_to_contain_text("since")


def test_all_eras_have_what_one_segment_has(browser: Browser, serve: Serve, site: Path) -> None:
    """The papers with all words, counted and listed to the end, are those of a scan."""
    every = documents()
    scan = Searcher({one.slug: analyse(one) for one in every})
    ordered = [one.slug for one in sites.in_order(every, BLOCK, ERA)]
    queries = [*asked(5, 100, every), 'author:"hildegard b" ', 'topic:"brewing" ', "-learning "]
    page = browser.new_page()
    page.goto(serve(site) + "search.html")
    until(page, SEARCH_READY)
    page.evaluate("gazetteSearch.choose({ reach: Infinity })")
    different = []
    for query, found in zip(queries, page.evaluate(WHOLE, [queries, 100]), strict=True):
        if found["helped"]:
            continue
        pairs = zip(found["refs"], found["parts"], strict=True)
        whole = {ordered[ref] for ref, part in pairs if part not in SOME}
        if whole != set(scan.find(query)) or found["count"] != len(whole):
            different.append(query)
    page.close()
    assert different == []


def test_too_few_results_lead_on_by_themselves(page: Page, address: str, loaded: list[str]) -> None:
    """A word of the oldest era alone is found without a question, and then all were asked."""
    ask(page, address, q="zymurgy")
    expect(page.locator("#results h3 a").first).to_have_text(RARE.title)
    assert "old0" in eras(loaded)
    expect(page.locator("#search-status")).to_contain_text("1 paper,")
    expect(older(page)).to_be_hidden()


def test_what_is_typed_leads_on_too(page: Page, address: str) -> None:
    """After a rest, without the Enter key."""
    page.goto(address)
    until(page, SEARCH_READY)
    page.locator("#q").press_sequentially("zymurg")
    expect(page.locator("#results h3 a").first).to_have_text(RARE.title)


def test_no_results_anywhere(page: Page, address: str) -> None:
    """All were asked, and the page says of all that none has it."""
    ask(page, address, q="qqxzzyvwk")
    expect(page.locator("#search-status")).to_contain_text("0 papers,")
    expect(page.locator("#search-notes")).to_have_text("No paper has “qqxzzyvwk”.")
    expect(older(page)).to_be_hidden()


@pytest.mark.parametrize(
    "pasted", ["0704.00012", "10.1145/1234.5678", "bierbaum2007short", f"papers/{RARE.slug}.html"]
)
def test_ids_are_found_in_the_oldest_era(
    page: Page, address: str, loaded: list[str], pasted: str
) -> None:
    """By the files of exact names; of the eras nothing else but the list of the one that has it."""
    ask(page, address, q=pasted)
    expect(page.locator("#results h3 a").first).to_have_text(RARE.title)
    expect(page.locator("#results > li")).to_have_count(1)
    expect(older(page)).to_be_hidden()
    kinds = {path for path in loaded if path.split("/")[0] in eras(loaded)}
    rest = {path for path in kinds if not re.fullmatch(r"old\d+/k\d+", path)}
    assert rest == {"old0/list", *(path for path in rest if re.fullmatch(r"old0/[ar]\d+", path))}


@pytest.mark.parametrize("pasted", [f"{RARE.title}.", f"“{RARE.title.upper()}”", CITED])
def test_titles_are_found_in_the_oldest_era(
    page: Page, address: str, loaded: list[str], pasted: str
) -> None:
    """Their page is called so, which the files of exact names know."""
    ask(page, address, q=pasted)
    expect(page.locator("#results h3 a").first).to_have_text(RARE.title)
    expect(page.locator("#search-notes")).to_contain_text("whose title you pasted")
    assert not any(re.fullmatch(r"old\d+/\d+", path) for path in loaded)


def test_an_id_that_nobody_has(page: Page, address: str) -> None:
    """It was looked for in every era: nothing is offered."""
    ask(page, address, q="2401.99999")
    expect(page.locator("#search-notes")).to_contain_text("is not among these papers")
    expect(older(page)).to_be_hidden()


def test_dates_choose_the_eras(page: Page, address: str, loaded: list[str], scan: Searcher) -> None:
    """A year long ago is looked for in the eras that have papers of it, and nowhere else."""
    ask(page, address, q="learning", **{"from": "2020-01-01", "to": "2020-06-30"})
    dates = {one.slug: str(one.date) for one in documents()}
    expected = [slug for slug in scan.find("learning") if dates[slug] <= "2020-06-30"]
    assert count(page) == len(expected)
    named = {span.name for span, _ in parted(documents(), ERA) if str(span.first) <= "2020-06-30"}
    assert eras(loaded) == named
    assert not any(re.fullmatch(r"(?:old|new)/(?:\d+|r\d+|facets)", path) for path in loaded)
    first = newest_asked()
    page.locator("input[name=to]").fill("")
    page.locator("input[name=from]").fill(first.isoformat())
    expected = [slug for slug in scan.find("learning") if dates[slug] >= first.isoformat()]
    expect(page.locator("#search-status")).to_have_text(re.compile(rf"{len(expected)} papers, .*"))
    expect(older(page)).to_be_hidden()


def test_no_day_has_papers(page: Page, address: str) -> None:
    """Days before the first paper are a search of nothing."""
    ask(page, address, q="learning", to="1999-12-31")
    assert count(page) == 0
    expect(older(page)).to_be_hidden()


def test_an_authors_link(page: Page, address: str) -> None:
    """It leads to the papers of an author of long ago."""
    ask(page, address, author="Hildegard Bierbaum")
    assert [RARE.title] == page.locator("#results h3 a").all_inner_texts()


def test_a_topic_of_long_ago(page: Page, address: str) -> None:
    """The address may name a topic that no newer paper is under."""
    ask(page, address, topic="Brewing")
    assert [RARE.title] == page.locator("#results h3 a").all_inner_texts()
    expect(page.locator("select[name=topic]")).to_have_value("Brewing")


def test_a_typo_is_corrected_from_what_was_searched(
    page: Page, address: str, loaded: list[str]
) -> None:
    """The page says since when no paper has the word, and no vocabulary of an era is fetched."""
    ask(page, address, q="lagnuage")
    expect(page.locator("#search-notes")).to_have_text(
        re.compile(r"No paper since \w+ 20\d\d has “lagnuage”; showing language")
    )
    assert not any(re.fullmatch(r"old\d+/(?:words\d+|rare)", path) for path in loaded)


def test_words_with_wrong_letters_ask_eras_on_request(
    page: Page, address: str, loaded: list[str]
) -> None:
    """Their vocabulary is large: it is fetched by whoever wants it."""
    ask(page, address, q="zymurgi~1")
    assert eras(loaded) == set()
    while older(page).is_visible():
        older(page).click()
        expect(page.locator("#results")).to_have_attribute("data-state", "done")
    assert [RARE.title] == page.locator("#results h3 a").all_inner_texts()


def test_an_order_by_date_holds_over_eras(page: Page, address: str) -> None:
    """The newest of all are those of the newest papers; what is older stands below."""
    ask(page, address, q="learning", sort="date")
    shown = page.locator("#results time")
    before = [time.get_attribute("datetime") for time in shown.all()]
    older(page).click()
    expect(page.locator("#results")).to_have_attribute("data-state", "done")
    assert before == [time.get_attribute("datetime") for time in shown.all()]


def test_an_era_that_does_not_load_can_be_tried_again(page: Page, address: str) -> None:
    """What was found in the newest papers stays meanwhile."""
    ask(page, address, q="learning")
    page.route(re.compile(r"/search/old\d+/"), lambda route: route.abort())
    before = page.locator("#results h3 a").all_inner_texts()
    older(page).click()
    expect(page.locator("#results")).to_have_attribute("data-state", "failed")
    expect(page.locator("#search-notes")).to_contain_text("could not be loaded")
    assert page.locator("#results h3 a").all_inner_texts() == before
    page.unroute_all()
    found = count(page)
    page.locator("#search-notes button").click()
    expect(page.locator("#results")).to_have_attribute("data-state", "done")
    expect(page.locator("#search-notes")).not_to_contain_text("could not be loaded")
    assert count(page) > found


def test_more_results_are_of_what_was_searched(page: Page, address: str) -> None:
    """They lead to the end of it, and the offer stands below."""
    ask(page, address, q="learning")
    while page.locator("#search-more").is_visible():
        page.locator("#search-more").click()
        expect(page.locator("#results")).to_have_attribute("data-state", "done")
    assert page.locator("#results > li").count() == count(page)
    expect(older(page)).to_be_visible()
