"""A site whose papers lie in folders by month from October on: scripts know where each page is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Serve
from tests.plan import sites

SPEECH = "speech recognition of audio, acoustic speaker transcription, phoneme by phoneme, "
TITLES = {
    "speech-of-old": "Speech of old",
    "speech-in-noise": "Speech in noise",
    "speech-at-scale": "Speech at scale",
    "speech-renamed": "A title that is not its address",
    "speech-by-night": "Speech by night",
    "speech-of-birds": "语音",
}
DAYS = {
    "2025-09-30": ["speech-of-old", "speech-in-noise"],
    "2025-10-01": ["speech-at-scale", "speech-renamed", "speech-by-night"],
    "2025-10-02": ["speech-of-birds"],
}
PAGES = {
    title: f"papers/{'' if day.startswith('2025-09') else '2025-10/'}{slug}.html"
    for day, slugs in DAYS.items()
    for slug, title in TITLES.items()
    if slug in slugs
}


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return that site."""
    content = sites.new(tmp_path_factory.mktemp("parted"), "papers_by_month: 2025-10\n")
    for day, slugs in DAYS.items():
        of_day = [
            {"slug": slug, "title": TITLES[slug], "abstract": SPEECH + TITLES[slug]}
            for slug in slugs
        ]
        sites.add(content, day, of_day)
    return sites.site(content)


@pytest.fixture
def home(parted: Path, address_of: Serve) -> str:
    """Return its address, on a server and on disk."""
    return address_of(parted)


def test_every_result_leads_to_its_paper(page: Page, home: str) -> None:
    """Those of both kinds; and from each of them all that is related, and the next one."""
    page.goto(f"{home}search.html?q=speech")
    links = page.locator("#results h3 a")
    expect(links).to_have_count(len(TITLES))
    assert {address(link, home): link.inner_text() for link in links.all()} == {
        path: title for title, path in PAGES.items()
    }
    page.goto(home + PAGES["Speech at scale"])
    near = page.locator(".related a, nav.turn a")
    expect(near.first).to_be_visible()
    assert {address(link, home) for link in near.all()} >= {
        PAGES["Speech of old"], PAGES["A title that is not its address"]
    }  # fmt: skip
    page.get_by_role("link", name="Speech of old").click()
    expect(page.locator("h1")).to_have_text("Speech of old")


def address(link: Locator, home: str) -> str:
    """Return the path that a link leads to, below the site's root."""
    whole: str = link.evaluate("link => link.href")
    return whole.removeprefix(home).partition("#")[0]


@pytest.mark.parametrize("title", ["Speech of old", "A title that is not its address"])
def test_the_address_of_a_page_pasted_finds_it(page: Page, home: str, title: str) -> None:
    """With its folder or without, as somebody may have it from before."""
    page.goto(f"{home}search.html?q={home}{PAGES[title]}")
    expect(page.locator("#results h3 a").first).to_have_text(title)


def test_a_paper_is_on_the_reading_list_wherever_it_was_saved(
    page: Page, parted: Path, serve: Serve
) -> None:
    """In a list, among results, on its own page: the reading list leads there."""
    home = serve(parted)  # a file on disk may learn late what another one has stored
    page.goto(f"{home}digests/2025-10-01.html")
    page.locator(".papers > li").first.get_by_role("button", name="Save").click()
    page.goto(f"{home}search.html?q=night")
    page.locator("#results li").first.get_by_role("button", name="Save").click()
    expect(page.locator("#results li button").first).to_have_attribute("aria-pressed", "true")
    for title in ("语音", "Speech in noise"):
        page.goto(home + PAGES[title])
        page.get_by_role("button", name="Save").click()
    page.goto(f"{home}reading-list.html")
    links = page.locator("#reading-list h2 a")
    saved = {"Speech at scale", "Speech by night", "语音", "Speech in noise"}
    expect(links).to_have_count(len(saved))
    assert {address(link, home) for link in links.all()} == {PAGES[title] for title in saved}


@pytest.mark.parametrize("kind", ["json", "bibtex"])
def test_an_exported_list_knows_the_pages(
    page: Page, parted: Path, serve: Serve, tmp_path: Path, kind: str
) -> None:
    """Taken in by another browser, its papers lead to where they are."""
    home = serve(parted)
    page.goto(home + PAGES["Speech at scale"])
    page.get_by_role("button", name="Save").click()
    page.goto(f"{home}reading-list.html")
    with page.expect_download() as started:
        page.locator(f"[data-export={kind}]").click()
    started.value.save_as(tmp_path / "list")
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("[data-import]").set_input_files(tmp_path / "list")
    link = page.locator("#reading-list h2 a")
    expect(link).to_have_count(1)
    assert address(link, home) == PAGES["Speech at scale"]


def test_what_is_near_in_meaning_leads_to_its_page(page: Page, parted: Path, serve: Serve) -> None:
    """More like a paper, and for you: the paper itself, and those that are found."""
    home = serve(parted)  # a file on disk may learn late what another one has stored
    page.goto(f"{home}search.html?like=speech-renamed")
    links = page.locator("#nearby a")
    expect(links).to_have_count(len(TITLES))
    assert {address(link, home) for link in links.all()} == set(PAGES.values())
    page.goto(f"{home}for-you.html")
    saved = ["speech-of-old", "speech-at-scale", "speech-by-night"]
    records = [
        {"slug": slug, "title": TITLES[slug], "saved": "2025-10-02", "month": month}
        for slug, month in zip(saved, ("", "2025-10", "2025-10"), strict=True)
    ]
    page.evaluate(
        "text => localStorage.setItem('gazette.reading:' + new URL('.', location).pathname, text)",
        json.dumps(records),
    )
    page.reload()
    links = page.locator("#for-you a")
    expect(links.first).to_be_visible()
    assert {address(link, home) for link in links.all()} <= set(PAGES.values())
    assert address(links.first, home) in {PAGES["语音"], PAGES["A title that is not its address"]}
