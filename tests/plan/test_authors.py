"""The pages of authors: who has one, under which address, and what stands on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.plan.authorship import key_of, slug_of
from tests.plan import sites


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Søren Ås", "Soren As"),
        ("José García", "Jose  Garcia"),
        ("Lovelace, Ada", "Ada Lovelace"),
        ("王小明", " 王小明 "),
        ("J. von Neumann", "J von Neumann"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    """Accents, signs and the order of first and last name do not make two people."""
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Wei Wang", "Wei Wang 2"), ("王小明", "王小红"), ("王 Wang", "李 Wang"), ("Con", "Index")],
)
def test_other_names_have_other_addresses(one: str, other: str) -> None:
    """And no address is that of a second page, or one that Windows refuses."""
    slugs = [slug_of(key_of(name)) for name in (one, other)]
    assert len(set(slugs)) == 2
    assert not {"index", "con", "wei-wang-2"} & set(slugs)
    assert all(slug.isascii() for slug in slugs)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site in which Ada has five papers, Grace four, and Alan is named by the curator."""
    content = sites.new(tmp_path, "authors: [Alan Turing, Nobody Yet]\n")
    both = sites.numbered("2025-09-22", 4, authors=["Ada Lovelace", "Grace Hopper"])
    sites.add(content, "2025-09-22", both)
    sites.add(
        content,
        "2025-09-23",
        [{"slug": "last", "authors": ["Lovelace, Ada", "Alan Turing", "Ada Lovelace"]}],
    )
    return sites.site(content)


def test_who_has_a_page(site: Path) -> None:
    """Five papers or the curator's word, papers or not."""
    found = {path.stem for path in (site / "authors").glob("*.html")}
    assert found == {"index", "ada-lovelace", "alan-turing", "nobody-yet"}


def test_what_stands_on_it(site: Path) -> None:
    """Papers newest first, each once; co-authors, with their pages where they have one."""
    text = (site / "authors/ada-lovelace.html").read_text("utf-8")
    assert "<h1>Ada Lovelace</h1>" in text
    assert text.index("papers/last.html") < text.index("papers/paper-2025-09-22-1.html")
    assert text.count("papers/last.html") == 1
    assert '<a href="../authors/alan-turing.html">Alan Turing</a> <span>1</span>' in text
    assert "<li>Grace Hopper <span>4</span>" in text


def test_names_on_a_paper_lead_there(site: Path) -> None:
    """To the page of whoever has one, whatever the spelling; to a search for the others."""
    last = (site / "papers/last.html").read_text("utf-8")
    assert '<a href="../authors/ada-lovelace.html">Lovelace, Ada</a>' in last
    first = (site / "papers/paper-2025-09-22-1.html").read_text("utf-8")
    assert '<a href="../search.html?author=Grace+Hopper">Grace Hopper</a>' in first


def test_a_fifth_paper_gives_the_older_ones_their_links(tmp_path: Path) -> None:
    """A build from the cache makes the same site as a clean one."""
    content = sites.new(tmp_path)
    sites.add(content, "2025-09-22", sites.numbered("2025-09-22", 4, authors=["Ada Lovelace"]))
    site = sites.site(content)
    assert not (site / "authors/ada-lovelace.html").exists()
    sites.add(content, "2025-09-23", [{"slug": "fifth", "authors": ["Ada Lovelace"]}])
    sites.site(content)
    assert "authors/ada-lovelace.html" in (site / "papers/paper-2025-09-22-1.html").read_text()


@pytest.mark.parametrize(("least", "pages"), [(0, 0), (1, 2), (2, 1)])
def test_how_many_papers_it_takes(tmp_path: Path, least: int, pages: int) -> None:
    """``author_papers`` says it; 0 is nobody."""
    content = sites.new(tmp_path, f"author_papers: {least}\n")
    sites.add(content, "2025-09-22", [{"slug": "a", "authors": ["Ada", "Grace"]}])
    sites.add(content, "2025-09-23", [{"slug": "b", "authors": ["Ada"]}])
    assert len(list((sites.site(content) / "authors").glob("*.html"))) == 1 + pages
