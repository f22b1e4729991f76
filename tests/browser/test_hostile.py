"""Whatever strangers write is text: over 300 attacks in every field, in a real browser."""

from __future__ import annotations

import email
import functools
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from email import policy
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import feedparser
import html5lib
import markdown
import pytest
import rispy
import yaml
from playwright.sync_api import ConsoleMessage, Dialog, Page, Request
from pybtex.database import parse_string

from generator.commands import cli
from generator.commands.check import check
from tests.browser.attacks import ATTACKS
from tests.conftest import QuietHandler

pytestmark = pytest.mark.browser
DAY = "2025-09-23"


def entry(number: int, attack: str) -> str:
    """Return an entry edited by hand that has ``attack`` in every field."""
    line = " ".join(attack.split()) or "x"
    matter = {
        "title": f"Hand {number} {line}",
        "date": DAY,
        **dict.fromkeys(("organization", "submitter", "journal", "remark", "summary"), line),
        "authors": [line, f"{line}, {line}"],
        "topics": [line],
        "links": {
            f"x{number}": f"https://example.org/{quote(line)}",
            "code": "https://example.org/'\"",
        },
        "custom": {"a": attack},
    }
    written = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False)
    return f"---\n{written}---\n\n{attack}\n\nAnd then: {line}\n"


def record(number: int, attack: str) -> str:
    """Return a line of JSON Lines that has ``attack`` in every field."""
    return json.dumps(
        {
            "id": f"2509.{number:05}",
            "title": f"Added {number} {attack}",
            "abstract": f"{attack} and text after it. {attack}",
            "authors": [attack, "Ada Lovelace"],
            "date": DAY,
            "categories": ["cs.LG", attack],
        }
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of all attacks: added from a file, and edited by hand."""
    root = tmp_path_factory.mktemp("hostile")
    content = root / "content"
    place = ["--content", str(content), "--output", str(root / "site"), "--quiet"]
    page = root / "page.jsonl"
    page.write_text("\n".join(record(*each) for each in enumerate(ATTACKS)), "utf-8")
    assert cli.main(["add", str(page), *place]) == 0
    papers = content / "papers/hand"
    papers.mkdir()
    for number, attack in enumerate(ATTACKS):
        (papers / f"hand-{number}.md").write_text(entry(number, attack), "utf-8")
    line = " ".join(" ".join(ATTACKS[:12]).split())
    digest = {"title": line, "date": DAY, "byline": line}
    (digest_file,) = (content / "digests").glob("*.md")
    listed = yaml.safe_load(digest_file.read_text("utf-8").split("---\n")[1])["papers"]
    digest["papers"] = listed + [f"hand-{number}" for number in range(len(ATTACKS))]
    note = "\n\n".join(ATTACKS)
    written = yaml.safe_dump(digest, allow_unicode=True)
    digest_file.write_text(f"---\n{written}---\n\n{note}\n", "utf-8")
    settings = {
        **dict.fromkeys(("title", "tagline", "description", "byline", "footer"), line),
        "nav": {line: "https://example.org/"},
        "url": "https://x.example/d/",
        "markdown": "papers",
        "email": {"from": "digest@x.example"},
    }
    (content / "site.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    topics = {f"{attack[:60]} {number}": ["text"] for number, attack in enumerate(ATTACKS[::25])}
    (content / "topics.yaml").write_text(yaml.safe_dump(topics, allow_unicode=True), "utf-8")
    assert cli.main(place) == 0
    return root / "site"


class Watched:
    """A page that remembers what no attack may bring about."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.found: list[str] = []
        self._home = home
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.found.append(f"an error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _dialog(self, dialog: Dialog) -> None:
        self.found.append("a dialog")
        dialog.dismiss()

    def _console(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.found.append(f"console: {said.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._home, "data:")):
            self.found.append(f"a request: {request.url}")

    def visit(self, path: str) -> None:
        """Open a page of the site, and move over what it shows."""
        self.page.goto(f"{self._home}{path}", wait_until="load")


@pytest.fixture
def watched(page: Page, hostile: Path) -> Iterator[Watched]:
    """Return the page that visits the hostile site from its folder."""
    yield Watched(page, f"{hostile.as_uri()}/")
    page.close()


def test_there_are_enough_of_them() -> None:
    """Each is another way out of another place."""
    assert len(ATTACKS) >= 300


def test_the_site_is_whole(hostile: Path) -> None:
    """No attribute, script, feed, metadata, index or sitemap was broken out of."""
    problems = [str(each) for each in check(hostile) if "readers wait" not in each.message]
    assert problems == []
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse((hostile / name).read_bytes())
        assert not feed.bozo
        assert feed.entries
    for path in hostile.rglob("*.json"):
        json.loads(path.read_bytes())


def test_exports_and_metadata_are_whole(hostile: Path) -> None:
    """As many records as papers, each block of metadata one object, each picture one tree."""
    exports = hostile / "digests"
    papers = len(json.loads((exports / f"{DAY}.json").read_bytes()))
    assert papers > 2 * len(ATTACKS) - 20
    ris = rispy.loads((exports / f"{DAY}.ris").read_text("utf-8"))
    bibtex = parse_string((exports / f"{DAY}.bib").read_text("utf-8"), "bibtex")
    assert len(ris) == len(bibtex.entries) == papers
    block = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    pages = [path.read_text("utf-8") for path in hostile.rglob("papers/*.html")]
    found = [json.loads(data) for page in pages for data in block.findall(page)]
    assert len(found) == len(pages) == papers
    for path in (*hostile.rglob("*.svg"), *hostile.rglob("*.opml")):
        ET.parse(path)  # noqa: S314  # what we wrote ourselves


def harmless(markup: bytes) -> None:
    """Demand of a page outside the site that it runs nothing and loads nothing."""
    page = html5lib.parse(markup, namespaceHTMLElements=False)
    for element in page.iter():
        if isinstance(element.tag, str):
            assert element.tag not in {"script", "iframe", "object", "embed", "base", "form"}
            assert not [name for name in element.attrib if name.lower().startswith("on")]
            links = (element.get("href") or "", element.get("src") or "")
            assert not [link for link in links if re.match(r"\s*(javascript|vbscript):", link)]


def as_html(twin: Path) -> bytes:
    """Return what a Markdown program makes of a file, that lets HTML through as most do."""
    return markdown.markdown(twin.read_text("utf-8"), extensions=["fenced_code"]).encode()


def test_twins_in_markdown_are_harmless(hostile: Path) -> None:
    """Each paper has its heading, none is swallowed by the one before it; nothing runs."""
    papers = len(json.loads((hostile / f"digests/{DAY}.json").read_bytes()))
    twin = as_html(hostile / f"digests/{DAY}.md")
    harmless(twin)
    numbers = re.findall(rb"<h2>(\d+)\. ", twin)
    assert [int(number) for number in numbers] == list(range(1, papers + 1))
    for path in (hostile / "papers").glob("*.md"):
        harmless(as_html(path))
    harmless(as_html(hostile / "llms.txt"))


def test_a_mail_of_it_is_harmless(hostile: Path, tmp_path: Path) -> None:
    """No header was broken out of, and its page runs nothing."""
    place = ["--content", str(hostile.parent / "content"), "--output", str(hostile), "--quiet"]
    assert cli.main(["email", "--eml", str(tmp_path / "it.eml"), *place]) == 0
    mail = email.message_from_bytes((tmp_path / "it.eml").read_bytes(), policy=policy.default)
    assert not mail.defects
    assert mail["Bcc"] is mail["Cc"] is None
    assert mail["Subject"]
    (page,) = [part for part in mail.walk() if part.get_content_type() == "text/html"]
    harmless(page.get_content().encode())


def test_a_book_of_it_is_harmless(hostile: Path, tmp_path: Path) -> None:
    """Each chapter is a tree, and runs nothing."""
    place = ["--content", str(hostile.parent / "content"), "--output", str(hostile), "--quiet"]
    assert cli.main(["pack", "epub", "--file", str(tmp_path / "it.epub"), *place]) == 0
    with zipfile.ZipFile(tmp_path / "it.epub") as book:
        chapters = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        assert len(chapters) > 1
        for name in chapters:
            assert ".." not in name
            ET.fromstring(book.read(name))  # noqa: S314  # what we wrote ourselves
            harmless(book.read(name))


def test_no_attack_runs_or_loads_anything(hostile: Path, watched: Watched) -> None:
    """On every list, which show all papers, and on the pages of some, from the folder."""
    pages = sorted(path.relative_to(hostile).as_posix() for path in hostile.rglob("*.html"))
    pages.remove("404.html")  # it may be shown at any depth, so all that it loads has the address
    papers = [path for path in pages if path.startswith("papers/")]
    pages = [path for path in pages if path not in set(papers)] + papers[::10]
    for path in pages:
        watched.visit(quote(path))
        assert not watched.found, (path, watched.found)


def test_no_query_runs_or_loads_anything(hostile: Path, watched: Watched) -> None:
    """As a query, an attack is a word that is not found: some alone, and all, several at once."""
    assert hostile
    several = [" ".join(ATTACKS[at : at + 10]) for at in range(0, len(ATTACKS), 10)]
    for query in (*ATTACKS[::15], *several):
        watched.visit(f"search.html?q={quote(query[:2000])}")
        assert not watched.found, (query, watched.found)


def test_no_attack_runs_or_loads_anything_from_a_server(hostile: Path, page: Page) -> None:
    """The same over http, on lists and on some papers."""
    handler = functools.partial(QuietHandler, directory=str(hostile))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            watched = Watched(page, f"http://127.0.0.1:{server.server_port}/")
            papers = sorted(path.name for path in (hostile / "papers").glob("*.html"))[::40]
            for path in ("index.html", "archive.html", *(f"papers/{name}" for name in papers)):
                watched.visit(quote(path))
                assert not watched.found, (path, watched.found)
        finally:
            server.shutdown()
            thread.join()
            page.close()
