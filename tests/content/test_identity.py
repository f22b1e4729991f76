"""When two papers are the same."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content.identity import Register, fold
from generator.model import Paper
from tests import properties

DAY = dt.date(2025, 9, 23)


def paper(slug: str, title: str, original: str = "", **given: Any) -> Paper:  # noqa: ANN401  # fields
    """Return a paper of which only what identifies it is said."""
    kept = {"title": original} if original else {}
    return Paper(slug=slug, title=title, date=DAY, original=kept, **given)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pointer Networks", "pointer  networks."),
        ("TÜLU 3: Pushing", r"T\"ULU 3: Pushing"),
        ("Mixture-of-Experts", "Mixture of Experts"),
        ("大模型", "大 模型"),
        ("ﬁne-tuning", "fine-tuning"),
    ],
)
def test_titles_fold_to_what_a_reader_compares(one: str, other: str) -> None:
    """Case, accents, blanks and signs do not make another title; letters of any script do."""
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("known", "comes", "same"),
    [
        (paper("a", "A", arxiv="2503.02130"), paper("b", "B", arxiv="2503.02130"), True),
        (paper("a", "A", arxiv="2503.02130"), paper("a", "A", arxiv="2503.02131"), False),
        (paper("a", "A"), paper("b", "a!", arxiv="2503.02131"), True),
        (paper("a", "A", doi="10.1/X"), paper("b", "B", doi="10.1/x"), True),
        (paper("a", "A"), paper("b", "B"), False),
        (paper("a", "A", doi="10.1/x"), paper("b", "A", doi="10.1/y"), False),
        (paper("a", "A", arxiv="2503.02130"), paper("b", "A", doi="10.1/y"), True),
        (
            paper("a", "A", doi="10.48550/arXiv.2503.02130"),
            paper("b", "A", doi="10.1/y"),
            True,
        ),
        (
            paper("a", "A", arxiv="2503.02130", doi="10.48550/arXiv.2503.02130"),
            paper("b", "B", arxiv="2503.02130", doi="10.1/y"),
            True,
        ),
        (paper("a", "A", published="1997"), paper("b", "A", published="1997-11"), True),
        (paper("a", "A", published="1997"), paper("b", "A", published="1998"), False),
        (paper("a", "A", published="2025-03-03"), paper("b", "A", arxiv="2503.02130"), True),
        (paper("a", "A", published="1991"), paper("b", "A", arxiv="hep-th/9108001"), True),
        (paper("a", "A", published="1999"), paper("b", "A", arxiv="math/9912001"), True),
        (paper("a", "A", published="2000"), paper("b", "A", arxiv="math/0001001"), True),
        (paper("a", "A", published="1992"), paper("b", "A", arxiv="hep-th/9108001"), False),
        (paper("a", "A", published="2001"), paper("b", "A", arxiv="math/0001001"), False),
        (paper("a", "A", published="2090"), paper("b", "A", arxiv="9001.00001"), True),
        (paper("a", "A", arxiv="2503.02131"), paper("b", "A", arxiv="2503.02130"), False),
        (paper("a", "A", arxiv="2503.02130"), paper("b", "A", arxiv="2503.02131"), False),
        (paper("a", "A", authors=("Jr.",)), paper("b", "A", authors=("III",)), False),
        (
            paper("a", "A", published="1997", authors=("Jane Roe",)),
            paper("b", "A", published="1998", authors=("J. Roe", "K. Poe")),
            True,
        ),
        (
            paper("a", "A", published="1997", authors=("Jane Roe",)),
            paper("b", "A", published="1998", authors=("K. Poe",)),
            False,
        ),
        (
            paper("a", "A", published="1997", authors=("Jane Roe",)),
            paper("b", "A", published="1997", authors=("K. Poe",)),
            True,
        ),
        (paper("a", "A", authors=("Jane Roe",)), paper("b", "A", authors=("K. Poe",)), False),
        (paper("a", "A", authors=("Jane Roe Jr.",)), paper("b", "A", authors=("J. Roe",)), True),
        (paper("a", "A", authors=("Jane Roe",)), paper("b", "A", published="1997"), True),
        (paper("a", "Adapt-∞", original="Adapt-infty"), paper("b", "Adapt-infty"), True),
    ],
)
def test_a_paper_is_found_again(known: Paper, comes: Paper, *, same: bool) -> None:
    """By arXiv id, else DOI, else title with year or first author; never against two ids."""
    assert Register([known]).find(comes) == (known if same else None)


def test_of_several_papers_of_one_title_the_right_one_is_found() -> None:
    """Every journal has a preface: the one of that year, and not the first one that is known."""
    prefaces = [paper(f"p{year}", "Preface", published=year) for year in ("1997", "1998", "1999")]
    register = Register(prefaces)
    assert [register.find(one) for one in prefaces] == prefaces
    assert register.find(paper("x", "Preface", published="2000")) is None


NAMES = ("", "Jane Roe", "K. Poe", "L. Low")
PAPERS = st.builds(
    lambda arxiv, doi, published, name: paper(
        "", "A", arxiv=arxiv, doi=doi, published=published, authors=(name,) if name else ()
    ),
    st.sampled_from(["", "", "9703.00001", "9803.00001", "9803.00002"]),
    st.sampled_from(["", "", "10.1/x", "10.1/y", "10.48550/arXiv.9703.00001"]),
    st.sampled_from(["", "1997", "1998", "1999"]),
    st.sampled_from(NAMES),
)


@given(st.lists(PAPERS, min_size=20, max_size=40), st.lists(PAPERS, min_size=1, max_size=20))
@settings(max_examples=properties.count(30))
def test_among_many_of_one_title_the_same_is_found_as_one_by_one(
    known: list[Paper], comes: list[Paper]
) -> None:
    """Whatever it is that tells them apart, and whether it is known."""
    register = Register(replace(one, slug=f"s{number}") for number, one in enumerate(known))
    for one in comes:
        found = register.find(one)
        alone = [other for other in known if Register([replace(other, slug="x")]).find(one)]
        assert (found is not None) == bool(alone)
        if found and not (one.arxiv or one.doi):
            assert replace(found, slug="") == alone[0]


def test_of_many_that_may_be_the_same_the_first_is_found() -> None:
    """As of a few."""
    known = [paper("z", "A", published="1997"), *(paper(f"a{number}", "A") for number in range(20))]
    assert Register(known).find(paper("x", "A")) == known[0]


@pytest.mark.parametrize("field", ["authors", "doi", "arxiv"])
def test_many_of_one_title_take_no_time(field: str) -> None:
    """A list of the same title again and again, each by somebody else, under an id of its own."""
    before = time.process_time()
    register = Register()
    for number in range(10_000):
        told: Any = (f"name{number}",) if field == "authors" else f"10.1/{number}"
        one = paper(f"s{number}", "Preface", **{field: told})
        assert register.find(one) is None
        register.put(one)
    assert time.process_time() - before < 4
