"""Dates as exactly as they are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import partial_dates


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1997", "1997"),
        ("1997-11", "1997-11"),
        ("1997-11-03", "1997-11-03"),
        ("1997-1-3", "1997-01-03"),
        ("1997/11/03", "1997-11-03"),
        ("1997-11-03T08:00:00Z", "1997-11-03"),
        ("1997-11-03 08:00", "1997-11-03"),
        ("1997/1999", "1997"),
        ("1997-11/1997-12", "1997-11"),
        ("1997~", "1997"),
        ("1997-11?", "1997-11"),
        ("[1997]", "1997"),
        ("c. 1997", "1997"),
        ("1997-21", "1997"),
        ("1997-00-00", "1997"),
        ("1997-02-30", "1997-02"),
        ("November 1997", "1997-11"),
        ("Nov. 3, 1997", "1997-11-03"),
        ("3 Nov 1997", "1997-11-03"),
        ("Autumn 1997", "1997"),
        ("in press", ""),
        ("199X", ""),
        ("", ""),
        ("12345678", ""),
    ],
)
def test_dates_as_people_write_them(written: str, date: str) -> None:
    """As much as is certain is taken, and no more."""
    assert partial_dates.read(written) == date


@given(st.text() | st.from_regex(r"[0-9/~T -]{0,12}", fullmatch=True))
def test_what_is_read_is_a_date(written: str) -> None:
    """Whatever a source writes, what comes out has parts, or is nothing."""
    partial_dates.parts(partial_dates.read(written))


@pytest.mark.parametrize(
    ("written", "month"),
    [("nov", 11), ("November", 11), ("11", 11), ("3~nov", 11), ("13", 0), ("", 0), ("of", 0)],
)
def test_months(written: str, month: int) -> None:
    """Named in English, or by their number."""
    assert partial_dates.month(written) == month
