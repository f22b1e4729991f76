"""What a build remembers of the site that it left, and whether the files are still so."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

from generator.pipeline.manifest import Before, Bundled, Made, Manifest, Part
from generator.system.fingerprints import Signature, of_status

_NUMBERS = len(Signature._fields)
_SIZE = array("q").itemsize * _NUMBERS
_AT_ONCE = 4096  # files that are compared together
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
    """Return those of a ``part`` of the files that are not in ``output`` as the build left them."""
    found: set[str] = set()
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
    return found


def signatures(output: Path, made: Made, state: State, before: Before) -> bytes:
    """Return the signatures of all files of the site as it is now in ``output``.

    Those that are as they were ``before`` are taken from ``state``.
    """
    new = frozenset(made.staged) if state.files else frozenset[str]()

    def place(path: str) -> int | None:
        return None if path in new or not before.has_all((path,)) else before.place(path)

    found = bytearray()
    for number, paths in groupby(made.files(), place):
        if number is None:
            found += _signatures(output, paths)
        else:
            found += state.signatures[number * _SIZE : (number + 1) * _SIZE]
    return bytes(found)


def _signatures(output: Path, paths: Iterable[str]) -> bytes:
    found = array("q")
    for path in paths:
        try:
            found.extend(of_status(os.stat(f"{output}/{path}")))  # noqa: PTH116  # fast, and called for every file
        except OSError:
            found.extend(_NONE)
    return found.tobytes()
