"""What the tests of the search share: sites of made-up papers, pages that are ready to search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.pipeline.build import ROOT
from tests.conftest import Serve
from tests.search import papers, sites
from tests.waiting import SEARCH_READY, until

SMALL_BLOCK = 60  # so that 400 papers have several blocks


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the search page over 400 made-up papers, in blocks of SMALL_BLOCK."""
    folder = tmp_path_factory.mktemp("small")
    sites.write(papers.papers(400), folder, SMALL_BLOCK)
    return folder


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the search page over 2,000 made-up papers."""
    folder = tmp_path_factory.mktemp("large")
    sites.write(papers.papers(2000), folder)
    return folder


@pytest.fixture
def no_errors(page: Page) -> Iterator[None]:
    """Fail the test if a script threw an exception on its page."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield
    assert errors == []


@pytest.fixture
def client(page: Page, serve: Serve, small: Path) -> Page:
    """Return the search page of ``small``, loaded, with all of the client."""
    page.goto(serve(small) + "search.html")
    until(page, SEARCH_READY)
    page.evaluate("gazetteSearch.help()")
    return page


@pytest.fixture(scope="session")
def whole() -> str:
    """Return the script that builds the index of lunr.js itself."""
    return (ROOT / "tests/search/whole.js").read_text("utf-8")
