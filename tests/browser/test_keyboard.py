"""What the keys do, and what the reader's choices of display do."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import Serve

AT = "document.activeElement.closest('[data-slug]')?.dataset.slug ?? ''"


@pytest.fixture(scope="module")
def base(small: Path, serve: Serve) -> str:
    """Return the address of the small site, slash last."""
    return serve(small)


def press(page: Page, keys: str) -> None:
    """Press ``keys``, which spaces part, one after the other."""
    for key in keys.split():
        page.keyboard.press(key)


@pytest.mark.parametrize(
    ("keys", "slug"),
    [
        ("j", "dense-routing"),
        ("j j", "another-protein"),
        ("j j j", "another-protein"),
        ("j j k", "dense-routing"),
        ("k", "dense-routing"),
    ],
)
def test_j_and_k_walk_through_the_papers(page: Page, base: str, keys: str, slug: str) -> None:
    """The focus goes from title to title, and stays at the ends."""
    page.goto(base + "index.html")
    press(page, keys)
    assert page.evaluate(AT) == slug
    expect(page.locator(".papers > .at")).to_have_attribute("data-slug", slug)


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("index.html", "j j o", "papers/another-protein.html"),
        ("index.html", "/", "search.html"),
        ("index.html", "ArrowLeft", "digests/2025-09-22.html"),
        ("digests/2025-09-22.html", "ArrowRight", "digests/2025-09-23.html"),
        ("digests/2025-09-23-2.html", "ArrowLeft", "digests/2025-09-22.html"),
        ("index.html", "]", "digests/2025-09-23-2.html"),
        ("digests/2025-09-23-2.html", "[", "digests/2025-09-23.html"),
        ("months/2025-09.html", "]", "months/2025-09-2.html"),
        ("papers/dense-routing.html", "ArrowRight", "papers/another-protein.html"),
        ("papers/another-protein.html", "ArrowLeft", "papers/dense-routing.html"),
        ("papers/dense-routing.html", "g d", "index.html"),
        ("index.html", "g a", "archive.html"),
        ("archive.html", "g t", "topics/index.html"),
    ],
)
def test_keys_lead_to_other_pages(page: Page, base: str, start: str, keys: str, end: str) -> None:
    """Every key that goes somewhere goes there from any depth."""
    page.goto(base + start)
    press(page, keys)
    page.wait_for_url(base + end)


def test_the_question_mark_lists_the_keys(page: Page, base: str) -> None:
    """The list opens as a dialog, takes the focus, closes with Escape and opens again."""
    page.goto(base + "index.html")
    for _ in range(2):
        expect(page.locator("dialog:focus-within")).to_have_count(0)
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
        expect(dialog).to_contain_text("Next paper")
        press(page, "j")
        assert page.evaluate(AT) == ""
        press(page, "Escape")
        expect(dialog).to_be_hidden()


def test_keys_can_be_switched_off(page: Page, base: str) -> None:
    """Who dictates or mistypes can have no single keys at all (WCAG 2.1.4), and it is kept."""
    page.goto(base + "index.html")
    page.get_by_text("Display", exact=True).click()
    page.get_by_label("Off").check()
    page.reload()
    press(page, "j")
    assert page.evaluate(AT) == ""


@pytest.mark.parametrize("keys", ["Control+j", "Alt+o", "Meta+k"])
def test_the_browsers_own_shortcuts_stay_its_own(page: Page, base: str, keys: str) -> None:
    """A key with a modifier is none of ours."""
    page.goto(base + "index.html")
    press(page, keys)
    assert page.evaluate(AT) == ""


def test_what_is_typed_into_a_field_is_text(page: Page, base: str) -> None:
    """Words with j, k and ? can be searched for."""
    page.goto(base + "search.html")
    page.locator("#q").press_sequentially("jk?s/o")
    expect(page.locator("#q")).to_have_value("jk?s/o")


def test_a_chosen_theme_is_there_from_the_first_paint(context: BrowserContext, base: str) -> None:
    """The theme stands on the page before its body does, so that nothing flashes."""
    page = context.new_page()
    page.goto(base + "index.html")
    page.get_by_text("Display", exact=True).click()
    page.get_by_label("Dark").check()
    page.get_by_label("Large").check()
    assert ground(page) == DARK
    page.add_init_script(
        """new MutationObserver((_, all) => {
            if (!document.body) return;
            window.atBody = document.documentElement.dataset.theme;
            all.disconnect();
        }).observe(document, {childList: true, subtree: true});"""
    )
    page.goto(base + "archive.html")
    assert page.evaluate("window.atBody") == "dark"
    assert ground(page) == DARK
    expect(page.locator("html")).to_have_attribute("data-size", "large")


DARK = "rgb(24, 22, 19)"
LIGHT = "rgb(251, 248, 241)"


def ground(page: Page) -> str:
    """Return the colour behind the text."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize(("scheme", "colour"), [("dark", DARK), ("light", LIGHT)])
def test_without_a_choice_the_system_decides(
    page: Page, base: str, scheme: str, colour: str
) -> None:
    """The theme follows the system's, also while the page is open."""
    page.goto(base + "about.html")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal in the table
    assert ground(page) == colour


def test_a_build_of_chinese_lists_the_keys_in_chinese(page: Page, chinese: Path) -> None:
    """The help speaks the site's language."""
    page.goto(f"{chinese.as_uri()}/index.html")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_contain_text("下一篇论文")
