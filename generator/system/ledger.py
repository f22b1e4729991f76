"""Where the time went: seconds of the processor by kind of work, over all processes.

``parallel`` brings home what the processes it starts have taken.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext

_spent: dict[str, float] = {}
_open: list[float] = []
_is_close = False


class _Account:
    """Charges the processor time of a block to its ``kind``; nested blocks count once."""

    __slots__ = ("_kind", "_started")

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __enter__(self) -> None:
        _open.append(0.0)
        self._started = time.process_time()

    def __exit__(self, *_: object) -> None:
        whole = time.process_time() - self._started
        _spent[self._kind] = _spent.get(self._kind, 0.0) + whole - _open.pop()
        if _open:
            _open[-1] += whole


_NOTHING: AbstractContextManager[None] = nullcontext()


def charge(kind: str) -> AbstractContextManager[None]:
    """Charge the processor time of the block to ``kind``; nested blocks count once."""
    return _Account(kind)


def charge_closely(kind: str) -> AbstractContextManager[None]:
    """Do the same for a block that runs for every paper, in a build that is watched closely.

    In any other its time counts with what is around it: to ask for the time takes time.
    """
    return _Account(kind) if _is_close else _NOTHING


def watch_closely() -> None:
    """Charge closely from now on, in the processes too that are forked from here."""
    global _is_close  # noqa: PLW0603  # the ledger is one for the whole process
    _is_close = True


def take() -> dict[str, float]:
    """Return the seconds by kind since the last call, and begin anew."""
    spent = dict(_spent)
    _spent.clear()
    return spent


def add(spent: Mapping[str, float]) -> None:
    """Enter what another process has taken."""
    for kind, seconds in spent.items():
        _spent[kind] = _spent.get(kind, 0.0) + seconds
