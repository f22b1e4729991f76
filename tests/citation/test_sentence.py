"""The citation as a sentence."""

from __future__ import annotations

import pytest

from generator.citation import sentence
from tests.citation.examples import citation


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (
            {"title": "Pointer Networks", "authors": ("Oriol Vinyals",), "arxiv": "1506.03134"},
            "Oriol Vinyals (2015). Pointer Networks. arXiv:1506.03134. https://arxiv.org/abs/1506.03134",
        ),
        (
            {"title": "Why?", "authors": ("A Bee", "C Dee", "E Eff"), "doi": "10.1/x"},
            "A Bee, C Dee and E Eff. Why? https://doi.org/10.1/x",
        ),
        (
            {"title": "Many", "authors": tuple(f"A B{n}" for n in range(9)), "journal": "J 1"},
            "A B0 et al. Many. J 1. https://papers.example/papers/x.html",
        ),
        (
            {
                "title": "Some",
                "authors": ("A Bee", "C Dee"),
                "others": True,
                "published": "1997-11",
            },
            "A Bee, C Dee et al. (1997). Some. https://papers.example/papers/x.html",
        ),
        (
            {
                "title": "Parts",
                "venue": "J. Ex.",
                "volume": "12",
                "number": "3",
                "pages": "1–2",
                "doi": "10.1/x",
            },
            "Parts. J. Ex. 12(3), pp. 1–2. https://doi.org/10.1/x",
        ),
        ({"title": "Alone"}, "Alone. https://papers.example/papers/x.html"),
    ],
)
def test_sentence(given: dict[str, object], text: str) -> None:
    """Only what is known is said."""
    assert sentence(citation(**given)) == text
