"""Where the time went: what is charged, to what, and when closely."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from generator.system import ledger


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin and end with an empty ledger that is not close."""
    monkeypatch.setattr(ledger, "_is_close", False)
    ledger.take()
    yield
    ledger.take()


def work(seconds: float) -> None:
    """Keep the processor busy."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_block_is_charged_without_what_it_holds() -> None:
    """Time counts once: with the innermost kind."""
    with ledger.charge("outer"):
        work(0.02)
        with ledger.charge("inner"):
            work(0.05)
    spent = ledger.take()
    assert 0.02 <= spent["outer"] < 0.05 <= spent["inner"]
    assert ledger.take() == {}


def test_what_fails_is_charged_too() -> None:
    """An error goes through, and the ledger stays in order."""
    with pytest.raises(KeyError), ledger.charge("outer"), ledger.charge("inner"):
        raise KeyError
    assert ledger.take().keys() == {"outer", "inner"}


def test_small_work_is_charged_only_where_somebody_looks() -> None:
    """Otherwise it counts with what is around it."""
    with ledger.charge("outer"), ledger.charge_closely("inner"):
        pass
    assert ledger.take().keys() == {"outer"}
    ledger.watch_closely()
    with ledger.charge("outer"), ledger.charge_closely("inner"):
        pass
    assert ledger.take().keys() == {"outer", "inner"}
