"""The manifest: what the last build left and what this one made, each file with its fingerprint.

There may be millions of files: what is known of them is packed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from generator.system.fingerprints import BYTES

_BETWEEN = "\0"  # no path has it in it


class Part(NamedTuple):
    """Some files: their paths, joined, and their fingerprints, BYTES each."""

    paths: bytes
    keys: bytes


class Manifest(Iterable[str]):
    """The paths of files in the order in which they were planned; ``items`` has their keys, too."""

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        self.parts = list(parts)

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Manifest:
        """Return the manifest of ``files``, keys by path."""
        made = cls()
        made.add(files)
        return made

    def add(self, files: Mapping[str, bytes]) -> None:
        """Add ``files``, keys by path, behind the others."""
        if files:
            paths = _BETWEEN.join(files).encode()
            self.parts.append(Part(paths, b"".join(files.values())))

    def items(self) -> Iterator[tuple[str, bytes]]:
        """Yield each path with its key."""
        for paths, keys in self.parts:
            starts = range(0, len(keys), BYTES)
            for path, start in zip(paths.decode().split(_BETWEEN), starts, strict=True):
                yield path, keys[start : start + BYTES]

    def __iter__(self) -> Iterator[str]:
        for paths, _ in self.parts:
            yield from paths.decode().split(_BETWEEN)

    def __len__(self) -> int:
        return sum(len(keys) for _, keys in self.parts) // BYTES


class Bundled(NamedTuple):
    """What is known of a bundle: the keys of what was known early, and of all; its pages.

    These are those of the manifest from the number ``first`` on, before the number ``end``. While
    it is planned anew, its pages are looked at one by one, and ``whole`` is still None.
    """

    early: bytes
    whole: bytes | None
    first: int
    end: int


class Before:
    """What the last build left: its pages and other files, those ``lost`` that others touched.

    ``bundles`` has by name what is known of each bundle of pages.
    """

    def __init__(
        self,
        pages: Manifest | None = None,
        others: Manifest | None = None,
        lost: Iterable[str] = (),
        bundles: Mapping[str, Bundled] | None = None,
    ) -> None:
        manifests = (pages or Manifest(), others or Manifest())
        self._keys = b"".join([part.keys for each in manifests for part in each.parts])
        self._places = {path: place for place, path in enumerate(chain(*manifests))}
        self._paths = list(self._places)
        self._lost = frozenset(lost)
        self.bundles = bundles or {}

    @property
    def paths(self) -> KeysView[str]:
        """The paths of all files."""
        return self._places.keys()

    def place(self, path: str) -> int | None:
        """Return the number of the file ``path``, pages before others; None where there is none."""
        return self._places.get(path)

    def key(self, path: str) -> bytes:
        """Return the fingerprint of the file ``path``, which is there."""
        start = self._places[path] * BYTES
        return self._keys[start : start + BYTES]

    def has(self, path: str, key: bytes) -> bool:
        """Say whether ``path`` is as it was left, and is what it would be again."""
        return path in self._places and path not in self._lost and self.key(path) == key

    def has_all(self, paths: Iterable[str]) -> bool:
        """Say whether all of ``paths``, which were left, are as they were."""
        return self._lost.isdisjoint(paths)

    def pages(self, bundled: Bundled) -> list[str]:
        """Return the paths of the pages of a bundle."""
        return self._paths[bundled.first : bundled.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The pages and the other files of the site, those that were new, and what was counted.

    ``bundles`` is what the next build is to know of each bundle of pages. ``unpublished`` says what
    is held back, ``next_day`` when that ends (seconds since 1970; 0 if nothing waits for its day).
    """

    pages: Manifest
    others: Manifest
    bundles: Mapping[str, Bundled]
    staged: Sequence[str]
    removed: Sequence[str]
    papers: int
    digests: int
    warnings: tuple[str, ...]
    unpublished: str = ""
    next_day: int = 0

    def files(self) -> Iterator[str]:
        """Yield the path of every file: pages, then others."""
        return chain(self.pages, self.others)
