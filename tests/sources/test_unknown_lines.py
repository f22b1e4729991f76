"""The page of 73 papers, with unknown lines anywhere, wrapped or not: always 73 papers."""

from __future__ import annotations

import datetime as dt
import functools
import textwrap
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import sources
from generator.pipeline.build import ROOT
from tests import properties

DAY = dt.date(2025, 9, 23)
TODAY = dt.date(2026, 3, 1)
REAL = [
    line
    for line in (ROOT / "tests/data/daily-papers-sep-23.txt").read_text("utf-8").split("\n")
    if line
]
HEADER = REAL[:6]
PAIRS = list(zip(REAL[6::2], REAL[7::2], strict=True))
UNKNOWN = (
    "Sponsored",
    "Feedback",
    "Trending Papers ranked by GitHub stars activity",
    "Read the full story",
    "We use cookies to improve your experience.",
    "Show all 73 papers",
    "Was this helpful?",
    "42 people are reading this",
    "Join our Discord",
)
WRAPPER = functools.partial(textwrap.TextWrapper, break_on_hyphens=False, break_long_words=False)


def page(unknown: Sequence[tuple[int, str]], *, width: int = 0, between: str = "\n\n") -> str:
    """Return the page with each of the ``unknown`` lines before the paper of its number.

    Its lines are wrapped at ``width``, if it is one; ``between`` stands between titles, abstracts
    and unknown lines.
    """
    blocks = [*HEADER]
    for number, pair in enumerate([*PAIRS, ()]):
        blocks += [line for place, line in unknown if place == number]
        blocks += ["\n".join(WRAPPER(width).wrap(text)) if width else text for text in pair]
    return between.join(blocks) + "\n"


def papers(text: str) -> list[tuple[str, str]]:
    """Return the titles and abstracts of a page."""
    parsed = sources.parse(sources.Document("page.txt", text.encode(), DAY, TODAY))
    return [(paper.title, paper.abstract) for paper in parsed.digests[0].papers]


places = st.lists(
    st.tuples(st.integers(0, len(PAIRS)), st.sampled_from(UNKNOWN)), min_size=1, max_size=20
)


@given(places, st.sampled_from(["\n\n", "\n", "\r\n", "\n\n\n"]))
@settings(max_examples=properties.count(15), suppress_health_check=[HealthCheck.too_slow])
def test_unknown_lines_anywhere(unknown: list[tuple[int, str]], between: str) -> None:
    """One to twenty lines before, between or after the papers change none of them."""
    assert papers(page(unknown, between=between)) == PAIRS


@given(places)
@settings(max_examples=properties.count(6), suppress_health_check=[HealthCheck.too_slow])
def test_every_unknown_line_is_named(unknown: list[tuple[int, str]]) -> None:
    """Each is named by its number, once."""
    text = page(unknown)
    parsed = sources.parse(sources.Document("page.txt", text.encode(), DAY, TODAY))
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line in UNKNOWN]
    assert [notice.line for notice in parsed.left_out] == lines


@pytest.mark.parametrize("width", [66, 72, 76, 79, 80, 100])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_wrapped_text_with_unknown_lines(width: int, between: str) -> None:
    """Hard-wrapped, with empty lines between the paragraphs or with none at all."""
    unknown = [(0, "Sponsored"), (20, "Feedback"), (20, UNKNOWN[2]), (73, "Join our Discord")]
    assert papers(page(unknown, width=width, between=between)) == PAIRS


@pytest.mark.parametrize("width", [66, 72, 76, 79, 80, 100])
def test_an_empty_line_after_every_wrapped_line(width: int) -> None:
    """As some mail programs and converters leave it."""
    text = page([(5, "Sponsored")], width=width).replace("\n\n", "\n").replace("\n", "\n\n")
    assert papers(text) == PAIRS
