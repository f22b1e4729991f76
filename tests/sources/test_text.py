"""A copied Daily Papers page, in its variants."""

from __future__ import annotations

import datetime as dt
import functools
import textwrap
from collections.abc import Sequence

import pytest

from generator import sources
from generator.model import Paper
from generator.pipeline.build import ROOT
from generator.system.errors import SourceError

TODAY = dt.date(2026, 3, 1)
DATA = ROOT / "tests/data"
HEADER = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
BYLINE = "byAK and the research community\n\n"
ABSTRACT = (
    "We introduce a new neural architecture to learn the conditional probability of an output "
    "sequence with elements that are discrete tokens corresponding to positions in an input "
    "sequence. Such problems cannot be trivially addressed by existing approaches such as "
    "sequence-to-sequence and Neural Turing Machines. Code: https://github.com/a/pointers."
)
WRAPPED = (
    "We introduce a new neural architecture to learn the conditional probability of\n"
    "an output sequence with elements that are discrete tokens corresponding to\n"
    "positions in an input sequence. Such problems cannot be trivially addressed by\n"
    "existing approaches such as sequence-to-sequence and Neural Turing Machines.\n"
    "Code: https://github.com/a/pointers."
)
OTHER = "Short, but a sentence all the same; it says what the paper is about."


def parse(text: str, date: dt.date | None = None) -> sources.Parsed:
    """Return what the page ``text`` parses to."""
    return sources.parse(sources.Document("page.txt", text.encode(), date, TODAY))


def papers(text: str) -> Sequence[Paper]:
    """Return the papers of the page ``text``."""
    (digest,) = parse(text).digests
    return digest.papers


def spaced(*lines: str) -> str:
    """Return lines as the page has them when copied: an empty line after each."""
    return HEADER + BYLINE + "\n\n".join(["Sep 23", *lines]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        spaced("Pointer Networks", ABSTRACT, "Adapt-infty: Two", OTHER),
        spaced("Pointer Networks", ABSTRACT, "Adapt-infty: Two", OTHER).replace("\n\n", "\n"),
        spaced("Pointer Networks", ABSTRACT, "Adapt-infty: Two", OTHER).replace("\n", "\r\n"),
        spaced("Pointer Networks", WRAPPED, "Adapt-infty: Two", OTHER),
        spaced("Pointer Networks", WRAPPED, "Adapt-infty: Two", OTHER).replace("\n\n", "\n"),
        spaced("Pointer Networks", WRAPPED.replace("\n", "\n\n"), "Adapt-infty: Two", OTHER),
        spaced("Pointer\nNetworks", ABSTRACT, "Adapt-infty: Two", OTHER),
        spaced("101", "Pointer Networks", ABSTRACT, "-", "Adapt-infty: Two", OTHER),
        spaced("Pointer Networks", ABSTRACT, "· 4 authors", "Adapt-infty: Two", OTHER, "1 author"),
        spaced(
            "Pointer Networks", ABSTRACT, "- 4 authors", "·", "Jun 9", "Adapt-infty: Two", OTHER
        ),
        spaced("Pointer Networks", ABSTRACT, "Google Brain", "·", "Adapt-infty: Two", OTHER),
        spaced("Pointer Networks", ABSTRACT, "Oct 7, 2024", "3", "Adapt-infty: Two", OTHER),
        spaced("Pointer Networks", ABSTRACT, "Adapt-infty: Two", OTHER, "Previous", "Next", "TOS"),
        spaced("Submitted by", "akhaliq", "7", "Pointer Networks", ABSTRACT, "GitHub 11.3k")
        + "\n\nAdapt-infty: Two\n\n"
        + OTHER,
        "Get trending papers in your email inbox once a day!\n\n"
        + spaced("Daily", "Weekly", "Monthly", "Trending Papers", "Sep 23", "Pointer Networks")
        + f"\n{ABSTRACT}\n\nAdapt-infty: Two\n\n{OTHER}",
    ],
)
def test_variants_of_the_page(text: str) -> None:
    """Wrapped or not, with or without votes, authors and footer: two papers, whole, in order."""
    first, second = papers(text)
    assert (first.title, first.slug) == ("Pointer Networks", "pointer-networks")
    assert (first.abstract, first.links) == (ABSTRACT, {"code": "https://github.com/a/pointers"})
    assert (second.title, second.abstract) == ("Adapt-infty: Two", OTHER)


def test_facts_around_a_paper() -> None:
    """Votes stand above a title; authors, organisation, date, comments and stars below."""
    page = spaced(
        *("Submitted by", "akhaliq", "1,024", "First Paper", ABSTRACT, "· Google Brain", "·"),
        *("Oct 7, 2024", "3", "GitHub 11.3k", "Submitted by jane", "-", "Second Paper", OTHER),
        *("· 4 authors", "May 29", "5"),
    )
    first, second = papers(page.replace("Submitted by jane", "Submitted by\n\njane"))
    assert (first.votes, first.comments, first.stars) == (1024, 3, 11300)
    assert (first.organization, first.submitter) == ("Google Brain", "akhaliq")
    assert first.published == "2024-10-07"
    assert (second.votes, second.submitter) == (None, "jane")
    assert second.published == "2025-05-29"


def test_a_markdown_capture() -> None:
    """Links are taken off, and the arXiv id is taken from them."""
    link = "https://huggingface.co/papers"
    first, second = papers(
        f"# Daily Papers\n\nby [AK](/akhaliq)\n\n[Sep 23]({link}/date/2025-09-23)\n\n"
        f"- [12](/login)\n\n### [Pointer Networks]({link}/1506.03134)\n\n"
        f"[{WRAPPED}]({link}/1506.03134)\n\n- [· 4 authors]({link}/1506.03134)\n\n"
        f"### [Old Paper]({link}/hep-ex/0307015v1)\n\n[{OTHER}]({link}/hep-ex/0307015v1)\n"
    )
    assert (first.title, first.arxiv, first.votes) == ("Pointer Networks", "1506.03134", 12)
    assert first.abstract == ABSTRACT
    assert (second.title, second.arxiv) == ("Old Paper", "hep-ex/0307015")


@pytest.mark.parametrize(
    ("written", "given", "day", "said"),
    [
        ("Sep 23", None, "2025-09-23", "no year in 'Sep 23': 2025-09-23"),
        ("Mar 1", None, "2026-03-01", "no year in 'Mar 1': 2026-03-01"),
        ("Mar 2", None, "2025-03-02", "no year in 'Mar 2': 2025-03-02"),
        ("Feb 29", None, "2024-02-29", "no year in 'Feb 29': 2024-02-29"),
        ("Sep 23, 2024", None, "2024-09-23", None),
        ("Tuesday, 23 September 2025", None, "2025-09-23", None),
        ("2025-09-23", None, "2025-09-23", None),
        ("Sep 23", "2023-09-23", "2023-09-23", None),
        ("Sep 23", "2025-09-24", "2025-09-24", "the page says 'Sep 23', you say 2025-09-24"),
        ("Sep 23, 2024", "2025-09-23", "2025-09-23", "the page says 'Sep 23, 2024'"),
        ("Subscribe", "2025-09-23", "2025-09-23", None),
    ],
)
def test_the_day(written: str, given: str | None, day: str, said: str | None) -> None:
    """A day without a year is the latest not in the future; what is given overrules; both said."""
    page = spaced("Pointer Networks", ABSTRACT).replace("Sep 23", written)
    parsed = parse(page, dt.date.fromisoformat(given) if given else None)
    assert parsed.digests[0].date == dt.date.fromisoformat(day)
    assert [notice.message[: len(said or "")] for notice in parsed.notices] == [said] * bool(said)


@pytest.mark.parametrize("first", ["[Daily Papers](https://a.b)", "[1] x", "[ ] Daily Papers"])
def test_a_page_that_begins_with_a_bracket_is_no_json(first: str) -> None:
    """A link, a number and a box to tick begin as a list in JSON does."""
    assert papers(f"{first}\n\n{spaced('Pointer Networks', ABSTRACT)}")


def test_an_unknown_line_is_named() -> None:
    """What the header holds beyond what is known is left out, and said with its line."""
    page = HEADER + "curriculum learning\n\n" + BYLINE + f"Sep 23\n\nPointer\n\n{ABSTRACT}"
    parsed = parse(page, dt.date(2025, 9, 23))
    assert parsed.left_out == (sources.Notice(9, "not understood: 'curriculum learning'"),)


@pytest.mark.parametrize("length", [1, 300, 2000])
def test_a_title_of_any_length(length: int) -> None:
    """A title is what stands before an abstract, however long."""
    title = ("word " * length)[:length].strip()
    assert papers(spaced(title, ABSTRACT, "Other", ABSTRACT))[0].title == title


def test_hostile_text_stays_text() -> None:
    """Tags in a title or an abstract are characters like others."""
    title = "<script>alert(1)</script> considered harmful"
    assert papers(spaced(title, f"<b>{ABSTRACT}"))[0].title == title


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 0, "the file is empty"),
        (b" \n\n", 0, "the file is empty"),
        (b"A recipe\n\nTake three eggs.\n", 1, "this is no digest; expected are"),
        (spaced().encode(), 11, "this page lists no papers"),
        (spaced("A", ABSTRACT).replace("Sep 23\n", "").encode(), 0, "the page has no date"),
        (spaced("A", ABSTRACT).replace("23", "31").encode(), 11, "there is no such day: Sep 31"),
        ("\ufeffA".encode("utf-16-le"), 1, "this is no digest; expected are"),
    ],
)
def test_what_is_refused(data: bytes, line: int, message: str) -> None:
    """What is no digest, or half a one, is refused with its line and what is wrong."""
    with pytest.raises(SourceError) as refused:
        sources.parse(sources.Document("page.txt", data, None, TODAY))
    assert refused.value.place == ("page.txt", line)
    assert refused.value.message.startswith(message)


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["A", ABSTRACT, "B"], 17, "not understood: 'B'"),
        (["B", "A", ABSTRACT], 13, "not understood: 'B'"),
        (["B", "· 4 authors", "A", ABSTRACT], 13, "not understood: 'B'"),
        (["A", ABSTRACT, "a!", OTHER], 17, "line 13 has the same paper: 'a!'; kept once"),
        (["A", ABSTRACT, "Feb 30"], 17, "there is no such day: Feb 30"),
        (
            ["[A](https://example.org/a)", ABSTRACT, "https://example.org/b"],
            17,
            "a link to something",
        ),
    ],
)
def test_what_is_left_out(lines: Sequence[str], line: int, message: str) -> None:
    """What cannot be understood is named by its line, and the paper beside it is taken."""
    parsed = parse(spaced(*lines))
    assert [(paper.title, paper.abstract) for paper in parsed.digests[0].papers] == [
        ("A", ABSTRACT)
    ]
    (notice,) = parsed.left_out
    assert notice.line == line
    assert notice.message.startswith(message)


REAL = [line for line in (DATA / "daily-papers-sep-23.txt").read_text().split("\n") if line]
WRAPPER = functools.partial(textwrap.TextWrapper, break_on_hyphens=False, break_long_words=False)
PAIRS = list(zip(REAL[6::2], REAL[7::2], strict=True))


def furnished(title: str, abstract: str) -> list[str]:
    """Return a paper's lines with everything that may stand around it."""
    above = ["101", "Submitted by", "akhaliq"]
    return [*above, title, abstract, "· 4 authors", "·", "May 29", "2", "GitHub 11.3k"]


@pytest.mark.parametrize("wrapped", [0, 60, 72, 79, 100])
@pytest.mark.parametrize("form", ["apart", "title above", "furniture", "title wrapped"])
def test_the_real_page_in_its_forms(wrapped: int, form: str) -> None:
    """However wide its abstracts are wrapped, the page has its 73 papers, whole and in order."""

    def wrap(text: str, width: int = wrapped) -> str:
        return "\n".join(WRAPPER(width).wrap(text)) if width else text

    blocks = [*REAL[:6]]
    for title, abstract in PAIRS:
        if form == "furniture":
            blocks += furnished(title, wrap(abstract))
        elif form == "title above":
            blocks.append(f"{title}\n{wrap(abstract)}")
        else:
            blocks += [wrap(title) if form == "title wrapped" else title, wrap(abstract)]
    found = papers("\n\n".join(blocks))
    assert [(paper.title, paper.abstract) for paper in found] == PAIRS
