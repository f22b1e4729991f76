"""BibTeX, read back by pybtex (the entries) and pylatexenc (the TeX in them)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from pybtex.database import Entry, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from generator.citation import bibtex, unique
from tests.citation.examples import HOSTILE, IN_TEX, NAMES, WITH_EVERYTHING, citation, seed

TEX = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True)
# How TeX prints what we escape: the whole inverse, for text that pylatexenc knows only in part.
PRINTED = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    "{": "",
    "}": "",
}


def read(text: str) -> dict[str, Entry]:
    """Return the entries of a BibTeX file by their keys."""
    return dict(parse_string(text, "bibtex").entries)


def printed(tex: str) -> str:
    """Return what TeX prints for text escaped by us."""
    return re.sub(
        r"\\text[a-z]+\{\}|\\[^a-z]|[{}]", lambda found: PRINTED.get(found[0], found[0][-1:]), tex
    )


def test_all_titles_of_the_seed_come_back() -> None:
    """The 73 papers are 73 entries, each with its title, letters beyond ASCII included."""
    citations = unique(seed())
    entries = read("".join(map(bibtex, citations)))
    titles = [TEX.latex_to_text(entry.fields["title"]) for entry in entries.values()]
    assert titles == [one.title.replace("--", "–") for one in citations]
    assert "TÜLU 3: Pushing Frontiers in Open Language Model Post-Training" in titles


def test_every_field() -> None:
    """Authors in parts, escaped text, arXiv's three fields, identifiers as they are."""
    (entry,) = read(bibtex(WITH_EVERYTHING)).values()
    assert entry.type == "article"
    assert entry.key == "vandermaaten2025tulu"
    people = entry.persons["author"]
    assert (people[0].prelast_names, people[0].last_names) == (["van", "der"], ["Maaten"])
    assert people[0].first_names + people[0].middle_names == ["Laurens", "J."]
    assert [str(person) for person in people[1:]] == [
        "{王小明}",
        "{Qwen Team}",
        "Kierkegaard, Søren",
    ]
    assert TEX.latex_to_text(entry.fields["title"]) == WITH_EVERYTHING.title
    expected = {
        "year": "2025",
        "month": "September",
        "eprint": "2509.12345",
        "archivePrefix": "arXiv",
        "primaryClass": "cs.CL",
        "doi": "10.1000/a_b(c)<1>",
        "url": "https://arxiv.org/abs/2509.12345",
        "journal": r"Phys. Rev. D 68: a\_b \& more",
    }
    assert {name: entry.fields[name] for name in expected} == expected


def test_maths_in_a_title_stays_tex() -> None:
    """What stands between dollars is TeX already; a price is not."""
    (entry,) = read(bibtex(IN_TEX)).values()
    assert entry.fields["title"] == (r"Learning $\alpha_{2}$-divergences for \$5 and $O(n^2)$ cost")


@pytest.mark.parametrize(
    ("title", "tex"),
    [
        ("Learning with GPT-4", "Learning with {GPT-4}"),
        ("TÜLU 3: Pushing Frontiers", "{TÜLU} 3: Pushing Frontiers"),
        ("MTLoRA: A Low-Rank Adaptation", "{MTLoRA}: A Low-Rank Adaptation"),
        ("Vision-Language Models in 3D", "Vision-Language Models in {3D}"),
        ("K-means and Q-Learning (BERT)", "{K-means} and {Q-Learning} ({BERT})"),
        ("the Q Programming Language", "the {Q} Programming Language"),
        (
            "A case study on Google Gemini of this kind",
            "A case study on {Google} {Gemini} of this kind",
        ),
        ("A study of the kind: Every kind", "A study of the kind: Every kind"),
        ("ATTENTION IS ALL YOU NEED", "ATTENTION IS ALL YOU NEED"),
    ],
)
def test_capitals_that_are_spelling_are_kept(title: str, tex: str) -> None:
    """Acronyms and, in a title of small words, names stand in braces; headline capitals do not."""
    (entry,) = read(bibtex(citation(title=title))).values()
    assert entry.fields["title"] == tex


@given(title=HOSTILE, journal=HOSTILE, names=NAMES)
def test_no_text_leaves_its_field(title: str, journal: str, names: tuple[str, ...]) -> None:
    """Whatever a paper says, it is one entry that prints as the text was."""
    one = citation(title=title, journal=journal, authors=names)
    (entry,) = read(bibtex(one)).values()
    assert printed(entry.fields.get("journal", "")) == one.venue
    if not any(maths for maths, _ in one.parts):
        assert printed(entry.fields.get("title", "")) == one.title
    assert len(entry.persons.get("author", [])) == len(one.authors)
