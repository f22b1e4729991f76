"""Work beside that of this process: each call is made once, in a process of its own or of few."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable

import pytest

from generator.system import asides, timing
from generator.system.errors import GazetteError, SourceError


def whose() -> int:
    """Return the process that answers."""
    return os.getpid()


def fail() -> None:
    """Have bad luck."""
    raise SourceError("numbers", 13, "bad luck")


def lose() -> None:
    """End the process that was to answer."""
    os._exit(3)


def charge() -> None:
    """Take some time."""
    with timing.charge("work"):
        sum(range(1000))


@pytest.mark.parametrize(
    ("jobs", "others"),
    [(1, 0), (2, 1), (3, 2), (4, 3), (9, 3)],
)
def test_processes_are_as_many_as_leave_one_of_the_jobs(jobs: int, others: int) -> None:
    """With one job, the work is done here when its result is waited for."""
    with asides.begun(*[(whose, ())] * 3, jobs=jobs) as begun:
        assert len({one() for one in begun.results} - {os.getpid()}) == others


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
def test_results_are_those_of_the_calls(jobs: int) -> None:
    """In whatever order they are asked for."""
    with asides.begun(*[(pow, (2, number)) for number in range(5)], jobs=jobs) as begun:
        assert [begun.results[number]() for number in (3, 0, 4, 1, 2)] == [8, 1, 16, 2, 4]


@pytest.mark.parametrize(
    ("jobs", "work", "error"),
    [
        (1, fail, GazetteError),
        (2, fail, GazetteError),
        (3, fail, GazetteError),
        (2, lose, RuntimeError),
        (3, lose, RuntimeError),
    ],
)
def test_an_error_comes_home(jobs: int, work: Callable[[], None], error: type[Exception]) -> None:
    """Where the result is waited for, and no call before it has to do with it."""
    with asides.begun((whose, ()), (work, ()), jobs=jobs) as begun:
        good, bad = begun.results
        assert good()
        with pytest.raises(error):
            bad()


@pytest.mark.parametrize(("jobs", "running"), [(1, 0), (2, 1), (3, 2), (9, 2)])
def test_how_many_processes_are_at_work(jobs: int, running: int) -> None:
    """Whoever starts others may want to know."""
    wait = multiprocessing.get_context("fork").Event()
    with asides.begun((wait.wait, ()), (wait.wait, ()), jobs=jobs) as begun:
        assert begun.running() == running
        wait.set()
        assert [result() for result in begun.results] == [True, True]


def test_calls_behind_one_that_fails_are_made() -> None:
    """By the same process."""
    with asides.begun((fail, ()), (pow, (2, 3)), jobs=2) as begun:
        bad, good = begun.results
        with pytest.raises(SourceError, match="bad luck"):
            bad()
        assert good() == 8


def test_work_that_nobody_waits_for_is_ended() -> None:
    """An error elsewhere does not leave it running, nor waits for it."""
    with pytest.raises(GazetteError), asides.begun((input, ()), jobs=2):
        raise GazetteError("something else went wrong")


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_time_that_it_took_is_charged_here(jobs: int) -> None:
    """The ledger is of all processes."""
    timing.take()
    with asides.begun((charge, ()), jobs=jobs) as begun:
        begun.results[0]()
    assert timing.take()["work"] > 0
