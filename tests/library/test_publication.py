"""What is published: drafts wait for their writer, days to come for their day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import feedparser
import pytest

from generator.commands import check
from generator.pipeline import build
from generator.pipeline.build import Options
from generator.system.errors import GazetteError
from generator.system.progress import Progress

TODAY = date(2025, 9, 23)


class Content:
    """A content folder of three days, one paper each, that a test changes; and its site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for day in ("2025-09-22", "2025-09-23", "2025-09-24"):
            self.paper(f"of-{day[-2:]}", day)
            self.digest(day, f"of-{day[-2:]}")

    def paper(self, slug: str, day: str, more: str = "") -> None:
        """Write the entry of a paper."""
        path = self.root / f"content/papers/x/{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Paper {slug}\ndate: {day}\n{more}---\n\nText.\n", "utf-8")

    def digest(self, day: str, *slugs: str, more: str = "") -> None:
        """Write a digest."""
        path = self.root / f"content/digests/{day}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        listed = ", ".join(slugs)
        text = f"---\ndate: {day}\ntitle: Daily\n{more}papers: [{listed}]\n---\n"
        path.write_text(text, "utf-8")

    def build(self, today: date | None = TODAY, *, drafts: bool = False) -> build.Report:
        """Build the site as of a day."""
        options = Options(
            content=self.root / "content",
            output=self.root / "site",
            today=today,
            drafts=drafts,
        )
        return build.build(options, Progress(quiet=True))

    def published(self) -> list[str]:
        """Return the slugs of the papers that have a page which is no alias."""
        pages = sorted((self.root / "site/papers").glob("*.html"))
        return [page.stem for page in pages if 'http-equiv="refresh"' not in page.read_text()]

    def ids(self) -> list[str]:
        """Return the ids of the feed's items."""
        feed = feedparser.parse((self.root / "site/feed.xml").read_bytes())
        return [entry["id"] for entry in feed.entries]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """Return the content of three days."""
    return Content(tmp_path)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 9, 21), []),
        (date(2025, 9, 23), ["of-22", "of-23"]),
        (date(2025, 9, 24), ["of-22", "of-23", "of-24"]),
    ],
)
def test_days_to_come_wait_for_their_day(
    content: Content, today: date, expected: list[str]
) -> None:
    """Neither the digest nor its papers are in the site, its feeds or its search before."""
    content.build(today)
    assert content.published() == expected
    assert len(content.ids()) == len(expected)
    assert list(check.check(content.root / "site")) == []


def test_the_day_that_comes_is_noticed(content: Content) -> None:
    """Nothing has changed but the day: what was waiting is published, and taken back before it."""
    content.build(date(2025, 9, 23))
    content.build(date(2025, 9, 24))
    assert "of-24" in content.published()
    content.build(date(2025, 9, 23))
    assert "of-24" not in content.published()


def test_drafts_are_shown_on_request_only(content: Content) -> None:
    """A draft has no page, no place in lists and feeds; a day of drafts alone has no page."""
    content.paper("of-23", "2025-09-23", "draft: true\n")
    content.digest("2025-09-22", "of-22", "of-23")
    report = content.build()
    assert content.published() == ["of-22"]
    assert not (content.root / "site/digests/2025-09-23.html").exists()
    assert report.unpublished == (
        "not published: 1 drafts, 1 of days to come, the first of them 2025-09-24"
    )
    content.build(drafts=True)
    assert content.published() == ["of-22", "of-23", "of-24"]


def test_a_digest_may_be_a_draft(content: Content) -> None:
    """Its papers wait with it, where no other digest lists them."""
    content.digest("2025-09-22", "of-22", more="draft: true\n")
    content.build()
    assert content.published() == ["of-23"]


def test_an_alias_leads_to_the_paper_and_feeds_stay(content: Content) -> None:
    """A paper whose file was renamed keeps its id in feeds, and its old address leads to it."""
    content.build()
    before = content.ids()
    (content.root / "content/papers/x/of-23.md").unlink()
    content.paper("better", "2025-09-23", "aliases: [of-23, old/place.html]\n")
    content.digest("2025-09-23", "better")
    content.build()
    assert content.ids() == before
    page = (content.root / "site/papers/of-23.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../papers/better.html">' in page
    assert '<link rel="canonical" href="../papers/better.html">' in page
    assert "../papers/better.html" in (content.root / "site/old/place.html").read_text("utf-8")
    assert "of-23" not in (content.root / "site/sitemap.xml").read_text("utf-8")
    assert content.published() == ["better", "of-22"]
    assert list(check.check(content.root / "site")) == []


def test_an_alias_of_two_papers_or_of_one_that_there_is(content: Content) -> None:
    """Where an address would lead to two papers, the build says so."""
    content.paper("of-23", "2025-09-23", "aliases: [of-22]\n")
    with pytest.raises(GazetteError, match="the alias 'of-22' is an address of of-22, too"):
        content.build()


def test_an_alias_that_is_no_address(content: Content) -> None:
    """The line is named."""
    content.paper("of-23", "2025-09-23", "aliases:\n- fine\n- ../etc/passwd\n")
    with pytest.raises(GazetteError, match=r"of-23\.md:6: `aliases` are slugs or paths"):
        content.build()
