"""Bytes -> UTF-8: what a document was written in is found out, and said where it is another."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from generator.sources.document import Document, Notice
from generator.system.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
# Encodings of one byte that differ in few letters: a guess between them is worth less than that
# nearly all such files are Windows's.
_WESTERN = re.compile(
    r"cp(?:125[02478]|437|775|85[0-9]|869|037|500|1140|1026|273)|iso8859_(?:[1-4]|9|1[0-6])|latin_1"
    r"|mac_(?:roman|latin2|iceland|turkish|greek)|hp_roman8|ascii|johab"
)
_CONTROLS = bytes(range(32)).translate(None, b"\t\n\r\x0c\x1b")
_SAMPLE = 20_000
_HALF = 0.4


def decoded(document: Document) -> tuple[Document, list[Notice]]:
    """Return the document in UTF-8 without a mark, and a notice where it was something else.

    Raises SourceError where it cannot be text.
    """
    data = document.data
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _as(
                document, name, "UTF-8 with a byte order mark" if "8" in name else name.upper()
            )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wide = _without_mark(data)
        return _as(document, wide, wide.upper()) if wide else (document, [])
    if wide := _without_mark(data):
        return _as(document, wide, wide.upper())
    name = _declared(data) or _guessed(data)
    return _as(document, name, codecs.lookup(name).name)


def _as(document: Document, name: str, shown: str) -> tuple[Document, list[Notice]]:
    """Return the document decoded by the encoding ``name``; what does not fit is replaced."""
    text = document.data.decode(name, errors="replace")
    lost = text.count("\ufffd")
    said = f"read as {shown}" + (f"; {lost} characters could not be read" if lost else "")
    notices = [] if name == "utf-8-sig" and not lost else [Notice(0, said)]
    return document._replace(data=text.encode("utf-8", errors="replace")), notices


def _without_mark(data: bytes) -> str:
    """Return the name of UTF-16 where every other byte is zero, as it is of western text."""
    head = data[:_SAMPLE]
    if b"\0" not in head or len(head) < 4:  # noqa: PLR2004  # two letters
        return ""
    even, odd = head[::2], head[1::2]
    if odd.count(0) > _HALF * len(odd) and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if even.count(0) > _HALF * len(even) and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return ""


def _declared(data: bytes) -> str:
    """Return the encoding that an HTML page says it has, if it can be."""
    found = _DECLARED.search(data, 0, _SAMPLE)
    if not found:
        return ""
    name = found[1].decode("ascii").lower()
    try:
        codecs.lookup(name)
        data[:_SAMPLE].decode(name, errors="ignore")
    except (LookupError, UnicodeError):
        return ""
    if name in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"}:
        return "cp1252"  # as browsers take it
    return "" if name.replace("_", "-") in {"utf-8", "utf8"} else name


def _guessed(data: bytes) -> str:
    """Return the likeliest encoding, told by the lines that hold more than ASCII."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE]
    best = from_bytes(sample).best()
    if best is None or _WESTERN.fullmatch(best.encoding) or best.encoding.startswith("utf"):
        return "cp1252"
    return best.encoding


def refuse_binary(document: Document) -> None:
    """Raise SourceError where a document is no text in any encoding."""
    head = document.data[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > len(head) * 0.02:
        message = "this is no text; save the page as text, Markdown or HTML and add that"
        raise SourceError(document.name, 0, message)
