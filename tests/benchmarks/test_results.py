"""Figures into tables: sections that keep apart, medians, what holds and what fails."""

from __future__ import annotations

import pytest

from tests.benchmarks import results
from tests.benchmarks.measure import Cost, median
from tests.benchmarks.verdict import Measured, demands

PAGE = "# What was measured\n\n## Build\n\nold\n\n## Search\n\nkept\n"


@pytest.mark.parametrize(
    ("page", "name", "expected"),
    [
        ("", "Build", "# What was measured\n\n## Build\n\nnew\n"),
        (PAGE, "Build", PAGE.replace("old", "new")),
        (PAGE, "Search", PAGE.replace("kept", "new")),
        (PAGE, "Other", PAGE + "\n## Other\n\nnew\n"),
    ],
)
def test_a_section_is_replaced_and_the_others_stay(page: str, name: str, expected: str) -> None:
    """A benchmark writes its own section, however often."""
    once = results.with_section(page, name, "new\n")
    assert once == expected
    assert results.with_section(once, name, "new") == once


def test_the_median_is_of_each_figure_by_itself() -> None:
    """The slowest run need not be the one that takes most memory."""
    runs = [Cost(3, 1, 20), Cost(1, 2, 10), Cost(2, 9, 30)]
    assert median(runs) == Cost(2, 2, 20)


def test_what_is_asked_for_holds_fails_or_was_not_measured() -> None:
    """A demand is judged by the ratio of two commands of one run."""
    costs = {
        "clean": Cost(10, 10, 0),
        "no search": Cost(9, 9, 0),
        "floor": Cost(2, 2, 0),
        "Hugo": Cost(8, 8, 0),
        "Pagefind": Cost(12, 12, 0),
    }
    measured = Measured(10_000, costs, {}, {"files": 1, "bytes": 1})
    rows = demands([measured], Cost(0.1, 0.1, 0)).splitlines()[2:]
    assert rows[0] == "| clean, over Hugo and Pagefind | 10,000 | 0.50 | 0.50 | holds |"
    assert rows[1] == "| no search, over Hugo | 10,000 | 1.12 | 1.00 | **fails** |"
    alone = Measured(10_000, {"clean": Cost(1, 1, 0)}, {}, {"files": 1, "bytes": 1})
    assert "not measured" in demands([alone], Cost(0.1, 0.1, 0))
