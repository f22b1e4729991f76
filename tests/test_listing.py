"""Lists: what a paper links to, where its beginning is cut, how a long list is parted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import listing
from generator.listing import Place
from generator.model import Paper

DAY = date(2025, 9, 23)


def row(number: int) -> Place:
    """Return a place that its ``number`` tells from others."""
    return Place(f"paper-{number}", DAY, 0)


@pytest.mark.parametrize(
    ("paper", "links"),
    [
        (Paper(slug="a", title="A", date=DAY), {}),
        (
            Paper(slug="a", title="A", date=DAY, arxiv="2503.02130", source="arxiv"),
            {
                "arxiv": "https://arxiv.org/abs/2503.02130",
                "pdf": "https://arxiv.org/pdf/2503.02130",
            },
        ),
        (
            Paper(slug="a", title="A", date=DAY, doi='10.1/a"b<c> d?e#f'),
            {"doi": "https://doi.org/10.1/a%22b%3Cc%3E%20d%3Fe%23f"},
        ),
        (
            Paper(slug="a", title="A", date=DAY, links={"code": "HTTPS://x.org/y", "data": "y"}),
            {"code": "HTTPS://x.org/y"},
        ),
        (Paper(slug="a", title="A", date=DAY, links={"code": "javascript:alert(1)"}), {}),
    ],
)
def test_what_a_paper_links_to(paper: Paper, links: Mapping[str, str]) -> None:
    """Ids become addresses, and only the addresses of the web are links."""
    assert dict(listing.links_of(paper)) == links


@pytest.mark.parametrize(
    ("abstract", "lead"),
    [
        ("Short.", "Short."),
        ("word " * 60, "word " * 47 + "word …"),
        ("x" * 300, "x" * 240 + " …"),
        ("word " * 40 + "$a" + " + b" * 20 + "$ end", "word " * 39 + "word …"),
        ("It costs $5 " + "word " * 60, "It costs $5 " + "word " * 45 + "…"),
        ("", ""),
    ],
)
def test_the_beginning_of_an_abstract(abstract: str, lead: str) -> None:
    """It ends with a word, and before a formula rather than inside of it; money is no formula."""
    assert listing.lead_of(Paper(slug="a", title="A", date=DAY, abstract=abstract)) == lead


@given(st.integers(0, 60), st.integers(1, 20))
def test_parts_of_a_list_hold_it_whole(count: int, size: int) -> None:
    """Every item once and in order, no part too long, each linked with its neighbours."""
    items = [row(number) for number in range(count)]
    parts = list(listing.parts(items, "topics/a.html", size))
    assert [found for part in parts for found in part.items] == items
    assert all(len(part.items) <= size for part in parts)
    assert parts[0].path == "topics/a.html"
    assert [part.newer for part in parts] == ["", *(part.path for part in parts[:-1])]
    assert [part.older for part in parts] == [*(part.path for part in parts[1:]), ""]


@given(st.integers(0, 60), st.integers(1, 20))
def test_a_new_paper_changes_two_parts_at_most(count: int, size: int) -> None:
    """What stands at an older address stays there: only its link to what is newer may change."""
    items = [row(number) for number in range(count + 1)]
    before = {part.path: part.items for part in listing.parts(items[1:], "a.html", size)}
    after = {part.path: part.items for part in listing.parts(items, "a.html", size)}
    assert sum(before.get(path) != found for path, found in after.items()) <= 2
    assert before.keys() <= after.keys()
