"""The digest of 23 September 2025, from the copied page to the site that readers open.

What has to be there is counted from the copied page itself, by its form: six header lines, then
a title and an abstract in turn, a blank line between any two.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest

from generator.pipeline.build import ROOT
from tests.building import built, seeded
from tests.trees import tree

LINES = [
    line
    for line in (ROOT / "tests/data/daily-papers-sep-23.txt").read_text("utf-8").splitlines()
    if line
][6:]
TITLES, ABSTRACTS = LINES[::2], LINES[1::2]
# What the page wrote in TeX, and a reader reads.
TITLES = [title.replace(" -- ", " – ").replace("Adapt-infty", "Adapt-∞") for title in TITLES]
TAG = re.compile(r"<[^>]*>")
# Words in which TeX left something: they are looked at in tests/tex/.
DAMAGED = re.compile(r"\\|_|\^|mathcal|Phi|Psi|circ|infty|sim0|``|''|--|\{|\}|~|\bgg\b|^-$")


def text_of(page: Path) -> str:
    """Return what a reader sees of ``page``, one blank between words."""
    body = page.read_text("utf-8").partition("<body")[2]
    return " ".join(html.unescape(TAG.sub(" ", body)).split())


def squeezed(text: str) -> str:
    """Return ``text`` without blanks: tags within words then leave no trace."""
    return "".join(text.split())


def test_every_paper_has_its_page(site: Path) -> None:
    """73 papers, 73 pages."""
    assert len(TITLES) == len(ABSTRACTS) == 73
    assert len(list((site / "papers").glob("*.html"))) == 73


def test_the_front_page_has_every_title_in_order(site: Path) -> None:
    """The front page is the digest: every title, in the order of the page it was copied from."""
    text = squeezed(text_of(site / "index.html"))
    places = [text.find(squeezed(title)) for title in TITLES]
    assert -1 not in places
    assert places == sorted(places)


@pytest.fixture(scope="module")
def papers(site: Path) -> dict[str, str]:
    """Return the text of each paper's page, without blanks, by the heading of the page."""
    found: dict[str, str] = {}
    for path in (site / "papers").glob("*.html"):
        (heading,) = re.findall(r"<h1>(.*?)</h1>", path.read_text("utf-8"))
        found[squeezed(html.unescape(TAG.sub("", heading)))] = squeezed(text_of(path))
    return found


@pytest.mark.parametrize("number", range(73))
def test_the_whole_abstract_is_on_the_papers_page(papers: dict[str, str], number: int) -> None:
    """Every word of the abstract, in its order."""
    page = papers[squeezed(TITLES[number])]
    at = 0
    for word in ABSTRACTS[number].split():
        if not DAMAGED.search(word):
            at = page.find(word, at)
            assert at >= 0, word


def entries(site: Path) -> list[list[dict[str, Any]]]:
    """Return the entries of the three feeds, with the names that feedparser gives them."""
    rss = feedparser.parse((site / "feed.xml").read_bytes())
    atom = feedparser.parse((site / "atom.xml").read_bytes())
    assert not rss.bozo
    assert not atom.bozo
    feed = json.loads((site / "feed.json").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    return [rss.entries, atom.entries, feed["items"]]


def test_the_three_feeds_have_every_paper(site: Path) -> None:
    """73 items each, the same ids in the same order, with dates and absolute links."""
    rss, atom, items = entries(site)
    assert [len(rss), len(atom), len(items)] == [73, 73, 73]
    ids = [entry["id"] for entry in rss]
    assert ids == [entry["id"] for entry in atom] == [item["id"] for item in items]
    assert len(set(ids)) == 73
    for entry in [*rss, *atom]:
        assert entry["link"].startswith("http")
        assert entry["published_parsed"].tm_year == 2025
        assert entry["content"][0]["value"]
    for item in items:
        assert item["url"].startswith("http")
        assert item["date_published"].startswith("2025-09-23T")
        assert item["content_html"]


def test_every_page_names_the_feeds(site: Path) -> None:
    """A reader's program finds the feed from wherever the reader is, but for a single paper."""
    for page in set(site.rglob("*.html")) - set(site.glob("papers/*")):
        head = page.read_text("utf-8").partition("</head>")[0]
        assert 'type="application/rss+xml"' in head, page
    for path in ("index.html", "topics/reasoning.html"):
        head = (site / path).read_text("utf-8").partition("</head>")[0]
        assert 'type="application/atom+xml"' in head
        assert 'type="application/feed+json"' in head


def test_an_edited_title_keeps_its_id(tmp_path: Path, site: Path) -> None:
    """Who has read a paper does not get it again because a typo was mended."""
    content = seeded(tmp_path / "content")
    (paper,) = content.rglob("pointer-networks.md")
    text = paper.read_text("utf-8")
    paper.write_text(text.replace("title: Pointer Networks", "title: Pointers"), "utf-8")
    output = tmp_path / "site"
    built(content, output)
    before, after = entries(site)[0], entries(output)[0]
    assert [entry["id"] for entry in before] == [entry["id"] for entry in after]
    assert "Pointers" in [entry["title"] for entry in after]


def test_two_builds_are_equal_byte_for_byte(tmp_path: Path, site: Path) -> None:
    """Nothing of the time, the place or the machine gets into the site."""
    output = tmp_path / "another" / "place"
    built(seeded(tmp_path / "content"), output)
    assert tree(output) == tree(site)
