"""The reading list on the site that the repository's own content makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Serve


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return the address of the site on a server: its next page knows at once what one has stored.

    Chromium may give each file on disk a process, which learns of that later than a test goes on.
    """
    return serve(site)


def test_a_paper_saved_on_the_front_page_is_on_the_list(page: Page, address: str) -> None:
    """Saved in a list, marked on its own page, listed with its day, and reached from every page."""
    page.goto(f"{address}index.html")
    page.locator(".papers > li").nth(4).get_by_role("button", name="Save").click()
    title = page.locator(".papers h3").nth(4).inner_text()
    page.locator(".papers h3 a").nth(4).click()
    # From a folder, a page may read its storage before what the last one wrote has arrived there.
    page.reload()
    expect(page.get_by_role("button", name="Save")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Note").click()
    page.keyboard.type("Read on Friday")
    page.get_by_role("link", name="Reading list").click()
    expect(page.locator("#reading-list h2")).to_have_text([title])
    expect(page.locator("#reading-list .meta")).to_contain_text("2025-09-23")
    assert page.locator("#reading-list textarea").input_value() == "Read on Friday"


def test_a_hidden_paper_stays_hidden_in_every_list(page: Page, address: str) -> None:
    """Hidden on the front page, it is hidden on the day's page too, and can be had back."""
    page.goto(f"{address}index.html")
    page.locator(".papers > li").first.get_by_role("button", name="Hide").click()
    page.goto(f"{address}digests/2025-09-23.html")
    page.reload()  # from a folder, as above
    expect(page.locator(".papers > li").first).to_be_hidden()
    page.get_by_role("button", name="Show hidden papers (1)").click()
    expect(page.locator(".papers > li").first).to_be_visible()


def test_the_front_page_says_what_is_new(page: Page, address: str) -> None:
    """Of papers that the last visit did not have, the front page says how many there are."""
    page.goto(f"{address}index.html")
    expect(page.locator("[data-new-since]")).to_be_empty()
    page.evaluate("""() => {
        const key = Object.keys(localStorage).find((name) => name.startsWith("gazette.visit"));
        const visit = JSON.parse(localStorage[key]);
        localStorage[key] = JSON.stringify({ at: 0, now: visit.now.slice(2) });
    }""")
    page.reload()
    expect(page.locator("[data-new-since]")).to_have_text("New since your last visit: 2")
    assert page.locator(".is-new").count() == 2


def saved_from(page: Page, address: str, path: str) -> dict[str, Any]:
    """Save the first paper of the list at ``path``; return what the export says of it."""
    page.goto(f"{address}/{path}")
    page.locator(".papers > li").first.get_by_role("button", name="Save").click()
    page.goto(f"{address}/reading-list.html")
    with page.expect_download() as started:
        page.locator("[data-export=json]").click()
    record: dict[str, Any]
    (record,) = json.loads(Path(started.value.path()).read_text("utf-8"))["papers"]
    return record


def test_what_a_list_says_of_a_paper_is_kept(page: Page, address: str) -> None:
    """Title and day go into the export, though the paper's own page was never opened."""
    record = saved_from(page, address, "index.html")
    assert record["title"].startswith("Teacher algorithms for curriculum learning")
    assert record["date"] == "2025-09-23"


def test_all_authors_go_into_the_export(page: Page, small: Path, serve: Serve) -> None:
    """Of five, the list shows two."""
    record = saved_from(page, serve(small), "digests/2025-09-22.html")
    names = ["Ada Lovelace", "Søren Ås", "王小明", "Alan Turing", "Grace Hopper"]
    assert record["authors"] == names
