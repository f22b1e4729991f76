"""XML from strangers into a tree whose elements know their line, within bounds.

No DOCTYPE, so no entities: nothing to expand, nothing to load. A tree deeper than any feed is
refused before it can hurt.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.parsers import expat

from generator.system.errors import SourceError

_DEEPEST = 100
# What XML cannot hold, and feeds hold now and then.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Element(ET.Element):
    """An element, with the line of the document on which it begins."""

    line: int = 0


def parse(name: str, text: str) -> Element:
    """Return the root of the document ``text``; raises SourceError, with the line, for none."""
    text = _FORBIDDEN.sub("", text)
    _refuse_doctype(name, text)
    # Text is parsed as text, whatever encoding the document says that it came in.
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    tree = ET.TreeBuilder(element_factory=Element)
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            message = f"elements are nested {depth} deep; no feed is"
            raise SourceError(name, parser.CurrentLineNumber, message)
        named = {_qualified(key): value for key, value in attributes.items()}
        element = tree.start(_qualified(tag), named)
        if isinstance(element, Element):
            element.line = parser.CurrentLineNumber

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        tree.end(_qualified(tag))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = tree.data
    try:
        parser.Parse(text, True)  # noqa: FBT003  # expat names no arguments
    except expat.ExpatError as error:
        raise SourceError(name, error.lineno, f"this is no whole XML: {error}") from None
    root = tree.close()
    assert isinstance(root, Element)  # noqa: S101  # for mypy: the factory makes no others
    return root


def _qualified(name: str) -> str:
    """Return a name as the tree's searches write it."""
    return "{" + name if "}" in name else name


def _refuse_doctype(name: str, text: str) -> None:
    """Raise SourceError where a DOCTYPE stands before the root; inside a text it is text."""
    place = 0
    while True:
        place = text.find("<", place)
        for opening, closing in (("<?", "?>"), ("<!--", "-->")):
            if place >= 0 and text.startswith(opening, place):
                place = text.find(closing, place + len(opening))
                break
        else:
            break
        if place < 0:
            break
    if place >= 0 and text.startswith("<!", place):
        line = text.count("\n", 0, place) + 1
        raise SourceError(name, line, "a feed with a DOCTYPE is none that is read here")
