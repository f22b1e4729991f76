"""Where the time went: seconds of the processor by kind of work, over all processes.

``parallel`` brings home what the processes it starts have taken.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_spent: dict[str, float] = {}
_open: list[float] = []


@contextmanager
def charge(kind: str) -> Iterator[None]:
    """Charge the processor time of the block to ``kind``; nested blocks count once."""
    started = time.process_time()
    _open.append(0.0)
    try:
        yield
    finally:
        whole = time.process_time() - started
        _spent[kind] = _spent.get(kind, 0.0) + whole - _open.pop()
        if _open:
            _open[-1] += whole


def take() -> dict[str, float]:
    """Return the seconds by kind since the last call, and begin anew."""
    spent = dict(_spent)
    _spent.clear()
    return spent


def add(spent: Mapping[str, float]) -> None:
    """Enter what another process has taken."""
    for kind, seconds in spent.items():
        _spent[kind] = _spent.get(kind, 0.0) + seconds
