"""The prebuilt index, loaded by both Lunrs: every word of a paper finds it."""

from __future__ import annotations

import json

import pytest
from lunr.index import Index
from playwright.sync_api import Page

from generator.search.prebuilt import Text, prebuilt
from generator.theme.assets import lunr

TEXTS = [
    Text("survey", "A Survey of Keys, played (again)", "Søren Ås", "We try to play; they tried."),
    Text("other", "Évaluation of mixture-of-experts", "Ada Lovelace", "Lazy ways to employ π₀."),
    Text("same", "Another evaluation", "", ""),
]
FOUND = [
    ("survey", ["survey"]),
    ("keys", ["survey"]),
    ("play", ["survey"]),
    ("again", ["survey"]),
    ("try", ["survey"]),
    ("tried", ["survey"]),
    ("ways", ["other"]),
    ("employ", ["other"]),
    ("lazy", ["other"]),
    ("experts", ["other"]),
    ("mixture of experts", ["other"]),
    ("évaluation", ["other"]),
    ("authors:søren", ["survey"]),
    ("+ada -survey", ["other"]),
    ("title:evaluation", ["same"]),
    ("nothing", []),
]


@pytest.mark.parametrize(("query", "papers"), FOUND)
def test_lunr_py_finds(query: str, papers: list[str]) -> None:
    """From the file's text."""
    index = Index.load(prebuilt(TEXTS).decode())
    assert [one["ref"] for one in index.search(query)] == papers


@pytest.mark.browser
def test_lunr_js_finds(page: Page) -> None:
    """The same papers."""
    page.add_script_tag(content=lunr())
    asked = [query for query, _ in FOUND]
    search = "([data, asked]) => { const index = lunr.Index.load(data); return asked.map((query) => index.search(query).map(({ ref }) => ref)); }"  # noqa: E501
    found = page.evaluate(search, [json.loads(prebuilt(TEXTS)), asked])
    assert found == [papers for _, papers in FOUND]


def test_of_no_paper() -> None:
    """An index that finds nothing."""
    assert Index.load(prebuilt([]).decode()).search("anything") == []
