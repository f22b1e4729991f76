"""What is read of a paper, and the keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.citation import unique
from generator.citation.record import UNPRINTABLE, plain
from tests.citation.examples import HOSTILE, citation, seed


@pytest.mark.parametrize(
    ("given", "issued"),
    [
        ({"published": "2024-02-29", "arxiv": "2402.00001"}, (2024, 2, 29)),
        ({"arxiv": "2402.00001"}, (2024, 2)),
        ({"arxiv": "hep-ex/0307015"}, (2003, 7)),
        ({"arxiv": "math.AG/9912001"}, (1999, 12)),
        ({"published": "1997"}, (1997,)),
        ({"published": "1997-11", "arxiv": "2402.00001"}, (1997, 11)),
        ({}, ()),
    ],
)
def test_when_a_paper_came_out(given: dict[str, object], issued: tuple[int, ...]) -> None:
    """Its own date counts, else its arXiv month; the day of a digest is no year of a paper."""
    assert citation(**given).issued == issued


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"authors": ("Ashish Vaswani",), "title": "Attention is All"}, "vaswaniattention"),
        (
            {"authors": ("Ashish Vaswani",), "title": "Attention", "published": "2017"},
            "vaswani2017attention",
        ),
        ({"authors": ("Søren van Ås",), "title": "On the Sum"}, "vanassum"),
        ({"authors": ("王小明",), "title": "Deep Sums"}, "deepsums"),
        ({"title": "The Pointer Networks"}, "pointernetworks"),
        ({"title": "大模型"}, "paper"),
    ],
)
def test_key_of_a_paper(given: dict[str, object], key: str) -> None:
    """Author, year and a word that says something, in letters that every TeX program takes."""
    assert citation(**given).key == key


def test_keys_are_unique_in_an_export_and_stable() -> None:
    """The first keeps the key it has alone; the next is told apart by its title, then a number."""
    alike = [
        citation(authors=("A Li",), title=title, published="2025")
        for title in ("Deep Sums", "Deep Products", "Deep Sums", "Deep", "大模型", "大模型")
    ]
    keys = [one.key for one in unique(alike)]
    assert keys == [
        "li2025deep",
        "li2025deepproducts",
        "li2025deepsums",
        "li2025deep-2",
        "li2025",
        "li2025-2",
    ]


@given(st.lists(HOSTILE, max_size=8))
def test_keys_are_always_unique_and_plain(titles: list[str]) -> None:
    """No set of titles brings two equal keys, or one that a parser could stumble over."""
    keys = [one.key for one in unique(citation(title=title) for title in titles)]
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() and key.replace("-", "").isalnum() for key in keys)


def test_the_seed_has_unique_keys() -> None:
    """The 73 papers of the first digest can stand in one file."""
    assert len({one.key for one in unique(seed())}) == 73


@given(HOSTILE)
def test_plain_text_is_one_printable_line(text: str) -> None:
    """The fast way for printable text gives what the rule gives."""
    assert plain(text) == UNPRINTABLE.sub(" ", text).strip()


@pytest.mark.parametrize(
    ("given", "url", "pdf"),
    [
        ({"arxiv": "2509.1"}, "https://arxiv.org/abs/2509.1", "https://arxiv.org/pdf/2509.1"),
        ({"doi": "10.1/x y"}, "https://doi.org/10.1/x%20y", ""),
        ({"links": {"code": "https://a.example/{x}"}}, "https://a.example/%7Bx%7D", ""),
        ({"links": {"pdf": "javascript:alert(1)"}}, "https://papers.example/papers/x.html", ""),
        ({"links": {"pdf": "http://a.example/é.pdf"}},) + ("http://a.example/%C3%A9.pdf",) * 2,
    ],
)
def test_addresses(given: dict[str, object], url: str, pdf: str) -> None:
    """The work's own address before this site's; nothing but the web's, and nothing unencoded."""
    assert (citation(**given).url, citation(**given).pdf) == (url, pdf)


@pytest.mark.parametrize(
    ("given", "primary"),
    [
        ({"arxiv": "2509.12345", "topics": ("Robots", "cs.RO", "cs.AI")}, "cs.RO"),
        ({"arxiv": "2509.12345", "topics": ("quant-ph",)}, "quant-ph"),
        ({"arxiv": "hep-ex/0307015", "topics": ("cs.AI",)}, "hep-ex"),
        ({"arxiv": "2509.12345", "topics": ("robots",)}, ""),
        ({"topics": ("cs.AI",)}, ""),
    ],
)
def test_primary_category(given: dict[str, object], primary: str) -> None:
    """The first topic that is an arXiv category, of a paper that is on arXiv."""
    assert citation(**given).primary == primary
