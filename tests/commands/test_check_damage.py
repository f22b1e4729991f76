"""Every kind of damage to a built site is found, where it is, and never ends in a traceback."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from generator.commands import cli
from generator.commands.check import check
from generator.commands.checks import external
from tests.building import SEED

PAPER = "papers/teacher-algorithms-for-curriculum-learning-of-deep-rl-in-continuously.html"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with its address, and its content beside it."""
    root = tmp_path_factory.mktemp("whole")
    shutil.copytree(SEED, root / "content")
    place = ["--content", str(root / "content"), "--output", str(root / "site")]
    assert cli.main([*place, "--base-url", "https://x.example/d/", "--quiet"]) == 0
    return root


@pytest.fixture
def site(whole: Path, tmp_path: Path) -> Iterator[Path]:
    """Return a copy to damage."""
    yield Path(shutil.copytree(whole / "site", tmp_path / "site"))
    shutil.rmtree(tmp_path / "site")


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a damage: the first ``old`` in the file ``name`` becomes ``new``."""

    def damage(site: Path) -> None:
        text = (site / name).read_text("utf-8")
        assert re.search(old, text), f"{old} does not stand in {name}"
        (site / name).write_text(re.sub(old, new, text, count=1), "utf-8")

    return damage


def written(name: str, data: bytes) -> Callable[[Path], None]:
    """Return a damage: the file ``name`` holds ``data``."""

    def damage(site: Path) -> None:
        (site / name).write_bytes(data)

    return damage


def cut(name: str) -> Callable[[Path], None]:
    """Return a damage: the second half of the file ``name`` is lost."""
    return lambda site: written(
        name, (site / name).read_bytes()[: (site / name).stat().st_size // 2]
    )(site)


def gone(name: str) -> Callable[[Path], None]:
    """Return a damage: the file ``name`` is not there."""
    return lambda site: (site / name).unlink()


def in_body(markup: str) -> Callable[[Path], None]:
    """Return a damage: a page of a paper holds ``markup``."""
    return replaced(PAPER, "</main>", markup.replace("\\", r"\\") + "</main>")


def _repeat(site: Path) -> None:
    feed = site / "feed.xml"
    text = feed.read_text("utf-8")
    first = re.search("<item>.*?</item>", text, re.DOTALL)
    assert first
    feed.write_text(text.replace(first[0], first[0] * 2, 1), "utf-8")


def _swap(site: Path) -> None:
    shutil.copy(site / "search/new/0.js", site / "search/new/1.js")


def _link(site: Path) -> None:
    (site / "llms.txt").unlink()
    (site / "llms.txt").symlink_to("/etc/hostname")


def _heavy(site: Path) -> None:
    noise = "".join(f"{number * 7919 % 99991:x}" for number in range(60_000))
    in_body(noise)(site)


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a picture without alt": (in_body('<img src="../icons/gazette.svg">'), "without alt"),
    "a foreign script": (
        in_body('<script src="https://evil.example/x.js"></script>'),
        "another host",
    ),
    "a script as data": (in_body('<script src="data:text/javascript,1"></script>'), "no address"),
    "a script in the page": (in_body("<script>alert(1)</script>"), "policy does not know"),
    "a script in an attribute": (in_body('<p onclick="x()">'), "script in an attribute"),
    "a link that is a script": (in_body('<a href="javascript:x()">x</a>'), "no address"),
    "a foreign picture": (in_body('<img alt="" src="http://evil.example/x.png">'), "another host"),
    "a foreign style": (
        in_body('<link rel="stylesheet" href="//evil.example/x.css">'),
        "no address",
    ),
    "a foreign frame": (in_body('<iframe src="https://evil.example/"></iframe>'), "another host"),
    "a broken address": (in_body('<a href="https://[bad/x">x</a>'), "is no address"),
    "a dead link": (in_body('<a href="nowhere.html">x</a>'), "does not exist"),
    "a dead fragment": (in_body('<a href="#nowhere">x</a>'), "has no id"),
    "an id twice": (in_body('<p id="double"><p id="double">'), "stands 2 times"),
    "a base": (in_body('<base href="https://evil.example/">'), "turns every link"),
    "no policy": (replaced(PAPER, "<meta http-equiv=[^>]*>", ""), "no Content-Security-Policy"),
    "a weak policy": (
        replaced(PAPER, "script-src 'self'", "script-src 'unsafe-inline'"),
        "lets in",
    ),
    "a policy for all": (replaced(PAPER, "img-src 'self'", "img-src *"), "lets in"),
    "no title": (replaced(PAPER, "<title>[^<]*</title>", "<title></title>"), "no title"),
    "no language": (replaced(PAPER, '<html lang="en">', "<html>"), "its language"),
    "an empty page": (written(PAPER, b""), "empty"),
    "a page of zeros": (written(PAPER, b"\0" * 500), "cut"),
    "a page that is no text": (written(PAPER, b"\xff\xfe" * 50), "UTF-8"),
    "a page with a broken mark": (written(PAPER, b"<![<!["), PAPER),
    "a cut page": (cut(PAPER), "is cut"),
    "a lost page": (gone(PAPER), "does not exist"),
    "a lost style": (gone("css/site.css"), "does not exist"),
    "a lost front page": (gone("index.html"), "does not exist"),
    "broken RSS": (cut("feed.xml"), "broken XML"),
    "RSS without a title": (replaced("feed.xml", "<title>.*?</title>", ""), "no <title>"),
    "RSS of another version": (replaced("feed.xml", 'version="2.0"', 'version="9"'), "RSS has to"),
    "RSS with a wrong date": (replaced("feed.xml", "<pubDate>[^<]*", "<pubDate>today"), "RFC 822"),
    "RSS with an item that has no guid": (
        replaced("feed.xml", "<guid[^>]*>[^<]*</guid>", ""),
        "guid",
    ),
    "RSS that repeats": (_repeat, "stands 2 times"),
    "a feed in an unknown encoding": (
        written("feed.xml", b'<?xml version="1.0" encoding="x"?><a/>'),
        "broken XML",
    ),
    "a feed that is none": (written("feed.xml", b"<html></html>"), "no feed"),
    "an empty feed": (written("feed.xml", b""), "broken XML"),
    "Atom without an id": (replaced("atom.xml", "<id>[^<]*</id>", ""), "no <id>"),
    "Atom with a wrong date": (
        replaced("atom.xml", "<updated>[^<]*", "<updated>today"),
        "RFC 3339",
    ),
    "a broken JSON feed": (cut("feed.json"), "broken JSON"),
    "a JSON feed without a version": (replaced("feed.json", '"version": "[^"]*",', ""), "version"),
    "a JSON feed without items": (written("feed.json", b'{"version": "x"}'), "JSON feed"),
    "JSON without end": (written("feed.json", b"[" * 100_000), "broken JSON"),
    "a broken sitemap": (cut("sitemap.xml"), "broken XML"),
    "a sitemap that leads nowhere": (
        replaced("sitemap.xml", "<loc>([^<]*)statistics.html", r"<loc>\1gone.html"),
        "no page of this site",
    ),
    "a sitemap that names less": (
        replaced(
            "sitemap.xml", "<url><loc>[^<]*papers/[^<]*</loc>(<lastmod>[^<]*</lastmod>)?</url>", ""
        ),
        "no sitemap names",
    ),
    "broken OPML": (written("feeds.opml", b"<opml></opml>"), "head and a body"),
    "a cut shard": (cut("search/new/0.js"), "is cut or broken"),
    "an empty shard": (written("search/new/1.js", b""), "is cut or broken"),
    "a lost shard": (gone("search/new/2.js"), "is missing"),
    "a lost list of shards": (gone("search/new/list.js"), "is missing"),
    "a shard of another name": (_swap, "belongs elsewhere"),
    "a shard of another build": (
        replaced("search/new/0.js", '"[0-9a-f]{8}"', '"00000000"'),
        "another build",
    ),
    "a lost script of the search": (gone("search/search.js"), "missing"),
    "a lost list of files": (gone(".gazette"), "lists what the build made"),
    "a link in a file's place": (_link, "is no file"),
    "a heavy page": (_heavy, "readers wait"),
}


def test_a_whole_site_is_whole(whole: Path, tmp_path: Path) -> None:
    """With its address and without one."""
    assert list(map(str, check(whole / "site"))) == []
    place = ["--content", str(whole / "content"), "--output", str(tmp_path / "site")]
    assert cli.main([*place, "--quiet"]) == 0
    assert list(map(str, check(tmp_path / "site"))) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found(site: Path, name: str) -> None:
    """And said with its file."""
    damage, message = DAMAGES[name]
    damage(site)
    found = [str(problem) for problem in check(site)]
    assert any(message in line for line in found), found
    assert all(line.startswith(str(site)) for line in found)


@pytest.mark.parametrize("to_format", ["text", "json", "github"])
def test_what_is_found_is_shown_in_every_format(
    whole: Path, site: Path, capsys: pytest.CaptureFixture[str], to_format: str
) -> None:
    """With file and line, a summary, and an exit code."""
    place = ["--content", str(whole / "content"), "--output", str(site)]
    assert cli.main(["check", *place, "--format", to_format]) == 0
    assert "no problems" in capsys.readouterr().err
    DAMAGES["a dead link"][0](site)
    assert cli.main(["check", *place, "--format", to_format]) == 1
    shown = capsys.readouterr()
    assert "1 problem" in shown.err
    if to_format == "json":
        (problem,) = json.loads(shown.out)["problems"]
        assert problem["file"] == str(site / PAPER)
        assert problem["line"] > 1
    elif to_format == "github":
        assert re.search(
            rf"^::error file={re.escape(str(site / PAPER))},line=\d+::", shown.out, re.MULTILINE
        )
    else:
        assert re.search(rf"^{re.escape(str(site / PAPER))}:\d+: ", shown.err, re.MULTILINE)


def test_what_is_odd_about_entries_is_a_warning(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends with 0: a curator decides."""
    entry = "---\ntitle: {}\ndate: 2025-09-23\n{}---\n\n{}\n"
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "topics.yaml").write_text("Agents: [agent]\n", "utf-8")
    for slug, (title, more, body) in {
        "empty": ("One without text", "", ""),
        "topic": ("One of a topic", "topics: [Agents, Astrology, cs.LG]\n", "Text."),
        "tex": ("One with TeX", "", "We \\frobnicate $\\nosuchcommand{x}$ it."),
        "same-a": ("A very long title of one paper", "", "The same text."),
        "same-b": ("A very long title of one papers", "", "The same text."),
    }.items():
        (content / f"papers/{slug}.md").write_text(entry.format(title, more, body), "utf-8")
    assert cli.main(["check", "--content", str(content), "--output", str(site)]) == 0
    shown = capsys.readouterr().err
    for line in (
        "empty.md:1: warning: has no abstract",
        "topic.md:4: warning: the topic 'Astrology'",
        "tex.md:6: warning: TeX that is not known",
        "same-a.md: warning: looks like same-b",
    ):
        assert line in shown, shown
    assert "cs.LG" not in shown


def test_links_are_asked_and_those_that_are_gone_named(httpserver: HTTPServer) -> None:
    """Each once; what refuses programs is taken to be there."""
    httpserver.expect_request("/fine").respond_with_data("x")
    httpserver.expect_request("/gone").respond_with_data("x", status=404)
    httpserver.expect_request("/refuses").respond_with_data("x", status=403)
    httpserver.expect_request("/no-head", method="HEAD").respond_with_data("", status=405)
    httpserver.expect_request("/no-head", method="GET").respond_with_data("", status=410)
    names = ["/fine", "/gone", "/refuses", "/no-head", "/gone"]
    addresses = [httpserver.url_for(name) for name in names]
    found = list(external.dead([*addresses, "http://127.0.0.1:1/", "http://[bad/"], pause=0.0))
    assert [each.reason for each in found][:2] == ["answers 404", "answers 410"]
    assert len(found) == 4
    assert len(httpserver.log) == 6
