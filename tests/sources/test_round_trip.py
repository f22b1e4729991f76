"""What we write for reference managers, we read: every fact comes back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable

import pytest

from generator import citation, sources
from generator.citation import Citation
from generator.model import Paper
from generator.sources import Document
from generator.text import markup, tex

DAY = dt.date(2025, 9, 23)
PAPERS = (
    Paper(
        slug="whole",
        title="A Study of GPT-4 & Braces: 100% of CO₂",
        date=DAY,
        authors=("Vincent van Gogh", "The Example Collaboration", "Martin Luther King Jr."),
        others=True,
        doi="10.5555/a_b(c)",
        published="1997-11",
        venue="Journal of Examples & More",
        volume="12",
        number="3",
        pages="1–9",
        publisher="Example Press",
    ),
    Paper(
        slug="talk",
        title="A Talk",
        date=DAY,
        authors=("Jane Roe",),
        arxiv="2509.99901",
        published="2025",
        type="paper-conference",
        venue="Proc. of the 3rd Examples",
    ),
    Paper(slug="chapter", title="A Chapter", date=DAY, type="chapter", venue="A Book"),
    Paper(slug="thesis", title="A Thesis", date=DAY, type="thesis", publisher="Univ. of Odd"),
    Paper(slug="preprint", title="A Preprint", date=DAY, arxiv="hep-ex/0307015"),
    Paper(slug="bare", title="Nothing Else Is Known", date=DAY),
)
FIELDS = (
    *("title", "authors", "others", "arxiv", "doi", "type", "venue", "volume", "number", "pages"),
    "publisher",
)


def bibtex(citations: Iterable[Citation]) -> str:
    """Return a BibTeX file."""
    return "\n".join(map(citation.bibtex, citations))


def ris(citations: Iterable[Citation]) -> str:
    """Return a RIS file."""
    return "".join(map(citation.ris, citations))


@pytest.mark.parametrize("written", [bibtex, ris, citation.csl_json])
def test_our_own_exports_are_read(written: Callable[[Iterable[Citation]], str]) -> None:
    """Names, dates, venue and ids are what they were; an arXiv id gives its month as a date."""
    text = written(citation.unique(map(citation.cite, PAPERS)))
    parsed = sources.parse(Document("export", text.encode(), DAY, DAY))
    assert parsed.left_out == ()
    (digest,) = parsed.digests
    read = [
        dataclasses.replace(paper, title=markup.to_text(tex.repair_title(paper.title)))
        for paper in digest.papers
    ]
    found = [tuple(getattr(paper, field) for field in FIELDS) for paper in read]
    assert found == [tuple(getattr(paper, field) for field in FIELDS) for paper in PAPERS]
    dates = [paper.published for paper in digest.papers]
    assert dates == ["1997-11", "2025", "", "", "2003-07", ""]
