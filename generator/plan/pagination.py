"""A list of papers as pages: cut where it is long, and once more for each way to see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, pairwise
from typing import Any, Generic, TypeVar

from generator import urls
from generator.library.library import Library
from generator.model import Page
from generator.plan import rows
from generator.plan.rows import Group, Maker, Place


@dataclass(frozen=True, slots=True)
class View:
    """One way to see a list (``""`` its own order, ``votes``, ``code``), and where it stands."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class List:
    """A list at ``path``: what its pages show beside the papers, at most ``size`` of them a page.

    ``make`` gives what is shown of a paper; without it, a list that fits one page shows the
    beginnings, and a longer one is there to be scanned. The papers of ``one_day`` stand in its
    order, those of several under their days. ``views_wanted`` are the names of other views to have.
    """

    library: Library
    path: str
    template: str
    head: Mapping[str, Any]
    size: int
    make: Maker | None = None
    one_day: bool = False
    views_wanted: tuple[str, ...] = ("votes", "code")

    def whole(self, groups: tuple[Group[Place], ...]) -> Iterator[Page]:
        """Yield the pages of the papers of ``groups``, a day each, and of every view of them."""
        places = _places(groups)
        views = self._views(places)
        yield from self._own(groups, places, views)
        yield from self._others(places, views)

    def views(self, places: tuple[Place, ...]) -> Iterator[Page]:
        """Yield the pages of the views of ``places`` that are not the list itself."""
        yield from self._others(places, self._views(places))

    def _own(
        self,
        groups: tuple[Group[Place], ...],
        places: tuple[Place, ...],
        views: tuple[View, ...],
    ) -> Iterator[Page]:
        shared = {"views": views, "view": ""}
        for part in newest_first(places, self.path, self.size):
            days = rows.by_day(part.items) if part.place else groups
            yield self._page(part, len(places), shared, days)

    def _others(self, places: tuple[Place, ...], views: tuple[View, ...]) -> Iterator[Page]:
        for view in views[1:]:
            found = rows.VIEWS[view.name](self.library, places)
            shared = {"views": views, "view": view.name}
            in_order = self.one_day or view.name == "votes"
            cut = in_parts if in_order else newest_first
            for part in cut(found, view.path, self.size):
                days = (Group(None, part.items),) if in_order else rows.by_day(part.items)
                yield self._page(part, len(found), shared, days, in_order=in_order)

    def _views(self, places: tuple[Place, ...]) -> tuple[View, ...]:
        if not self.views_wanted:
            return (View("", self.path),)
        found = views_of(self.library, self.path, places)
        return tuple(view for view in found if not view.name or view.name in self.views_wanted)

    def _page(
        self,
        part: Part[Place],
        count: int,
        shared: Mapping[str, Any],
        groups: tuple[Group[Place], ...],
        *,
        in_order: bool = False,
    ) -> Page:
        """Return one page of a list of ``count`` papers.

        Older pages of one that grows do not say how many there are: they stay as they are.
        """
        make = self.make or (rows.lead if count <= self.size else rows.brief)
        stays = part.place and part.place.before and not in_order
        head = {
            **self.head,
            **shared,
            "count": None if stays else count,
            "place": part.place,
            "whole": False,
            "brief": make is rows.brief,
        }
        marks = rows.marks(self.library, _places(groups))
        fill = partial(_fill, self.library, head, groups, make)
        return Page(part.path, self.template, (head, groups, marks), fill)


def _fill(
    library: Library, head: Mapping[str, Any], groups: tuple[Group[Place], ...], make: Maker
) -> dict[str, Any]:
    return {**head, "groups": rows.filled(library, groups, make)}


def _places(groups: tuple[Group[Place], ...]) -> tuple[Place, ...]:
    return tuple(chain.from_iterable(group.items for group in groups))


def views_of(library: Library, path: str, places: tuple[Place, ...]) -> tuple[View, ...]:
    """Return the views of the list at ``path``, its own one first."""
    return tuple(View(name, urls.view(path, name)) for name in rows.views_of(library, places))


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a page of a long list stands, and which of its items it has.

    They are counted from 1: in a ranked list from its head, else from the oldest one.
    """

    path: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Position:
    """The stretch of a page of a long list, and those before and after it (None at the ends)."""

    here: Stretch
    before: Stretch | None
    after: Stretch | None


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """One page of a list; ``place`` is None where the list has no other page."""

    path: str
    items: tuple[Row, ...]
    place: Position | None


def newest_first(items: Sequence[Row], path: str, size: int) -> Iterator[Part[Row]]:
    """Cut ``items`` (newest first) into pages of at most ``size``, the newest at ``path``.

    Pages and items are counted from the oldest: a new paper changes the first two pages, and the
    link of the third to the second; every older one stays as it is, address and content.
    """
    cuts = [len(items)]
    if len(items) > size:
        cuts.append(len(items) - size)
        while cuts[-1] > size:
            cuts.append((cuts[-1] - 1) // size * size)
    cuts.append(0)
    paths = [path, *(urls.numbered(path, number) for number in range(len(cuts) - 2, 0, -1))]
    return _parts(items, paths, cuts)


def in_parts(items: Sequence[Row], path: str, size: int) -> Iterator[Part[Row]]:
    """Cut ``items``, whose order says something, into pages of ``size``, the first at ``path``."""
    cuts = [*range(0, len(items), size), len(items)] if items else [0, 0]
    paths = [path, *(urls.numbered(path, number) for number in range(2, len(cuts)))]
    return _parts(items, paths, cuts)


def _parts(items: Iterable[Row], paths: Sequence[str], cuts: Sequence[int]) -> Iterator[Part[Row]]:
    """Yield the pages of ``items``, cut at each of ``cuts``, both ends among them.

    These rise where items are counted from the first of them, and fall where from the last.
    """
    stretches = [
        Stretch(path, min(ends) + 1, max(ends))
        for path, ends in zip(paths, pairwise(cuts), strict=True)
    ]
    left = iter(items)
    around = zip((None, *stretches), stretches, (*stretches[1:], None), strict=False)
    for before, here, after in around:
        place = Position(here, before, after) if before or after else None
        yield Part(here.path, tuple(islice(left, here.last - here.first + 1)), place)
