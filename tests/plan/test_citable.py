"""What a page, a list, a feed and an export say of who wrote a paper, when and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.plan import sites
from tests.plan.test_feeds import ids

DAY = "2025-01-02"
SHORT = {"slug": "short", "authors": ["Olle Ahlgren"], "others": True, "published": 2023}


def built(root: Path, *papers: sites.Paper, settings: str = "") -> Path:
    """Return the site of one day with ``papers``."""
    content = sites.new(root, settings)
    sites.add(content, DAY, papers)
    return sites.site(content)


def test_a_list_of_authors_that_is_not_whole_says_so_everywhere(tmp_path: Path) -> None:
    """On the paper's page, in lists, in every feed, and as each export has it."""
    site = built(tmp_path, SHORT)
    assert "Olle Ahlgren</a> et al." in (site / "papers/short.html").read_text("utf-8")
    for path in (f"digests/{DAY}.html", "index.html", "feed.xml", "atom.xml", "feed.json"):
        assert "Olle Ahlgren et al." in (site / path).read_text("utf-8"), path
    day = site / "digests" / DAY
    assert "author = {Ahlgren, Olle and others}" in day.with_suffix(".bib").read_text("utf-8")
    assert "AU  - et al." in day.with_suffix(".ris").read_text("utf-8")
    (item,) = json.loads(day.with_suffix(".json").read_bytes())
    assert item["author"] == [{"family": "Ahlgren", "given": "Olle"}, {"literal": "others"}]


@pytest.mark.parametrize(
    ("published", "words", "parts"),
    [
        (1997, "1997", [1997]),
        ("1997-11", "November 1997", [1997, 11]),
        ("1997-11-03", "3 November 1997", [1997, 11, 3]),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(
    tmp_path: Path, published: object, words: str, parts: list[int]
) -> None:
    """A year stays a year on the page, in feeds and in exports."""
    site = built(tmp_path, {"slug": "dated", "published": published})
    page = (site / "papers/dated.html").read_text("utf-8")
    assert f"published {words}<" in page
    assert f'"datePublished":"{published}"' in page
    for feed in ("feed.xml", "atom.xml", "feed.json"):
        text = (site / feed).read_text("utf-8").replace("&#34;", '"').replace('\\"', '"')
        assert f'<time datetime="{published}"' in text.replace("&lt;", "<").replace("\\u003c", "<")
    (item,) = json.loads((site / "digests" / f"{DAY}.json").read_bytes())
    assert item["issued"] == {"date-parts": [parts]}


def test_the_day_of_a_digest_is_no_year_of_a_paper(tmp_path: Path) -> None:
    """Where nobody knows when it came out, no citation gives a year."""
    site = built(tmp_path, {"slug": "undated", "authors": ["Jane Roe"]})
    page = (site / "papers/undated.html").read_text("utf-8")
    assert "citation_publication_date" not in page
    assert "datePublished" not in page
    for ending in ("bib", "ris", "json"):
        assert DAY[:4] not in (site / "digests" / f"{DAY}.{ending}").read_text("utf-8")


def test_two_sites_share_no_id_and_one_keeps_its_own(tmp_path: Path) -> None:
    """Not with a new title, nor with a new address where the old one is said."""
    first, second, moved, renamed = (
        ids(built(tmp_path / str(number), SHORT, settings=settings))["atom"]
        for number, settings in enumerate(
            [
                "",
                "feed_id: https://another.example/\n",
                "feed_id: https://site.example/path/\n",
                "tagline: Another one\n",
            ]
        )
    )
    assert first != second
    assert first == moved == renamed
