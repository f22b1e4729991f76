"""The head of a paper's page, read as Zotero and as a JSON-LD reader do."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from extruct.jsonld import JsonLdExtractor
from hypothesis import given
from markupsafe import escape

from generator.citation import Citation, highwire, json_ld, script
from tests.citation.examples import HOSTILE, NAMES, WITH_EVERYTHING, citation, seed


def head(one: Citation) -> str:
    """Return the page's head as a template writes it."""
    metas = "".join(
        f'<meta name="{name}" content="{escape(content)}">'
        for name, content in (("citation_title", one.title), *highwire(one))
    )
    ld = script(json_ld(one))
    return f'<head>{metas}<script type="application/ld+json">{ld}</script></head>'


class Metas(HTMLParser):
    """The meta tags of a page, and what stands outside of every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.pairs: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, and name and content of a meta."""
        self.tags.append(tag)
        values = dict(attrs)
        if tag == "meta":
            self.pairs.append((values["name"] or "", values["content"] or ""))

    def all(self, name: str) -> list[str]:
        """Return the contents of all metas of one name."""
        return [content for own, content in self.pairs if own == name]


def zotero_authors(contents: list[str]) -> list[tuple[str, str]]:
    """Return (last, first) as the Embedded Metadata translator reads citation_author tags.

    It cuts at semicolons; where there is none, it takes a comma for one between two people if
    a space stands on either side of it; then "Last, First" is inverted.
    """
    people: list[tuple[str, str]] = []
    for content in contents:
        parts = re.split(r"\s*;\s*", content)
        by_comma = re.split(r"\s*,\s*", parts[0])
        if len(parts) == 1 and len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]:
            parts = by_comma
        for part in parts:
            last, _, first = part.partition(",")
            people.append((" ".join(last.split()), first.strip()))
    return people


def test_zotero_reads_the_right_item() -> None:
    """Title, people, date, identifiers and PDF are found under the names it looks for."""
    metas = Metas(head(WITH_EVERYTHING))
    assert metas.all("citation_title") == [WITH_EVERYTHING.title]
    assert zotero_authors(metas.all("citation_author")) == [
        ("van der Maaten", "Laurens J."),
        ("王小明", ""),
        ("Qwen Team", ""),
        ("Kierkegaard", "Søren"),
    ]
    assert metas.all("citation_publication_date") == ["2025/09/05"]
    assert metas.all("citation_arxiv_id") == ["2509.12345"]
    assert metas.all("citation_doi") == ["10.1000/a_b(c)<1>"]
    assert metas.all("citation_pdf_url") == ["https://arxiv.org/pdf/2509.12345"]
    assert metas.all("citation_journal_title") == ["Phys. Rev. D 68: a_b & more"]


@pytest.mark.parametrize(
    "name",
    ["Laurens J. van der Maaten", "Luís M. de la Cruz Pérez", "King, Martin Luther, Jr.", "A; B C"],
)
def test_zotero_takes_no_author_for_two(name: str) -> None:
    """A family name of several words, a suffix, a semicolon: still one person."""
    metas = Metas(head(citation(authors=(name,))))
    assert len(zotero_authors(metas.all("citation_author"))) == 1


def test_a_json_ld_reader_reads_the_right_item() -> None:
    """One ScholarlyArticle under schema.org's own names."""
    (item,) = JsonLdExtractor().extract(head(WITH_EVERYTHING))
    assert item["@context"] == "https://schema.org"
    assert item["@type"] == "ScholarlyArticle"
    assert item["headline"] == WITH_EVERYTHING.title
    assert [person["name"] for person in item["author"]] == [
        "Laurens J. van der Maaten",
        "王小明",
        "Qwen Team",
        "Søren Kierkegaard",
    ]
    assert item["datePublished"] == "2025-09-05"
    assert item["url"] == "https://arxiv.org/abs/2509.12345"
    assert item["sameAs"] == "https://doi.org/10.1000/a_b(c)%3C1%3E"
    assert item["isPartOf"]["name"] == "Phys. Rev. D 68: a_b & more"


def test_all_titles_of_the_seed_come_back() -> None:
    """Both readers find the title of each of the 73 papers."""
    for one in seed():
        assert Metas(head(one)).all("citation_title") == [one.title]
        assert JsonLdExtractor().extract(head(one))[0]["headline"] == one.title


@given(title=HOSTILE, journal=HOSTILE, names=NAMES)
def test_no_text_leaves_the_head(title: str, journal: str, names: tuple[str, ...]) -> None:
    """Whatever a paper says, no element is opened or closed by it."""
    one = citation(title=title, journal=journal, authors=names)
    html = head(one)
    assert set(Metas(html).tags) == {"head", "meta", "script"}
    assert html.count("<script") == html.count("</script") == 1
    assert "<!--" not in html
    (item,) = JsonLdExtractor().extract(html)
    assert item.get("headline", "") == one.title
    assert item.get("isPartOf", {}).get("name", "") == one.venue
