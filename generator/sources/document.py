"""What goes into a parser and what comes out."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from generator.model import Digest, Paper
from generator.system.errors import SourceError


class Document(NamedTuple):
    """A file, or an answer from the network, as it came.

    ``name`` is for messages. ``date`` is the digest's day where the document does not say it, or
    says it wrongly; ``today`` is the day that a date without a year must not lie after; ``sent`` is
    the day of the letter that it came in, if it came in one.
    """

    name: str
    data: bytes
    date: dt.date | None
    today: dt.date
    sent: dt.date | None = None


class Notice(NamedTuple):
    """Something odd in a line (from 1; 0: in the whole) that is no error, for the person."""

    line: int
    message: str


class Parsed(NamedTuple):
    """The digests that a document holds, oldest first, and what was odd in it.

    ``notices`` tell of what was taken in some way that the person should know; ``left_out`` names
    every line and entry that was not taken, with the reason. ``updates`` are papers that are not
    listed, of which something is said that a known one should have: that it was withdrawn.
    """

    digests: tuple[Digest, ...]
    notices: tuple[Notice, ...] = ()
    left_out: tuple[Notice, ...] = ()
    updates: tuple[Paper, ...] = ()


def text_of(document: Document) -> str:
    """Return the document's text; SourceError, with line and byte, where it is not UTF-8."""
    data = document.data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(document.name, 1, "this is UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        message = (
            f"byte {column} of the line is 0x{data[error.start]:02x}, which is not UTF-8; "
            "save the file as UTF-8"
        )
        raise SourceError(document.name, line, message) from None
