"""How pages are shared out among processes."""

from __future__ import annotations

from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Page
from generator.pipeline.rendering import BATCH, LAST, MOST, batches_of, gathered


def pages(*counts: int) -> list[Page]:
    """Return so many pages of one template, so many of the next one, and so on."""
    return [
        Page("x.html", f"{number}.html", 1, dict)
        for number, count in enumerate(counts)
        for _ in range(count)
    ]


@given(st.lists(st.integers(1, 700), max_size=12))
def test_every_page_is_in_one_batch(counts: list[int]) -> None:
    """In their order, none too large."""
    planned = pages(*counts)
    found = list(batches_of(planned))
    assert [number for batch in found for number in batch] == list(range(len(planned)))
    assert all(0 < len(batch) <= MOST for batch in found)


@given(st.lists(st.integers(0, 9)), st.integers(1, 30))
def test_few_pages_are_gathered(counts: list[int], worth: int) -> None:
    """Until they are worth it: none is lost, none waits for more than it takes."""
    planned = [Page(f"{number}.html", "page.html", 1, dict) for number in range(sum(counts))]
    left = iter(planned)
    found = list(gathered(([*islice(left, count)] for count in counts), worth))
    assert [page for held in found for page in held] == planned
    assert all(worth <= len(held) < worth + 9 for held in found[:-1])
    assert all(found)


@pytest.mark.parametrize("jobs", [2, 4])
def test_processes_end_together(jobs: int) -> None:
    """Whoever takes the next batch when it is free has little left when the others are done."""
    ends = [0] * jobs
    for batch in batches_of(pages(9000)):
        first = ends.index(min(ends))
        ends[first] += len(batch)
    assert max(ends) - min(ends) <= LAST


def test_what_is_shown_together_stays_together() -> None:
    """A digest with its papers, where there is enough else for the other processes."""
    found = list(batches_of(pages(*[1, 150] * 20)))
    cuts = [one.stop for one, _ in pairwise(found)]
    assert cuts[:9] == [151 * number for number in range(1, 10)]
    assert all(len(batch) >= BATCH for batch in found[:9])
