"""What browsers make of vectors: the papers for one reader, those near a paper or a query."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import building
from tests.conftest import Serve

FIELDS = {
    "speech": "speech recognition audio acoustic speaker transcription phoneme",
    "graphs": "graph neural networks node classification edges message passing",
    "protein": "protein folding structure molecules amino binding docking",
    "robots": "robot manipulation grasping gripper locomotion control arms",
}
SAYS = [
    "with fewer labels", "in noise", "at scale", "by contrast", "from scratch", "for beginners",
    "under shift", "in one pass", "without tears", "on small machines",
]  # fmt: skip
FIRST = date(2025, 9, 1)
DAYS = 40


def papers() -> Iterable[tuple[str, str, str, date]]:
    """Yield slug, title, abstract and day of papers of four fields, one of each field a day."""
    for number in range(DAYS):
        for words in FIELDS.values():
            own = words.split()
            title = f"{own[number % 5]} and {own[number % 5 + 1]} {SAYS[number % 10]} {number}"
            slug = re.sub(r"[^a-z0-9]+", "-", title)
            yield slug, title, f"{' '.join(own)} {SAYS[number % 7]}", FIRST + timedelta(number)


@pytest.fixture(scope="session")
def fields(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of 160 papers of four fields, over forty days."""
    folder = tmp_path_factory.mktemp("fields")
    content = folder / "content"
    days: dict[date, list[str]] = {}
    for slug, title, abstract, day in papers():
        path = content / f"papers/{day:%Y-%m}/{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"---\ntitle: {title}\ndate: {day}\nauthors: [Ann Lee]\n---\n\n{abstract}\n"
        path.write_text(text, encoding="utf-8")
        days.setdefault(day, []).append(slug)
    (content / "digests").mkdir()
    for day, slugs in days.items():
        listed = "".join(f"- {slug}\n" for slug in slugs)
        path = content / f"digests/{day}.md"
        path.write_text(f"---\ntitle: Papers\ndate: {day}\npapers:\n{listed}---\n", "utf-8")
    return building.built(content, folder / "site")


@pytest.fixture
def address(fields: Path, serve: Serve) -> str:
    """Return the address of that site on a server."""
    return serve(fields)


def of(field: str) -> list[tuple[str, str, str]]:
    """Return slug, title and day of the papers of a field, oldest first."""
    known = FIELDS[field].split()
    return [
        (slug, title, day.isoformat())
        for slug, title, _, day in papers()
        if title.split()[0] in known
    ]


def keep(page: Page, **lists: Iterable[tuple[str, str, str]]) -> None:
    """Put papers into the reading list of the page: saved, read or hidden."""
    records = [
        {
            "slug": slug,
            "title": title,
            "date": day,
            "saved": "2025-10-01" if kind == "saved" else "",
            kind: kind if kind == "saved" else True,
        }
        for kind, found in lists.items()
        for slug, title, day in found
    ]
    page.evaluate(
        "records => localStorage.setItem('gazette.reading:' + new URL('.', location).pathname,"
        " JSON.stringify(records))",
        records,
    )
    page.reload()


def listed(page: Page) -> list[str]:
    """Return the slugs of the page's list, once it is there."""
    expect(page.locator("#for-you li").first).to_be_visible()
    found: list[str] = page.locator("#for-you li").evaluate_all(
        "items => items.map((item) => item.dataset.slug)"
    )
    return found


def test_it_takes_three_saved_papers(page: Page, address: str) -> None:
    """And the page says so, and how many there are."""
    page.goto(f"{address}for-you.html")
    expect(page.locator("#for-you-status")).to_contain_text("takes 3 saved papers to begin")
    keep(page, saved=of("speech")[:2])
    expect(page.locator("#for-you-status")).to_contain_text("you have 2")
    keep(page, saved=of("speech")[:3])
    assert listed(page)


def test_what_is_like_the_saved_papers_comes_first_and_says_why(page: Page, address: str) -> None:
    """Of the last week, all of the reader's field; each names a saved paper that it is like."""
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"{address}for-you.html")
    saved = of("speech")[:5]
    keep(page, saved=saved, hidden=of("robots")[:3])
    own = {slug for slug, _, _ in of("speech")}
    assert set(listed(page)[:7]) <= own
    why = page.locator("#for-you li .why").first
    expect(why).to_contain_text(re.compile(r"like: .*, which you saved"))
    assert why.locator("a").inner_text() in {title for _, title, _ in saved}
    page.get_by_label("30 days").check()
    expect(page.locator("#for-you li")).to_have_count(20)
    page.get_by_role("button", name="More papers").click()
    expect(page.locator("#for-you li")).to_have_count(40)
    assert not set(listed(page)) & {slug for slug, _, _ in saved}
    assert not failures


def test_a_saved_paper_without_its_day_is_found_all_the_same(page: Page, address: str) -> None:
    """Its slug is enough."""
    page.goto(f"{address}for-you.html")
    keep(page, saved=[(slug, title, "") for slug, title, _ in of("protein")[:4]])
    assert set(listed(page)[:5]) <= {slug for slug, _, _ in of("protein")}


def test_less_of_this(page: Page, address: str) -> None:
    """Less of a field, and its papers fall; forgotten, they come back."""
    page.goto(f"{address}for-you.html")
    keep(page, saved=[*of("speech")[:4], *of("graphs")[:4]])
    own = {slug for slug, _, _ in of("graphs")}
    before = [slug in own for slug in listed(page)]
    for _ in range(3):
        item = page.locator("#for-you li").filter(has_text=re.compile("graph|node|network")).first
        slug = item.get_attribute("data-slug")
        item.get_by_role("button", name="Less of this").click()
        expect(page.locator(f'#for-you li[data-slug="{slug}"]')).to_have_count(0)
    after = [slug in own for slug in listed(page)]
    assert sum(after[:7]) < sum(before[:7])
    page.get_by_role("button", name="Forget what I wanted less of").click()
    expect(page.locator(f'#for-you li[data-slug="{slug}"]')).to_have_count(1)


def test_it_works_from_a_folder_on_disk(page: Page, fields: Path) -> None:
    """What is kept there, Chromium may forget when a page is left at once: so it is given."""
    records = [{"slug": slug, "title": title, "saved": "x"} for slug, title, _ in of("robots")[:3]]
    key, value = f"gazette.reading:{fields}/", json.dumps(records)
    page.add_init_script(f"localStorage.setItem({json.dumps(key)}, {json.dumps(value)})")
    page.goto(f"{fields.as_uri()}/for-you.html")
    assert set(listed(page)[:5]) <= {slug for slug, _, _ in of("robots")}
    page.goto(f"{fields.as_uri()}/search.html?like={of('graphs')[0][0]}")
    expect(page.locator("#nearby li")).to_have_count(10)


def test_since_the_last_visit(page: Page, address: str) -> None:
    """On the next visit only days that came since."""
    page.clock.install()
    page.goto(f"{address}for-you.html")
    keep(page, saved=of("speech")[:3])
    assert listed(page)
    page.evaluate(
        "localStorage.setItem('gazette.for-you:' + new URL('.', location).pathname,"
        " JSON.stringify({at: 0, newest: '2025-10-08'}))"
    )
    page.reload()
    page.get_by_label("Since your last visit").check()
    expect(page.locator("#for-you li")).to_have_count(8)
    page.clock.fast_forward("05:00:00")
    page.reload()
    page.get_by_label("Since your last visit").check()
    expect(page.locator("#for-you-status")).to_have_text("Nothing new since your last visit.")


def test_what_stands_beside_a_digest_is_small(fields: Path) -> None:
    """Under 64 bytes a paper before it is packed."""
    for path in fields.glob("vectors/2025-??-??.js"):
        head = len('gazetteMeaning.put("2025-09-01", "");\n')
        assert (path.stat().st_size - head) / len(FIELDS) < 64


def test_the_page_is_light(context: BrowserContext, fields: Path, serve: Serve) -> None:
    """For a month of four papers a day nearly all is the page itself and its scripts."""
    page = context.new_page()
    address = serve(fields)
    loaded: set[str] = set()
    page.on("response", lambda response: loaded.add(response.url.removeprefix(address)))
    page.goto(f"{address}for-you.html")
    keep(page, saved=of("speech")[:3])
    page.get_by_label("30 days").check()
    expect(page.locator("#for-you li")).to_have_count(20)
    files = [fields / path for path in loaded if (fields / path).is_file()]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 40_000


def test_more_like_a_paper(page: Page, address: str) -> None:
    """From its page to the search page, with papers of its field; not itself."""
    slug, title, _ = of("protein")[10]
    page.goto(f"{address}papers/{slug}.html")
    page.get_by_role("link", name="More like this").click()
    expect(page.locator("#nearby h2")).to_have_text(f"Close in meaning to: {title}")
    expect(page.locator("#nearby li")).to_have_count(10)
    found = page.locator("#nearby li a").all_inner_texts()
    assert set(found) <= {name for _, name, _ in of("protein")} - {title}
    assert page.url.endswith(f"search.html?like={slug}")


def test_a_paper_that_is_not_there(page: Page, address: str) -> None:
    """Its page says so."""
    page.goto(f"{address}search.html?like=no-such-paper")
    expect(page.locator("#nearby p")).to_have_text("This site has no such paper.")


def test_a_query_that_hardly_any_paper_has_the_words_of(page: Page, address: str) -> None:
    """What is close in meaning is offered below; where many have the words, nothing is."""
    page.goto(f"{address}search.html?q=peptide+drug")
    expect(page.locator("#nearby li")).to_have_count(10)
    expect(page.locator("#nearby h2")).to_have_text("Close in meaning")
    names = {title for _, title, _ in of("protein")}
    found = page.locator("#nearby li a").all_inner_texts()
    assert sum(title in names for title in found) >= 6
    page.goto(f"{address}search.html?q=protein")
    expect(page.locator("#results")).to_have_attribute("data-state", "done")
    expect(page.locator("#nearby")).to_be_hidden()


def test_odd_storage_is_no_taste(page: Page, address: str) -> None:
    """What stands under our key and is not ours counts as nothing."""
    page.goto(f"{address}for-you.html")
    for junk in ("{", "7", '[["../x", 3], 4]', json.dumps({"a": 1})):
        page.evaluate(
            "text => localStorage.setItem('gazette.less:' + new URL('.', location).pathname, text)",
            junk,
        )
        keep(page, saved=of("speech")[:3])
        assert listed(page)


def test_a_month_has_a_map_that_leads_to_its_papers(context: BrowserContext, fields: Path) -> None:
    """Points with the titles of papers, labels, and a table beside it; without JavaScript too."""
    page = context.new_page()
    page.goto(f"{fields.as_uri()}/months/2025-09.html")
    assert page.locator(".map svg a").count() == 120
    assert all(page.locator(".map text").all_text_contents())
    page.locator(".map summary").click()
    rows = page.locator(".map tbody tr")
    assert sum(int(row.locator("td").first.inner_text()) for row in rows.all()) == 120
    page.locator(".map svg a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/papers/" in page.url
    page.goto(f"{fields.as_uri()}/statistics.html")
    assert page.locator(".map svg a").count() == 40
