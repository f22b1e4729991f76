"""Work spread over processes where that pays, or over the workers of any executor."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from generator.system import timing
from generator.system.crews import Crew, Timed, timed

if TYPE_CHECKING:  # it takes long to load, so only where it is needed
    from concurrent.futures import Future

S = TypeVar("S")
I = TypeVar("I")  # noqa: E741  # an item
R = TypeVar("R")

_LATER = 10  # steps of priority that the processes of a pool give up

_AHEAD = 8  # items that are given away for each process before the first one's result is taken

_work: tuple[Callable[[Any, Any], Any], Any] | None = None


Jobs = int | Crew
"""Who works: so many processes of this machine, or a crew."""


def cores() -> int:
    """Return how many processes this machine runs at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(
    function: Callable[[S, I], R],
    shared: S,
    items: Iterable[I],
    jobs: Jobs,
    ahead: int = _AHEAD,
) -> Iterator[R]:
    """Yield ``function(shared, item)`` for each of ``items``, in their order.

    With ``jobs`` over 1 the calls run in that many processes. ``shared`` reaches them as it is
    where processes can be forked, so it may be large; items and results are copied. A crew finds it
    in a file, and may be given an item twice, where a worker was lost; it works on some items while
    others are made, so those may come one by one. So many items go ``ahead`` for each worker: with
    all of them ahead, the work goes on while nobody asks for results.
    """
    if isinstance(jobs, Crew):
        left = iter(items)
        for first in left:  # if there is none, nothing need be shared
            with jobs.sharing(function, shared) as submit:
                yield from charged(_in_order(submit, chain([first], left), jobs.size * ahead))
        return
    if not isinstance(items, Sequence):
        items = list(items)
    if jobs <= 1 or len(items) <= 1:
        for item in items:
            yield function(shared, item)
        return
    # What takes long to load, where it is needed.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    can_fork = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if can_fork else None)
    # What is here already is no garbage: the children need not look at it, nor copy it by looking.
    gc.freeze()
    try:
        with ProcessPoolExecutor(
            min(jobs, len(items)), context, initializer=_adopt, initargs=(function, shared)
        ) as pool:
            gives = _in_order(lambda item: pool.submit(_call, item), items, jobs * ahead)
            yield from charged(gives)
    finally:
        gc.unfreeze()


def _in_order(submit: Callable[[I], Future[R]], items: Iterable[I], ahead: int) -> Iterator[R]:
    """Yield the results of ``items`` in their order.

    So many are under way at most, as they take memory. One that has to wait, behind work that goes
    on for long, does not hold up those after it.
    """
    waiting: deque[Future[R]] = deque()
    room = threading.Semaphore(ahead)
    try:
        for item in items:
            room.acquire()
            waiting.append(submit(item))
            waiting[-1].add_done_callback(lambda _: room.release())
            while waiting and waiting[0].done():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def charged(results: Iterable[Timed[R]]) -> Iterator[R]:
    """Yield results, and charge here the time that others took for them."""
    for result, spent in results:
        timing.add(spent)
        yield result


def batches(items: Iterable[I], size: int) -> list[tuple[I, ...]]:
    """Return ``items`` cut into tuples of ``size``, the last one shorter."""
    held = tuple(items)
    return [held[start : start + size] for start in range(0, len(held), size)]


def _adopt(function: Callable[[Any, Any], Any], shared: object) -> None:
    global _work  # noqa: PLW0603  # a process of the pool has one piece of work, for life
    _work = (function, shared)
    _give_way()
    end_with_parent()


def _give_way() -> None:
    """Let what runs ``aside`` go first: it cannot be shared out, so it is waited for longest."""
    if hasattr(os, "nice"):
        os.nice(_LATER)


def _call(item: object) -> Timed[Any]:
    if _work is None:
        raise RuntimeError("called outside a process of the pool")
    function, shared = _work
    return timed(function, shared, item)


def end_with_parent() -> None:
    """End this process when the one that started it does, killed or not: nobody else would.

    Asked to end, it does so at once and says nothing: the one that started it says what is to say.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from multiprocessing.connection import wait  # noqa: PLC0415  # only processes need it

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
