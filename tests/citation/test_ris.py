"""RIS, read back by rispy."""

from __future__ import annotations

import rispy
from hypothesis import given

from generator.citation import ris, unique
from tests.citation.examples import HOSTILE, NAMES, WITH_EVERYTHING, citation, seed


def test_all_titles_of_the_seed_come_back() -> None:
    """The 73 papers are 73 records, each with its title."""
    citations = unique(seed())
    records = rispy.loads("".join(map(ris, citations)))
    assert [record["title"] for record in records] == [one.title for one in citations]


def test_every_field() -> None:
    """A published paper is a journal article with all that is known of it."""
    (record,) = rispy.loads(ris(WITH_EVERYTHING))
    assert record == {
        "type_of_reference": "JOUR",
        "id": "vandermaaten2025tulu",
        "title": WITH_EVERYTHING.title,
        "authors": ["van der Maaten, Laurens J.", "王小明", "Qwen Team", "Kierkegaard, Søren"],
        "year": "2025",
        "date": "2025/09/05",
        "journal_name": "Phys. Rev. D 68: a_b & more",
        "publisher": "arXiv",
        "accession_number": "arXiv:2509.12345",
        "doi": "10.1000/a_b(c)<1>",
        "urls": ["https://arxiv.org/abs/2509.12345"],
    }


def test_a_preprint_is_unpublished_and_lines_end_as_the_format_says() -> None:
    """UNPB for what has no journal; CR LF after every line."""
    text = ris(citation(title="Pointer Networks"))
    assert text.startswith("TY  - UNPB\r\n")
    assert text.endswith("ER  - \r\n")
    assert text.count("\n") == text.count("\r\n")


@given(title=HOSTILE, journal=HOSTILE, names=NAMES)
def test_no_text_opens_a_tag_of_its_own(title: str, journal: str, names: tuple[str, ...]) -> None:
    """Whatever a paper says, it is one record with as many lines as values."""
    one = citation(title=title, journal=journal, authors=names)
    lines = ris(one).split("\r\n")
    tags = [line[:6] for line in lines if line]
    assert tags.count("TY  - ") == tags.count("ER  - ") == 1
    assert tags.count("AU  - ") == len(one.authors)
    assert f"TI  - {one.title}" in lines or not one.title
    assert f"JO  - {one.venue}" in lines or not one.venue
