"""The HTML of every kind of page, read as strictly as the standard's own parser can."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

# Attributes that name other elements of the page by their ids.
REFERENCES = ("for", "aria-controls", "aria-describedby", "aria-labelledby", "aria-owns", "list")


def read(path: Path) -> tuple[Element, list[str]]:
    """Return the tree of a page and what the parser had to mend."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(path.read_text(encoding="utf-8"))
    return tree, [f"{path.name}:{place}: {code} {data}" for place, code, data in parser.errors]


def test_nothing_has_to_be_mended(translated: Path) -> None:
    """No page has a parse error."""
    assert not [error for page in translated.rglob("*.html") for error in read(page)[1]]


def test_ids_are_unique_and_what_names_them_finds_them(translated: Path) -> None:
    """An id stands once in a page; labels and descriptions are there."""
    wrong: list[str] = []
    for page in translated.rglob("*.html"):
        elements = list(read(page)[0].iter())
        ids = Counter(element.get("id") for element in elements if element.get("id"))
        wrong += [f"{page.name}: id {one} twice" for one, count in ids.items() if count > 1]
        wrong += [
            f"{page.name}: {attribute}={one} is nowhere"
            for element in elements
            for attribute in REFERENCES
            for one in (element.get(attribute) or "").split()
            if one not in ids
        ]
    assert not wrong
