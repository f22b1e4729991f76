"""What a build remembers of the site that it left, and whether the files are still so."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, compress, islice
from pathlib import Path
from typing import NamedTuple

from generator.pipeline.folders import Folders
from generator.pipeline.manifest import Before, Bundled, Made, Manifest, Part
from generator.system import asides
from generator.system.fingerprints import Signature, numbers_of

_NUMBERS = len(Signature._fields)
_SIZE = array("q").itemsize * _NUMBERS
_AT_ONCE = 4096  # files that are compared together
MANY = 5000  # files that take longer to look at than a process to start
_NONE = Signature(-1, -1, -1)  # of a file that is not there


class State(NamedTuple):
    """What the last build of one output was made from, and what it made.

    ``inputs`` has a key of the signatures of all files of a folder; ``signatures`` are those of the
    site's files, pages before others.
    """

    started: int
    request: bytes
    inputs: dict[str, bytes]
    pages: list[Part]
    others: list[Part]
    signatures: bytes
    bundles: Mapping[str, Bundled]
    papers: int
    digests: int
    warnings: tuple[str, ...]
    unpublished: str = ""
    next_day: int = 0

    @property
    def files(self) -> int:
        """How many files the site has."""
        return len(self.signatures) // _SIZE

    @property
    def size(self) -> int:
        """How many bytes they have."""
        return sum(array("q", self.signatures)[::_NUMBERS])

    def paths(self) -> Iterator[str]:
        """Yield the path of every file: pages, then others."""
        return iter(Manifest([*self.pages, *self.others]))


EMPTY = State(0, b"", {}, [], [], b"", {}, 0, 0, ())


def touched(output: Path, state: State, part: slice) -> set[str]:
    """Return those of a ``part`` of the files that are not in ``output`` as the build left them.

    Nor are those behind a link that somebody has put in the place of a folder.
    """
    found: set[str] = set()
    folders = Folders(output)
    start, end, _ = part.indices(state.files)
    paths = islice(state.paths(), start, end)
    for first in range(start, end, _AT_ONCE):
        few = list(islice(paths, _AT_ONCE))
        seen = _signatures(output, few)
        before = state.signatures[first * _SIZE : (first + len(few)) * _SIZE]
        if seen != before:
            found |= {
                path
                for path, at in zip(few, range(0, len(seen), _SIZE), strict=True)
                if seen[at : at + _SIZE] != before[at : at + _SIZE]
            }
        if any(map(folders.link_of, {path.rpartition("/")[0] for path in few})):
            found.update(path for path in few if folders.link_of(path.rpartition("/")[0]))
    return found


def signatures(output: Path, made: Made, state: State, before: Before) -> bytes:
    """Return the signatures of all files of the site as it is now in ``output``.

    Those that are as they were ``before`` are taken from ``state``.
    """
    if not state.files:
        return _by_two(output, made.files, len(made.pages) + len(made.others))
    import numpy as np  # noqa: PLC0415  # it takes long to load: not where nothing is known

    places = before.places(made.files(), made.staged)
    is_new = places < 0
    found = np.frombuffer(state.signatures, np.int64).reshape(-1, _NUMBERS)[places]
    new = _by_two(output, lambda: compress(made.files(), is_new), int(is_new.sum()))
    found[is_new] = np.frombuffer(new, np.int64).reshape(-1, _NUMBERS)
    return found.tobytes()


def _by_two(output: Path, paths: Callable[[], Iterable[str]], count: int) -> bytes:
    """Return the signatures of ``count`` files, which ``paths`` yields; two processes look."""
    half = count // 2
    rest = _signatures, (output, islice(paths(), half, None))
    with asides.begun(rest, jobs=jobs_for(count)) as looking:
        found = _signatures(output, islice(paths(), half))
        more: bytes = looking.results[0]()
        return found + more


def jobs_for(count: int) -> int:
    """Return how many processes are to look at ``count`` files.

    It takes the system's time: two do it in half of it.
    """
    return 2 if count > MANY else 1


def _signatures(output: Path, paths: Iterable[str]) -> bytes:
    found = array("q")
    left = (f"{output}/{path}" for path in paths)
    while True:
        try:
            # There may be millions, and most are there: so they go through no line of Python.
            found.extend(chain.from_iterable(map(numbers_of, map(os.stat, left))))
        except OSError:
            found.extend(_NONE)
        else:
            return found.tobytes()
