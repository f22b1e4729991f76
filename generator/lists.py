"""The pages of a list of papers: its parts where it is long, and its other views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import listing, parts, urls
from generator.listing import Group, Item
from generator.model import Page
from generator.settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """One way to see a list (``""`` its own order, ``votes``, ``code``), and where it stands."""

    name: str
    path: str


def pages(
    path: str,
    template: str,
    head: Mapping[str, Any],
    groups: tuple[Group, ...],
    settings: Settings,
    *,
    has_views: bool = True,
) -> Iterator[Page]:
    """Yield the pages of a list under the headings of its days, and those of its views.

    ``head`` is what all of them show.
    """
    items = tuple(found for group in groups for found in group.items)
    paths = views_of(path, items) if has_views else ()
    shared = {**head, "whole": False, "count": len(items), "views": paths, "view": ""}
    if len(items) <= settings.page_size:
        yield Page(path, template, {**shared, "groups": groups, "place": None})
    else:
        for part in parts.newest_first(items, path, settings.page_size):
            context = {**shared, "groups": listing.by_day(part.items), "place": part.place}
            yield Page(part.path, template, context)
    if has_views:
        yield from views(path, template, head, items, settings)


def views(
    path: str,
    template: str,
    head: Mapping[str, Any],
    items: tuple[Item, ...],
    settings: Settings,
) -> Iterator[Page]:
    """Yield the pages of the views of a list that are not the list itself.

    A list of several days keeps their headings where it keeps their order.
    """
    several = "date" not in head
    paths = views_of(path, items)
    for view in paths[1:]:
        found = listing.VIEWS[view.name](items)
        shared = {**head, "whole": False, "count": len(found), "views": paths, "view": view.name}
        has_days = several and view.name != "votes"
        cut = parts.newest_first if has_days else parts.in_order
        for part in cut(found, view.path, settings.page_size):
            groups = listing.by_day(part.items) if has_days else (Group(None, part.items),)
            context = {**shared, "groups": groups, "place": part.place}
            yield Page(part.path, template, context)


def views_of(path: str, items: tuple[Item, ...]) -> tuple[View, ...]:
    """Return the views of the list at ``path``, the list itself first."""
    return tuple(View(name, urls.view(path, name)) for name in listing.views_of(items))
