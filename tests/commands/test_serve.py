"""The local server: what it sends, and that a change reaches an open page."""

from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.request
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.commands import serve, server
from generator.pipeline import build
from generator.pipeline import preview as previews
from generator.pipeline.build import Options
from generator.system.errors import GazetteError
from generator.system.progress import Progress
from tests.browser import sites
from tests.trees import shown

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
        page.get_by_role("alert").get_by_text("this is bad").wait_for()
        page.reload()
        page.get_by_role("alert").get_by_text("this is bad").wait_for()
        (source / "text").write_text("two", "utf-8")
        page.get_by_text("two").wait_for()
        assert page.get_by_role("alert").count() == 0
        source.rename(source.with_name("gone"))
        source.with_name("gone").rename(source)
        (source / "text").write_text("three", "utf-8")
        page.get_by_text("three").wait_for()
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
    with server.start(site, 0, server.Reload()) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            answer = get(f"http://127.0.0.1:{running.server_port}/{path}")
        finally:
            running.shutdown()
            thread.join()
    assert answer[0] == status
    assert part in answer[1]
    assert "secret" not in answer[1]


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    """The other server stays, and the message says what to do."""
    with server.start(tmp_path, 0, server.Reload()) as running:
        port = running.server_port
        with pytest.raises(GazetteError, match=f"port {port}: .*--port takes another"):
            server.start(tmp_path, port, server.Reload())


Asked = dict[str, str]


def ask(running: server.Server, path: str, headers: Asked) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the answer to a request."""
    connection = http.client.HTTPConnection("127.0.0.1", running.server_port)
    connection.putrequest("GET", path, skip_host=True)
    for name, value in {"Host": f"127.0.0.1:{running.server_port}", **headers}.items():
        connection.putheader(name, value.format(port=running.server_port))
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.headers), body


@pytest.fixture
def running(tmp_path: Path) -> Iterator[server.Server]:
    """Return a server of a small site, with links that lead out of it."""
    site = tmp_path / "site"
    (site / "papers").mkdir(parents=True)
    (site / "papers/index.html").write_text(HTML.format("papers"), "utf-8")
    (site / "404.html").write_text(HTML.format("lost"), "utf-8")
    (site / ".gazette").write_text("secret", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    (site / "folder").symlink_to(tmp_path)
    (site / "loop").symlink_to("loop")
    for name in ("a.txt", "atom.xml", "rss.xml", "feed.json", "x.js", "x.svg", "x.bib", "x.woff2"):
        (site / name).write_text("0123456789", "utf-8")
    with server.start(site, 0, server.Reload()) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("evil.example", 403),
        ("evil.example:{port}", 403),
        ("127.0.0.1", 403),
        ("127.0.0.1:1", 403),
        ("127.0.0.1.evil.example:{port}", 403),
        ("", 403),
    ],
)
def test_a_request_for_another_host_is_refused(
    running: server.Server, host: str, status: int
) -> None:
    """Its name may have been made to lead here: a page from there would read what is here."""
    assert ask(running, "/a.txt", {"Host": host})[0] == status
    if status != 200:
        assert ask(running, "/.reload", {"Host": host})[0] == status


@pytest.mark.parametrize(
    "path",
    [
        *("/link.txt", "/folder/secret.txt", "/folder", "/folder/", "/loop", "/.gazette"),
        *("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/papers/../../secret.txt"),
        *("/..\\secret.txt", "/%5c..%5csecret.txt", "//secret.txt", "/a.txt%00", "/%ff", "/a.txt/"),
        *("/%2fetc/passwd", "//etc/passwd", "/papers/%2e%2e/%2e%2e/secret.txt", "/.git/config"),
    ],
)
def test_nothing_from_outside_is_sent(running: server.Server, path: str) -> None:
    """Neither by its path nor over a link; the answer is the site's own page."""
    status, _, body = ask(running, path, {})
    assert b"secret" not in body
    assert status == (200 if path == "/a.txt/" and b"0123" in body else 404)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text/plain; charset=utf-8"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("rss.xml", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("x.js", "text/javascript; charset=utf-8"),
        ("x.svg", "image/svg+xml; charset=utf-8"),
        ("x.bib", "application/x-bibtex; charset=utf-8"),
        ("x.woff2", "font/woff2"),
        ("papers/", "text/html; charset=utf-8"),
    ],
)
def test_every_file_has_its_type(running: server.Server, name: str, kind: str) -> None:
    """The same on every machine."""
    assert ask(running, f"/{name}", {})[1]["Content-Type"] == kind


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ("bytes=0-3", 206, b"0123"),
        ("bytes=4-", 206, b"456789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=10-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=5-2", 200, b"0123456789"),
        ("bytes=-", 200, b"0123456789"),
        ("bytes=0-1,3-4", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
    ],
)
def test_a_part_of_a_file_is_sent(
    running: server.Server, asked: str, status: int, body: bytes
) -> None:
    """What a Range header asks for, or all where it makes no sense."""
    found = ask(running, "/a.txt", {"Range": asked})
    assert (found[0], found[2]) == (status, body)


def test_what_is_not_there_is_answered_by_the_sites_own_page(running: server.Server) -> None:
    """With the status that says so; a folder without its slash leads to the one with it."""
    status, _, body = ask(running, "/gone", {})
    assert (status, b"lost" in body) == (404, True)
    status, headers, _ = ask(running, "/papers", {})
    assert (status, headers["Location"]) == (301, "/papers/")


def test_whatever_a_build_raises_the_server_stays(source: Path) -> None:
    """The error is said and shown, and the next change is built again."""
    stop, ready = threading.Event(), threading.Event()
    said: list[str] = []
    errors = iter([OSError(28, "No space left"), ValueError("what\x1b[31m"), GazetteError("bad")])

    def build() -> None:
        if error := next(errors, None):
            raise error

    def say(line: str) -> None:
        said.append(line)
        ready.set()

    thread = threading.Thread(
        target=serve.serve,
        args=(source.parent / "site", build, [source], say),
        kwargs={"port": 0, "stop": stop},
    )
    thread.start()
    try:
        for expected in ("No space left", "ValueError: what\\x1b[31m", "bad"):
            while not any(expected in line for line in said):
                ready.wait(10)
                ready.clear()
                (source / "text").write_text(expected, "utf-8")
    finally:
        stop.set()
        thread.join()


def test_a_change_during_the_first_build_is_built_too(source: Path) -> None:
    """It is watched from before that build on."""
    stop, built = threading.Event(), threading.Event()
    held: list[str] = []

    def build() -> None:
        held.append((source / "text").read_text("utf-8"))
        if len(held) == 1:
            (source / "text").write_text("changed", "utf-8")
        elif held[-1] == "changed":
            built.set()

    thread = threading.Thread(
        target=serve.serve,
        args=(source.parent / "site", build, [source], [].append),
        kwargs={"port": 0, "stop": stop},
    )
    thread.start()
    try:
        assert built.wait(30)
    finally:
        stop.set()
        thread.join()


def test_an_open_page_shows_a_changed_template_before_all_others(
    page: Page, tmp_path: Path
) -> None:
    """It is made first and alone; the build that follows makes the same of it."""
    sites.write(tmp_path / "content", "en")
    (tmp_path / "theme/templates").mkdir(parents=True)
    order = Options(content=tmp_path / "content", output=tmp_path / "site")
    quiet = Progress(quiet=True)
    reload = server.Reload()
    stop, ready, previewed, goes_on = (threading.Event() for _ in range(4))
    builds: list[dict[str, bytes]] = []

    def preview(paths: Collection[str]) -> None:
        builds.append(dict.fromkeys(previews.preview(order, paths, quiet), b""))
        previewed.set()

    def build_all() -> None:
        if builds:
            assert goes_on.wait(30)
        build.build(order, quiet)
        builds.append(shown(tmp_path / "site"))

    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        ready.set()

    thread = threading.Thread(
        target=serve.serve,
        args=(tmp_path / "site", build_all, [tmp_path / "theme"]),
        kwargs={
            "say": say,
            "port": 0,
            "stop": stop,
            "preview": preview,
            "reload": reload,
        },
    )
    thread.start()
    try:
        assert ready.wait(30)
        goes_on.clear()
        page.goto(f"{said[0].split()[0]}papers/protein-folds.html")
        while not reload.open_pages():
            page.evaluate("() => new Promise(requestAnimationFrame)")
        footer = "<footer>Set anew.</footer>"
        (tmp_path / "theme/templates/_colophon.html").write_text(footer, "utf-8")
        page.get_by_text("Set anew.").wait_for()
        assert previewed.is_set()
        assert list(builds[1]) == ["papers/protein-folds.html"]
        early = (tmp_path / "site/papers/protein-folds.html").read_bytes()
        assert b"Set anew." not in (tmp_path / "site/index.html").read_bytes()
    finally:
        goes_on.set()
        stop.set()
        page.close()
        thread.join()
    assert builds[-1]["papers/protein-folds.html"] == early
    assert b"Set anew." in builds[-1]["index.html"]
