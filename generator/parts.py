"""How a list that is long for one page is cut, and where each page of it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from generator import urls

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a page of a long list stands, and which of its items it has, counted from 1."""

    path: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Place:
    """The stretch of a page of a long list, and those before and after it (None at the ends)."""

    here: Stretch
    before: Stretch | None
    after: Stretch | None


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """One page of a list; ``place`` is None where the list has no other page."""

    path: str
    items: tuple[Row, ...]
    place: Place | None


def newest_first(items: Sequence[Row], path: str, size: int) -> Iterator[Part[Row]]:
    """Cut ``items`` (newest first) into pages of at most ``size``, the newest at ``path``.

    The older pages are counted from the oldest: a new paper changes the first two pages, and
    every older one stays as it is, address and content.
    """
    cuts = [len(items)]
    if len(items) > size:
        cuts.append(len(items) - size)
        while cuts[-1] > size:
            cuts.append((cuts[-1] - 1) // size * size)
    cuts.append(0)
    paths = [path, *(urls.numbered(path, number) for number in range(len(cuts) - 2, 0, -1))]
    return _parts(items, paths, [len(items) - cut for cut in cuts])


def in_order(items: Sequence[Row], path: str, size: int) -> Iterator[Part[Row]]:
    """Cut ``items``, whose order says something, into pages of ``size``, the first at ``path``."""
    cuts = [*range(0, len(items), size), len(items)] if items else [0, 0]
    paths = [path, *(urls.numbered(path, number) for number in range(2, len(cuts)))]
    return _parts(items, paths, cuts)


def _parts(items: Sequence[Row], paths: Sequence[str], cuts: Sequence[int]) -> Iterator[Part[Row]]:
    """Yield the pages of ``items``, cut at each of ``cuts``, both ends among them."""
    stretches = [
        Stretch(path, start + 1, end)
        for path, (start, end) in zip(paths, pairwise(cuts), strict=True)
    ]
    around = zip((None, *stretches), stretches, (*stretches[1:], None), strict=False)
    for before, here, after in around:
        place = Place(here, before, after) if before or after else None
        yield Part(here.path, tuple(items[here.first - 1 : here.last]), place)
