"""When two papers are the same."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.content.identity import Register, fold
from generator.model import Paper

DAY = dt.date(2025, 9, 23)


def paper(slug: str, title: str, arxiv: str = "", doi: str = "", original: str = "") -> Paper:
    """Return a paper of which only what identifies it is said."""
    kept = {"title": original} if original else {}
    return Paper(slug=slug, title=title, date=DAY, arxiv=arxiv, doi=doi, original=kept)


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
        (paper("a", "Adapt-∞", original="Adapt-infty"), paper("b", "Adapt-infty"), True),
    ],
)
def test_a_paper_is_found_again(known: Paper, comes: Paper, *, same: bool) -> None:
    """By arXiv id, else by DOI, else by folded title; never against two arXiv ids."""
    assert Register([known]).find(comes) == (known if same else None)
