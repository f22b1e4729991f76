"""Where the time went: seconds of the processor by kind of work, over all processes.

``parallel`` brings home what the processes it starts have taken; ``table`` shows it all to
whoever wants a build shorter.
"""

from __future__ import annotations

import sys
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
    global _is_close  # noqa: PLW0603  # the account is one for the whole process
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


# What each kind of work is, in the order in which a build does it.
KINDS = {
    "look": "look at files",
    "read": "read entries",
    "yaml": "YAML",
    "study": "topics, words",
    "related": "related papers",
    "searches": "saved searches",
    "plan": "plan pages",
    "markdown": "TeX, Markdown",
    "render": "render pages",
    "write": "write files",
    "index": "search index",
}


def table(spent: Mapping[str, float], papers: int, seconds: float) -> str:
    """Return seconds and papers a second by kind of work, and the peak of memory.

    ``spent`` is in seconds of the processor over all processes, which together may take longer
    than the ``seconds`` by the clock that the whole took.
    """
    total = sum(spent.values())
    kinds = [*KINDS, *sorted(spent.keys() - KINDS.keys())]
    lines = [f"{'work':<16}{'CPU s':>9}{'share':>7}{'papers/s':>12}"]
    for kind in kinds:
        time = spent.get(kind, 0.0)
        if time > 0:
            rate = f"{papers / time:,.0f}" if papers else "-"
            name = KINDS.get(kind, kind)
            lines.append(f"{name:<16}{time:>9.3f}{time / total:>7.0%}{rate:>12}")
    lines.append(f"{'all processes':<16}{total:>9.3f}")
    lines.append(f"{'whole build':<16}{seconds:>9.3f}")
    own, child = memory()
    lines.append(f"peak memory: {own:,.0f} MB here, {child:,.0f} MB in the largest other process")
    return "\n".join(lines)


def memory() -> tuple[float, float]:
    """Return the peak memory in MB of this process and of the largest that it started.

    Where the system does not tell, both are 0.
    """
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ModuleNotFoundError:
        return 0.0, 0.0
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    own, child = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return (
        resource.getrusage(own).ru_maxrss / unit,
        resource.getrusage(child).ru_maxrss / unit,
    )
