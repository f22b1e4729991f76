"""Work spread over processes where that pays, or over the workers of any executor."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

from generator.system import timing

if TYPE_CHECKING:  # it takes long to load, so only where it is needed
    from concurrent.futures import Executor, Future

S = TypeVar("S")
I = TypeVar("I")  # noqa: E741  # an item
R = TypeVar("R")

_LATER = 10  # steps of priority that the processes of a pool give up

_AHEAD = 8  # items that are given away for each process before the first one's result is taken

_work: tuple[Callable[[Any, Any], Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers elsewhere, behind an ``executor``, that see ``folder`` as this process does.

    ``refuse`` is called by a worker before it works, and raises where it is not fit to. ``size`` is
    how many there are, more or less. ``dump`` writes what they are to have, for pickle to load.
    """

    executor: Executor
    folder: Path
    refuse: Callable[[], None]
    size: int = 1
    dump: Callable[[object, IO[bytes]], None] = pickle.dump


Jobs = int | Crew
"""Who works: so many processes of this machine, or a crew."""


def cores() -> int:
    """Return how many processes this machine runs at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(function: Callable[[S, I], R], shared: S, items: Sequence[I], jobs: Jobs) -> Iterator[R]:
    """Yield ``function(shared, item)`` for each of ``items``, in their order.

    With ``jobs`` over 1 the calls run in that many processes. ``shared`` reaches them as it is
    where processes can be forked, so it may be large; items and results are copied. A crew finds it
    in a file, and may be given an item twice, where a worker was lost.
    """
    if isinstance(jobs, Crew):
        with _shared(jobs, shared) as place:
            call = partial(_call_elsewhere, function, place, jobs.refuse)
            submit = jobs.executor.submit
            yield from _charged(
                _in_order(lambda item: submit(call, item), items, jobs.size * _AHEAD)
            )
        return
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
            gives = _in_order(lambda item: pool.submit(_call, item), items, jobs * _AHEAD)
            yield from _charged(gives)
    finally:
        gc.unfreeze()


def _in_order(submit: Callable[[I], Future[R]], items: Iterable[I], ahead: int) -> Iterator[R]:
    """Yield the results of ``items`` in their order; so many wait at most, as they take memory."""
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(submit(item))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _charged(results: Iterable[tuple[R, dict[str, float]]]) -> Iterator[R]:
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
    _end_with_parent()


def _give_way() -> None:
    """Let what runs ``aside`` go first: it cannot be shared out, so it is waited for longest."""
    if hasattr(os, "nice"):
        os.nice(_LATER)


def _call(item: object) -> tuple[Any, dict[str, float]]:
    if _work is None:
        raise RuntimeError("called outside a process of the pool")
    function, shared = _work
    return _timed(function, shared, item)


def _timed(function: Callable[..., R], *arguments: object) -> tuple[R, dict[str, float]]:
    """Return the result of a call, and what it took of the time of this process."""
    timing.take()
    result = function(*arguments)
    return result, timing.take()


@contextmanager
def aside(function: Callable[..., R], *arguments: object, jobs: Jobs) -> Iterator[Callable[[], R]]:
    """Run ``function(*arguments)`` in a process of its own; yield what waits for its result.

    Left before that has been called, by an error for one, it ends the process. With ``jobs`` of 1,
    or where processes cannot be forked, the call is made when it is waited for. Of a crew, one
    worker makes it.
    """
    if isinstance(jobs, Crew):
        with _shared(jobs, arguments) as place:
            future = jobs.executor.submit(_call_alone, function, place, jobs.refuse)
            try:
                yield lambda: next(_charged([future.result()]))
            finally:
                # Wherever it runs, it writes into what is thrown away: not into the next build.
                future.exception()
        return
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield lambda: function(*arguments)
        return
    import tempfile  # noqa: PLC0415  # what takes long to load, where it is needed

    # The answer waits in a file: a process that has to hand it over keeps its memory till then.
    with tempfile.TemporaryFile() as answer:
        process = multiprocessing.get_context("fork").Process(
            target=_report, args=(answer, function, arguments), daemon=True
        )
        gc.freeze()
        process.start()
        gc.unfreeze()

        def finish() -> R:
            process.join()
            answer.seek(0)
            try:
                result, error, spent = pickle.load(answer)  # noqa: S301  # our own process wrote it
            except (EOFError, pickle.UnpicklingError):
                raise RuntimeError("a process ended before its work was done") from None
            timing.add(spent)
            if error is not None:
                raise error
            return cast("R", result)

        try:
            yield finish
        finally:
            process.kill()
            process.join()


def _report(to: IO[bytes], function: Callable[..., object], arguments: Sequence[object]) -> None:
    _end_with_parent()
    timing.take()
    result: object = None
    failure: Exception | None = None
    try:
        result = function(*arguments)
    except Exception as error:  # noqa: BLE001  # it is raised again where the result is waited for
        failure = error
    pickle.dump((result, failure, timing.take()), to)
    to.flush()


@contextmanager
def _shared(crew: Crew, value: object) -> Iterator[Path]:
    """Leave ``value`` in a file for all workers of ``crew``; yield its place."""
    import tempfile  # noqa: PLC0415  # what takes long to load, where it is needed

    crew.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=crew.folder, delete=False) as file:
        crew.dump(value, file)
    try:
        yield Path(file.name)
    finally:
        Path(file.name).unlink(missing_ok=True)


_one_at_a_time = threading.Lock()
"""What a worker does is one thing at a time: nothing here is made for several threads."""
_at_hand: tuple[Path, Any] | None = None


def _call_elsewhere(
    function: Callable[[Any, Any], R], place: Path, refuse: Callable[[], None], item: object
) -> tuple[R, dict[str, float]]:
    """Return what a worker of a crew makes of ``item``; what is shared stays at hand for more."""
    global _at_hand  # noqa: PLW0603  # a worker does one piece of work at a time
    with _one_at_a_time:
        if _at_hand is None or _at_hand[0] != place:
            refuse()
            _at_hand = None
            _at_hand = place, pickle.loads(place.read_bytes())  # noqa: S301  # our own process wrote it
        return _timed(function, _at_hand[1], item)


def _call_alone(
    function: Callable[..., R], place: Path, refuse: Callable[[], None]
) -> tuple[R, dict[str, float]]:
    """Return what a worker of a crew makes of the arguments in the file ``place``."""
    with _one_at_a_time:
        refuse()
        arguments = pickle.loads(place.read_bytes())  # noqa: S301  # our own process wrote it
        return _timed(function, *arguments)


def _end_with_parent() -> None:
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
