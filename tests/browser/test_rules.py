"""The reader's rules in a real browser: what they do to lists, and how they travel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Serve

DAY = "digests/2025-09-23.html"


@pytest.fixture
def address(small: Path, serve: Serve) -> str:
    """Return the address of the small site on a server."""
    return serve(small)


def add(page: Page, kind: str, text: str, deed: str) -> None:
    """Add a rule on the page of rules."""
    page.locator("[name=kind]").select_option(kind)
    page.locator("[name=text]").fill(text)
    page.locator("[name=deed]").select_option(deed)
    page.get_by_role("button", name="Add the rule").click()
    expect(page.locator("#rules-message")).to_have_text(f"Added: {text}")


def titles(page: Page) -> list[str]:
    """Return the titles of the papers that are seen, in their order."""
    return page.locator(".papers h3:visible").all_inner_texts()


def listed(page: Page, which: str) -> set[str]:
    """Return the slugs of those papers of lists that are as the selector ``which`` says."""
    links = page.locator(f".papers > li{which} h3 a").all()
    return {(link.get_attribute("href") or "").split("#")[0].split("/")[-1] for link in links}


@pytest.mark.parametrize(
    ("kind", "text", "deed", "said"),
    [
        ("word", "Experts", "fold", "1 folded by your rules."),
        ("author", "lovelace", "hide", "1 hidden by your rules."),
        ("topic", "Routing", "mark", "1 marked by your rules."),
        ("word", "protein", "raise", "1 raised by your rules."),
        ("word", "expert", "fold", ""),
        ("author", "Ada", "hide", ""),
    ],
)
def test_what_a_rule_does(
    page: Page, address: str, kind: str, text: str, deed: str, said: str
) -> None:
    """Whole words, authors by their last names, topics; the list says what was done."""
    page.goto(f"{address}rules.html")
    add(page, kind, text, deed)
    page.goto(address + DAY)
    if said:
        expect(page.locator(".ruled")).to_contain_text(said)
    else:
        assert page.locator(".ruled").count() == 0


@pytest.mark.parametrize("author", ["Lovelace", "Søren Ås", "Turing", "grace hopper"])
def test_an_author_whom_the_list_has_no_room_for(page: Page, address: str, author: str) -> None:
    """The list shows two of five."""
    page.goto(f"{address}rules.html")
    add(page, "author", author, "mark")
    page.goto(f"{address}digests/2025-09-22.html")
    assert listed(page, ".is-wanted") == {"sparse-routing.html"}


@pytest.mark.parametrize(("deed", "left"), [("hide", 0), ("fold", 1), ("mark", 1)])
def test_the_list_of_related_papers(page: Page, address: str, deed: str, left: int) -> None:
    """A paper's own page has one, under the same rules: by words of titles, and by topics."""
    page.goto(f"{address}papers/dense-routing.html")
    near = page.locator('.related li:has(a[href="sparse-routing.html"])')
    expect(near).to_have_count(1)
    page.goto(f"{address}rules.html")
    add(page, "word", "sparse routing", deed)
    page.goto(f"{address}papers/dense-routing.html")
    expect(page.locator(".ruled")).to_contain_text("1 ")
    expect(near.locator("a:visible")).to_have_count(left)
    expect(near.locator("span:visible")).to_have_count(1 if deed == "mark" else 0)


def test_hidden_papers_are_shown_by_one_press(page: Page, address: str) -> None:
    """And hidden again by another; a raised one is first, and keeps its rank."""
    page.goto(f"{address}rules.html")
    add(page, "author", "Ada Lovelace", "hide")
    add(page, "word", "protein", "raise")
    page.goto(address + DAY)
    assert titles(page) == ["另一种 protein"]
    assert page.locator(".papers > li").first.evaluate("item => item.value") == 2
    page.get_by_role("button", name="Show them").click()
    assert len(titles(page)) == 2
    expect(page.locator(".rule-note").nth(1)).to_have_text("hidden: Ada Lovelace")
    page.get_by_role("button", name="Apply the rules again").click()
    assert titles(page) == ["另一种 protein"]


def test_rules_hold_from_a_folder_on_disk(page: Page, small: Path) -> None:
    """What is kept there, Chromium may forget when a page is left at once: so it is given."""
    rules = json.dumps([{"kind": "author", "text": "Ada Lovelace", "deed": "fold"}])
    key = f"gazette.rules:{small.as_uri().removeprefix('file://')}/"
    page.add_init_script(f"localStorage.setItem({key!r}, {rules!r})")
    page.goto(f"{small.as_uri()}/{DAY}")
    expect(page.locator(".ruled")).to_contain_text("folded by your rules")
    page.goto(f"{small.as_uri()}/rules.html")
    add(page, "word", "protein", "hide")
    expect(page.locator("#rules li")).to_have_count(2)


def test_rules_hold_in_search(page: Page, address: str) -> None:
    """In lists that a script fills too."""
    page.goto(f"{address}rules.html")
    add(page, "author", "Ada Lovelace", "fold")
    page.goto(f"{address}search.html?q=experts")
    expect(page.locator(".ruled").first).to_contain_text("folded by your rules")


@pytest.mark.parametrize(
    "path",
    ["weeks/2025-W39.html", "months/2025-09.html", "topics/routing.html", "search.html?q=experts"],
)
@pytest.mark.parametrize("named", ["Routing", "routing"])
def test_a_topic_counts_where_lists_do_not_name_it(
    page: Page, address: str, path: str, named: str
) -> None:
    """In the lists of weeks, months and topics, and in search: by its name, or as addresses do."""
    page.goto(f"{address}topics/routing.html")
    under = listed(page, "")
    page.goto(f"{address}rules.html")
    add(page, "topic", named, "fold")
    page.goto(address + path)
    expect(page.locator(".ruled").first).to_contain_text("folded by your rules")
    folded = listed(page, ".is-folded")
    assert folded
    assert folded == listed(page, "") & under


def test_a_topic_counts_from_a_folder_on_disk(page: Page, small: Path) -> None:
    """In the list of a month, opened as a file."""
    page.goto((small / "rules.html").as_uri())
    add(page, "topic", "Routing", "mark")
    page.goto((small / "months/2025-09.html").as_uri())
    expect(page.locator(".ruled")).to_contain_text("marked by your rules")
    expect(page.locator(".is-wanted")).not_to_have_count(0)


def test_rules_hold_in_the_reading_list(page: Page, address: str) -> None:
    """Also after it has been made anew; what is saved is folded, never lost."""
    page.goto(address + DAY)
    save = page.get_by_role("button", name="Save", exact=True)
    for _ in range(save.count()):
        save.first.click()
    page.goto(f"{address}reading-list.html")
    papers = page.locator("#reading-list > li")
    saved = papers.count()
    page.goto(f"{address}rules.html")
    add(page, "author", "lovelace", "fold")
    page.goto(f"{address}reading-list.html")
    expect(page.locator(".ruled")).to_contain_text("1 folded by your rules.")
    papers.get_by_role("button", name="Read", exact=True).locator("visible=true").first.click()
    expect(page.locator("#reading-list > li.is-folded")).to_have_count(1)
    expect(papers).to_have_count(saved)


def test_a_rule_is_removed(page: Page, address: str) -> None:
    """And the list is whole again."""
    page.goto(f"{address}rules.html")
    add(page, "word", "protein", "hide")
    page.get_by_role("button", name="Remove: protein").click()
    expect(page.locator("#rules-none")).to_be_visible()
    page.goto(address + DAY)
    assert page.locator(".ruled").count() == 0


def test_rules_and_the_reading_list_travel_in_a_link(
    page: Page, browser: Browser, address: str
) -> None:
    """Behind its #; taken over on a press, and what was there stays."""
    page.goto(address + DAY)
    page.locator(".papers > li button[data-act=save]").first.click()
    page.goto(f"{address}rules.html")
    add(page, "word", "protein", "hide")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("The link")).not_to_have_value("")
    link = page.get_by_label("The link").input_value()
    before, _, after = link.partition("#")
    assert before == f"{address}rules.html"
    assert after.startswith("share=")
    other = browser.new_context()
    theirs = other.new_page()
    theirs.goto(f"{address}rules.html")
    add(theirs, "topic", "Routing", "mark")
    theirs.goto("about:blank")
    theirs.goto(link)
    expect(theirs.locator("#rules-offered")).to_contain_text("rules (1) and papers")
    theirs.get_by_role("button", name="Take them over").click()
    assert theirs.locator("#rules li").count() == 2
    assert "#" not in theirs.url
    theirs.goto(f"{address}reading-list.html")
    assert theirs.locator("#reading-list li").count() == 1
    other.close()


@pytest.mark.parametrize("share", ["share=z####", "share=pe30", "share=zAAAA", "share=pW10"])
def test_a_damaged_link_does_no_harm(page: Page, address: str, share: str) -> None:
    """It is said to be one, or is none at all."""
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"{address}rules.html#{share}")
    expect(page.locator("#rules-none")).to_be_visible()
    assert page.locator("#rules-offered button").count() == 0
    assert not failures


def test_rules_come_as_a_file(page: Page, address: str, tmp_path: Path) -> None:
    """Exported, imported; what is no rule is left out, and hostile text stays text."""
    page.goto(f"{address}rules.html")
    hostile = "<img src=x onerror=window.hurt=1>"
    rules = [
        {"kind": "word", "text": hostile, "deed": "fold"},
        {"kind": "word", "text": "", "deed": "fold"},
        {"kind": "sort", "text": "x", "deed": "fold"},
        None,
    ]
    file = tmp_path / "rules.json"
    file.write_text(json.dumps({"format": "gazette-rules", "version": 1, "rules": rules}))
    page.locator("#rules-import").set_input_files(file)
    expect(page.locator("#rules-message")).to_have_text("Taken over. Rules: 1. Papers: 0.")
    expect(page.locator("#rules li")).to_contain_text(hostile)
    assert page.evaluate("window.hurt ?? null") is None
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as JSON").click()
    kept = json.loads(Path(download.value.path()).read_text())
    assert kept["rules"] == [rules[0]]
    file.write_text("[]")
    page.locator("#rules-import").set_input_files(file)
    expect(page.locator("#rules-message")).to_have_text("This file holds no rules.")


def test_a_browser_that_refuses_storage(page: Page, address: str) -> None:
    """The rules hold as long as the page is open."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    page.goto(f"{address}rules.html")
    add(page, "word", "protein", "hide")
    expect(page.locator("#rules li")).to_have_count(1)
