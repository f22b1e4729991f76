"""arXiv's announcements, day after day: every paper once, under the day that announced it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import yaml
from pytest_httpserver import HTTPServer

from generator.commands import cli
from tests.sources.fetch.arxiv_server import Announced, ArXiv

DAYS = [f"2025-01-{day:02}" for day in range(9, 17)]
BY_DAY = {
    "2025-01-09": [1],
    "2025-01-13": [2, 3],
    "2025-01-14": [4, 5, 6, 7],
    "2025-01-15": [8],
    "2025-01-16": [9],
}

# A paper announced for Thursday the 9th.
THURSDAY = Announced("2501.90001", "2025-01-08T16:00", "2025-01-09T01:00")


class Site:
    """A content folder that follows arXiv as it is on loopback."""

    def __init__(self, folder: Path, server: HTTPServer, settings: str = "") -> None:
        self.content = folder / "content"
        self.arxiv = ArXiv(server)
        self.content.mkdir()
        base = server.url_for("").rstrip("/")
        arxiv = f"{{categories: [cs.CL], base: '{base}', pause: 0{settings}}}"
        (self.content / "site.yaml").write_text(f"title: A\nsources:\n  arxiv: {arxiv}\n")

    def run(self, day: str, *arguments: str) -> int:
        """Return the exit code of one morning's fetch."""
        self.arxiv.now = f"{day}T07:23"
        # A clone has no cache: what is written has to be readable as it is.
        shutil.rmtree(self.content.parent / ".gazette", ignore_errors=True)
        return cli.main(["fetch", "arxiv", "--content", str(self.content), *arguments])

    def lists(self) -> dict[str, list[str]]:
        """Return the papers that each digest lists."""
        found = {}
        for path in sorted(self.content.glob("digests/*.md")):
            found[path.stem] = yaml.safe_load(path.read_text().split("---\n")[1])["papers"]
        return found

    def entry(self, slug: str) -> dict[str, object]:
        """Return the front matter of a paper's entry, and its text as ``body``."""
        (path,) = self.content.glob(f"papers/*/{slug}.md")
        _, matter, body = path.read_text().split("---\n", 2)
        return {**yaml.safe_load(matter), "body": body.strip()}


@pytest.fixture
def site(tmp_path: Path, httpserver: HTTPServer) -> Site:
    """Return a site that follows cs.CL."""
    return Site(tmp_path, httpserver)


@pytest.fixture
def folder(
    tmp_path: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> tuple[Path, HTTPServer, pytest.CaptureFixture[str]]:
    """Return what a site with settings of its own is made of, and what it says."""
    return tmp_path, httpserver, capsys


def slugs(numbers: list[int]) -> list[str]:
    """Return the slugs of the week's papers."""
    return [f"paper-2501-9000{number}" for number in numbers]


@pytest.mark.parametrize("options", [(), ("--days", "3")], ids=["a day", "three days"])
@pytest.mark.parametrize("feeds", [{"rss", "atom"}, {"atom"}, set()], ids=["rss", "atom", "api"])
def test_every_paper_of_a_week_once(feeds: set[str], options: tuple[str, ...], site: Site) -> None:
    """One run a day brings all, each under the day of its announcement, by feeds or by the API."""
    site.arxiv.feeds = frozenset(feeds)
    for day in DAYS:
        assert site.run(day, "--date", day, *options) == 0
    assert site.lists() == {day: slugs(numbers) for day, numbers in BY_DAY.items()}


@pytest.mark.parametrize("feeds", [{"rss", "atom"}, set()], ids=["feeds", "api"])
def test_days_that_were_missed(feeds: set[str], site: Site) -> None:
    """After days without a run, the next brings what was announced meanwhile, under its days."""
    site.arxiv.feeds = frozenset(feeds)
    site.run("2025-01-09", "--date", "2025-01-09", "--days", "1")
    site.run("2025-01-15", "--date", "2025-01-15", "--days", "1")
    assert site.lists() == {day: slugs(BY_DAY[day]) for day in list(BY_DAY)[:4]}


def test_without_a_date(site: Site) -> None:
    """The feed itself says of which day it is."""
    assert site.run("2025-01-14") == 0
    assert site.lists() == {"2025-01-14": slugs([4, 5, 6, 7])}


def test_a_past_date(site: Site) -> None:
    """A day of the past, in an empty folder: its papers, and none of the days around it."""
    assert site.run("2025-01-16", "--date", "2025-01-13") == 0
    assert site.lists() == {"2025-01-13": slugs([2, 3])}


def test_a_month(site: Site) -> None:
    """A month has every day, a held paper with those that got their ids when it did."""
    site.arxiv.papers += [
        Announced("2501.90010", "2025-01-15T15:00", "2025-01-16T01:00"),
        Announced("2501.90011", "2025-01-06T15:00", "2025-01-16T01:00"),
    ]
    assert site.run("2025-01-20", "--month", "2025-01") == 0
    assert site.lists()["2025-01-16"] == ["paper-2501-90010", "paper-2501-90011"]
    assert sum(map(len, site.lists().values())) == 11


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-01-11", "no papers on Saturday, 2025-01-11: arXiv announces nothing on that day"),
        ("2025-01-10", "no papers on Friday, 2025-01-10: a holiday, or nothing was listed"),
        ("2025-01-21", "arXiv announces nothing on that day"),  # after a holiday's evening
    ],
)
def test_a_day_without_papers(
    day: str, said: str, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is no error, and has its reason."""
    assert site.run(day, "--date", day) == 0
    assert said in capsys.readouterr().err
    assert site.lists() == {}


def test_the_api_is_asked_where_there_is_no_feed(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """That the list is not arXiv's own is said."""
    site.arxiv.feeds = frozenset()
    assert site.run("2025-01-09", "--date", "2025-01-09") == 0
    said = capsys.readouterr().err
    assert "arxiv: no daily feed (" in said
    assert "HTTP 404" in said
    assert "the API is asked instead" in said


def test_the_feeds_order_and_the_apis_facts(site: Site) -> None:
    """A digest is in the order announced; its papers are as the API has them."""
    day = "2025-01-09T01:00"
    site.arxiv.papers = [
        Announced("2501.90003", "2025-01-08T16:00", day),
        Announced("2501.90002", "2025-01-08T16:00", day, comment="12 pages"),
        Announced(
            "2412.00001", "2024-12-01T16:00", day, kind="cross", categories=("cs.LG", "cs.CL")
        ),
        Announced("2411.00001", "2024-11-01T16:00", day, kind="replace"),
    ]
    assert site.run("2025-01-09") == 0
    assert list(site.lists()["2025-01-09"]) == [
        "paper-2501-90003",
        "paper-2501-90002",
        "paper-2412-00001",
    ]
    entry = site.entry("paper-2501-90002")
    assert (entry["body"], entry["authors"], entry["remark"]) == (
        "Of the API.",
        ["Mo Ck"],
        "12 pages",
    )
    assert entry["published"] == dt.date(2025, 1, 8)


def test_a_feed_without_the_api(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the API refuses, the papers are as the feed has them, and that is said."""
    site.arxiv.api = False
    assert site.run("2025-01-09") == 0
    entry = site.entry("paper-2501-90001")
    assert (entry["body"], entry["authors"]) == ("Of the feed.", ["Mo Ck", "Sam Ple"])
    assert "the papers are as the feed has them" in capsys.readouterr().err


@pytest.mark.parametrize("feeds", [{"rss"}, set()], ids=["feed", "api"])
@pytest.mark.parametrize(
    ("settings", "papers", "said"),
    [
        ("", [1, 2, 3], ""),
        (", cross_lists: false", [1, 2], "1 cross-lists left out"),
        (", without: [cs.RO]", [1, 3], "1 papers in cs.RO left out"),
        (", limit: 1", [1], "3 papers, the first 1 were taken"),
    ],
)
def test_what_is_wanted(
    feeds: set[str],
    settings: str,
    papers: list[int],
    said: str,
    folder: tuple[Path, HTTPServer, pytest.CaptureFixture[str]],
) -> None:
    """Categories can be taken out, and cross-lists; what is left out is counted."""
    path, server, capsys = folder
    site = Site(path, server, settings)
    site.arxiv.feeds = frozenset(feeds)
    site.arxiv.papers = [
        THURSDAY,
        THURSDAY._replace(arxiv="2501.90002", categories=("cs.CL", "cs.RO")),
        THURSDAY._replace(arxiv="2501.90003", categories=("cs.LG", "cs.CL"), kind="cross"),
    ]
    assert site.run("2025-01-09", "--date", "2025-01-09") == 0
    assert site.lists()["2025-01-09"] == slugs(papers)
    assert said in capsys.readouterr().err


def test_a_paper_withdrawn_later(site: Site) -> None:
    """A withdrawal is announced as a replacement: the known paper is marked, and listed no more."""
    site.run("2025-01-09")
    assert "withdrawn" not in site.entry("paper-2501-90001")
    first = site.arxiv.papers[0]
    comment = "This paper has been withdrawn by the author"
    site.arxiv.papers = [
        first._replace(comment=comment),
        first._replace(kind="replace", announced="2025-01-10T01:00"),
    ]
    assert site.run("2025-01-10") == 0
    assert site.entry("paper-2501-90001")["withdrawn"] is True
    assert list(site.lists()) == ["2025-01-09"]


def test_a_paper_removed_by_hand_stays_away(site: Site) -> None:
    """Whoever takes a paper out of a digest does not find it in the next one."""
    site.arxiv.feeds = frozenset()
    site.run("2025-01-14", "--date", "2025-01-14")
    digest = site.content / "digests/2025-01-14.md"
    digest.write_text(digest.read_text().replace("- paper-2501-90005\n", ""))
    (entry,) = site.content.glob("papers/*/paper-2501-90005.md")
    entry.unlink()
    site.run("2025-01-15", "--date", "2025-01-15")
    assert site.lists()["2025-01-15"] == slugs([8])


def test_ids(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Papers by id or address go into the day's digest, in the order given; others are named."""
    site.arxiv.now = "2025-01-20T07:23"
    ids = ["https://arxiv.org/abs/2501.90008v1", "2501.90002", "2501.99999"]
    assert site.run("2025-01-20", *ids, "--date", "2025-02-01") == 0
    assert site.lists() == {"2025-02-01": slugs([8, 2])}
    assert "there is no paper 2501.99999" in capsys.readouterr().err
    assert site.run("2025-01-20", "2501.99999", "--date", "2025-02-02") == 1
    assert site.run("2025-01-20", "cs.CL", "--date", "2025-02-02") == 1
    assert "'cs.CL' is no arXiv id or address" in capsys.readouterr().err


def test_many_ids_are_few_questions(site: Site) -> None:
    """A hundred ids go into one question."""
    papers = [Announced(f"2501.{n:05}", "2025-01-08T16:00", "2025-01-09T01:00") for n in range(250)]
    site.arxiv.papers = papers
    assert site.run("2025-01-09", *[paper.arxiv for paper in papers], "--date", "2025-01-09") == 0
    assert len(site.arxiv.questions) == 3
    assert len(site.lists()["2025-01-09"]) == 250


def test_the_feeds_have_an_address_of_their_own(tmp_path: Path, httpserver: HTTPServer) -> None:
    """The settings say where the feeds are, where that is not the API's address."""
    site = Site(tmp_path, httpserver, f", feeds: '{httpserver.url_for('/elsewhere')}'")
    httpserver.expect_request("/elsewhere/rss/cs.CL").respond_with_data("no", status=404)
    httpserver.expect_request("/elsewhere/atom/cs.CL").respond_with_data("no", status=404)
    assert site.run("2025-01-09", "--date", "2025-01-09") == 0
    assert site.lists() == {"2025-01-09": slugs([1])}
    assert {request.path for request in site.arxiv.questions} == {"/api/query"}


def test_nothing_to_ask_for(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids are arXiv's alone, and an id that nobody knows leaves the exit code at 1."""
    content = str(site.content)
    assert cli.main(["fetch", "biorxiv", "2501.90001", "--content", content]) == 1
    assert "by id from arxiv only" in capsys.readouterr().err


def test_missed_days_that_cannot_be_had(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The feed's day is taken all the same; the missed ones are named, for the next run."""
    site.run("2025-01-09")
    site.arxiv.api = False
    assert site.run("2025-01-14") == 0
    assert list(site.lists()) == ["2025-01-09", "2025-01-14"]
    assert "missed days (2025-01-10, 2025-01-13)" in capsys.readouterr().err
    site.arxiv.api = True
    assert site.run("2025-01-15", "--date", "2025-01-15", "--days", "3") == 0
    assert list(site.lists()) == ["2025-01-09", "2025-01-13", "2025-01-14", "2025-01-15"]


def test_a_feed_that_does_not_say_its_day(tmp_path: Path, httpserver: HTTPServer) -> None:
    """Nor one that is none: the API is asked."""
    site = Site(tmp_path, httpserver, f", feeds: '{httpserver.url_for('/odd')}'")
    nameless = "<rss><channel><item><title>A</title></item></channel></rss>"
    httpserver.expect_request("/odd/rss/cs.CL").respond_with_data(nameless)
    httpserver.expect_request("/odd/atom/cs.CL").respond_with_data("<html>Down</html>")
    assert site.run("2025-01-09", "--date", "2025-01-09") == 0
    assert site.lists() == {"2025-01-09": slugs([1])}
