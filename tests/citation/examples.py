"""Papers and hostile texts that the tests of all formats share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from generator.citation import Citation, cite
from generator.model import Paper

DIGEST = Path(__file__).parents[1] / "data" / "daily-papers-sep-23.txt"
HEADER_LINES = 6
PAGE = "https://papers.example/papers/x.html"


def paper(**given: Any) -> Paper:  # noqa: ANN401  # any field of a Paper
    """Return a paper with what a test says of it."""
    fields: dict[str, Any] = {"slug": "x", "title": "X", "date": dt.date(2025, 9, 23)}
    return Paper(**fields | given)


def citation(**given: Any) -> Citation:  # noqa: ANN401  # any field of a Paper
    """Return the citation of a paper with what a test says of it."""
    return cite(paper(**given), page=PAGE)


def seed() -> list[Citation]:
    """Return the citations of the 73 papers of the first digest."""
    text = DIGEST.read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip()][HEADER_LINES:]
    return [citation(title=title) for title in lines[::2]]


WITH_EVERYTHING = citation(
    title="TÜLU 3 & the 100% Solution: {Sets}, C# and _Q-Learning_ ~ 大模型",
    authors=("Laurens J. van der Maaten", "王小明", "Qwen Team", "Søren Kierkegaard"),
    arxiv="2509.12345",
    doi="10.1000/a_b(c)<1>",
    published="2025-09-05",
    journal="Phys. Rev. D\n68: a_b & more",
    topics=("Robots & arms", "cs.CL", "cs.AI"),
)
IN_TEX = citation(title=r"Learning $\alpha_{2}$-divergences for $5 and $O(n^2)$ cost")

# Text that tries to leave the field it stands in: of TeX, of RIS, of JSON, of HTML.
HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("{}\\$&%#_~^\"'`<>/@,;:=\n\r\t\x00\x1b\u2028\u2029\ud800 "),
        st.characters(),
    )
) | st.sampled_from(
    [
        "}\n@misc{evil, title={x}",
        "x\r\nER  - \r\nTY  - BOOK",
        "</script><script>alert(1)</script>",
        "]]><!-- --!>",
        "a and b, c; d",
        "\\end{document}",
        "$}{$ and $\\x$",
        "$a",
    ]
)
NAMES = st.lists(HOSTILE, max_size=3).map(tuple)
