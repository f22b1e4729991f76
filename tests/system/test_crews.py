"""Work given to others, behind any executor: two threads are one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.system import asides, crews, parallel, timing
from generator.system.crews import Crew
from generator.system.errors import GazetteError, SourceError


class Post(Executor):
    """Two threads; ``sent`` has what they were called with."""

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []
        self._threads = ThreadPoolExecutor(2)

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:  # noqa: ANN401  # as the library has it
        """Call ``function`` in one of the threads."""
        self.sent.append((function, *arguments))
        return self.begun(function, *arguments)

    def begun(self, function: Any, *arguments: Any) -> Future[Any]:  # noqa: ANN401  # as the library has it
        """Have one of the threads do it."""
        return self._threads.submit(function, *arguments)


class Busy(Post):
    """Begins what it is sent first when it has been sent ``calls``."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self._calls = calls
        self._first: Future[Any] = Future()

    def begun(self, function: Any, *arguments: Any) -> Future[Any]:  # noqa: ANN401  # as the library has it
        """Have one of the threads do it, but the first time not yet."""
        if len(self.sent) == 1:
            return self._first
        if len(self.sent) == self._calls:
            called, *given = self.sent[0]
            self._first.set_result(called(*given))
        return super().begun(function, *arguments)


@dataclasses.dataclass(frozen=True)
class Shelf:
    """Something large."""

    books: tuple[str, ...]


def scaled(factor: int, number: int) -> int:
    """Return the product; 13 brings bad luck."""
    with timing.charge("scaling"):
        if number == 13:
            raise SourceError("numbers", number, "bad luck")
        return factor * number


def found(shared: tuple[int, Shelf], item: object) -> bool:
    """Say whether ``item`` is, or gives, the very shelf that is shared."""
    return (item() if isinstance(item, partial) else item) is shared[1]


def itself(value: Shelf) -> Shelf:
    """Return ``value``."""
    return value


def willing() -> None:
    """Raise nothing, as a worker that is fit."""


def refusing() -> None:
    """Raise, as a worker that is not fit does."""
    raise GazetteError("not here")


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    """Two workers."""
    return Crew(Post(), tmp_path / "shared", willing, size=2)


def sent(crew: Crew) -> list[tuple[Any, ...]]:
    """Return what the workers were called with."""
    assert isinstance(crew.executor, Post)
    return crew.executor.sent


def test_a_crew_works_behind_any_executor(crew: Crew) -> None:
    """In the order of the items, with what is shared in a file that is gone in the end."""
    assert list(parallel.each(scaled, 3, range(100, 200), crew)) == [
        3 * number for number in range(100, 200)
    ]
    with asides.begun((scaled, (2, 4)), jobs=crew) as begun:
        assert begun.results[0]() == 8
        assert begun.running() == 0
    assert list(crew.folder.iterdir()) == []


def test_items_are_made_while_others_are_worked_on(crew: Crew) -> None:
    """A few are sent ahead of the first result, whatever number there is."""
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100, 1000):
            made.append(number)
            yield number

    results = parallel.each(scaled, 1, items(), crew)
    assert next(results) == 100
    assert len(made) < 50
    assert len(list(results)) == 899


def test_one_that_has_to_wait_holds_up_no_other(crew: Crew) -> None:
    """The first is begun when the last is sent; yet they come in their order."""
    busy = dataclasses.replace(crew, executor=Busy(100))
    assert list(parallel.each(scaled, 1, range(100, 200), busy)) == list(range(100, 200))


def test_without_items_nothing_is_shared(crew: Crew) -> None:
    """What is shared may take long to be known, and longer to be written."""
    assert list(parallel.each(scaled, 3, [], crew)) == []
    assert not crew.folder.exists()


@pytest.mark.parametrize(
    ("item_of", "same"),
    [
        (itself, True),
        (partial(partial, itself), True),
        (dataclasses.replace, False),
    ],
)
def test_what_is_shared_is_not_sent_again(
    crew: Crew, item_of: Callable[[Shelf], object], *, same: bool
) -> None:
    """An item that refers to it is small, and finds it; one like it is another one."""
    shelf = Shelf(tuple(map(str, range(10_000))))
    assert list(parallel.each(found, (1, shelf), [item_of(shelf)], crew)) == [same]
    assert (len(sent(crew)[0][-1]) < 300) == same


def test_an_executor_passes_on_bytes(crew: Crew) -> None:
    """So it can stand where there is nothing of the program but this module."""
    list(parallel.each(found, (1, Shelf(())), [Shelf(())], crew))
    with asides.begun((scaled, (2, 4)), jobs=crew) as begun:
        begun.results[0]()
    for function, *arguments in sent(crew):
        assert function.__module__ == crews.__name__
        assert {type(one) for one in arguments} == {bytes}


def test_an_error_of_a_crew_comes_home(crew: Crew) -> None:
    """Whole, from one item or from work aside; what is left is not begun."""
    with pytest.raises(SourceError, match="bad luck"):
        list(parallel.each(scaled, 1, range(20), crew))
    alone = asides.begun((scaled, (1, 13)), jobs=crew)
    with pytest.raises(SourceError, match="bad luck"), alone as begun:
        begun.results[0]()
    assert list(crew.folder.iterdir()) == []


def test_a_worker_that_is_not_fit_does_not_work(crew: Crew) -> None:
    """It says why before it begins."""
    unfit = dataclasses.replace(crew, refuse=refusing)
    with pytest.raises(GazetteError, match="not here"):
        list(parallel.each(scaled, 1, [1], unfit))
