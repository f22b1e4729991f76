"""Documents as people have them, and what each has to become: tests/sources/pairs.

``NAME.json`` says what ``NAME.<ending>`` (or ``NAME.in.json``) becomes: ``papers``, of which only
the fields that it names are compared, title and abstract as a reader sees them; ``left_out`` and
``notices``, each as a line and a part of what is said; ``date``, the day that is given; ``error``,
a part of what is said where nothing can be used.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from generator import sources
from generator.model import Paper
from generator.sources import Document, Notice
from generator.system.errors import SourceError
from generator.text import markup, tex

PAIRS = Path(__file__).parent / "pairs"
TODAY = dt.date(2026, 3, 1)
# A number, an address, a byline, an image, a mark.
NOTHING = re.compile(
    r"[\d\s.,▲⭐·|-]*\d[kK]?|https?://\S+|by\s?[A-Z].*community|!\[.*|[<\[].*[>\]]"
)
LONG = 20
NAMES = sorted(path.stem for path in PAIRS.glob("*.json") if not path.name.endswith(".in.json"))


def read(name: str) -> tuple[Document, dict[str, Any]]:
    """Return the document of a pair and what it has to become."""
    expected = json.loads((PAIRS / f"{name}.json").read_text("utf-8"))
    (path,) = [one for one in PAIRS.glob(f"{name}.*") if one.name != f"{name}.json"]
    date = dt.date.fromisoformat(expected["date"]) if expected.get("date") else None
    return Document(path.name, path.read_bytes(), date, TODAY), expected


def shown(paper: Paper, field: str) -> object:
    """Return a field as JSON has it, title and abstract as a reader sees them."""
    value = getattr(paper, field)
    if field == "title":
        return markup.to_text(tex.repair_title(value))
    if field == "abstract":
        return markup.to_text(tex.repair(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def said(found: Sequence[Notice], expected: Sequence[tuple[int, str]]) -> None:
    """Compare what is said with what has to be said, line by line."""
    assert [notice.line for notice in found] == [line for line, _ in expected], found
    for notice, (_, part) in zip(found, expected, strict=True):
        assert part in notice.message


@pytest.mark.parametrize("name", NAMES)
def test_a_document_becomes_what_stands_beside_it(name: str) -> None:
    """Every paper with its facts; what is left out is named; nothing else."""
    document, expected = read(name)
    if "error" in expected:
        with pytest.raises(SourceError) as caught:
            sources.parse(document)
        assert expected["error"] in str(caught.value)
        return
    parsed = sources.parse(document)
    papers = [paper for digest in parsed.digests for paper in digest.papers]
    found = [
        {field: shown(paper, field) for field in fields}
        for paper, fields in zip(papers, expected["papers"], strict=False)
    ]
    assert found == expected["papers"][: len(found)]
    assert len(papers) == len(expected["papers"])
    said(parsed.left_out, expected.get("left_out", []))
    if "notices" in expected:
        said(parsed.notices, expected["notices"])


@pytest.mark.parametrize("name", NAMES)
def test_no_title_is_anything_else(name: str) -> None:
    """No title or abstract is an organisation, a number, an address, a byline, another's title."""
    document, expected = read(name)
    if "error" in expected:
        return
    papers = [paper for digest in sources.parse(document).digests for paper in digest.papers]
    titles = [paper.title for paper in papers]
    names = {paper.organization for paper in papers} | {paper.submitter for paper in papers}
    for paper in papers:
        others = [title for title in titles if title != paper.title]
        for text in (paper.title, paper.abstract):
            assert text not in names - {""}
            assert not NOTHING.fullmatch(text), text
        assert not any(title in paper.abstract for title in others if len(title) > LONG)
