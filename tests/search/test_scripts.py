"""The scripts of the search page."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from generator.pipeline.build import ROOT
from generator.system.errors import GazetteError
from generator.theme.assets import SOURCES, client

SCRIPTS = {name: (ROOT / "static/js" / name).read_text("utf-8") for name in SOURCES}


def test_lunr_is_the_version_that_was_tested() -> None:
    """Its bytes are known, and it is made smaller."""
    files = dict(client(SCRIPTS))
    assert b'lunr.version="2.3.9"' in files["search/help.js"]
    assert b"lunr.version" not in files["search/search.js"]


def test_another_lunr_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with another file is named, with what would be right."""
    monkeypatch.setattr("generator.theme.assets.SHA256", "0" * 64)
    with pytest.raises(
        GazetteError, match=r"properdocs/.*lunr\.js has the SHA-256 c1a28d.*2\.3\.9"
    ):
        list(client(SCRIPTS))


def test_comments_stay_out() -> None:
    """What is sent holds code only."""
    files = dict(client(SCRIPTS))
    assert b"/*" not in b"".join(files.values())


def test_every_script_of_the_search_is_sent() -> None:
    """No search script lies in static/js without being part of the client."""
    assert {path.name for path in (ROOT / "static/js").glob("search*.js")} == set(SOURCES)


def test_no_script_takes_the_name_of_another() -> None:
    """What two scripts give the search under one name, only one of them has."""
    function = re.compile(r"\bsearch\.(\w+) = (?:async )?(?:function|\(|\w+ =>|class)")
    # The rehearsal gives back what it takes.
    named = [
        name
        for script, text in SCRIPTS.items()
        if script != "search-warm-up.js"
        for name in function.findall(text)
    ]
    assert len(named) > len(SCRIPTS)
    assert [name for name, often in Counter(named).items() if often > 1] == []
