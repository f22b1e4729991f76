"""Work done beside that of this process: some calls that cannot be shared out, each made once.

They are made in as few processes as keep this machine busy: each has in its memory what this one
has, so that one more costs as much again.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from generator.system import timing
from generator.system.crews import Crew, Timed
from generator.system.parallel import Jobs, charged, end_with_parent

if TYPE_CHECKING:  # they take long to load, so only where they are needed
    from concurrent.futures import Future
    from multiprocessing.connection import Connection

Call = tuple[Callable[..., Any], tuple[object, ...]]
"""A function, and what it is called with."""


class Begun(NamedTuple):
    """What waits for the result of each call; what says how many processes are at work on them."""

    results: Sequence[Callable[[], Any]]
    running: Callable[[], int]


@contextmanager
def begun(*calls: Call, jobs: Jobs) -> Iterator[Begun]:
    """Begin ``calls``.

    Of ``jobs`` processes one is left to others; what one makes several of, it makes in their order.
    Left before a call has been made, by an error for one, its process is ended. With ``jobs`` of 1,
    or where processes cannot be forked, a call is made when it is waited for. Of a crew, a worker
    makes each.
    """
    with ExitStack() as stack:
        if isinstance(jobs, Crew):
            futures = [stack.enter_context(jobs.alone(*call)) for call in calls]
            yield Begun([partial(_result, future) for future in futures], nobody)
            return
        if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
            yield Begun([partial(function, *arguments) for function, arguments in calls], nobody)
            return
        count = min(jobs - 1, len(calls))
        processes = [stack.enter_context(_process(calls[first::count])) for first in range(count)]
        results = [
            partial(processes[number % count].result, number // count)
            for number in range(len(calls))
        ]
        yield Begun(results, lambda: sum(one.is_running() for one in processes))


def nobody() -> int:
    """Return how many processes are at work where there are none."""
    return 0


def _result(future: Future[Timed[Any]]) -> Any:  # noqa: ANN401  # whatever was called returns
    return next(charged([future.result()]))


class _Process:
    """A process that makes some calls, and says when each is made.

    Answers wait in files: a process that has to hand one over keeps its memory till then.
    """

    def __init__(
        self, answers: Sequence[IO[bytes]], told: Connection, is_running: Callable[[], bool]
    ) -> None:
        self.is_running = is_running
        self._answers = answers
        self._told = told
        self._made = 0

    def result(self, number: int) -> Any:  # noqa: ANN401  # whatever was called returns
        """Wait for the result of the call ``number``."""
        try:
            while self._made <= number:
                self._told.recv_bytes()
                self._made += 1
            self._answers[number].seek(0)
            result, error, spent = pickle.load(self._answers[number])  # noqa: S301  # our own process wrote it
        except (EOFError, pickle.UnpicklingError):
            raise RuntimeError("a process ended before its work was done") from None
        timing.add(spent)
        if error is not None:
            raise error
        return result


@contextmanager
def _process(calls: Sequence[Call]) -> Iterator[_Process]:
    """Start a process for ``calls``; end it where it has not ended."""
    import tempfile  # noqa: PLC0415  # what takes long to load, where it is needed

    with ExitStack() as stack:
        answers = [stack.enter_context(tempfile.TemporaryFile()) for _ in calls]
        told, telling = multiprocessing.Pipe(duplex=False)
        stack.enter_context(told)
        process = multiprocessing.get_context("fork").Process(
            target=_make, args=(answers, telling, calls), daemon=True
        )
        gc.freeze()
        process.start()
        gc.unfreeze()
        telling.close()
        try:
            yield _Process(answers, told, process.is_alive)
        finally:
            process.kill()
            process.join()


def _make(answers: Sequence[IO[bytes]], telling: Connection, calls: Sequence[Call]) -> None:
    end_with_parent()
    for answer, (function, arguments) in zip(answers, calls, strict=True):
        timing.take()
        result: object = None
        failure: Exception | None = None
        try:
            result = function(*arguments)
        except Exception as error:  # noqa: BLE001  # it is raised again where the result is waited for
            failure = error
        # A full disk: whoever waits for the answer finds none, and says so.
        with suppress(OSError):
            pickle.dump((result, failure, timing.take()), answer)
            answer.flush()
        with suppress(OSError):  # nobody waits any more
            telling.send_bytes(b"")
