"""What the pages are on paper, without motion, and while their scripts are still on the way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.browser import sites

CHROME = ".masthead nav, .display, .turn, .views, .colophon, .skip, aside, button, summary"
POLICY = 'meta[http-equiv="Content-Security-Policy"]'
PLACES = """() => Object.fromEntries(
    [...document.querySelectorAll("main h1, main h3, main p:not(:has(button)), main nav, footer")]
        .filter((element) => element.checkVisibility())
        .map((element, at) => [at, Math.round(element.getBoundingClientRect().top)])
)"""


@pytest.mark.parametrize(
    "path", ["index.html", "papers/sparse-routing.html", "weeks/2025-W39.html", "archive.html"]
)
def test_on_paper_there_is_nothing_to_press(page: Page, small: Path, path: str) -> None:
    """What leads elsewhere on the site is left out; title and text stay, dark on white."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{small.as_uri()}/{path}")
    assert page.locator(CHROME).locator("visible=true").count() == 0
    assert page.locator("h1").is_visible()
    body = "getComputedStyle(document.body)"
    assert page.evaluate(f"{body}.backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"{body}.color") == "rgb(33, 28, 22)"


def test_on_paper_abstracts_are_open_and_links_say_where_they_lead(page: Page, small: Path) -> None:
    """A folded abstract is whole, and behind a link to another host stands its address."""
    page.emulate_media(media="print")
    page.goto(f"{small.as_uri()}/digests/2025-09-22.html")
    folded = page.locator(".papers details p").first
    lines = "at => Math.round(at.clientHeight / parseFloat(getComputedStyle(at).lineHeight))"
    assert folded.evaluate(lines) > 4
    page.emulate_media(media="screen")
    assert folded.evaluate(lines) == 4
    page.emulate_media(media="print")
    link = page.locator('.papers a[href^="https://arxiv.org/pdf/"]').first
    after = link.evaluate("at => getComputedStyle(at, '::after').content")
    assert "https://arxiv.org/pdf/2509.00001" in after


def test_who_wants_no_motion_gets_none(page: Page, small: Path) -> None:
    """No element of any kind of page moves or fades, and no jump is drawn out."""
    page.emulate_media(reduced_motion="reduce")
    moving: list[str] = []
    for path in sites.kinds(small):
        page.goto(f"{small.as_uri()}/{path}")
        moving += page.evaluate("""() => [...document.querySelectorAll("*")].filter((element) => {
            const style = getComputedStyle(element);
            const long = (times) => times.split(",").some((time) => parseFloat(time) > 0);
            return long(style.transitionDuration) || long(style.animationDuration)
                || style.scrollBehavior === "smooth";
        }).map((element) => element.outerHTML)""")
    assert not moving


def test_every_kind_of_page_keeps_to_its_policy(page: Page, small: Path) -> None:
    """From a folder on disk, too, a page has a policy and the browser finds nothing against it."""
    noted: list[str] = []
    page.on("console", lambda message: noted.append(message.text))
    page.on("pageerror", lambda error: noted.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.log(event.blockedURI));"
    )
    for path in sites.kinds(small):
        page.goto(f"{small.as_uri()}/{path}")
        policy = page.locator(POLICY).get_attribute("content") or ""
        assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-"), path
        assert page.locator(f"meta:first-of-type + {POLICY}").count() == 1, path
    assert not noted


def test_nothing_moves_when_the_scripts_come(page: Page, small: Path) -> None:
    """What is seen before a script has run stands where it stands afterwards, narrow and wide."""
    # What these pages show is made by their scripts.
    made = ("search.html", "reading-list.html", "for-you.html")
    paths = [path for path in sites.kinds(small) if path not in made]
    late = places(page, small, paths, blocked=True)
    page.unroute_all()
    assert places(page, small, paths, blocked=False) == late


def places(
    page: Page, small: Path, paths: list[str], *, blocked: bool
) -> Mapping[str, Mapping[str, float]]:
    """Return how far down the page its texts stand, with the scripts ``blocked`` or not."""

    def answer(route: Route) -> None:
        if blocked:
            route.abort()
        else:
            route.continue_()

    page.route("**/*.js", answer)
    found = {}
    for path in paths:
        page.goto(f"{small.as_uri()}/{path}")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found[f"{path} {width}"] = page.evaluate(PLACES)
    return found
