"""The plan: which pages there are, and what they are filled with."""

from __future__ import annotations

import datetime as dt

import pytest

from generator import pages
from generator.model import Digest, Paper
from generator.settings import Settings
from tests import shelves

DAY = dt.date(2025, 9, 23)
LONG = "We say a great deal of what could be said in fewer words. " * 20


@pytest.mark.parametrize(("papers", "is_whole"), [(1, True), (5, True), (6, False)])
def test_a_day_of_many_papers_shows_their_beginnings(papers: int, *, is_whole: bool) -> None:
    """Up to a page of a list the abstracts are whole; three hundred would be a megabyte."""
    listed = tuple(
        Paper(slug=f"p{number}", title=f"P{number}", date=DAY, abstract=LONG.strip())
        for number in range(papers)
    )
    digest = Digest(date=DAY, title="Daily", papers=listed)
    planned = {
        page.path: page for page in pages.plan(shelves.shelf([digest]), Settings(page_size=5))
    }
    for path in ("index.html", "digests/2025-09-23.html"):
        texts = {item.text for item in planned[path].context["items"]}
        assert (texts == {LONG.strip()}) == is_whole
        assert all(len(text) < 300 for text in texts) != is_whole
