"""The site as its readers open it: over http, under any path, and from a folder on disk."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Request

from generator.pipeline import archive
from generator.pipeline.build import Options
from tests.browser import sites
from tests.conftest import Serve

PAPERS = ("papers/pointer-networks.html",)


@pytest.fixture(params=["folder", "unpacked archive", "root", "below a path"])
def base(
    request: pytest.FixtureRequest,
    site: Path,
    serve: Serve,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Return the address of the site, slash last: as a folder, at a host's root, under a path."""
    if request.param == "folder":
        return site.as_uri() + "/"
    if request.param == "unpacked archive":
        folder = tmp_path_factory.mktemp("unpacked")
        with zipfile.ZipFile(archive.site(Options(content=site, output=site))) as packed:
            packed.extractall(folder)
        return (folder / site.name).as_uri() + "/"
    if request.param == "root":
        return serve(site)
    root = tmp_path_factory.mktemp("host")
    shutil.copytree(site, root / "some/sub/path")
    return serve(root) + "some/sub/path/"


class Watch:
    """Notes what a reader should never see: console lines, errors, requests that leave."""

    def __init__(self, page: Page, base: str) -> None:
        self.noted: list[str] = []
        page.on("console", lambda message: self.noted.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.noted.append(f"error: {error}"))
        page.on("requestfailed", self._fail)
        page.on("request", lambda request: self._note(request.url, base))

    def _fail(self, request: Request) -> None:
        # The icon may still be on its way when the test goes to the next page.
        if request.failure != "net::ERR_ABORTED":
            self.noted.append(f"failed: {request.url} {request.failure}")

    def _note(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:")):
            self.noted.append(f"request: {url}")


def addresses(page: Page) -> set[str]:
    """Return every address that the page links to, made absolute."""
    of_svg = "new URL(link.href.baseVal, link.baseURI).href"
    return set(
        page.eval_on_selector_all(
            "a[href]", f"links => links.map(link => link.href.baseVal ? {of_svg} : link.href)"
        )
    )


def test_every_link_of_every_page_leads_somewhere(page: Page, base: str, site: Path) -> None:
    """From the front page, all pages can be reached, and each that is linked to is there.

    Below a path all are visited; as links are relative, one of each kind does in other places.
    """
    watch = Watch(page, base)
    is_whole = base.startswith("http") and urlsplit(base).path != "/"
    kinds = {urljoin(base, path) for path in sites.kinds(site, papers=PAPERS)}
    seen: set[str] = set()
    pending = [urljoin(base, "index.html")] if is_whole else list(kinds)
    while pending:
        address = pending.pop()
        if address in seen or not address.endswith(".html"):
            continue
        if not is_whole and address not in kinds:
            continue
        seen.add(address)
        page.goto(address)
        for link in addresses(page):
            target, fragment = urldefrag(link)
            if not target.startswith(base):
                assert re.match(r"https?://|data:", target), (address, link)
                continue
            path = target.removeprefix(base).partition("?")[0] or "index.html"
            assert (site / path).is_file(), (address, link)
            if fragment and target == address:
                assert page.locator(f"[id='{fragment}']").count() == 1, (address, link)
            pending.append(urljoin(base, path))
    assert not watch.noted
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert not is_whole or {each.removeprefix(base) for each in seen} >= pages - {"404.html"}
    assert is_whole or seen == kinds


def test_a_search_finds_the_paper_first(page: Page, base: str) -> None:
    """`pointer networks` puts that paper first, from the network and from the disk."""
    watch = Watch(page, base)
    page.goto(base + "search.html?q=pointer+networks")
    page.locator("#results[data-state=done]").wait_for()
    first = page.locator("#results > li").first.locator("a").first
    assert first.inner_text() == "Pointer Networks"
    first.click()
    page.wait_for_url("**/papers/pointer-networks.html**")
    assert page.locator("h1").inner_text() == "Pointer Networks"
    assert not watch.noted


def test_search_as_one_types_puts_the_query_in_the_address(page: Page, base: str) -> None:
    """The results follow the keys, the matches are marked, and the address can be shared."""
    page.goto(base + "search.html")
    page.locator("#q").press_sequentially("curriculum lear")
    page.locator("#results mark").first.wait_for()
    page.wait_for_url(re.compile(r"\?q=curriculum(\+|%20)lear"))
    assert "Teacher algorithms" in page.locator("#results > li").first.inner_text()
    assert page.locator("#search-status").inner_text().strip()


@pytest.mark.parametrize("path", ["index.html", "papers/pointer-networks.html", "archive.html"])
def test_a_page_is_whole_without_javascript(page: Page, base: str, path: str) -> None:
    """What the script adds is comfort: the text is there before it runs."""
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    try:
        still = plain.new_page()
        still.goto(base + path)
        assert still.locator("main").inner_text().strip()
        assert still.locator("nav a").count() >= 5
    finally:
        plain.close()
