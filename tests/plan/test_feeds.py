"""The feeds: valid, the same ids and dates whatever happens, and no paper missed or told twice."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest

from tests.plan import sites

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ODD = {
    "slug": "odd",
    "title": "Odd <b> & $x^2$ “quotes”",
    "abstract": "If $a < b$ then a<b & *more*.\n\nA second paragraph.",
    "authors": ["Søren Ås", "O'Neill & Sons"],
    "arxiv": "2509.00001",
}
TEXT = "If 𝑎<𝑏 then a<b & more.\n\nA second paragraph."
KINDS = ["", "digests/", "topics/routing/", "authors/ada-lovelace/", "searches/all/"]
SEARCH = "All:\n  topics: [-proteins]\n"
TOPICS = "Routing: [routing]\nProteins: [protein]\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a site of three days, the last one without papers."""
    content = sites.new(tmp_path, "authors: [Ada Lovelace]\n", TOPICS, SEARCH)
    sites.add(content, "2025-03-08", sites.numbered("2025-03-08", 3, authors=["Ada Lovelace"]))
    sites.add(content, "2025-03-10", [ODD, *sites.numbered("2025-03-10", 2)])
    sites.add(content, "2025-03-11", [])
    return content


def xml(path: Path) -> ET.Element:
    """Return the root of an XML file."""
    return ET.parse(path).getroot()  # noqa: S314  # a file of our own making


def ids(site: Path, folder: str = "") -> dict[str, list[tuple[str, str]]]:
    """Return the id and the date of each entry of the three feeds in ``folder``."""
    rss = xml(site / folder / "feed.xml")
    atom = xml(site / folder / "atom.xml")
    feed = json.loads((site / folder / "feed.json").read_bytes())
    return {
        "rss": [
            (
                item.findtext("guid", ""),
                parsedate_to_datetime(item.findtext("pubDate", "")).isoformat(),
            )
            for item in rss.iter("item")
        ],
        "atom": [
            (entry.findtext(f"{ATOM}id", ""), entry.findtext(f"{ATOM}published", ""))
            for entry in atom.iter(f"{ATOM}entry")
        ],
        "json": [(item["id"], item["date_published"]) for item in feed["items"]],
    }


@pytest.mark.parametrize("folder", KINDS)
@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_every_feed_is_well_formed_and_names_itself(content: Path, folder: str, name: str) -> None:
    """Feedparser finds nothing to mend, and the link to itself is where it stands."""
    found = feedparser.parse((sites.site(content) / folder / name).read_bytes())
    assert not found.bozo
    assert found.version == {"feed.xml": "rss20", "atom.xml": "atom10"}[name]
    links = {link.rel: link.href for link in found.feed.links}
    assert links["self"] == f"https://site.example/path/{folder}{name}"
    assert found.feed.title.startswith("Gazette")


@pytest.mark.parametrize("folder", KINDS)
def test_the_three_formats_say_the_same(content: Path, folder: str) -> None:
    """The same entries in the same order, of the same days."""
    found = ids(sites.site(content), folder)
    assert found["rss"] == found["atom"] == found["json"]
    assert len({each for each, _ in found["rss"]}) == len(found["rss"])


def test_a_day_begins_where_the_site_is(content: Path) -> None:
    """Midnight in New York, before and after the clocks change."""
    days = [when for _, when in ids(sites.site(content))["atom"]]
    assert sorted(set(days)) == ["2025-03-08T00:00:00-05:00", "2025-03-10T00:00:00-04:00"]


def test_an_abstract_is_whole_as_html_with_mathml_and_as_text(content: Path) -> None:
    """In each format both; in RSS the text is HTML, as its rules have it."""
    site = sites.site(content)
    rss = xml(site / "feed.xml").find("channel/item")
    atom = xml(site / "atom.xml").find(f"{ATOM}entry")
    feed = json.loads((site / "feed.json").read_bytes())["items"][0]
    assert rss is not None
    assert atom is not None
    for html in (rss.findtext(CONTENT), atom.findtext(f"{ATOM}content"), feed["content_html"]):
        assert html
        assert "<math" in html
        assert "a&lt;b &amp; <em>more</em>" in html
        assert "A second paragraph." in html
    texts = {atom.findtext(f"{ATOM}summary"), feed["content_text"]}
    assert len(texts) == 1
    (text,) = texts
    assert text
    assert text.endswith(" then a<b & more.\n\nA second paragraph.")
    assert rss.findtext("description") == text.replace("&", "&amp;").replace("<", "&lt;")
    assert rss.findtext("title") == "Odd <b> & 𝑥² “quotes”".replace("𝑥", feed["title"][10])


def test_one_entry_a_digest(content: Path) -> None:
    """Newest first, the empty day as well; its papers are linked by whole addresses."""
    feed = json.loads((sites.site(content) / "digests/feed.json").read_bytes())
    assert [item["url"].rpartition("/")[2] for item in feed["items"]] == [
        f"2025-03-{day}.html" for day in ("11", "10", "08")
    ]
    assert 'href="https://site.example/path/papers/odd.html"' in feed["items"][1]["content_html"]


def test_the_feed_of_digests_stays_small_where_days_are_long(tmp_path: Path) -> None:
    """The newest digests, as long as they name no more than a thousand papers in all."""
    content = sites.new(tmp_path)
    for day, papers in (("2025-03-07", 1), ("2025-03-10", 601), ("2025-03-11", 399)):
        sites.add(content, day, sites.numbered(day, papers))
    assert len(ids(sites.site(content), "digests/")["atom"]) == 2


def test_the_feed_of_an_author_reaches_back_a_week(tmp_path: Path) -> None:
    """From the newest paper, which is there whatever its age; five at most, but a day whole."""
    content = sites.new(tmp_path, "authors: [Ada Lovelace]\n")
    for day, papers in (("2025-03-03", 1), ("2025-03-10", 1)):
        sites.add(content, day, sites.numbered(day, papers, authors=["Ada Lovelace"]))
    assert len(ids(sites.site(content), "authors/ada-lovelace/")["rss"]) == 2
    sites.add(content, "2025-03-11", sites.numbered("2025-03-11", 1, authors=["Ada Lovelace"]))
    assert len(ids(sites.site(content), "authors/ada-lovelace/")["rss"]) == 2
    sites.add(content, "2025-03-12", sites.numbered("2025-03-12", 4, authors=["Ada Lovelace"]))
    assert len(ids(sites.site(content), "authors/ada-lovelace/")["rss"]) == 5
    sites.add(content, "2025-03-13", sites.numbered("2025-03-13", 7, authors=["Ada Lovelace"]))
    assert len(ids(sites.site(content), "authors/ada-lovelace/")["rss"]) == 7
    sites.add(content, "2025-06-02", sites.numbered("2025-06-02", 1, authors=["Ada Lovelace"]))
    assert len(ids(sites.site(content), "authors/ada-lovelace/")["rss"]) == 1


def test_nothing_but_a_new_day_changes_ids_and_dates(content: Path) -> None:
    """Built again, edited, its file moved: the same entry."""
    before = {folder: ids(sites.site(content), folder) for folder in KINDS}
    path = content / "papers/2025-03/odd.md"
    path.write_text(path.read_text("utf-8").replace("quotes", "other quotes"), encoding="utf-8")
    path.rename(content / "papers/odd.md")
    assert {folder: ids(sites.site(content), folder) for folder in KINDS} == before


@pytest.mark.parametrize("count", [1, 60, 130])
def test_a_reader_sees_exactly_the_new_papers(content: Path, count: int) -> None:
    """However many a day brings: more than a feed carries, too."""
    old = ids(sites.site(content))["rss"]
    topic = ids(sites.site(content), "topics/routing")["rss"]
    added = sites.numbered("2025-03-12", count, abstract="A routing of its own.")
    sites.add(content, "2025-03-12", [*added, {"slug": "paper-2025-03-08-1", "date": "2025-03-08"}])
    site = sites.site(content)
    new = [each for each, _ in ids(site)["rss"] if each not in {known for known, _ in old}]
    assert len(new) == count
    assert len(ids(site, "topics/routing")["rss"]) == len(topic) + count
    kept = [each for each in ids(site)["rss"] if each in old]
    assert kept == old[: len(kept)]


def test_the_outline_has_every_feed(content: Path) -> None:
    """OPML: each feed of the site once, its file there."""
    site = sites.site(content)
    outlines = list(xml(site / "feeds.opml").iter("outline"))
    named = {each.attrib["xmlUrl"].removeprefix("https://site.example/path/") for each in outlines}
    made = {path.relative_to(site).as_posix() for path in site.rglob("feed.xml")}
    assert named == made
    assert all(each.attrib["type"] == "rss" and each.attrib["text"] for each in outlines)


def test_a_hub_is_named_where_there_is_one(content: Path) -> None:
    """WebSub's link, in each format."""
    with (content / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("websub: https://hub.example/\n")
    site = sites.site(content)
    for name in ("feed.xml", "atom.xml"):
        links = feedparser.parse((site / name).read_bytes()).feed.links
        assert [link.href for link in links if link.rel == "hub"] == ["https://hub.example/"]
    hubs = json.loads((site / "feed.json").read_bytes())["hubs"]
    assert hubs == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_a_site_without_papers_has_valid_feeds(tmp_path: Path) -> None:
    """No entry, and nothing else to object to."""
    site = sites.site(sites.new(tmp_path))
    for folder in ("", "digests/"):
        assert ids(site, folder) == {"rss": [], "atom": [], "json": []}
        atom = xml(site / folder / "atom.xml")
        assert dt.datetime.fromisoformat(atom.findtext(f"{ATOM}updated", ""))
