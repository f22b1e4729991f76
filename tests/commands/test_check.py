"""Checks of a built site."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from generator.commands.check import check
from tests.plan import sites

PAGE = (
    '<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" '
    'content="default-src \'none\'">\n<title>T</title>\n<p id="a">\n{}\n</html>'
)

RSS = (
    '<rss version="2.0"><channel><title>T</title><link>https://x.example/</link>'
    "<description>D</description>{}</channel></rss>"
)


@pytest.mark.parametrize(
    ("files", "problems"),
    [
        ({"index.html": PAGE.format('<a href="b/c.html#a">')}, []),
        ({"index.html": PAGE.format('<a href="#a">')}, []),
        ({"index.html": PAGE.format('<a href="https://x.example/">')}, []),
        ({"index.html": PAGE.format('<a href="gone.html">')}, ["index.html:4: 'gone.html' leads"]),
        ({"index.html": PAGE.format('<a href="#b">')}, ["index.html:4: '#b': index.html has no"]),
        ({"index.html": PAGE.format('<a href="b/c.html#z">')}, ["index.html:4: 'b/c.html#z': b/"]),
        (
            {"index.html": PAGE.format('<img alt="" src="/x.png">')},
            ["index.html:4: '/x.png' begins at"],
        ),
        ({"index.html": PAGE.format('<a href="javascript:x()">')}, ["index.html:4: 'javascript"]),
        (
            {"index.html": PAGE.format('<script src="//x.example/y.js"></script>')},
            ["index.html:4: '//x"],
        ),
        ({"index.html": PAGE.format('<b id="a">')}, ["index.html:3: the id", "index.html:4: the"]),
        ({"feed.xml": "<rss>\n<item>"}, ["feed.xml:2: broken XML"]),
        ({"feed.xml": RSS.format("<guid>1</guid>" * 2)}, ["feed.xml: the entry id '1'"]),
        ({"feed.json": "{"}, ["feed.json:1: broken JSON"]),
        ({"feed.json": '{"items": [{"id": "x"}, {"id": "x"}]}'}, ["feed.json: the entry id 'x'"]),
    ],
)
def test_check(tmp_path: Path, files: dict[str, str], problems: list[str]) -> None:
    """Each problem is said with its file and line, and nothing else is."""
    for name, text in {"b/c.html": PAGE.format(""), **files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = [str(problem) for problem in check(tmp_path)]
    assert len(found) == len(problems), found
    for line, problem in zip(found, problems, strict=True):
        assert line.startswith(f"{tmp_path}/{problem}")


@pytest.mark.parametrize(
    "switched_off",
    ["search: false", "api: false", "offline: false", "markdown: none", "author_papers: 0"],
)
def test_a_site_that_does_without_something_leads_nowhere_else(
    tmp_path: Path, switched_off: str
) -> None:
    """No page links to what the curator does not want."""
    content = sites.new(tmp_path, f"{switched_off}\n", "Routing: [routing]\n")
    sites.add(content, "2025-09-23", sites.numbered("2025-09-23", 6))
    assert [str(problem) for problem in check(sites.site(content))] == []


def test_a_page_that_is_too_heavy_is_a_problem(tmp_path: Path) -> None:
    """100 KB gzipped is where a page is too much to wait for."""
    noise = random.Random(1).randbytes(150_000).hex()  # noqa: S311  # no secret
    (tmp_path / "index.html").write_text(PAGE.format(noise), "utf-8")
    (problem,) = check(tmp_path)
    assert "bytes gzipped" in problem.message
