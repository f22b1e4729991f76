"""Files as templates give them."""

from __future__ import annotations

from generator.content.settings import Settings
from generator.model import Page
from generator.pipeline.build import TEMPLATES
from generator.theme.render import Renderer


def test_xml_has_no_character_that_it_cannot_hold() -> None:
    """There is no way to write them, and so they are left out; their neighbours stay."""
    name = "a\x00\x08\x0b\x0c\x0e\x1f\ufffe\uffffb\t\ufffd\uffeeé"
    context = {"name": name, "home": "index.html", "items": ()}
    page = Page.of("feed.xml", "feed.xml", context)
    data = Renderer(TEMPLATES, Settings()).render(page)
    assert "<title>Gazette: ab\t\ufffd\uffeeé</title>" in data.decode()
