"""What a reader downloads: the front page and a paper's page stay light."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

LOADED = re.compile(r'<(?:script[^>]*src|link rel="(?:stylesheet|icon)" href)="([^"]+)"')
KB = 1000


def loaded(page: Path) -> set[Path]:
    """Return the page itself and the files that it loads."""
    html = page.read_text("utf-8")
    return {page.resolve()} | {(page.parent / path).resolve() for path in LOADED.findall(html)}


def weight(files: set[Path]) -> int:
    """Return the bytes of ``files``, each compressed as a server does it."""
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)


def test_the_front_page_with_73_papers(site: Path) -> None:
    """At most 60 KB with all it loads."""
    assert weight(loaded(site / "index.html")) <= 60 * KB


def test_a_papers_page_on_a_first_visit(site: Path) -> None:
    """At most 12 KB more than what the front page has loaded."""
    front = loaded(site / "index.html")
    heaviest = max((site / "papers").glob("*.html"), key=lambda page: page.stat().st_size)
    assert weight(loaded(heaviest) - front) <= 12 * KB
