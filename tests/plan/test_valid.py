"""Every file that programs read fits the grammar of its kind: feeds, JSON Feed, the API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from tests.plan import sites
from tests.plan.test_feeds import ODD, SEARCH, TOPICS

HERE = Path(__file__).parent
TEXT = {"type": "string", "pattern": "\\S"}
MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"
ADDRESS = {"type": "string", "pattern": r"^https?://\S+$"}
# https://www.jsonfeed.org/version/1.1/, of what we use; nothing else is in our files.
ITEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "content_html"],
    "properties": {
        "id": TEXT,
        "url": ADDRESS,
        "title": TEXT,
        "content_html": {"type": "string"},
        "content_text": {"type": "string"},
        "date_published": {"type": "string", "pattern": MOMENT},
        "authors": {"type": "array", "items": {"$ref": "#/$defs/author"}},
        "tags": {"type": "array", "items": TEXT},
    },
}
JSON_FEED = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {
        "author": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name"],
            "properties": {"name": TEXT},
        }
    },
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "title", "items", "home_page_url", "feed_url"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": {"type": "string"},
        "language": TEXT,
        "hubs": {"type": "array", "items": {"required": ["type", "url"]}},
        "items": {"type": "array", "items": ITEM},
    },
}


@pytest.fixture(params=["papers", "nothing"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a site with all kinds of feeds, and one without a paper."""
    settings = "authors: [Ada Lovelace]\nwebsub: https://hub.example/\n"
    content = sites.new(tmp_path, settings, TOPICS, SEARCH)
    if request.param == "papers":
        sites.add(content, "2025-03-08", sites.numbered("2025-03-08", 3, authors=["Ada Lovelace"]))
        taken = {"slug": "taken", "withdrawn": True, "authors": ["A"], "others": True}
        sites.add(content, "2025-03-10", [ODD, {"slug": "bare"}, taken])
        sites.add(content, "2025-03-11", [])
    return sites.site(content)


@pytest.mark.parametrize(("grammar", "name"), [("atom", "atom.xml"), ("rss", "feed.xml")])
def test_feeds(site: Path, grammar: str, name: str) -> None:
    """RSS and Atom, by RELAX NG."""
    rules = etree.RelaxNG(etree.parse(HERE / f"{grammar}.rng"))
    found = sorted(site.rglob(name))
    assert len(found) >= 4
    for path in found:
        rules.assertValid(etree.parse(path))


def test_json_feeds(site: Path) -> None:
    """JSON Feed, by a schema; ids are unique, as the format asks."""
    check = jsonschema.Draft202012Validator(JSON_FEED)
    for path in sorted(site.rglob("feed.json")):
        feed: dict[str, Any] = json.loads(path.read_bytes())
        check.validate(feed)
        ids = [item["id"] for item in feed["items"]]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("grammar", "name", "part"),
    [
        ("atom", "atom.xml", "id"),
        ("atom", "atom.xml", "updated"),
        ("rss", "feed.xml", "channel/link"),
        ("rss", "feed.xml", "channel/description"),
    ],
)
def test_the_grammars_refuse(site: Path, grammar: str, name: str, part: str) -> None:
    """A feed that lacks what it has to have."""
    rules = etree.RelaxNG(etree.parse(HERE / f"{grammar}.rng"))
    feed = etree.parse(site / name)
    space = "{http://www.w3.org/2005/Atom}" if grammar == "atom" else ""
    element = feed.find(f"{space}{part}")
    assert element is not None
    element.getparent().remove(element)
    assert not rules.validate(feed)
