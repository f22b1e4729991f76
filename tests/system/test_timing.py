"""Where the time went: what is charged, to what, and when closely."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from generator.system import timing


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin and end with an empty ledger that is not close."""
    monkeypatch.setattr(timing, "_is_close", False)
    timing.take()
    yield
    timing.take()


def work(seconds: float) -> None:
    """Keep the processor busy."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_block_is_charged_without_what_it_holds() -> None:
    """Time counts once: with the innermost kind."""
    with timing.charge("outer"):
        work(0.02)
        with timing.charge("inner"):
            work(0.05)
    spent = timing.take()
    assert 0.02 <= spent["outer"] < 0.05 <= spent["inner"]
    assert timing.take() == {}


def test_what_fails_is_charged_too() -> None:
    """An error goes through, and the ledger stays in order."""
    with pytest.raises(KeyError), timing.charge("outer"), timing.charge("inner"):
        raise KeyError
    assert timing.take().keys() == {"outer", "inner"}


def test_small_work_is_charged_only_where_somebody_looks() -> None:
    """Otherwise it counts with what is around it."""
    with timing.charge("outer"), timing.charge_closely("inner"):
        pass
    assert timing.take().keys() == {"outer"}
    timing.watch_closely()
    with timing.charge("outer"), timing.charge_closely("inner"):
        pass
    assert timing.take().keys() == {"outer", "inner"}
