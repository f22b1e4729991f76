"""The site as Markdown, for programs that read: twins of digests and papers, and llms.txt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from generator import urls
from generator.content.settings import Settings
from generator.library.library import Day, Library
from generator.model import Page
from generator.plan import rows

NEWEST = 30  # digests that llms.txt names


def digest(library: Library, day: Day, settings: Settings) -> Iterator[Page]:
    """Yield the twin of a digest, and of the papers that it is the first to list where wanted."""
    if settings.markdown == "none":
        return
    head = {"date": day.date, "byline": day.byline, "note": day.note}
    made_of = head, library.marks(day.papers), day.papers
    path = urls.markdown(urls.digest(day.date))
    yield Page(path, "digest.md", made_of, partial(_fill, library, day, head))
    if settings.markdown != "papers":
        return
    for slug in day.papers:
        if library.listed[slug][0] == day.date:
            place = rows.Place(slug, day.date, 0)
            fill = partial(_fill_paper, library, place)
            path = urls.markdown(library.page(slug))
            yield Page(path, "paper.md", library.marks([slug]), fill)


def _fill(library: Library, day: Day, head: dict[str, Any]) -> dict[str, Any]:
    return {**head, "papers": rows.items(library, rows.of_day(day), rows.whole)}


def _fill_paper(library: Library, place: rows.Place) -> dict[str, Any]:
    return {"paper": rows.whole(library, place)}


def index(library: Library, settings: Settings) -> Page:
    """Return llms.txt: what the site is, and where its texts are."""
    context = {
        "days": tuple(day.date for day in islice(reversed(library.digests), NEWEST)),
        "topics": tuple(library.refs.values()),
        "twins": settings.markdown != "none",
        "api": settings.api,
    }
    return Page.of(urls.LLMS, "llms.txt", context)
