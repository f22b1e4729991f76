"""The reading list in a real browser: kept, shown, taken out and in again, and safe."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pybtex.database import parse_string

from generator.theme.strings import Strings
from tests.conftest import Serve

ROOT = Path(__file__).parents[2]
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
WORDS = Strings(ROOT / "templates" / "strings", "en")
NO_LIST = WORDS("reading.import.wrong")
BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}"><title>x</title>
{% block head %}{% endblock %}
<script defer src="{{ root }}js/site.js"></script>{% block scripts %}{% endblock %}
<script defer src="{{ root }}js/reading-list.js"></script></head>
<body><main id="main">{% block main %}{% endblock %}</main></body></html>"""
FRONT = """{% extends "_base.html" %}{% block main %}<div class="column"><p data-new-since></p>
<ol class="papers" data-date="2025-09-23">
{% for slug, title in papers %}<li><h3><a href="papers/{{ slug }}.html">{{ title }}</a></h3>
<p class="meta"><span>Ada Lovelace, Søren Ås <i>and 1 more</i></span>
<a href="https://arxiv.org/pdf/2509.0000{{ loop.index }}">PDF</a></p></li>
{% endfor %}</ol><p data-hidden-count></p></div>{% endblock %}"""
PAPER = """{% extends "_base.html" %}{% block head %}
<meta name="citation_title" content="{{ title }}">
<meta name="citation_author" content="Lovelace, Ada">
<meta name="citation_author" content="Ås, Søren"><meta name="citation_author" content="Third, A">
<meta name="citation_publication_date" content="2025/09/05">{% endblock %}
{% block main %}<article><h1>{{ title }}</h1><div class="abstract"></div></article>{% endblock %}"""
PAPERS = {
    "pointer-networks": "Pointer Networks",
    "tulu-3": "TÜLU 3: 100% of {Sets} & $x_1$",
    "orca": "Orca",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a small site: a front page of three papers, their pages, the reading list."""
    shutil.copytree(ROOT / "static" / "js", tmp_path / "js")
    # Of a real site's script, the words alone: this small one has no masthead for the rest.
    words = f"window.gazetteStrings = {json.dumps(WORDS.texts)}"
    (tmp_path / "js" / "site.js").write_text(words)
    (tmp_path / "papers").mkdir()
    write(tmp_path, list(PAPERS.items()))
    return tmp_path


def write(site: Path, papers: list[tuple[str, str]]) -> None:
    """Write the pages of ``papers``."""
    pages = {"_base.html": BASE, "front": FRONT, "paper": PAPER}
    pages["list"] = (ROOT / "templates" / "reading-list.html").read_text(encoding="utf-8")
    environment = Environment(loader=DictLoader(pages), autoescape=True)
    environment.globals |= {"policy": POLICY, "t": WORDS, "root": ""}
    environment.globals["link"] = lambda target: target
    environment.globals["piece"] = lambda _: ""  # the base of this small site has the scripts
    front = environment.get_template("front").render(papers=papers)
    (site / "index.html").write_text(front, encoding="utf-8")
    (site / "reading-list.html").write_text(environment.get_template("list").render())
    for slug, title in papers:
        text = environment.get_template("paper").render(slug=slug, title=title, root="../")
        (site / "papers" / f"{slug}.html").write_text(text, encoding="utf-8")


@pytest.fixture
def http(site: Path, serve: Serve) -> str:
    """Return the site's address on a server."""
    return serve(site)


def save(page: Page, number: int) -> None:
    """Save the paper of a number on the front page."""
    page.get_by_role("button", name="Save").nth(number).click()


def take_in(page: Page, name: str, text: str) -> None:
    """Import a file on the reading list's page."""
    page.locator("[data-import]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    )
    expect(page.locator("#reading-message")).not_to_be_empty()


def export(page: Page, kind: str) -> str:
    """Return the file that an export gives."""
    with page.expect_download() as started:
        page.locator(f"[data-export={kind}]").click()
    return Path(started.value.path()).read_text(encoding="utf-8")


def titles(page: Page) -> list[str]:
    """Return the titles on the reading list's page."""
    return page.locator("#reading-list h2").all_inner_texts()


def test_a_saved_paper_is_kept_and_listed(page: Page, address: str) -> None:
    """Saved by a button that says so, said aloud, there after a reload, listed newest first."""
    page.goto(f"{address}index.html")
    save(page, 0)
    expect(page.get_by_role("button", name="Save").first).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text("Saved: Pointer Networks")
    save(page, 1)
    page.reload()
    assert page.locator(".is-saved").count() == 2
    page.goto(f"{address}reading-list.html")
    assert titles(page) == [PAPERS["tulu-3"], "Pointer Networks"]
    expect(page.locator("#reading-status")).to_contain_text("Saved: 2. Unread: 2.")
    page.get_by_role("link", name="Pointer Networks").click()
    expect(page.locator("h1")).to_have_text("Pointer Networks")


def test_read_and_note_on_a_papers_own_page(page: Page, http: str) -> None:
    """Read and saved are apart; a note is kept as it is typed."""
    page.goto(f"{http}papers/orca.html")
    page.get_by_role("button", name="Read", exact=True).press("Enter")
    page.get_by_role("button", name="Note").press("Space")
    expect(page.get_by_label("Your note")).to_be_focused()
    page.keyboard.type("Compare with <b>Pointer</b>")
    page.reload()
    expect(page.get_by_role("button", name="Save")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="Read", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.get_by_label("Your note").input_value() == "Compare with <b>Pointer</b>"


def test_a_paper_is_hidden_and_shown_again(page: Page, http: str) -> None:
    """A hidden paper can be taken back in its place; later, all of them at once."""
    page.goto(f"{http}index.html")
    hide = page.get_by_role("button", name="Hide").nth(1)
    hide.press("Enter")
    assert page.locator(".papers > li[data-slug]:visible").count() == 2
    undo = page.locator(".papers > .gone").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.press("Enter")
    assert page.locator(".papers > li:visible").count() == 3
    expect(hide).to_be_focused()
    hide.press("Enter")
    page.reload()
    assert page.locator(".papers > li:visible").count() == 2
    page.get_by_role("button", name="Show hidden papers (1)").click()
    assert page.locator(".papers > li:visible").count() == 3
    page.goto(f"{http}reading-list.html")
    page.locator("#reading-hidden").get_by_role("button", name="Show again").click()
    expect(page.locator("#reading-hidden")).to_be_hidden()
    page.goto(f"{http}index.html")
    assert page.locator(".papers > li:visible").count() == 3


def test_the_list_is_filtered_and_papers_leave_it(page: Page, http: str) -> None:
    """Unread and read apart; a removed paper is gone and nothing else."""
    page.goto(f"{http}index.html")
    for number in range(3):
        save(page, number)
    page.goto(f"{http}reading-list.html")
    page.get_by_role("button", name="Read", exact=True).first.press("Enter")
    expect(page.get_by_role("button", name="Read", exact=True).first).to_be_focused()
    page.get_by_label("Unread").check()
    assert len(titles(page)) == 2
    page.get_by_label("Read", exact=True).check()
    assert titles(page) == ["Orca"]
    page.get_by_role("button", name="Remove").click()
    page.get_by_label("All").check()
    assert titles(page) == [PAPERS["tulu-3"], "Pointer Networks"]


@pytest.mark.parametrize("kind", ["json", "bibtex"])
def test_out_and_in_again(page: Page, address: str, kind: str) -> None:
    """What one browser exports another imports: papers, marks and notes, letters and TeX."""
    page.goto(f"{address}index.html")
    save(page, 1)
    page.goto(f"{address}papers/tulu-3.html")
    page.get_by_role("button", name="Read", exact=True).click()
    page.get_by_role("button", name="Note").click()
    page.keyboard.type("50% {done} – \\o/ ~ #1")
    page.goto(f"{address}reading-list.html")
    text = export(page, kind)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("#reading-status")).to_contain_text("Nothing is saved yet")
    take_in(page, f"x.{kind}", text)
    expect(page.locator("#reading-message")).to_have_text("Papers taken over: 1")
    assert titles(page) == [PAPERS["tulu-3"]]
    expect(page.locator("#reading-status")).to_contain_text("Saved: 1. Unread: 0.")
    assert page.locator("textarea").input_value() == "50% {done} – \\o/ ~ #1"
    assert json.loads(export(page, "json"))["papers"][0]["authors"] == [
        "Lovelace, Ada",
        "Ås, Søren",
        "Third, A",
    ]


def test_the_bibtex_is_bibtex(page: Page, http: str) -> None:
    """A library of the field reads it: keys no two alike, authors, and "others" where cut."""
    page.goto(f"{http}index.html")
    for number in range(3):
        save(page, number)
    page.goto(f"{http}reading-list.html")
    entries = parse_string(export(page, "bibtex"), "bibtex").entries
    assert len(entries) == 3
    entry = next(one for one in entries.values() if "Pointer" in one.fields["title"])
    assert [str(person) for person in entry.persons["author"]] == [
        "Lovelace, Ada",
        "Ås, Søren",
        "others",
    ]
    assert entry.fields["eprint"] == "2509.00001"
    assert entry.fields["gazette"] == "pointer-networks"


def test_a_foreign_bibliography_comes_in(page: Page, http: str) -> None:
    """Papers of other sites link to where they are; accents and odd layouts are understood."""
    page.goto(f"{http}reading-list.html")
    take_in(
        page,
        "lib.bib",
        '@comment{x}\n@string{a = "b"}\n@ARTICLE {k:1,\n title="A {\\"U}ber {Study}", '
        "author = {Li, A and S{\\o}ren {\\AA}s}, year = 2019,\n journal = {J}, doi={10.1/x}}\n"
        "@misc{k2, title={Second}, eprint={1506.03134}, archivePrefix={arXiv}, }",
    )
    assert sorted(titles(page)) == ["A Über Study", "Second"]
    expect(page.locator("#reading-list")).to_contain_text("A Li, Søren Ås · 2019")
    link = page.get_by_role("link", name="Second")
    expect(link).to_have_attribute("href", "https://arxiv.org/abs/1506.03134")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", NO_LIST),
        ("no list at all", NO_LIST),
        ('{"format": "gazette-reading-list", "papers": 3}', NO_LIST),
        ("[1, 2", NO_LIST),
        ("@misc{", NO_LIST),
        (
            json.dumps(
                {
                    "format": "gazette-reading-list",
                    "version": 1,
                    "papers": [
                        {"slug": "../../evil", "title": "x", "saved": "1"},
                        {"slug": "a", "title": 7, "saved": "1", "authors": "x", "note": None},
                        None,
                        {
                            "slug": "xss",
                            "title": "<img src=x onerror='window.hurt=1'>",
                            "saved": "1",
                            "elsewhere": True,
                            "url": "javascript:window.hurt=1",
                            "authors": ["<script>window.hurt=1</script>", 4],
                            "__proto__": {"hurt": 1},
                        },
                    ],
                }
            ),
            "Papers taken over: 2. Entries that are no papers: 2.",
        ),
        (
            "@misc{x, title={<svg onload=window.hurt=1>}, url={javascript:window.hurt=1}}"
            + "{" * 9000,
            "Papers taken over: 1",
        ),
    ],
    ids=[
        "empty",
        "prose",
        "wrong shape",
        "broken JSON",
        "broken BibTeX",
        "hostile JSON",
        "hostile BibTeX",
    ],
)
def test_a_hostile_file_does_no_harm(page: Page, http: str, text: str, message: str) -> None:
    """What is no list is refused with a word; what is one is text and nothing else."""
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"{http}reading-list.html")
    take_in(page, "x.json", text)
    expect(page.locator("#reading-message")).to_have_text(message)
    page.reload()
    assert page.evaluate("window.hurt ?? ({}).hurt ?? null") is None
    assert page.locator("main img, main svg, a[href^='javascript']").count() == 0
    assert not failures


def test_an_import_adds_and_overwrites_nothing(page: Page, http: str) -> None:
    """A note on both sides is kept from both."""
    page.goto(f"{http}index.html")
    save(page, 2)
    page.goto(f"{http}papers/orca.html")
    page.get_by_role("button", name="Note").click()
    page.keyboard.type("mine")
    page.goto(f"{http}reading-list.html")
    theirs = {"slug": "orca", "title": "Other", "note": "theirs", "read": True}
    take_in(
        page,
        "x.json",
        json.dumps({"format": "gazette-reading-list", "version": 1, "papers": [theirs]}),
    )
    assert titles(page) == ["Orca"]
    assert page.locator("textarea").input_value() == "mine\n\ntheirs"


def test_new_since_the_last_visit(page: Page, site: Path) -> None:
    """Nothing on the first visit; on the next, hours later, the papers that came since."""
    address = f"{site.as_uri()}/index.html"
    page.clock.install()
    line = page.locator("[data-new-since]")
    page.goto(address)
    expect(line).to_have_text("")
    papers = [("fresh", "Fresh"), *PAPERS.items()]
    write(site, papers)
    page.reload()
    expect(line).to_have_text("")
    page.clock.fast_forward("05:00:00")
    write(site, [("fresher", "Fresher"), *papers])
    page.reload()
    expect(line).to_have_text("New since your last visit: 1")
    assert page.locator(".is-new").get_attribute("data-slug") == "fresher"
    page.clock.fast_forward("10:00")
    page.reload()
    expect(line).to_have_text("New since your last visit: 1")
    save(page, 0)
    expect(page.get_by_role("status")).to_have_text("Saved: Fresher")


def test_a_browser_that_refuses_storage(page: Page, address: str) -> None:
    """The list lasts as long as the page, and the page says so."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    page.goto(f"{address}index.html")
    save(page, 0)
    expect(page.locator(".is-saved")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("This browser keeps nothing")
    page.goto(f"{address}reading-list.html")
    expect(page.locator("#reading-status")).to_contain_text("This browser keeps nothing")


def test_another_tab_is_followed(context: BrowserContext, http: str) -> None:
    """What one tab saves the other shows."""
    first, second = context.new_page(), context.new_page()
    first.goto(f"{http}index.html")
    second.goto(f"{http}index.html")
    save(first, 0)
    expect(second.locator(".is-saved")).to_have_count(1)


def test_storage_of_another_kind_is_no_list(page: Page, http: str) -> None:
    """What stands under our key and is not ours counts as nothing."""
    page.goto(f"{http}index.html")
    for junk in ("{", "7", "null", '{"a": 1}', '[[], 3, {"slug": "../x"}]'):
        page.evaluate("text => localStorage.setItem('gazette.reading:/', text)", junk)
        page.reload()
        save(page, 0)
        expect(page.locator(".is-saved")).to_have_count(1)
        save(page, 0)


def test_two_sites_on_one_host_keep_two_lists(page: Page, site: Path, http: str) -> None:
    """The key is the site's path."""
    shutil.copytree(site, site / "other", ignore=shutil.ignore_patterns("other"))
    page.goto(f"{http}index.html")
    save(page, 0)
    page.goto(f"{http}other/index.html")
    assert page.locator(".is-saved").count() == 0


def test_without_javascript_nothing_dead_is_shown(browser: Browser, http: str) -> None:
    """No button stands in a list, and the page of the list says what it needs."""
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{http}index.html")
    assert page.get_by_role("button").count() == 0
    page.goto(f"{http}reading-list.html")
    assert "needs JavaScript" in page.locator("noscript").inner_html()
    plain.close()
