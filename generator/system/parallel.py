"""Work spread over processes where that pays."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

S = TypeVar("S")
I = TypeVar("I")  # noqa: E741  # an item
R = TypeVar("R")

_work: tuple[Callable[[Any, Any], Any], Any] | None = None


def cores() -> int:
    """Return how many processes this machine runs at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(function: Callable[[S, I], R], shared: S, items: Sequence[I], jobs: int) -> Iterator[R]:
    """Yield ``function(shared, item)`` for each of ``items``, in their order.

    With ``jobs`` over 1 the calls run in that many processes. ``shared`` reaches them as it is
    where processes can be forked, so it may be large; items and results are copied.
    """
    if jobs <= 1 or len(items) <= 1:
        for item in items:
            yield function(shared, item)
        return
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if can_fork else None)
    # What is here already is no garbage: the children need not look at it, nor copy it by looking.
    gc.freeze()
    try:
        with ProcessPoolExecutor(
            min(jobs, len(items)), context, initializer=_adopt, initargs=(function, shared)
        ) as pool:
            yield from pool.map(_call, items)
    finally:
        gc.unfreeze()


def batches(items: Iterable[I], size: int) -> list[tuple[I, ...]]:
    """Return ``items`` cut into tuples of ``size``, the last one shorter."""
    held = tuple(items)
    return [held[start : start + size] for start in range(0, len(held), size)]


def _adopt(function: Callable[[Any, Any], Any], shared: object) -> None:
    global _work  # noqa: PLW0603  # a process of the pool has one piece of work, for life
    _work = (function, shared)


def _call(item: object) -> Any:  # noqa: ANN401  # whatever the work returns
    if _work is None:
        raise RuntimeError("called outside a process of the pool")
    function, shared = _work
    return function(shared, item)
