"""Maps: the papers of a month or a topic on a plane, drawn where a page is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from generator.library.library import Library
from generator.model import Page

MOST = 300
"""Papers on a map: the newest ones. What is more is no picture."""
FEWEST = 6
NAMED = 2  # words of a group that the picture names
LETTER = 13  # how wide one is, or a little less
NEAREST = 3  # papers of a group that the table names


class MapPoint(NamedTuple):
    """A paper on a map."""

    slug: str
    page: str
    title: str
    x: int
    y: int


class MapGroup(NamedTuple):
    """Papers of a map that are near each other, the most typical first, and their words."""

    label: tuple[str, ...]
    x: int
    y: int
    radius: int
    points: tuple[MapPoint, ...]

    def name(self) -> str:
        """Return the words that stand at it in the picture."""
        return " ".join(self.label[:NAMED])

    def name_x(self, width: int) -> int:
        """Return where their middle stands, so that they end within a picture of this width."""
        half = len(self.name()) * LETTER // 2
        return max(half, min(width - half, self.x))


class Map(NamedTuple):
    """A map: its size, its groups, and how many papers there are in all."""

    width: int
    height: int
    groups: tuple[MapGroup, ...]
    shown: int
    total: int
    nearest: int = NEAREST


def on(page: Page, library: Library, newest: Sequence[str]) -> Page:
    """Return ``page`` with the map of the papers ``newest`` (newest first) as ``map``.

    Where there are too few for a picture, it stays as it is.
    """
    shown = tuple(newest[:MOST])
    if len(shown) < FEWEST:
        return page
    vectors = b"".join(library.facts.vectors(shown))
    fill = partial(_fill, page.fill, library, shown, vectors, len(newest))
    made_of = page.made_of, len(newest), vectors, library.marks(shown)
    return page._replace(made_of=made_of, fill=fill)


def _fill(
    fill: Callable[[], Mapping[str, Any]],
    library: Library,
    slugs: Sequence[str],
    vectors: bytes,
    total: int,
) -> Mapping[str, Any]:
    return {**fill(), "map": _drawn(library, slugs, vectors, total)}


def _drawn(library: Library, slugs: Sequence[str], vectors: bytes, total: int) -> Map:
    """Return the map of papers, given their vectors one after the other."""
    # It loads numpy, which takes longer than a build where nothing has changed.
    from generator.library import layout  # noqa: PLC0415

    titles = library.facts.titles(slugs)
    groups = tuple(
        MapGroup(
            group.label,
            group.x,
            group.y,
            group.radius,
            tuple(
                MapPoint(slug, library.page(slug), titles[point.paper], point.x, point.y)
                for point in group.points
                for slug in [slugs[point.paper]]
            ),
        )
        for group in layout.place(vectors, titles)
    )
    width = max(group.x + group.radius for group in groups) + layout.MARGIN
    height = max(group.y + group.radius for group in groups) + layout.MARGIN
    return Map(width, height, groups, len(slugs), total)
