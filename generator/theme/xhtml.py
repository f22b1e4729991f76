"""HTML of ours as XHTML, which programs that read books insist on."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markupsafe import Markup, escape

from generator.text import markup

_VOID = re.compile(r"<(br|hr|wbr|col)\b([^<>]*?)/?>")
_IMAGE = re.compile(r"<img\b[^<>]*>")  # a book may not load what lies elsewhere
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)")
_MATHS = re.compile(r"<math\b(?![^>]*xmlns)")
_NAMESPACES = 'xmlns="http://www.w3.org/1999/xhtml"'
# What XML 1.0 cannot hold, not even escaped: most control characters, and two that are none at all.
_CONTROLS = bytes(range(32)).translate(None, b"\t\n\r")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_BEGINNING = _NONCHARACTERS[0][:1]  # of either; few texts have it, and it is found at once


def possible(data: bytes) -> bytes:
    """Return a file of XML without the characters that none can hold."""
    data = data.translate(None, _CONTROLS)
    for each in _NONCHARACTERS if _BEGINNING in data else ():
        data = data.replace(each, b"")
    return data


def blocks(markdown: str) -> Markup:
    """Return a text as well-formed blocks; what cannot be, as plain paragraphs."""
    made = _well_formed(markup.to_html(markdown))
    if made is not None:
        return made
    paragraphs = markup.to_text(markdown).split("\n\n")
    return Markup("\n").join(Markup("<p>{}</p>").format(text) for text in paragraphs)


def line(markdown: str) -> Markup:
    """Return a title as well-formed inline markup; what cannot be, as plain text."""
    return _well_formed(markup.to_inline_html(markdown)) or escape(markup.to_text(markdown))


def _well_formed(html: str) -> Markup | None:
    text = html.replace("&nbsp;", "&#160;")
    text = _ENTITY.sub("&amp;", _IMAGE.sub("", _VOID.sub(r"<\1\2/>", text)))
    text = _MATHS.sub('<math xmlns="http://www.w3.org/1998/Math/MathML"', text)
    try:
        ET.fromstring(f"<div {_NAMESPACES}>{text}</div>")  # noqa: S314  # our own, only looked at
    except ET.ParseError:
        return None
    return Markup(text)  # noqa: S704  # to_html gives safe HTML
