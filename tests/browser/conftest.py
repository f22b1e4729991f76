"""What the tests of the pages share: the small site in every language, each built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import sites


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small site, in English."""
    return sites.built(tmp_path_factory.mktemp("small"), "en")


@pytest.fixture(scope="session")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small site in Chinese."""
    return sites.built(tmp_path_factory.mktemp("chinese"), "zh")


@pytest.fixture(params=["en", "zh"])
def translated(request: pytest.FixtureRequest, small: Path, chinese: Path) -> Path:
    """Return the small site in one language after the other."""
    return small if request.param == "en" else chinese
