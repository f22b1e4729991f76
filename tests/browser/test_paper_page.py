"""A paper's own page, as readers, Zotero and search engines have it; with scripts and without."""

from __future__ import annotations

import datetime as dt
import json
import urllib.parse
from pathlib import Path
from typing import Any

import pytest
import yaml
from extruct.jsonld import JsonLdExtractor
from extruct.opengraph import OpenGraphExtractor
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.building import built
from tests.conftest import Serve

WHOLE = "papers/sparse-routing.html"
TITLE = "Sparse Routing of k Experts"


# Front matter that is hard to cite.
ODD: list[dict[str, Any]] = [
    {"title": "A Study of GPT-4 & {Braces}, 100% in $O(n^2)$", "authors": ["Vincent van Gogh"]},
    {
        "title": "Old id } with a lone brace",
        "authors": ["Luís M. de la Cruz Pérez", "King, Martin Luther, Jr.", "Qwen Team"],
        "arxiv": "hep-ex/0307015",
        "journal": "J. & K {1}",
    },
    {
        "title": "Categories ~ of _all_ <b>kinds</b>",
        "authors": ["A. and B. Smith", "王小明", "Maria De la Rosa", "O'Neil, Tip"],
        "arxiv": "2509.01234",
        "topics": ["Robots", "cs.CL", "cs.AI"],
    },
    {
        "title": '"Quotes", a \\backslash and ](odd) signs',
        "doi": "10.1000/a_b(c)<1>",
        "published": dt.date(2024, 2, 29),
        "type": "paper-conference",
        "venue": "Proc. of the 3rd {Odd} Conf.",
        "volume": "LNCS 7",
        "number": "3",
        "pages": "269–282",
        "publisher": "Example & Sons",
    },
    {"title": "A year", "authors": ["Olle Ahlgren"], "others": True, "published": 1997},
    {
        "title": "A month",
        "published": "1997-11",
        "type": "article-journal",
        "venue": "J. of Odd",
        "volume": "1",
        "number": "2",
        "pages": "e7",
    },
    {"title": "A thesis", "type": "thesis", "publisher": "Univ. of Odd"},
    {"title": "A poem", "type": "entry-encyclopedia", "venue": "All of it"},
    {"title": "论文", "links": {"project": "https://project.example/a"}},
    {"title": "Nothing else is known"},
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of papers that are hard to cite."""
    folder = tmp_path_factory.mktemp("odd")
    papers, digests = folder / "content/papers/2025-09", folder / "content/digests"
    papers.mkdir(parents=True)
    digests.mkdir()
    for number, fields in enumerate(ODD):
        text = yaml.safe_dump({"date": dt.date(2025, 9, 22), **fields}, allow_unicode=True)
        (papers / f"odd-{number}.md").write_text(f"---\n{text}---\n", encoding="utf-8")
    listed = ", ".join(f"odd-{number}" for number in range(len(ODD)))
    (digests / "2025-09-22.md").write_text(
        f"---\ndate: 2025-09-22\ntitle: Odd\npapers: [{listed}]\n---\n", encoding="utf-8"
    )
    return built(folder / "content", folder / "site")


@pytest.fixture
def address(small: Path, address_of: Serve) -> str:
    """Return the address of the small site: on a server, and as a folder on disk."""
    return address_of(small)


def test_a_page_has_all_that_is_known_without_scripts(browser: Browser, small: Path) -> None:
    """Links, days, figures, citation and the day's files need no script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{small.as_uri()}/{WHOLE}")
    main = page.locator("main")
    expect(main).to_contain_text("Listed on 22 September 2025, 23 September 2025")
    expect(main).to_contain_text("As of 22 September 2025: 41 votes · 3 comments")
    links = main.locator(".actions a")
    assert links.all_inner_texts() == ["arXiv", "PDF", "DOI", "Code", "Project"]
    page.get_by_text("Cite", exact=True).click()
    expect(page.locator(".cite p").first).to_contain_text("Ada Lovelace, Søren Ås, 王小明")
    for name, ending in {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}.items():
        target = page.locator(".cite").get_by_role("link", name=name).get_attribute("href")
        assert target == f"../digests/2025-09-22.{ending}"
        assert (small / "papers" / str(target)).resolve().is_file()
    context.close()


def test_an_author_leads_to_a_search_for_all_of_the_name(page: Page, address: str) -> None:
    """The search finds the papers of that author, and no others."""
    page.goto(address + WHOLE)
    page.get_by_role("link", name="Søren Ås").click()
    expect(page.locator("#results")).to_have_attribute("data-state", "done")
    assert page.locator("#q").input_value() == 'author:"Søren Ås"'
    expect(page.locator("#results h3")).to_have_text([TITLE])


def test_related_papers_say_why(page: Page, address: str) -> None:
    """A paper of the next day names the older one and the words that both are about."""
    page.goto(f"{address}papers/dense-routing.html")
    related = page.locator(".related li")
    assert related.count() == 1
    expect(related.locator("span")).to_have_text("routing, experts · also by Ada Lovelace")
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


def made(page: Page, ending: str) -> str:
    """Return the file that a page makes of its paper in one format."""
    href = page.evaluate(f"""document.querySelector('.cite a[download$=".{ending}"]').href""")
    _, _, body = str(href).partition(",")
    return urllib.parse.unquote(body)


def test_what_the_page_makes_is_what_the_day_has(page: Page, odd: Path) -> None:
    """Each format of each paper is that of the day's file, to the last character."""
    day = odd / "digests/2025-09-22"
    bib = day.with_suffix(".bib").read_bytes().decode()
    ris = day.with_suffix(".ris").read_bytes().decode()
    items = json.loads(day.with_suffix(".json").read_bytes())
    assert len(items) == len(ODD)
    for number, item in enumerate(items):
        page.goto(f"{odd.as_uri()}/papers/odd-{number}.html")
        assert json.loads(made(page, "json")) == [item]
        assert made(page, "ris") in ris
        assert made(page, "bib") in bib


def test_what_the_pages_of_the_73_make_is_what_their_day_has(page: Page, site: Path) -> None:
    """So it is for the papers of the repository's own digest whose key is its own: every third."""
    day = site / "digests/2025-09-23"
    bib = day.with_suffix(".bib").read_bytes().decode()
    items = {item["id"]: item for item in json.loads(day.with_suffix(".json").read_bytes())}
    count = 0
    for path in sorted((site / "papers").glob("*.html"))[::3]:
        page.goto(path.as_uri())
        (item,) = json.loads(made(page, "json"))
        if items.get(item["id"]) == item:
            count += 1
            assert made(page, "bib") in bib
    assert count >= 23


def test_machines_read_the_right_item(small: Path) -> None:
    """JSON-LD and Open Graph name the paper; each citation tag stands once a value."""
    html = (small / WHOLE).read_text("utf-8")
    (item,) = JsonLdExtractor().extract(html)
    assert (item["@type"], item["headline"]) == ("ScholarlyArticle", TITLE)
    (graph,) = OpenGraphExtractor().extract(html)
    properties = dict(graph["properties"])
    assert properties["og:title"] == TITLE
    assert properties["og:type"] == "article"
    assert properties["og:description"].startswith("We route tokens to k experts")
    assert html.count('name="citation_author"') == 5
    assert html.count(f'name="citation_title" property="og:title" content="{TITLE}"') == 1
