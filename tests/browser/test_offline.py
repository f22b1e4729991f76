"""The site without a network, in a real Chromium, below a path of its host."""

from __future__ import annotations

import functools
import io
import os
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import QuietHandler
from tests.plan import sites
from tests.waiting import until

pytestmark = pytest.mark.browser
# The worker has filled its cache, and answers for this page.
READY = """async () => {
  const registration = await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((go) => setTimeout(go, 20));
  return registration.active.state === "activated";
}"""


class Undated(QuietHandler):
    """Gives a file whole, whatever the browser has: two deployments may be of one second."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer without a look at dates."""
        del self.headers["If-Modified-Since"]
        return super().send_head()


class Host:
    """A host with the site below /digest/, which can be taken off the network and back."""

    def __init__(
        self, root: Path, settings: str = "", handler: type[QuietHandler] = Undated
    ) -> None:
        self._handler = handler
        self.content = sites.new(root, settings, "Routing: [routing]\n")
        old = [{"slug": f"old-{number}", "abstract": "Ancient words."} for number in range(3)]
        sites.add(self.content, "2024-01-10", old)
        new = {"slug": "experts", "title": "Sparse experts", "abstract": "A routing of experts."}
        sites.add(self.content, "2025-09-23", [new, *sites.numbered("2025-09-23", 3)])
        self._folder = root / "host"
        self._folder.mkdir()
        self.port = 0
        self.build()
        self.start()

    def build(self) -> None:
        """Deploy what the content says."""
        site = sites.site(self.content)
        link = self._folder / "digest"
        if not link.exists():
            link.symlink_to(site)

    def start(self) -> None:
        """Answer requests."""
        handler = functools.partial(self._handler, directory=str(self._folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def at(self, path: str) -> str:
        """Return the address of a page."""
        return f"http://127.0.0.1:{self.port}/digest/{path}"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Return a host with a site of a new digest and an old one."""
    made = Host(tmp_path)
    yield made
    made.stop()


def visit(page: Page, host: Host, path: str = "index.html") -> None:
    """Open a page, and wait until the worker answers for it."""
    page.goto(host.at(path))
    assert page.evaluate(READY)


def follow(page: Page, path: str) -> None:
    """Wait until the worker of a newer deployment, which has ``path``, is the only one.

    Looked for in a way that makes no cache: to open one that the worker has just removed would.
    """
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
    until(
        page,
        f"""(async () => {{
          const shells = (await caches.keys()).filter((name) => name.includes(":shell:"));
          const has = (path) => caches.match(path, {{ cacheName: shells[0] }});
          return shells.length === 1 && (await has("{path}")) && (await has("/digest/shell-marks"));
        }})()""",
    )


def test_what_is_there_without_a_network(page: Page, host: Host) -> None:
    """The front page, the newest digest, pages that were visited; a word of regret for others."""
    visit(page, host)
    page.goto(host.at("papers/experts.html"))
    host.stop()
    try:
        page.goto(host.at("index.html"))
        expect(page.locator("h1")).to_contain_text("23 September 2025")
        page.goto(host.at("digests/2025-09-23.html"))
        expect(page.locator("h1")).to_contain_text("23 September 2025")
        page.goto(host.at("papers/experts.html"))
        expect(page.locator("h1")).to_have_text("Sparse experts")
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
        page.goto(host.at("papers/old-1.html"))
        assert page.url == host.at("offline.html")
    finally:
        host.start()


def test_the_newest_papers_can_be_searched(page: Page, host: Host) -> None:
    """Without having been to the search page before."""
    visit(page, host)
    host.stop()
    try:
        page.goto(host.at("search.html?q=experts"))
        expect(page.locator("#results h3 a").first).to_have_text("Sparse experts")
    finally:
        host.start()


def test_a_new_deployment_is_seen_at_the_next_visit(page: Page, host: Host) -> None:
    """And an open page goes on; what is kept follows."""
    visit(page, host)
    sites.add(host.content, "2025-09-24", [{"slug": "later", "title": "Later still"}])
    host.build()
    page.locator('a[href="papers/experts.html"]').first.click()
    expect(page.locator("h1")).to_have_text("Sparse experts")
    page.goto(host.at("index.html"))
    expect(page.locator("h1")).to_contain_text("24 September 2025")
    follow(page, "/digest/digests/2025-09-24.html")
    host.stop()
    try:
        page.goto(host.at("index.html"))
        expect(page.locator("h1")).to_contain_text("24 September 2025")
    finally:
        host.start()


def test_two_deployments_of_one_second(page: Page, tmp_path: Path) -> None:
    """What is kept is of the second, though the host gives both the same date."""
    host = Host(tmp_path, handler=QuietHandler)
    index, worker = (tmp_path / "site" / name for name in ("index.html", "sw.js"))
    first = index.stat().st_mtime
    visit(page, host)
    sites.add(host.content, "2025-09-24", [{"slug": "later", "title": "Later still"}])
    host.build()
    os.utime(index, (first, first))
    os.utime(worker, (first + 2, first + 2))
    follow(page, "/digest/digests/2025-09-24.html")
    host.stop()
    page.goto(host.at("index.html"))
    expect(page.locator("h1")).to_contain_text("24 September 2025")


def test_the_whole_site_taken_along(page: Page, host: Host) -> None:
    """Its size is said first; then every page is there, old ones too; it can be removed again."""
    visit(page, host, "offline.html")
    expect(page.locator("#along-status")).to_contain_text("MB")
    page.locator("#along-take").click()
    expect(page.locator("#along-status")).to_contain_text("as new as it is on the web")
    host.stop()
    try:
        page.goto(host.at("papers/old-1.html"))
        expect(page.locator("h1")).to_have_text("Old 1")
        page.goto(host.at("search.html?q=ancient"))
        expect(page.locator("#results h3 a")).to_have_count(3)
        page.goto(host.at("offline.html"))
        expect(page.locator("#along-status")).to_contain_text("is in this browser")
    finally:
        host.start()
    page.locator("#along-drop").click()
    expect(page.locator("#along-take")).to_be_visible()


def test_a_site_too_large_says_so(page: Page, tmp_path: Path) -> None:
    """And offers nothing."""
    host = Host(tmp_path, "offline_mb: 0\n")
    try:
        visit(page, host, "offline.html")
        expect(page.locator("#along-status")).to_contain_text("too large")
        expect(page.locator("#along-take")).to_be_hidden()
    finally:
        host.stop()


def test_storage_refused(context: BrowserContext, host: Host) -> None:
    """The site works with a network, and throws nothing."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'caches', { get() { throw new DOMException('no') } });"
        "navigator.serviceWorker.register = () => Promise.reject(new DOMException('no'));"
    )
    for path in ("index.html", "offline.html", "papers/experts.html"):
        page.goto(host.at(path))
        expect(page.locator("h1")).to_be_visible()
    assert errors == []


def test_switched_off_it_goes_away(page: Page, host: Host) -> None:
    """A worker of an older deployment removes itself and what it kept."""
    visit(page, host)
    with (host.content / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("offline: false\n")
    host.build()
    page.goto(host.at("index.html"))
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one?.update())")
    until(page, "caches.keys().then((names) => names.length === 0)")
    until(page, "navigator.serviceWorker.getRegistration().then((one) => !one)")
    page.goto(host.at("index.html"))
    expect(page.locator("h1")).to_contain_text("23 September 2025")


def test_other_sites_of_the_host_keep_theirs(page: Page, host: Host) -> None:
    """Caches of a neighbour are none of ours."""
    visit(page, host)
    page.evaluate("caches.open('gazette:/other/:visited')")
    sites.add(host.content, "2025-09-24", [{"slug": "later", "title": "Later still"}])
    host.build()
    follow(page, "/digest/digests/2025-09-24.html")
    assert page.evaluate("caches.has('gazette:/other/:visited')")


def test_the_site_can_be_installed(page: Page, host: Host) -> None:
    """A manifest that Chromium finds nothing to object to."""
    visit(page, host)
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == host.at("manifest.webmanifest")
    problems = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A window of a test is private, and nothing is installed from there.
    assert {one["errorId"] for one in problems} <= {"in-incognito"}
