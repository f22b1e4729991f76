"""Statistics: every paper counted once, on its first day, whatever lists it again."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from generator.content.topics import Topic
from generator.library.library import Library
from generator.model import Digest, Paper
from generator.plan import statistics
from tests import shelves
from tests.browser import sites
from tests.building import built

MONDAY = dt.date(2025, 9, 22)
TOPICS = (Topic(slug="a", name="A"), Topic(slug="b", name="B"), Topic(slug="c", name="C"))


def paper(slug: str, day: dt.date, *, code: bool = False) -> Paper:
    """Return a paper with or without code."""
    links = {"code": "https://code.example"} if code else {}
    return Paper(slug=slug, title=slug, date=day, links=links)


def shelf(days: int) -> Library:
    """Return a library of a paper a day, the first one listed again each day."""
    dates = [MONDAY + dt.timedelta(days=number) for number in range(days)]
    papers = [paper(f"p{number}", day, code=number % 2 == 0) for number, day in enumerate(dates)]
    digests = [
        Digest(date=day, title="Daily", papers=tuple({own.slug: own, "p0": papers[0]}.values()))
        for day, own in zip(dates, papers, strict=True)
    ]
    topics_of = {one.slug: ("a", "b") if one.slug == "p1" else ("b",) for one in papers}
    return shelves.shelf(digests, TOPICS, topics_of)


def test_a_paper_counts_on_the_day_that_first_listed_it() -> None:
    """One bar a day, code and topics on the same days, topics with the most papers first."""
    context = statistics.page(shelf(3)).context
    assert context["step"] == "day"
    assert context["starts"] == (MONDAY, MONDAY + dt.timedelta(1), MONDAY + dt.timedelta(2))
    assert context["values"] == (1, 1, 1)
    assert context["coded"] == (1, 0, 1)
    assert [(one.topic.name, one.values) for one in context["series"]] == [
        ("B", (1, 1, 1)),
        ("A", (0, 1, 0)),
    ]


def test_many_days_are_summed_by_week() -> None:
    """All series have the same periods, and nothing is lost."""
    context = statistics.page(shelf(200)).context
    assert context["step"] == "week"
    assert sum(context["values"]) == 200
    assert {len(one.values) for one in context["series"]} == {len(context["starts"])}


def test_an_empty_site_has_figures_too() -> None:
    """Nothing is divided by the number of papers."""
    context = statistics.page(shelves.shelf((), TOPICS)).context
    assert (context["papers"], context["values"], context["series"]) == (0, (), ())


def test_a_few_days_are_figures(site: Path) -> None:
    """One bar says nothing: a row for each day instead, and how many papers each topic has."""
    html = (site / "statistics.html").read_text("utf-8")
    assert "<svg" not in html
    assert '<tr><th scope="row">23 Sep 2025</th><td>73</td>' in html
    assert re.search(r'<ul class="tally">\n<li><a [^>]+>Data and synthetic data</a>', html)


def test_the_page_has_each_chart_and_the_table_behind_it(tmp_path: Path) -> None:
    """Papers, share with code, topics: a named picture and its numbers."""
    sites.write(tmp_path / "content", "en")
    for number in range(10, 18):
        text = f"---\ndate: 2025-09-{number}\ntitle: Daily\npapers: []\n---\n"
        (tmp_path / f"content/digests/2025-09-{number}.md").write_text(text, "utf-8")
    site = built(tmp_path / "content", tmp_path / "site")
    html = (site / "statistics.html").read_text("utf-8")
    labels = re.findall(r'<svg class="(?:bars|line)" role="img" aria-label="([^"]+)"', html)
    assert labels == ["Papers per day", "Share of papers with code, per day"]
    assert html.count("<table>") == 3
    assert '<th scope="row">23 Sep 2025</th><td>2</td>' in html
