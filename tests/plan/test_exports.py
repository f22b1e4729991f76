"""The citations of a digest as files: each parses in a library of its field, titles unchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from generator.citation import cite
from generator.content import folder
from tests.building import SEED

DAY = "digests/2025-09-23"


def titles() -> list[str]:
    """Return the titles of the 73 papers as plain text, in the digest's order."""
    loaded = folder.load(SEED)
    return [cite(paper).title for paper in loaded.digests[0].papers]


def from_bibtex(text: str) -> list[str]:
    """Return the titles of a BibTeX file as TeX prints them."""
    entries = parse_string(text, "bibtex").entries.values()
    printed = LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text
    return [printed(entry.fields["title"]) for entry in entries]


READERS: dict[str, Callable[[str], list[str]]] = {
    "bib": from_bibtex,
    "ris": lambda text: [entry["title"] for entry in rispy.loads(text)],
    "json": lambda text: [item["title"] for item in json.loads(text)],
}


def bare(title: str) -> str:
    """Return ``title`` in letters and digits alone: TeX prints quotes and maths its own way."""
    return re.sub(r"[\W_]+", "", title)


@pytest.mark.parametrize("ending", sorted(READERS))
def test_all_titles_of_a_digest_come_back(site: Path, ending: str) -> None:
    """Three formats, 73 papers each, the same titles in the same order."""
    text = (site / f"{DAY}.{ending}").read_bytes().decode()
    found = READERS[ending](text)
    if ending == "bib":
        assert [bare(title) for title in found] == [bare(title) for title in titles()]
    else:
        assert found == titles()


@pytest.mark.parametrize("ending", sorted(READERS))
def test_the_digest_links_to_its_citations(site: Path, ending: str) -> None:
    """From the digest's page and from the front page."""
    assert f'href="../{DAY}.{ending}"' in (site / f"{DAY}.html").read_text("utf-8")
    assert f'href="{DAY}.{ending}"' in (site / "index.html").read_text("utf-8")


def test_keys_are_unique_in_a_file(site: Path) -> None:
    """No two papers of a digest share a key, and the formats agree on them."""
    items = json.loads((site / f"{DAY}.json").read_text("utf-8"))
    keys = [item["id"] for item in items]
    assert len(set(keys)) == len(keys) == 73
    assert list(parse_string((site / f"{DAY}.bib").read_text("utf-8"), "bibtex").entries) == keys
