"""What people paste: ids, addresses, keys, references and titles, each of which finds its paper."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.search import Document, keys
from tests.conftest import Serve
from tests.search import papers, sites
from tests.waiting import SEARCH_READY, until

pytestmark = pytest.mark.browser

COUNT = 60


def known() -> list[Document]:
    """Return papers with ids, DOIs, BibTeX keys and links."""
    found = []
    for number, one in enumerate(papers.papers(COUNT, seed=3)):
        arxiv = "" if number % 3 == 2 else f"25{number % 12 + 1:02}.{number + 1000:05}"
        arxiv = f"hep-th/98{number % 12 + 1:02}{number + 100:03}" if number % 5 == 4 else arxiv
        doi = f"10.1145/{number + 3000000}.{number}" if number % 2 else ""
        links = (f"https://github.com/someone/code-{number}/",)
        title = f"{one.title}: Number {number}, Revisited!"
        its_keys = keys.of_paper((one.slug,), arxiv, doi, f"name2025word{number}", links)
        found.append(replace(one, title=title, arxiv=arxiv, keys=its_keys, code=links[0]))
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the search page over ``known``."""
    folder = tmp_path_factory.mktemp("pasted")
    sites.write(known(), folder)
    return folder


def doi_of(one: Document) -> str:
    """Return the DOI of a paper, or nothing."""
    return next((key[4:] for key in one.keys if key.startswith("doi:")), "")


def reference(one: Document) -> str:
    """Return a reference as bibliographies have them."""
    first = one.authors[0] if one.authors else "Anonymous"
    return f"{first} et al. (2025). “{one.title}.” In Proc. of ICML, vol. 12, pp. 1-10."


WAYS: dict[str, Callable[[Document], str]] = {
    "id": lambda one: one.arxiv,
    "id with a version": lambda one: one.arxiv and f"{one.arxiv}v3",
    "id with its prefix": lambda one: one.arxiv and f"arXiv:{one.arxiv}",
    "abs": lambda one: one.arxiv and f"https://arxiv.org/abs/{one.arxiv}v1",
    "pdf": lambda one: one.arxiv and f"http://arxiv.org/pdf/{one.arxiv}v2.pdf",
    "html": lambda one: one.arxiv and f"arxiv.org/html/{one.arxiv}v2#S1",
    "alphaxiv": lambda one: one.arxiv and f"https://www.alphaxiv.org/abs/{one.arxiv}",
    "huggingface": lambda one: one.arxiv and f"https://huggingface.co/papers/{one.arxiv}",
    "doi of arxiv": lambda one: one.arxiv and f"10.48550/arXiv.{one.arxiv}",
    "id in a reference": lambda one: one.arxiv and f"Wei Zhang. arXiv:{one.arxiv} [cs.CL], 2025.",
    "doi": doi_of,
    "doi's address": lambda one: doi_of(one) and f"https://doi.org/{doi_of(one)}.",
    "doi with its prefix": lambda one: doi_of(one) and f"doi: {doi_of(one).upper()}",
    "publisher": lambda one: doi_of(one) and f"https://dl.acm.org/doi/{doi_of(one)}?x=1",
    "page": lambda one: f"https://example.org/digest/papers/{one.slug}.html#abstract",
    "key": lambda one: one.keys[1][4:],
    "cited key": lambda one: rf"\citep{{{one.keys[1][4:]}}}",
    "entry": lambda one: f"@article{{{one.keys[1][4:]},\n  title = {{Something}},\n}}",
    "code": lambda one: one.code,
    "title": lambda one: f"“{one.title}”",
    "title in capitals": lambda one: one.title.upper(),
    "reference": reference,
}


def first(page: Page, text: str) -> tuple[str, str]:
    """Return the slug of the first result for ``text``, and the stage that found it."""
    script = """async (text) => {
      const answer = await gazetteSearch.search(text);
      if (!answer.results.length) return ["", ""];
      const [title, , , slug] = await gazetteSearch.record(+answer.results[0].ref);
      return [slug || gazetteSearch.slugify(title), answer.results[0].part];
    }"""
    slug, part = page.evaluate(script, text)
    return slug, part


def ready(page: Page, address: str) -> Page:
    """Return the search page at ``address``, ready."""
    page.goto(address + "search.html")
    until(page, SEARCH_READY)
    return page


@pytest.mark.parametrize("way", WAYS)
def test_what_is_pasted_comes_first(page: Page, serve: Serve, site: Path, way: str) -> None:
    """And is said to be what was pasted."""
    ready(page, serve(site))
    chance = random.Random(way)  # noqa: S311  # it only has to be the same each time
    asked = [(one, text) for one in chance.sample(known(), 20) if (text := WAYS[way](one))]
    assert asked
    wrong = [
        (text, found) for one, text in asked if (found := first(page, text)) != (one.slug, "pasted")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("2401.99999", "https://arxiv.org/abs/2401.99999"),
        ("https://arxiv.org/pdf/2401.99999v2", "https://arxiv.org/abs/2401.99999"),
        ("math/0301999", "https://arxiv.org/abs/math/0301999"),
        ("10.1000/xyz123", "https://doi.org/10.1000/xyz123"),
    ],
)
def test_what_is_not_here_is_said(
    page: Page, address_of: Serve, site: Path, text: str, href: str
) -> None:
    """With where it is, and nothing is corrected."""
    page.goto(f"{address_of(site)}search.html?q={text}")
    until(page, "document.querySelector('#results').dataset.state === 'done'")
    assert page.locator("#results li").count() == 0
    assert page.locator("#search-notes a").get_attribute("href") == href
    assert "showing" not in page.locator("#search-notes").inner_text()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2509.12345v12", "arxiv:2509.12345"),
        ("HEP-TH/9901001v2", "arxiv:hep-th/9901001"),
    ],
)
def test_keys_of_ids(text: str, key: str) -> None:
    """An id is one, of whatever version and in whatever letters."""
    assert keys.arxiv(text) == key


def test_keys_of_addresses() -> None:
    """Scheme, www, a slash at the end and a fragment make no other address."""
    alike = ["https://www.x.org/a/", "http://x.org/a", "https://X.org/A#top"]
    assert len({keys.link(address) for address in alike}) == 1


@pytest.mark.parametrize("papers_there", [0, 1, 128, 129, 5000])
def test_files_of_keys(papers_there: int) -> None:
    """Every key lies in the file that its checksum names."""
    numbered = keys.numbered((number, [f"page:{number}"]) for number in range(papers_there))
    texts = list(keys.files([(0, numbered)], papers_there))
    assert len(texts) == keys.files_for(papers_there)
    assert sum(map(len, texts)) == 8 * papers_there
