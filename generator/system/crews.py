"""Workers behind an executor, a cluster's for one: what they share, and what they are called with.

Whatever stands between here and a worker passes bytes on, and needs nothing of the program.
"""

from __future__ import annotations

import gc
import io
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copyreg import dispatch_table
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from generator.system import blas, timing

if TYPE_CHECKING:  # it takes long to load, so only where it is needed
    from concurrent.futures import Executor, Future

I = TypeVar("I")  # noqa: E741  # an item
R = TypeVar("R")

Timed = tuple[R, dict[str, float]]
"""A result, and what it took of the time of the process that made it."""

_PROTOCOL = pickle.HIGHEST_PROTOCOL
AT_HAND = 2  # shared values that a worker keeps


@dataclass(frozen=True, slots=True)
class Crew:
    """Workers elsewhere, behind an ``executor``, that see ``folder`` as this process does.

    ``refuse`` is called by a worker before it works, and raises where it is not fit to. ``size`` is
    how many there are, more or less.
    """

    executor: Executor
    folder: Path
    refuse: Callable[[], None]
    size: int = 1

    @contextmanager
    def sharing(
        self, function: Callable[[Any, I], R], shared: object
    ) -> Iterator[Callable[[I], Future[Timed[R]]]]:
        """Yield what has a worker call ``function(shared, item)``.

        What is shared lies in a file meanwhile, and a worker loads it once. An item that refers to
        it, or to a part of it where it is a tuple, is sent without.
        """
        with self._left(shared) as place:
            call = pickle.dumps((function, place, self.refuse))
            parts = _parts(shared)
            yield lambda item: self.executor.submit(_called, call, _packed(item, parts))

    @contextmanager
    def alone(
        self, function: Callable[..., R], arguments: Sequence[object]
    ) -> Iterator[Future[Timed[R]]]:
        """Have one worker call ``function(*arguments)``; yield what will have the result."""
        with self._left(arguments) as place:
            call = pickle.dumps((function, place, self.refuse))
            future = self.executor.submit(_called_alone, call)
            try:
                yield future
            finally:
                # Wherever it runs, it writes into what is thrown away: not into the next build.
                future.exception()

    @contextmanager
    def _left(self, value: object) -> Iterator[Path]:
        """Leave ``value`` in a file for all workers; yield its place."""
        import tempfile  # noqa: PLC0415  # what takes long to load, where it is needed

        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
            pickle.dump(value, file, _PROTOCOL)
        try:
            yield Path(file.name)
        finally:
            Path(file.name).unlink(missing_ok=True)


def _packed(item: object, parts: Sequence[object]) -> bytes:
    """Return ``item`` pickled, with a number in the place of each of ``parts``."""
    numbers = {id(part): number for number, part in enumerate(parts)}

    def reduce(value: object) -> Any:  # noqa: ANN401  # whatever pickle takes
        number = numbers.get(id(value))
        return value.__reduce_ex__(_PROTOCOL) if number is None else (_part, (number,))

    file = io.BytesIO()
    pickler = pickle.Pickler(file, _PROTOCOL)
    pickler.dispatch_table = {**dispatch_table, **{type(part): reduce for part in parts}}
    pickler.dump(item)
    return file.getvalue()


def _part(_number: int) -> object:
    raise RuntimeError("it is looked for among what is shared: see _Unpickler")


class _Unpickler(pickle.Unpickler):
    """Puts ``parts`` back in their places."""

    def __init__(self, file: IO[bytes], parts: Sequence[object]) -> None:
        super().__init__(file)
        self._parts = parts

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  # whatever has a name
        if module == __name__ and name == _part.__name__:
            return self._parts.__getitem__
        return super().find_class(module, name)


def _parts(shared: object) -> Sequence[object]:
    return shared if isinstance(shared, tuple) else (shared,)


_lock = threading.Lock()
_at_hand: dict[Path, Any] = {}


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Work alone: nothing here is made for several threads; nor does it pay to have them."""
    with _lock, blas.one_thread():
        # What a worker has beside is no garbage of ours: it need not be looked at again and again.
        gc.freeze()
        try:
            yield
        finally:
            gc.unfreeze()


def _called(call: bytes, packed: bytes) -> Timed[Any]:
    """Return what a worker makes of an item; what is shared stays at hand for more."""
    function, place, refuse = pickle.loads(call)  # noqa: S301  # our own process wrote it
    with _one_at_a_time():
        if place not in _at_hand:
            refuse()
            while len(_at_hand) >= AT_HAND:
                del _at_hand[next(iter(_at_hand))]
            _at_hand[place] = _loaded(place)
        shared = _at_hand[place]
        return timed(function, shared, _Unpickler(io.BytesIO(packed), _parts(shared)).load())


def _called_alone(call: bytes) -> Timed[Any]:
    """Return what a worker makes of the arguments in a file."""
    function, place, refuse = pickle.loads(call)  # noqa: S301  # our own process wrote it
    with _one_at_a_time():
        refuse()
        return timed(function, *_loaded(place))


def _loaded(place: Path) -> Any:  # noqa: ANN401  # whatever was left there
    with place.open("rb") as file:
        return pickle.load(file)  # noqa: S301  # our own process wrote it


def timed(function: Callable[..., R], *arguments: object) -> Timed[R]:
    """Return the result of a call, and what it took of the time of this process."""
    timing.take()
    result = function(*arguments)
    return result, timing.take()
