"""The manifest: what the last build left and what this one made, each file with its fingerprint.

There may be millions of files: what is known of them is packed.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.system.fingerprints import BYTES

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BETWEEN = "\0"  # no path has it in it
_LEVEL = 1  # of compression: a quarter of the bytes, and faster than a disk takes them
_OPEN = 4  # parts whose paths stay unpacked


class Paths(Collection[str]):
    """Paths of files, packed as they are added."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._count = 0

    def add(self, paths: Collection[str]) -> None:
        """Add ``paths`` behind the others."""
        if paths:
            self._parts.append(_pack(paths))
            self._count += len(paths)

    def extend(self, others: Paths) -> None:
        """Add ``others``, packed as they are."""
        self._parts += others._parts
        self._count += others._count

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(_unpack, self._parts))

    def __len__(self) -> int:
        return self._count

    def __contains__(self, path: object) -> bool:
        return any(path == each for each in self)


class Part(NamedTuple):
    """Some files: their paths, packed, and their fingerprints, BYTES each."""

    paths: bytes
    keys: bytes


class Manifest(Iterable[str]):
    """The paths of files in the order in which they were planned; ``items`` has their keys, too."""

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        self.parts = list(parts)
        self._count = sum(len(part.keys) for part in self.parts) // BYTES

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Manifest:
        """Return the manifest of ``files``, keys by path."""
        made = cls()
        made.add(files)
        return made

    def add(self, files: Mapping[str, bytes]) -> None:
        """Add ``files``, keys by path, behind the others."""
        if files:
            self.parts.append(Part(_pack(files), b"".join(files.values())))
            self._count += len(files)

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Yield each path with its key."""
        for paths, keys in self.parts:
            starts = range(0, len(keys), BYTES)
            for path, start in zip(_unpack(paths), starts, strict=True):
                yield path, keys[start : start + BYTES]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(_unpack(paths) for paths, _ in self.parts)

    def __len__(self) -> int:
        return self._count


class Bundled(NamedTuple):
    """What is known of a bundle: the keys of what was known early, and of all; its pages.

    These are those of the manifest from the number ``first`` on, before the number ``end``. While
    it is planned anew, its pages are looked at one by one, and ``whole`` is still None.
    """

    early: bytes
    whole: bytes | None
    first: int
    end: int


class Before(Iterable[str]):
    """What the last build left: its pages and other files, those ``lost`` that others touched.

    ``bundles`` has by name what is known of each bundle of pages. Files have numbers, those of
    pages before those of others.
    """

    def __init__(
        self,
        pages: Manifest | None = None,
        others: Manifest | None = None,
        lost: Iterable[str] = (),
        bundles: Mapping[str, Bundled] | None = None,
    ) -> None:
        self._lost = frozenset(lost)
        self.bundles = bundles or {}
        self._made_of = pages, others, self._lost, self.bundles
        parts = [part for each in (pages, others) if each for part in each.parts]
        self._files = Manifest(parts)
        self._starts = [0, *accumulate(len(part.keys) // BYTES for part in parts)]
        self._open: dict[int, list[str]] = {}
        # A path is found by its hash, which is one of 64 bits: as strings in a dict, paths would
        # take ten times the memory.
        self._hashes, self._numbers = _sorted(array("q", map(hash, self._files)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Send to another process what this was made of: hashes are of one process."""
        return Before, self._made_of

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path of each file with its fingerprint."""
        return self._files.items()

    def place(self, path: str) -> int | None:
        """Return the number of the file ``path``; None where there is none."""
        value = hash(path)
        place = bisect_left(self._hashes, value)
        if place == len(self._hashes) or self._hashes[place] != value:
            return None
        return self._numbers[place]

    def places(self, paths: Iterable[str], but: Iterable[str]) -> npt.NDArray[np.int64]:
        """Return the number of the file at each of ``paths``.

        It is -1 where there is none, or where it is among those lost or in ``but``. Of many paths
        this takes a third of the time of asking for each.
        """
        import numpy as np  # noqa: PLC0415  # as in _sorted

        asked = np.frombuffer(array("q", map(hash, paths)), np.int64)
        hashes = np.frombuffer(self._hashes, np.int64)
        others = np.frombuffer(array("q", map(hash, {*but, *self._lost})), np.int64)
        found = np.searchsorted(hashes, asked)
        is_known = (found < len(hashes)) & ~np.isin(asked, others)
        is_known[is_known] = hashes[found[is_known]] == asked[is_known]
        numbers = np.full(len(asked), -1)
        numbers[is_known] = np.frombuffer(self._numbers, np.int64)[found[is_known]]
        return numbers

    def key(self, number: int) -> bytes:
        """Return the fingerprint of the file of ``number``."""
        return self._key(*self._at(number))

    def has(self, path: str, key: bytes) -> bool:
        """Say whether ``path`` is as it was left, and is what it would be again."""
        place = self.place(path)
        return place is not None and path not in self._lost and self.key(place) == key

    def has_all(self, paths: Iterable[str]) -> bool:
        """Say whether all of ``paths``, which were left, are as they were."""
        return self._lost.isdisjoint(paths)

    def pages(self, bundled: Bundled) -> dict[str, bytes]:
        """Return the pages of a bundle with their fingerprints by path."""
        return dict(map(self._file, range(bundled.first, bundled.end)))

    def _at(self, number: int) -> tuple[int, int]:
        """Return the number of the part that a file is in, and its number there."""
        part = bisect_right(self._starts, number) - 1
        return part, number - self._starts[part]

    def _key(self, part: int, place: int) -> bytes:
        return self._files.parts[part].keys[place * BYTES : (place + 1) * BYTES]

    def _file(self, number: int) -> tuple[str, bytes]:
        part, place = self._at(number)
        paths = self._open.get(part)
        if paths is None:
            if len(self._open) == _OPEN:
                del self._open[next(iter(self._open))]
            paths = self._open[part] = _unpack(self._files.parts[part].paths)
        return paths[place], self._key(part, place)


def _sorted(values: array[int]) -> tuple[array[int], array[int]]:
    """Return ``values`` sorted, and the place that each had before."""
    if not values:
        return values, array("q")
    import numpy as np  # noqa: PLC0415  # it takes long to load: where nothing is known, nobody asks

    found = np.frombuffer(values, np.int64)
    order = np.argsort(found, kind="stable")
    return array("q", found[order].tobytes()), array("q", order.astype(np.int64).tobytes())


def _pack(paths: Iterable[str]) -> bytes:
    return zlib.compress(_BETWEEN.join(paths).encode(), _LEVEL)


def _unpack(paths: bytes) -> list[str]:
    return zlib.decompress(paths).decode().split(_BETWEEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The pages and the other files of the site, those that were new, and what was counted.

    ``bundles`` is what the next build is to know of each bundle of pages. ``unpublished`` says what
    is held back, ``next_day`` when that ends (seconds since 1970; 0 if nothing waits for its day).
    """

    pages: Manifest
    others: Manifest
    bundles: Mapping[str, Bundled]
    staged: Collection[str]
    removed: Sequence[str]
    papers: int
    digests: int
    warnings: tuple[str, ...]
    unpublished: str = ""
    next_day: int = 0

    def files(self) -> Iterator[str]:
        """Yield the path of every file: pages, then others."""
        return chain(self.pages, self.others)
