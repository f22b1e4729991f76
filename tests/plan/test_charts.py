"""Charts: the right shapes, small, named, and coloured by the style sheet alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.plan.charts import MOST_POINTS, bars, by_period, line, sparkline, top_of

DRAW = (bars, line, sparkline)
MONDAY = date(2025, 9, 22)


@pytest.mark.parametrize(
    ("values", "top"),
    [([], 1), ([0, 0], 1), ([1], 1), ([3], 5), ([7, 12], 20), ([0.3], 0.5), ([500], 500)],
)
def test_a_scale_ends_at_a_round_number(values: list[float], top: float) -> None:
    """1, 2 or 5 times a power of ten, and never below the values."""
    assert top_of(values) == pytest.approx(top)


def test_a_bar_is_as_high_as_its_value() -> None:
    """Bars stand side by side, one wide each; a day without papers has none."""
    svg = bars([5, 0, 10], label="Papers per day")
    assert 'viewBox="0 0 3 100"' in svg
    assert 'd="M0.5 100v-50M2.5 100v-100"' in svg


def test_a_line_goes_through_its_values() -> None:
    """The line and the area under it, on the scale that is given."""
    svg = line([0, 0.5, 1], label="Share", top=1)
    assert 'viewBox="0 0 2 100"' in svg
    assert 'class="stroke" d="M0 100L1 50L2 0"' in svg
    assert 'class="area" d="M0 100L0 100L1 50L2 0L2 100z"' in svg


@pytest.mark.parametrize("draw", DRAW)
@given(
    values=st.lists(st.floats(1e-3, 1e6) | st.integers(0, 10_000), max_size=40),
    label=st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])),
)
def test_every_chart_is_a_named_picture(
    draw: Callable[..., Markup], values: list[float], label: str
) -> None:
    """Well-formed, an image with its label, no style of its own, nothing outside its frame."""
    if any("\ufffe" <= char <= "\uffff" for char in label):
        label = ""
    svg = draw(values, label=label)
    root = ET.fromstring(svg)  # noqa: S314  # our own output
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == label
    assert not re.search(r'\b(?:style|fill|stroke)="', svg.replace('class="stroke"', ""))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for path in root:
        for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path.attrib["d"]):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height


def test_a_year_of_days_is_small() -> None:
    """A chart at its largest costs a page under two kilobytes."""
    values = [40 + number % 17 for number in range(MOST_POINTS)]
    assert all(len(draw(values, label="x").encode()) < 2800 for draw in DRAW)
    assert len(bars(values, label="x").encode()) < 2000


@pytest.mark.parametrize(
    ("days", "step", "points"),
    [(1, "day", 1), (130, "day", 130), (500, "week", 72), (4000, "month", 133)],
)
def test_long_spans_are_summed(days: int, step: str, points: int) -> None:
    """By week, then by month, without a gap and without losing a paper."""
    counts = {MONDAY + timedelta(days=number): 2 for number in range(0, days, 3)}
    counts[MONDAY + timedelta(days=days - 1)] = 2
    periods = by_period(counts)
    assert (periods.step, len(periods.points)) == (step, points)
    assert sum(periods.values) == 2 * len(counts)


def test_charts_can_share_their_periods() -> None:
    """A topic that came late has zeros before, as long as the whole site is old."""
    days = [MONDAY, MONDAY + timedelta(days=3)]
    assert by_period({MONDAY + timedelta(days=2): 4}, days).values == (0, 0, 4, 0)
    assert by_period({}).points == ()
