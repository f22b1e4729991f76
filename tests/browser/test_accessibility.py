"""Every kind of page, light and dark, in every language, as axe-core sees it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import sites
from tests.conftest import Serve

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


@pytest.fixture
def address(translated: Path, serve: Serve) -> str:
    """Return the site's address on a server."""
    return serve(translated)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return a blank page; axe-core is in every page that it opens."""
    context.add_init_script(path=AXE)
    return context.new_page()


def violations(page: Page, options: Mapping[str, object]) -> list[str]:
    """Return what axe-core finds wrong with the page as it stands: rule, element, advice."""
    found = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations",
        {**options, "resultTypes": ["violations"], "preload": False},
    )
    return [
        f"{page.url} {rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def both_themes(page: Page) -> list[str]:
    """Return what is wrong in light, and what the dark theme adds: colours alone differ in it.

    Colours do not depend on the language.
    """
    page.emulate_media(color_scheme="light")
    light = violations(page, {})
    if page.evaluate("document.documentElement.lang") != "en":
        return light
    page.emulate_media(color_scheme="dark")
    return light + violations(page, {"runOnly": ["color-contrast"]})


def test_no_page_has_a_violation(page: Page, translated: Path, address: str) -> None:
    """Not one rule is broken on any kind of page."""
    found: list[str] = []
    for path in sites.kinds(translated):
        page.goto(address + path)
        found += both_themes(page)
    assert not found


def test_no_state_of_a_page_has_a_violation(page: Page, address: str) -> None:
    """With results and without, with a saved paper and its note, with everything unfolded."""
    found: list[str] = []
    for query in ("experts", "nothingtofind"):
        page.goto(f"{address}search.html?q={query}")
        expect(page.locator("#results")).to_have_attribute("data-state", "done")
        found += both_themes(page)
    page.goto(f"{address}index.html")
    for opener in page.locator("summary:visible").all():
        opener.click()
    found += both_themes(page)
    assert not found


def test_a_narrow_page_scrolls_in_one_direction(page: Page, translated: Path, address: str) -> None:
    """At 320 pixels, 400 % zoom on a desk, nothing lies outside (WCAG 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for path in sites.kinds(translated):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert not wide


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, address: str) -> None:
    """Tab goes from the skip link to the last link, and each stop has a visible outline."""
    page.goto(f"{address}index.html")
    wanted = page.locator("a[href]:visible, button:visible, summary:visible").count()
    stops: list[str] = []
    for _ in range(wanted + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const at = document.activeElement, style = getComputedStyle(at);
                if (at === document.body) return "";
                const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                return seen ? at.outerHTML : "unseen: " + at.outerHTML;
            }"""
        )
        if not stop:
            break
        stops.append(stop)
    assert "skip" in stops[0]
    assert not [stop for stop in stops if stop.startswith("unseen")]
    assert len(stops) >= wanted
