"""The local server: what it sends, and that a change reaches an open page."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.commands import serve
from generator.system.errors import GazetteError

HTML = "<!doctype html><html lang=en><head><title>{0}</title></head><body>{0}</body></html>"


def get(url: str) -> tuple[int, str]:
    """Return status and text of the answer to a request."""
    try:
        with urllib.request.urlopen(url) as answer:  # noqa: S310  # a server of our own
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder with the one file that the site of these tests is made from."""
    (tmp_path / "source").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "source/text").write_text("one", "utf-8")
    return tmp_path / "source"


def test_a_change_reaches_an_open_page(page: Page, source: Path) -> None:
    """The site is built again and the page loads itself anew; a failed build changes nothing."""
    site = source.parent / "site"
    stop, ready = threading.Event(), threading.Event()
    said: list[str] = []

    def build() -> None:
        text = (source / "text").read_text("utf-8")
        if text == "bad":
            raise GazetteError("this is bad")
        (site / "index.html").write_text(HTML.format(text), "utf-8")

    def say(line: str) -> None:
        said.append(line)
        ready.set()

    thread = threading.Thread(
        target=serve.serve, args=(site, build, [source], say), kwargs={"port": 0, "stop": stop}
    )
    thread.start()
    try:
        assert ready.wait(10)
        page.goto(said[0].split()[0])
        page.get_by_text("one").wait_for()
        ready.clear()
        (source / "text").write_text("bad", "utf-8")
        assert ready.wait(10)
        assert said[-1] == "this is bad"
        (source / "text").write_text("two", "utf-8")
        page.get_by_text("two").wait_for()
    finally:
        stop.set()
        page.close()
        thread.join()


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("", 200, "/.reload.js"),
        ("index.html?x=1", 200, "/.reload.js"),
        ("plain.txt", 200, "plain"),
        ("gone.html", 404, ""),
        ("../secret.txt", 404, ""),
        ("%2e%2e/secret.txt", 404, ""),
    ],
)
def test_what_is_served(source: Path, path: str, status: int, part: str) -> None:
    """Pages with the reload script, other files as they are, nothing from outside."""
    site = source.parent / "site"
    (site / "index.html").write_text(HTML.format("x"), "utf-8")
    (site / "plain.txt").write_text("plain", "utf-8")
    (source.parent / "secret.txt").write_text("secret", "utf-8")
    with serve.start(site, 0, serve.Reload()) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            answer = get(f"http://127.0.0.1:{server.server_port}/{path}")
        finally:
            server.shutdown()
            thread.join()
    assert answer[0] == status
    assert part in answer[1]
    assert "secret" not in answer[1]


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    """The other server stays, and the message says what to do."""
    with serve.start(tmp_path, 0, serve.Reload()) as server:
        port = server.server_port
        with pytest.raises(GazetteError, match=f"port {port}: .*--port takes another"):
            serve.start(tmp_path, port, serve.Reload())
