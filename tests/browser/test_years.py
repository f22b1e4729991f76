"""Two sites, one of the year before: the search of the newest finds the papers of both."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.commands import cli
from tests.conftest import Serve
from tests.plan import sites

TITLES = {"2025-12-31": ["An older paper", "论文"], "2026-01-02": ["A newer paper"]}


class Years:
    """The site of 2025 and the one of all, each on a server of its own."""

    def __init__(self, root: Path, serve: Serve) -> None:
        (root / "site-2025").mkdir()
        self.old = serve(root / "site-2025")
        content = sites.new(root, f"years: {{2025: '{self.old}'}}\n")
        for day, titles in TITLES.items():
            papers = [
                {"slug": f"paper-{day[:4]}-{number}", "title": title, "abstract": "On papers."}
                for number, title in enumerate(titles)
            ]
            sites.add(content, day, papers)
        for year in ([], ["--year", "2025"]):
            place = ("--content", str(content), "--output", str(root / "site"), "--quiet")
            assert cli.main([*place, *year]) == 0
        self.new = serve(root / "site")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Years:
    """Return both sites."""
    return Years(tmp_path_factory.mktemp("years"), serve)


@pytest.mark.parametrize(("title", "slug"), [("An older paper", "2025-0"), ("论文", "2025-1")])
def test_a_result_of_another_year_opens_there(
    page: Page, years: Years, title: str, slug: str
) -> None:
    """On the other server, the paper's own page."""
    page.goto(f"{years.new}search.html?q={title}")
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    assert page.url.partition("#")[0] == f"{years.old}papers/paper-{slug}.html"


def test_all_years_are_found_together(page: Page, years: Years) -> None:
    """Those of this site lead to its own pages; one can be saved as well as the other."""
    page.goto(f"{years.new}search.html?q=papers")
    links = page.locator("#results h3 a")
    expect(links).to_have_count(3)
    homes = [link.evaluate("link => new URL(link.href).origin") for link in links.all()]
    assert sorted(f"{home}/" for home in homes) == sorted([years.new, years.old, years.old])
    for number in range(3):
        button = page.locator("#results li").nth(number).get_by_role("button", name="Save")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    page.goto(f"{years.new}reading-list.html")
    page.get_by_role("link", name="An older paper").click()
    expect(page.locator("h1")).to_have_text("An older paper")
    assert page.url.startswith(years.old)


def test_the_address_of_a_page_elsewhere_finds_it(page: Page, years: Years) -> None:
    """Pasted into the search over all."""
    page.goto(f"{years.new}search.html?q={years.old}papers/paper-2025-0.html")
    expect(page.locator("#results h3 a").first).to_have_text("An older paper")


def test_the_archive_leads_to_the_other_year(page: Page, years: Years) -> None:
    """To its front page."""
    page.goto(f"{years.new}archive.html")
    page.get_by_role("link", name="2025", exact=True).click()
    assert page.url == years.old
