"""Work spread over processes."""

from __future__ import annotations

import os

import pytest

from generator.system import parallel, timing
from generator.system.errors import SourceError


def scaled(factor: int, number: int) -> int:
    """Return the product; 13 brings bad luck."""
    with timing.charge("scaling"):
        if number == 13:
            raise SourceError("numbers", number, "bad luck")
        return factor * number


def whose(_: object, __: object) -> int:
    """Return the process that answers."""
    return os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    """Whoever is done first."""
    assert list(parallel.each(scaled, 3, range(10), jobs)) == [3 * number for number in range(10)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_comes_home_whole(jobs: int) -> None:
    """With its file, line and message."""
    with pytest.raises(SourceError) as caught:
        list(parallel.each(scaled, 1, range(20), jobs))
    assert str(caught.value) == "numbers:13: bad luck"


def test_one_job_is_done_here_and_several_are_not() -> None:
    """Two items are the least that pay for a process."""
    here = os.getpid()
    assert set(parallel.each(whose, None, [1, 2], 1)) == {here}
    assert set(parallel.each(whose, None, [1], 8)) == {here}
    assert here not in set(parallel.each(whose, None, range(8), 2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_time_that_others_took_is_charged_here(jobs: int) -> None:
    """The ledger is of all processes."""
    timing.take()
    list(parallel.each(scaled, 2, range(4), jobs))
    assert timing.take()["scaling"] > 0


@pytest.mark.parametrize(
    ("items", "size", "cut"),
    [([], 3, []), ([1, 2, 3], 3, [(1, 2, 3)]), ("abc", 2, [("a", "b"), ("c",)])],
)
def test_batches(items: list[int], size: int, cut: list[tuple[int, ...]]) -> None:
    """The last one may be shorter, and none is empty."""
    assert parallel.batches(items, size) == cut
