"""The plan: which pages there are, and what they are filled with."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import Any

import pytest

from generator.content.settings import Settings
from generator.model import Digest, Page, Paper
from generator.plan import pages
from generator.plan.rows import Item
from tests import shelves

DAY = dt.date(2025, 9, 23)
LONG = "We say a great deal of what could be said in fewer words. " * 20


def plan(papers: int, **given: Any) -> dict[str, Page]:  # noqa: ANN401  # any setting
    """Return the pages of a site whose only day has so many papers, by path."""
    listed = tuple(
        Paper(slug=f"p{number}", title=f"P{number}", date=DAY, abstract=LONG.strip())
        for number in range(1, papers + 1)
    )
    digest = Digest(date=DAY, title="Daily", papers=listed, note="Today")
    library, settings = shelves.shelf([digest]), Settings(**given)
    days = chain.from_iterable(bundle.pages() for bundle in pages.days(library, settings))
    listed_pages = (page for page in pages.lists(library, settings) if isinstance(page, Page))
    return {page.path: page for page in (*listed_pages, *days)}


def rows(page: Page) -> list[Item]:
    """Return the papers that a page lists."""
    return [item for group in page.context["groups"] for item in group.items]


@pytest.mark.parametrize(
    ("papers", "size", "is_whole"),
    [(1, 100, True), (100, 100, True), (101, 100, True), (101, 300, False), (20, 300, True)],
)
def test_a_page_of_many_papers_shows_their_beginnings(
    papers: int, size: int, *, is_whole: bool
) -> None:
    """A day of any length opens like a short one, while its pages have a hundred papers at most."""
    planned = plan(papers, page_size=size)
    for path in ("index.html", "digests/2025-09-23.html"):
        texts = {item.text for item in rows(planned[path])}
        assert (texts == {LONG.strip()}) == is_whole
        assert all(len(text) < 300 for text in texts) != is_whole


def test_a_long_day_is_paged_and_its_ranks_go_on() -> None:
    """The front page is the first part, the next is the day's second; the note stands once."""
    planned = plan(5, page_size=2)
    days = [f"digests/2025-09-23{part}.html" for part in ("", "-2", "-3")]
    found = [planned[path] for path in days]
    assert [[item.rank for item in rows(page)] for page in found] == [[1, 2], [3, 4], [5]]
    assert [page.context["note"] for page in found] == ["Today", "", ""]
    assert planned["index.html"].context == found[0].context
    assert found[0].context["place"].after.path == days[1]
    assert planned.keys() >= {*days}
    assert not planned.keys() & {"digests/2025-09-23-1.html", "index-2.html"}
