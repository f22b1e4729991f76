"""What is not taken, and what to do instead: files of other programs, error pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.sources.document import Document
from generator.sources.page.rows import Row
from generator.system.errors import SourceError

_COPY = "open it, copy its text into a .txt file and add that"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "add the paper by its arXiv id or its BibTeX entry, or copy the text"),
    (b"{\\rtf", "a rich text file (RTF)", f"save it as plain text: {_COPY}"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", f"save it as plain text, or {_COPY}"),
    (b"\x89PNG", "a picture", "copy the page's text, or save the page as HTML"),
    (b"\xff\xd8\xff", "a picture", "copy the page's text, or save the page as HTML"),
    (b"GIF8", "a picture", "copy the page's text, or save the page as HTML"),
    (b"RIFF", "a picture or a sound", "copy the page's text, or save the page as HTML"),
    (b"\0\0\0\x18ftyp", "a film or a picture", "copy the page's text, or save the page as HTML"),
    (b"\0\0\0\x1cftyp", "a film or a picture", "copy the page's text, or save the page as HTML"),
    (b"SQLite format 3", "a database", "export what it holds as BibTeX, RIS, CSV or JSON"),
    (b"7z\xbc\xaf", "an archive", "unpack it and add the files in it"),
    (b"Rar!", "an archive", "unpack it and add the files in it"),
    (b"!BDN", "an Outlook archive", "save the mail as .eml or copy its text"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it and add the file in it"),
    (b"BZh", "a bzip2 archive", "unpack it and add the file in it"),
)
_ZIPPED: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", "a Word document", f"save it as plain text or HTML, or {_COPY}"),
    (b"xl/", "a spreadsheet", "save it as CSV with a line of headings"),
    (b"ppt/", "a presentation", _COPY),
    (b"application/epub+zip", "an e-book (EPUB)", "copy the page's text, or save it as HTML"),
    (b"opendocument.text", "an OpenDocument text", f"save it as plain text or HTML, or {_COPY}"),
    (b"opendocument.spreadsheet", "a spreadsheet", "save it as CSV with a line of headings"),
)
_ERRORS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"just a moment|attention required|cloudflare|captcha|are you a robot|unusual traffic"
            r"|verify(?:ing)? (?:that )?you are (?:a )?human",
            re.IGNORECASE,
        ),
        "a check for robots in place of the page; open it in a browser and save it there",
    ),
    (
        re.compile(
            r"\b429\b|too many requests|rate (?:limit )?exceeded|rate[- ]limit", re.IGNORECASE
        ),
        "a refusal for too many questions; wait some minutes and save the page again",
    ),
    (
        re.compile(
            r"\b(?:404|410)\b|not found|page (?:does not|doesn't) exist|no longer available",
            re.IGNORECASE,
        ),
        "the page of an address that does not exist; look whether the address is right",
    ),
    (
        re.compile(r"\b(?:401|403)\b|access denied|forbidden|unauthori[sz]ed", re.IGNORECASE),
        "a refusal; open the page in a browser where you may see it and save it there",
    ),
    (
        re.compile(
            r"\b5(?:00|02|03|04)\b|bad gateway|service unavailable|internal server error"
            r"|gateway time-?out|temporarily unavailable|maintenance",
            re.IGNORECASE,
        ),
        "the page of a server that was out of order; save it again later",
    ),
    (
        re.compile(r"\b(?:log|sign) ?in\b|sign ?up|enter your password", re.IGNORECASE),
        "a page to log in with; log in, and save the page behind it",
    ),
)
_FEW = 30


def refuse(document: Document) -> None:
    """Raise SourceError, with what to do instead, for a file of a kind that is not taken."""
    head = document.data[:32]
    for magic, what, instead in _MAGIC:
        if head.startswith(magic):
            raise SourceError(document.name, 0, f"this is {what}, which is not taken; {instead}")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        names = document.data[:4096] + document.data[-8192:]
        found = next((each for each in _ZIPPED if each[0] in names), None)
        what, instead = (
            found[1:] if found else ("a ZIP archive", "unpack it and add the files in it")
        )
        raise SourceError(document.name, 0, f"this is {what}, which is not taken; {instead}")


def error_page(title: str, rows: Sequence[Row]) -> str:
    """Return what a page without papers seems to be, in words for the person; else nothing."""
    text = " ".join([title, *(row.text[:200] for row in rows[:_FEW])])
    return next(
        (f"this seems to be {what}" for pattern, what in _ERRORS if pattern.search(text)), ""
    )
