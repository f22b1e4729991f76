"""A list of papers as pages: cut where it is long, and once more for each way to see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from generator import listing, parts, urls
from generator.library import Library
from generator.listing import Group, Maker, Place
from generator.model import Page


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
    order, those of several under their days.
    """

    library: Library
    path: str
    template: str
    head: Mapping[str, Any]
    size: int
    make: Maker | None = None
    one_day: bool = False
    has_views: bool = True

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
        shared = {"count": len(places), "views": views, "view": ""}
        if len(places) <= self.size:
            yield self._page(self.path, {**shared, "place": None}, groups)
            return
        for part in parts.newest_first(places, self.path, self.size):
            days = listing.by_day(part.items)
            yield self._page(part.path, {**shared, "place": part.place}, days)

    def _others(self, places: tuple[Place, ...], views: tuple[View, ...]) -> Iterator[Page]:
        for view in views[1:]:
            found = listing.VIEWS[view.name](self.library, places)
            shared = {"count": len(found), "views": views, "view": view.name}
            in_order = self.one_day or view.name == "votes"
            cut = parts.in_order if in_order else parts.newest_first
            for part in cut(found, view.path, self.size):
                days = (Group(None, part.items),) if in_order else listing.by_day(part.items)
                yield self._page(part.path, {**shared, "place": part.place}, days)

    def _views(self, places: tuple[Place, ...]) -> tuple[View, ...]:
        return views_of(self.library, self.path, places) if self.has_views else ()

    def _page(self, path: str, shared: Mapping[str, Any], groups: tuple[Group[Place], ...]) -> Page:
        """Return one page of the list."""
        make = self.make or (listing.lead if shared["count"] <= self.size else listing.brief)
        head = {**self.head, **shared, "whole": False, "brief": make is listing.brief}
        marks = listing.marks(self.library, _places(groups))

        def fill() -> dict[str, Any]:
            return {**head, "groups": listing.filled(self.library, groups, make)}

        return Page(path, self.template, (head, groups, marks), fill)


def _places(groups: tuple[Group[Place], ...]) -> tuple[Place, ...]:
    return tuple(chain.from_iterable(group.items for group in groups))


def views_of(library: Library, path: str, places: tuple[Place, ...]) -> tuple[View, ...]:
    """Return the views of the list at ``path``, its own one first."""
    return tuple(View(name, urls.view(path, name)) for name in listing.views_of(library, places))
