"""arXiv on loopback: its export API and its daily feeds, as they are at a moment that tests set."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

ZONE = dt.timezone(dt.timedelta(hours=-5))  # Eastern, in winter


class Announced(NamedTuple):
    """A paper: when it was sent in, and when arXiv announced it (both in UTC)."""

    arxiv: str
    submitted: str
    announced: str
    kind: str = "new"
    categories: tuple[str, ...] = ("cs.CL",)
    title: str = ""
    comment: str = ""

    @property
    def name(self) -> str:
        """Its title."""
        return self.title or f"Paper {self.arxiv}"


# The first full week of January 2025: papers of every part of the schedule, one held for days.
WEEK = (
    Announced("2501.90001", "2025-01-08T16:00", "2025-01-09T01:00"),  # Wednesday morning
    Announced("2501.90002", "2025-01-09T20:30", "2025-01-13T01:00"),  # Thursday afternoon
    Announced("2501.90003", "2025-01-10T16:00", "2025-01-13T01:00"),  # Friday morning
    Announced("2501.90004", "2025-01-10T20:00", "2025-01-14T01:00"),  # Friday afternoon
    Announced("2501.90005", "2025-01-11T12:00", "2025-01-14T01:00"),  # Saturday
    Announced("2501.90006", "2025-01-12T12:00", "2025-01-14T01:00"),  # Sunday
    Announced("2501.90007", "2025-01-13T15:00", "2025-01-14T01:00"),  # Monday morning
    Announced("2501.90008", "2025-01-14T15:00", "2025-01-15T01:00"),  # Tuesday morning
    Announced("2501.90009", "2025-01-07T15:00", "2025-01-16T01:00"),  # Tuesday, and held
)

API = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"""
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 version="2.0"><channel><title>updates on arXiv.org</title>
<pubDate>{day:%a, %d %b %Y} 00:00:00 -0500</pubDate>{entries}</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom"><updated>{day}T05:00:01.2+00:00</updated>{entries}</feed>"""


class ArXiv:
    """What arXiv would answer at ``now``, of the papers it is given."""

    def __init__(self, server: HTTPServer, papers: tuple[Announced, ...] = WEEK) -> None:
        self.papers = list(papers)
        self.now = "2025-01-09T07:23"
        self.feeds: frozenset[str] = frozenset(["rss", "atom"])
        self.api = True
        self.questions: list[Request] = []
        for path, answer in (
            ("/api/query", self._query),
            ("/rss/", self._rss),
            ("/atom/", self._atom),
        ):
            pattern = re.compile(f"{path}.*") if path.endswith("/") else path
            server.expect_request(pattern).respond_with_handler(self._noted(answer))

    def _noted(self, answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
        def noted(request: Request) -> Response:
            self.questions.append(request)
            return answer(request)

        return noted

    def _known(self) -> list[Announced]:
        return [paper for paper in self.papers if paper.announced <= self.now]

    def _query(self, request: Request) -> Response:
        if not self.api:
            return Response("Rate exceeded.", status=404)
        found = self._known()
        if "id_list" in request.args:
            wanted = request.args["id_list"].split(",")
            found = [paper for paper in found if paper.arxiv in wanted]
        else:
            search = request.args["search_query"]
            days = re.search(r"submittedDate:\[(\d{8})\d{4} TO (\d{8})\d{4}\]", search)
            assert days
            categories = re.findall(r"cat:([\w.-]+)", search)
            found = [
                paper
                for paper in found
                if days[1] <= paper.submitted[:10].replace("-", "") <= days[2]
                and not set(categories).isdisjoint(paper.categories)
            ]
            found.sort(key=lambda paper: paper.submitted, reverse=True)
        found = [paper for paper in found if not paper.kind.startswith("replace")]
        start, count = int(request.args["start"]), int(request.args["max_results"])
        entries = "".join(map(_entry, found[start : start + count]))
        return Response(API.format(total=len(found), entries=entries))

    def _announcement(
        self, request: Request, entry: Callable[[Announced], str]
    ) -> tuple[dt.date, str]:
        """Return the day of the latest feed, made at midnight, and its entries."""
        moment = dt.datetime.fromisoformat(f"{self.now}:00+00:00").astimezone(ZONE)
        evening = moment.date() - dt.timedelta(days=1)
        categories = request.path.rpartition("/")[2].split("+")
        listed = [
            paper
            for paper in self._known()
            if dt.datetime.fromisoformat(f"{paper.announced}+00:00").astimezone(ZONE).date()
            == evening
            and not set(categories).isdisjoint(paper.categories)
        ]
        return moment.date(), "".join(map(entry, listed))

    def _rss(self, request: Request) -> Response:
        if "rss" not in self.feeds:
            return Response("no feed", status=404)
        day, entries = self._announcement(request, _item)
        return Response(RSS.format(day=day, entries=entries))

    def _atom(self, request: Request) -> Response:
        if "atom" not in self.feeds:
            return Response("no feed", status=404)
        day, entries = self._announcement(request, _atom_entry)
        return Response(ATOM.format(day=day, entries=entries.replace("DAY", f"{day}")))


def _entry(paper: Announced) -> str:
    terms = "".join(f'<category term="{each}"/>' for each in paper.categories)
    comment = f"<arxiv:comment>{escape(paper.comment)}</arxiv:comment>" if paper.comment else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.arxiv}v1</id><title>{escape(paper.name)}</title>"
        f"<updated>{paper.submitted}:00Z</updated><published>{paper.submitted}:00Z</published>"
        f"<summary>Of the API.</summary><author><name>Mo Ck</name></author>{comment}"
        f'{terms}<arxiv:primary_category term="{paper.categories[0]}"/></entry>'
    )


def _said(paper: Announced) -> str:
    return f"arXiv:{paper.arxiv}v1 Announce Type: {paper.kind} \nAbstract: Of the feed."


def _item(paper: Announced) -> str:
    terms = "".join(f"<category>{each}</category>" for each in paper.categories)
    return (
        f"<item><title>{escape(paper.name)}</title><link>https://arxiv.org/abs/{paper.arxiv}</link>"
        f"<description>{_said(paper)}</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{paper.arxiv}v1</guid>{terms}'
        f"<arxiv:announce_type>{paper.kind}</arxiv:announce_type>"
        "<dc:creator>Mo Ck (A, B), Sam Ple</dc:creator></item>"
    )


def _atom_entry(paper: Announced) -> str:
    terms = "".join(f'<category term="{each}"/>' for each in paper.categories)
    return (
        f"<entry><id>oai:arXiv.org:{paper.arxiv}v1</id><title>{escape(paper.name)}</title>"
        f'<link href="https://arxiv.org/abs/{paper.arxiv}" rel="alternate"/>'
        f"<summary>{_said(paper)}</summary>{terms}<published>DAYT00:00:00-05:00</published>"
        f"<arxiv:announce_type>{paper.kind}</arxiv:announce_type>"
        "<dc:creator>Mo Ck (A, B), Sam Ple</dc:creator></entry>"
    )
