"""A paper that was taken back: said wherever it is shown, and no PDF of it is linked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.building import built
from tests.plan import sites

BACK = {
    "slug": "taken-back",
    "title": "Taken Back",
    "abstract": "We had a proof.",
    "arxiv": "2509.00001",
    "withdrawn": True,
    "links": {"pdf": "https://example.org/taken-back.pdf"},
}
KEPT = {"slug": "kept", "title": "Kept", "abstract": "We have one.", "arxiv": "2509.00002"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with a paper that was withdrawn, and one that was not."""
    folder = tmp_path_factory.mktemp("withdrawn")
    content = sites.new(folder, "", "Proofs: [proof]\n", "")
    sites.add(content, "2025-09-23", [BACK, KEPT])
    return built(content, folder / "site")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("index.html", '<strong class="withdrawn">Withdrawn</strong>'),
        ("digests/2025-09-23.html", '<strong class="withdrawn">Withdrawn</strong>'),
        ("months/2025-09.html", '<strong class="withdrawn">Withdrawn</strong>'),
        ("papers/taken-back.html", "This paper has been withdrawn."),
        ("feed.xml", "<title>Withdrawn: Taken Back</title>"),
        ("atom.xml", "<title>Withdrawn: Taken Back</title>"),
        ("feed.json", '"title": "Withdrawn: Taken Back"'),
    ],
)
def test_it_is_said_once(path: str, said: str, site: Path) -> None:
    """Of the paper that was withdrawn, and of no other."""
    assert (site / path).read_text().count(said) == 1


def test_its_pdf_is_linked_nowhere(site: Path) -> None:
    """Neither arXiv's nor one of its own; that of the other paper is."""
    linked: set[str] = set()
    for path in site.rglob("*"):
        if path.suffix in {".html", ".xml", ".json", ".js", ".bib", ".ris", ".md", ".txt"}:
            linked |= set(re.findall(r"https?://[\w.:/-]+(?:/pdf/[\d.]+|\.pdf)", path.read_text()))
    assert linked == {"https://arxiv.org/pdf/2509.00002"}


def test_its_page_still_links_to_arxiv(site: Path) -> None:
    """What it was can be looked up there."""
    page = (site / "papers/taken-back.html").read_text()
    assert "https://arxiv.org/abs/2509.00001" in page
    assert "We had a proof." in page
