"""A list of papers as pages: cut where it is long, and once more for each way to see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from generator import listing, urls
from generator.library import Library
from generator.listing import Group, Place
from generator.model import Page, Paper


@dataclass(frozen=True, slots=True)
class View:
    """One way to see a list (``""`` its own order, ``votes``, ``code``), and where it stands."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class List:
    """A list at ``path``: what its pages show beside the papers, at most ``size`` of them a page.

    ``text`` gives what is shown of a paper's text.
    """

    library: Library
    path: str
    template: str
    head: Mapping[str, Any]
    size: int
    text: Callable[[Paper], str] = listing.lead_of

    def pages(self, groups: tuple[Group[Place], ...]) -> Iterator[Page]:
        """Yield the pages of the papers of ``groups``, a day each, and those of the views."""
        places = tuple(chain.from_iterable(group.items for group in groups))
        views = view_paths(self.library, self.path, places)
        shared = {"count": len(places), "views": views, "view": ""}
        if len(places) <= self.size:
            yield self._page(self.path, {**shared, "part": None}, groups)
        else:
            for part in listing.parts(places, self.path, self.size):
                days = listing.by_day(part.items)
                yield self._page(part.path, {**shared, "part": part.places}, days)
        yield from self.views(places)

    def views(self, places: tuple[Place, ...]) -> Iterator[Page]:
        """Yield the pages of the views that are not the list itself."""
        views = view_paths(self.library, self.path, places)
        for view in views[1:]:
            found = listing.VIEWS[view.name](self.library, places)
            shared = {"count": len(found), "views": views, "view": view.name}
            for part in listing.parts(found, view.path, self.size):
                whole = (Group(None, part.items),)
                yield self._page(part.path, {**shared, "part": part.places}, whole)

    def _page(self, path: str, shared: Mapping[str, Any], groups: tuple[Group[Place], ...]) -> Page:
        """Return one page of the list."""
        head = {**self.head, **shared}
        marks = listing.marks(self.library, chain.from_iterable(group.items for group in groups))

        def fill() -> dict[str, Any]:
            return {**head, "groups": listing.filled(self.library, groups, self.text)}

        return Page(path, self.template, (head, groups, marks), fill)


def view_paths(library: Library, path: str, places: tuple[Place, ...]) -> tuple[View, ...]:
    """Return the views of the list at ``path``, its own one first."""
    return tuple(View(name, urls.view(path, name)) for name in listing.views_of(library, places))
