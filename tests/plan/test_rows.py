"""Lists: what a paper links to, where its beginning is cut."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from generator.model import Paper
from generator.plan import rows

DAY = date(2025, 9, 23)


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
    assert dict(rows.links_of(paper)) == links


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
    assert rows.lead_of(Paper(slug="a", title="A", date=DAY, abstract=abstract)) == lead
