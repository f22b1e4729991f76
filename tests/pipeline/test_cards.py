"""Social cards of the digests: drawn on request, once, and named by the pages they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import sites
from tests.building import built

CARD = "digests/2025-09-22.png"
ADDRESS = "https://papers.example/daily/"


def rebuilt(root: Path) -> Path:
    """Build the site below ``root`` again; return where it stands."""
    return built(root / "content", root / "site")


def with_settings(root: Path, settings: str) -> Path:
    """Write and build a small site with more settings; return where it stands."""
    sites.write(root / "content", "en")
    path = root / "content/site.yaml"
    path.write_text(path.read_text("utf-8") + settings, "utf-8")
    return rebuilt(root)


def test_a_digest_and_its_papers_share_a_card(tmp_path: Path) -> None:
    """The PNG is there, and both pages name it by its whole address; an empty day has none."""
    site = with_settings(tmp_path, f"url: {ADDRESS}\ncards: true\n")
    assert (site / CARD).read_bytes().startswith(b"\x89PNG")
    for page in ("digests/2025-09-22.html", "papers/sparse-routing.html"):
        html = (site / page).read_text("utf-8")
        assert f'<meta property="og:image" content="{ADDRESS}{CARD}">' in html
    assert not (site / "digests/2025-09-21.png").exists()
    assert "og:image" not in (site / "digests/2025-09-21.html").read_text("utf-8")


@pytest.mark.parametrize("settings", [f"url: {ADDRESS}\n", "cards: true\n"])
def test_there_are_no_cards_unless_asked_for(tmp_path: Path, settings: str) -> None:
    """They cost an optional package, and lead nowhere without the site's address."""
    site = with_settings(tmp_path, settings)
    assert not list(site.rglob("*.png"))
    assert "og:image" not in (site / "papers/sparse-routing.html").read_text("utf-8")


def test_a_card_is_drawn_again_only_if_it_says_something_else(tmp_path: Path) -> None:
    """A changed abstract leaves it alone, a changed title does not."""
    site = with_settings(tmp_path, f"url: {ADDRESS}\ncards: true\n")
    drawn = (site / CARD).stat().st_mtime_ns
    paper = tmp_path / "content/papers/2025-09/sparse-routing.md"
    paper.write_text(paper.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    rebuilt(tmp_path)
    assert (site / CARD).stat().st_mtime_ns == drawn
    before = (site / CARD).read_bytes()
    paper.write_text(paper.read_text("utf-8").replace("title: Sparse", "title: Denser"), "utf-8")
    rebuilt(tmp_path)
    assert (site / CARD).read_bytes() != before
