"""Fetching: what a source says, what it does wrong, and what that leaves behind."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from generator.commands import cli
from generator.content import settings
from generator.sources import fetch
from generator.sources.fetch.configuration import configured
from generator.sources.fetch.http import Client, FetchError, Limits
from generator.system.errors import GazetteError

QUICK = Limits(connect=1.0, read=0.5, whole=2.0, attempts=3, longest_wait=5.0, backoff=0.01)
HF = "/api/daily_papers"
ARXIV = "/api/query"
FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
 <opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"""
NO_TOTAL = '<feed xmlns="http://www.w3.org/2005/Atom"></feed>'
ENTRY = """<entry><id>http://arxiv.org/abs/2509.{n:05}v1</id><title>Paper {n}</title>
 <summary>Abstract {n}.</summary><published>2025-09-23T10:00:00Z</published></entry>"""


def entry(number: int, day: str = "2025-09-23") -> Mapping[str, Any]:
    """Return one entry of Hugging Face's answer."""
    paper = {"id": f"2509.{number:05}", "title": f"Paper {number}", "summary": f"{number}."}
    return {"paper": {**paper, "submittedOnDailyAt": f"{day}T08:00:00Z"}}


def feed(first: int, last: int, total: int) -> str:
    """Return arXiv's answer with the papers from ``first`` to ``last``."""
    entries = "".join(ENTRY.format(n=n) for n in range(first, last + 1))
    return FEED.format(total=total, entries=entries)


class Site(NamedTuple):
    """A content folder whose sources are a server on loopback, and the command that asks it."""

    content: Path
    server: HTTPServer

    def fetch(self, *arguments: str) -> int:
        """Return the exit code of ``build.py fetch`` on that folder."""
        return cli.main(["fetch", "--content", str(self.content), *arguments])

    def entries(self) -> list[str]:
        """Return the names of the files written below the content folder."""
        return sorted(path.stem for path in self.content.rglob("*.md"))


@pytest.fixture
def server(httpserver: HTTPServer) -> Iterator[HTTPServer]:
    """Return a server that plays the sources; a question that it does not expect is a failure."""
    yield httpserver
    httpserver.check_assertions()


def no_feeds(server: HTTPServer) -> None:
    """Make the server have none of arXiv's daily feeds, so that its API is asked."""
    server.expect_request(re.compile("/(rss|atom)/.*")).respond_with_data("none", status=404)


@pytest.fixture
def site(tmp_path: Path, server: HTTPServer) -> Site:
    """Return a site whose sources are the server."""
    folder = tmp_path / "content"
    folder.mkdir()
    base = server.url_for("/")
    no_feeds(server)
    (folder / "site.yaml").write_text(
        f"sources:\n  huggingface: {{base: '{base}'}}\n"
        f"  arxiv: {{base: '{base}', categories: [cs.CL]}}\n"
    )
    return Site(folder, server)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """Return a client with little patience."""
    return Client(agent="gazette/test", memory=tmp_path / "memory", limits=QUICK)


def test_a_day(site: Site) -> None:
    """A day's papers become entries and a digest; asked again, nothing changes."""
    query = {"date": "2025-09-23", "limit": "100"}
    answer = json.dumps([entry(1), entry(2)])
    site.server.expect_request(HF, query_string=query).respond_with_data(answer)
    assert site.fetch("huggingface", "--date", "2025-09-23") == 0
    assert site.entries() == ["2025-09-23", "paper-1", "paper-2"]
    before = {path: path.stat().st_mtime_ns for path in site.content.rglob("*")}
    assert site.fetch("huggingface", "--date", "2025-09-23") == 0
    assert {path: path.stat().st_mtime_ns for path in site.content.rglob("*")} == before
    agent = site.server.log[0][0].headers["User-Agent"]
    assert agent.startswith("gazette/")


@pytest.mark.parametrize(
    ("option", "text", "key"), [("--week", "2025-W39", "week"), ("--month", "2025-09", "month")]
)
def test_a_week_and_a_month(option: str, text: str, key: str, site: Site) -> None:
    """Every day that has papers gets its digest; days outside are left out."""
    answer = json.dumps([entry(1), entry(2, "2025-09-24"), entry(3, "2025-10-09")])
    query = {key: text, "limit": "100"}
    site.server.expect_request(HF, query_string=query).respond_with_data(answer)
    assert site.fetch("huggingface", option, text) == 0
    assert site.entries() == ["2025-09-23", "2025-09-24", "paper-1", "paper-2"]


def test_a_long_list_comes_in_pages(site: Site) -> None:
    """A full page is followed by the question for the next."""
    for number, page in ((None, range(100)), ("1", range(100, 130))):
        query = {"date": "2025-09-23", "limit": "100"} | ({"p": number} if number else {})
        answer = json.dumps([entry(n) for n in page])
        site.server.expect_request(HF, query_string=query).respond_with_data(answer)
    assert site.fetch("huggingface", "--date", "2025-09-23") == 0
    assert len(site.entries()) == 131


@pytest.mark.parametrize(
    ("date", "answer", "said"),
    [
        ("2025-09-20", [entry(1, "2025-09-19")], "Saturday, 2025-09-20: it is the week-end (the s"),
        ("2025-09-20", [], "no papers on Saturday, 2025-09-20: it is the week-end"),
        ("2025-12-25", [], "no papers on Thursday, 2025-12-25: a holiday, or nothing was listed"),
        ("2999-12-25", [], "no papers on Wednesday, 2999-12-25: the day is still to come"),
    ],
)
def test_a_day_without_papers(
    date: str,
    answer: list[object],
    said: str,
    site: Site,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No papers are no error: the reason is said, nothing is written."""
    site.server.expect_request(HF).respond_with_json(answer)
    assert site.fetch("huggingface", "--date", date) == 0
    assert said in capsys.readouterr().err
    assert site.entries() == []


def test_a_late_source(site: Site, tmp_path: Path) -> None:
    """Nothing yet today, or yesterday, is a source that is late."""
    site.server.expect_request(HF).respond_with_json([])
    day = dt.date(2025, 9, 23)
    asked = fetch.Run(day, tmp_path / "memory", limits=QUICK)
    found = fetch.fetch("huggingface", fetch.day(day), settings.load(site.content), asked)
    assert "the source is late" in found.reasons[0]


def test_a_search_comes_in_pages(site: Site) -> None:
    """The categories are asked for, a page after the other, until all are in."""
    pages = iter([feed(1, 2, 3), feed(3, 3, 3)])
    questions: list[str] = []

    def answer(request: Request) -> Response:
        questions.append(request.args["search_query"] + " " + request.args["start"])
        return Response(next(pages))

    site.server.expect_request(ARXIV).respond_with_handler(answer)
    categories = ("--category", "cs.CL", "--category", "math")
    assert site.fetch("arxiv", "--date", "2025-09-24", *categories) == 0
    days = "submittedDate:[202508200000 TO 202509242359]"
    assert questions == [f"(cat:cs.CL OR cat:math.*) AND {days} {start}" for start in (0, 2)]
    assert site.entries() == ["2025-09-24", "paper-1", "paper-2", "paper-3"]


def test_all_sources_of_the_settings(site: Site) -> None:
    """Without a name, every source in site.yaml is asked; a paper in both is one entry."""
    site.server.expect_request(HF).respond_with_json([entry(n, "2025-09-24") for n in (1, 2)])
    site.server.expect_request(ARXIV).respond_with_data(feed(1, 1, 1))
    assert site.fetch("--date", "2025-09-24") == 0
    assert site.entries() == ["2025-09-24", "paper-1", "paper-2"]


@pytest.mark.parametrize(
    ("path", "source", "response", "said"),
    [
        (HF, "huggingface", Response("<html>Oops</html>"), "it answered '<html>Oops</html>'"),
        (HF, "huggingface", Response(json.dumps([entry(1)])[:-9]), "the JSON is cut off"),
        (HF, "huggingface", Response('{"error": "no"}'), "the answer is: no"),
        (HF, "huggingface", Response('[{"paper": {"id": null}}]'), "[0].paper.id: "),
        (HF, "huggingface", Response("gone", status=404), "HTTP 404 NOT FOUND: 'gone'"),
        (HF, "huggingface", Response(b"\x00\xff"), "this is no JSON"),
        (HF, "huggingface", Response(status=302), "HTTP 302"),
        (HF, "huggingface", Response(status=301, headers={"Location": "http://x.org/"}), "https"),
        (ARXIV, "arxiv", Response("Rate exceeded."), "arXiv answered 'Rate exceeded.'"),
        (ARXIV, "arxiv", Response(feed(1, 2, 2)[:-80]), "this is no whole XML"),
        (ARXIV, "arxiv", Response(feed(1, 0, 5)), "only 0 of 5 papers came"),
        (ARXIV, "arxiv", Response("<html><body>Down</body></html>"), "is no feed of arXiv's"),
        (ARXIV, "arxiv", Response(NO_TOTAL), "says not how many papers"),
    ],
)
def test_a_bad_answer_changes_nothing(
    path: str,
    source: str,
    response: Response,
    said: str,
    site: Site,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Half an answer, another shape, an error page: exit 1 with what was seen, and no entry."""
    site.server.expect_request(path).respond_with_response(response)
    assert site.fetch(source, "--date", "2025-09-23") == 1
    assert said in capsys.readouterr().err
    assert site.entries() == []
    assert not list(site.content.parent.glob(".gazette/fetch/*"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("huggingface", "--week", "2025-W60"), "'2025-W60' is no week"),
        (("huggingface", "--month", "2025-13"), "'2025-13' is no month"),
        (("arxiv", "--category", "cs.CL OR all"), "'cs.CL OR all' is no category"),
    ],
)
def test_a_question_that_is_none(
    arguments: tuple[str, ...], said: str, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be asked is refused before anybody is."""
    assert site.fetch(*arguments) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("huggingface: {base: 'http://example.org'}", "http://example.org: only https is asked"),
        ("huggingface: {bas: x}", "site.yaml: sources: huggingface: Object contains unknown field"),
        ("arxiv: {}", "arxiv: say which categories"),
    ],
)
def test_settings_that_cannot_be(
    yaml: str, said: str, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """What site.yaml says wrongly of a source is named."""
    (site.content / "site.yaml").write_text(f"sources:\n  {yaml}\n")
    assert site.fetch(yaml.partition(":")[0]) == 1
    assert said in capsys.readouterr().err


def test_conditional_questions(client: Client, server: HTTPServer) -> None:
    """An answer that proved usable is asked for again only if it has changed."""
    server.expect_ordered_request("/x").respond_with_data("one", headers={"ETag": '"1"'})
    url = server.url_for("/x")
    client.keep(client.get(url))
    server.expect_ordered_request("/x", headers={"If-None-Match": '"1"'}).respond_with_data(
        status=304
    )
    assert client.get(url).body == b"one"
    server.expect_ordered_request("/x").respond_with_data("two")
    assert client.get(url).body == b"two"


def test_an_answer_that_was_not_kept_is_asked_for_whole(client: Client, server: HTTPServer) -> None:
    """Without ``keep`` there is no condition in the next question."""
    server.expect_request("/x").respond_with_data("one", headers={"ETag": '"1"'})
    for _ in range(2):
        client.get(server.url_for("/x"))
    assert all("If-None-Match" not in request.headers for request, _ in server.log)


def test_retries_honour_retry_after(client: Client, server: HTTPServer) -> None:
    """A busy server is asked again when it says, a failing one a little later each time."""
    url = server.url_for("/x")
    server.expect_ordered_request("/x").respond_with_data(status=503, headers={"Retry-After": "1"})
    server.expect_ordered_request("/x").respond_with_data(status=500)
    server.expect_ordered_request("/x").respond_with_data("at last")
    begun = time.monotonic()
    assert client.get(url).body == b"at last"
    assert time.monotonic() - begun >= 1.0


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (Response(status=500), "HTTP 500 INTERNAL SERVER ERROR, 3 times"),
        (Response(status=429, headers={"Retry-After": "3600"}), "asks to be left alone for 3600 s"),
        (Response(status=503, headers={"Retry-After": "soon"}), "HTTP 503"),
        (Response("x" * 5000), "the answer is larger than 4,000 bytes"),
        (Response(gzip.compress(b"x" * 5000), headers={"Content-Encoding": "gzip"}), "larger"),
        (Response(status=302, headers={"Location": "/x"}), "redirected too often"),
    ],
)
def test_giving_up(tmp_path: Path, response: Response, said: str, server: HTTPServer) -> None:
    """After the last attempt, or at once where no other can help, it says what was wrong."""
    server.expect_request("/x").respond_with_response(response)
    limits = dataclasses.replace(QUICK, size=4000)
    with pytest.raises(FetchError, match=re.escape(said)):
        Client(agent="x", memory=tmp_path, limits=limits).get(server.url_for("/x"))


def test_half_an_answer(client: Client) -> None:
    """An answer that is shorter than announced is none, however often it comes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            for _ in range(QUICK.attempts):
                with listening.accept()[0] as connection:
                    connection.recv(9999)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf")

        answering = threading.Thread(target=answer)
        answering.start()
        with pytest.raises(FetchError, match=r"no answer \(.*4 bytes read"):
            client.get(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        answering.join()


def test_silence(client: Client, server: HTTPServer) -> None:
    """A server that says nothing is not waited for."""
    done = threading.Event()

    def silent(_request: Request) -> Response:
        done.wait(10)
        return Response("late")

    server.expect_request("/x").respond_with_handler(silent)
    with pytest.raises(FetchError, match=r"no answer \(ReadTimeoutError"):
        client.get(server.url_for("/x"))
    done.set()


def test_nobody_there(client: Client) -> None:
    """Where nobody listens, that is said."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(FetchError, match="no answer"):
            client.get(url)


def test_the_pause_between_questions(tmp_path: Path, server: HTTPServer) -> None:
    """Two questions are as far apart as the source wants them."""
    server.expect_request("/x").respond_with_data("x")
    client = Client(agent="x", memory=tmp_path, limits=QUICK, pause=0.3)
    begun = time.monotonic()
    for _ in range(3):
        client.get(server.url_for("/x"))
    assert time.monotonic() - begun >= 0.6


def test_arxiv_wants_three_seconds() -> None:
    """The pause may be longer than arXiv's own, never shorter, but on a server of one's own."""
    assert configured("arxiv", {}, ()).pause == 3.0
    assert configured("arxiv", {"arxiv": {"pause": 1}}, ()).pause == 3.0
    assert configured("arxiv", {"arxiv": {"pause": 9}}, ()).pause == 9.0
    assert configured("arxiv", {"arxiv": {"base": "http://127.0.0.1:1"}}, ()).pause == 0.0


@pytest.mark.parametrize(
    ("text", "days"), [("2025-W39", 7), ("2024-W01", 7), ("2024-02", 29), ("2025-12", 31)]
)
def test_periods(text: str, days: int) -> None:
    """A week has its seven days, a month all of its own."""
    period = fetch.week(text) if "W" in text else fetch.month(text)
    assert len(list(period.days())) == days
    assert period.first in period
    assert period.last + dt.timedelta(days=1) not in period


def test_an_unknown_source(tmp_path: Path) -> None:
    """What is no source is refused with those that there are."""
    day = dt.date(2025, 9, 23)
    with pytest.raises(
        GazetteError, match="'blog' is no source; known are arxiv, biorxiv, huggingface, medrxiv"
    ):
        fetch.fetch("blog", fetch.day(day), settings.Settings(), fetch.Run(day, tmp_path))
