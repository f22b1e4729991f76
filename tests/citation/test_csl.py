"""CSL-JSON, read by citeproc-py."""

from __future__ import annotations

import json

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given

from generator.citation import csl_json, unique
from tests.citation.examples import HOSTILE, IN_TEX, NAMES, WITH_EVERYTHING, citation, seed


def test_all_titles_of_the_seed_come_back() -> None:
    """The 73 papers are 73 items, each with its title."""
    citations = unique(seed())
    source = CiteProcJSON(json.loads(csl_json(citations)))
    assert [str(source[one.key]["title"]) for one in citations] == [one.title for one in citations]


def test_every_field() -> None:
    """Names and shapes are those of the CSL schema."""
    (item,) = json.loads(csl_json([WITH_EVERYTHING]))
    assert item == {
        "id": "vandermaaten2025tulu",
        "type": "article-journal",
        "title": WITH_EVERYTHING.title,
        "author": [
            {"family": "Maaten", "given": "Laurens J.", "non-dropping-particle": "van der"},
            {"literal": "王小明"},
            {"literal": "Qwen Team"},
            {"family": "Kierkegaard", "given": "Søren"},
        ],
        "issued": {"date-parts": [[2025, 9, 5]]},
        "container-title": "Phys. Rev. D 68: a_b & more",
        "publisher": "arXiv",
        "number": "arXiv:2509.12345",
        "DOI": "10.1000/a_b(c)<1>",
        "URL": "https://arxiv.org/abs/2509.12345",
    }


def test_a_citation_processor_sets_it() -> None:
    """A style of the field makes a bibliography line of it."""
    source = CiteProcJSON(json.loads(csl_json([WITH_EVERYTHING])))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(WITH_EVERYTHING.key)]))
    (line,) = map(str, bibliography.bibliography())
    assert line.startswith("van der Maaten, L.J. et al. (2025) “TÜLU 3 & the 100% Solution")
    assert line.endswith("Available at: https://doi.org/10.1000/a_b(c)<1>.")


def test_maths_in_a_title_survives() -> None:
    """A format without TeX keeps the readable text."""
    (item,) = json.loads(csl_json([IN_TEX]))
    assert item["title"] == IN_TEX.title


@given(title=HOSTILE, journal=HOSTILE, names=NAMES)
def test_any_text_is_valid_json(title: str, journal: str, names: tuple[str, ...]) -> None:
    """Whatever a paper says comes back as it was."""
    one = citation(title=title, journal=journal, authors=names)
    (item,) = json.loads(csl_json([one]))
    assert (item.get("title", ""), item.get("container-title", "")) == (one.title, one.venue)
    assert len(item.get("author", [])) == len(one.authors)
