"""A paper's own page, as readers, Zotero and search engines have it; with scripts and without."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
from extruct.jsonld import JsonLdExtractor
from extruct.opengraph import OpenGraphExtractor
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import sites

WHOLE = "papers/sparse-routing.html"
TITLE = "Sparse Routing of k Experts"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small site whose papers have everything a page can show."""
    return sites.built(tmp_path_factory.mktemp("site"), "en")


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path, serve: Callable[[Path], str]) -> str:
    """Return the site's address: on a server, and as a folder on disk."""
    return serve(site) if request.param == "http" else f"{site.as_uri()}/"


def test_a_page_has_all_that_is_known_without_scripts(browser: Browser, site: Path) -> None:
    """Links, days, figures, citation and the day's files need no script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{WHOLE}")
    main = page.locator("main")
    expect(main).to_contain_text("Listed on 22 September 2025, 23 September 2025")
    expect(main).to_contain_text("As of 22 September 2025: 41 votes · 3 comments")
    links = main.locator(".actions a")
    assert links.all_inner_texts() == ["arXiv", "PDF", "DOI", "Code", "Project"]
    page.get_by_text("Cite", exact=True).click()
    expect(page.locator(".cite pre")).to_contain_text("@misc{lovelace2025sparse,")
    expect(page.locator(".cite p").first).to_contain_text("Ada Lovelace, Søren Ås, 王小明")
    for name, ending in {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}.items():
        target = page.locator(".cite").get_by_role("link", name=name).get_attribute("href")
        assert target == f"../digests/2025-09-22.{ending}"
        assert (site / "papers" / str(target)).resolve().is_file()
    context.close()


def test_an_author_leads_to_a_search_for_all_of_the_name(page: Page, address: str) -> None:
    """The search finds the papers of that author, and no others."""
    page.goto(address + WHOLE)
    page.get_by_role("link", name="Søren Ås").click()
    expect(page.locator("#results")).to_have_attribute("data-state", "done")
    assert page.locator("#q").input_value() == 'authors:"Søren Ås"'
    expect(page.locator("#results h3")).to_have_text([TITLE])


def test_related_papers_say_why(page: Page, address: str) -> None:
    """A paper of the next day names the older one and the words that both are about."""
    page.goto(f"{address}papers/dense-routing.html")
    related = page.locator(".related li")
    assert related.count() == 1
    expect(related.locator("span")).to_have_text("routing, experts")
    related.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Sparse Routing")


def test_every_format_can_be_copied(context: BrowserContext, address: str) -> None:
    """A press of a button puts it on the clipboard and says so."""
    if address.startswith("http"):
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = context.new_page()
    page.goto(address + WHOLE)
    page.get_by_text("Cite", exact=True).click()
    for name in ("Text", "BibTeX", "RIS", "CSL-JSON"):
        page.get_by_role("button", name=f"Copy: {name}").click()
        expect(page.locator(".cite [role=status]")).to_have_text("Copied")
    if address.startswith("http"):
        text = page.evaluate("navigator.clipboard.readText()")
        assert json.loads(text)[0]["title"] == TITLE


def made(page: Page, name: str) -> str:
    """Return the file that a page makes of its paper in one format."""
    link = page.get_by_role("link", name=f"Save as a file: {name}")
    _, _, body = str(link.get_attribute("href")).partition(",")
    return urllib.parse.unquote(body)


def test_what_the_page_makes_is_what_the_day_has(page: Page, site: Path) -> None:
    """RIS and CSL-JSON of one paper are those of the day's files, names in their parts."""
    records = rispy.loads((site / "digests/2025-09-22.ris").read_bytes().decode())
    items = json.loads((site / "digests/2025-09-22.json").read_bytes())
    for number, slug in enumerate(("sparse-routing", "protein-folds")):
        page.goto(f"{site.as_uri()}/papers/{slug}.html")
        page.get_by_text("Cite", exact=True).click()
        assert rispy.loads(made(page, "RIS")) == [records[number]]
        assert json.loads(made(page, "CSL-JSON")) == [items[number]]
        assert made(page, "BibTeX") in (site / "digests/2025-09-22.bib").read_text("utf-8")


def test_machines_read_the_right_item(site: Path) -> None:
    """JSON-LD and Open Graph name the paper; each citation tag stands once a value."""
    html = (site / WHOLE).read_text("utf-8")
    (item,) = JsonLdExtractor().extract(html)
    assert (item["@type"], item["headline"]) == ("ScholarlyArticle", TITLE)
    (graph,) = OpenGraphExtractor().extract(html)
    properties = dict(graph["properties"])
    assert properties["og:title"] == TITLE
    assert properties["og:type"] == "article"
    assert properties["og:description"].startswith("We route tokens to k experts")
    assert html.count('name="citation_author"') == 5
    assert html.count('name="citation_title"') == 1
