"""Documents in other documents: a mail, a folder of mails (mbox), a page saved with its pictures.

Each gives the documents that it holds, with the date that it was sent or saved on.
"""

from __future__ import annotations

import datetime as dt
import email
import email.utils
import plistlib
import re
from collections.abc import Iterator
from email.message import Message
from typing import NamedTuple
from xml.parsers.expat import ExpatError

from generator.sources.document import Document
from generator.system.errors import SourceError

_HEADER = re.compile(
    r"(?:from|to|cc|subject|date|received|return-path|delivered-to|mime-version|message-id|reply-to"
    r"|content-type|x-[\w-]+|dkim-signature|list-[\w-]+|snapshot-content-location|sender|arc-[\w-]+"
    r"|authentication-results|content-transfer-encoding)(?=:)",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"[!-9;-~]{1,76}:")
_MBOX = re.compile(rb"(?m)^From \S+ .*[0-9]{4}\r?$")
_READ = frozenset(["text/plain", "text/html", "application/xhtml+xml"])
_LEAST = 2
_LARGEST = 200  # mails of one folder
_MOST = 50  # texts of one mail


class Letter(NamedTuple):
    """One document of several forms that say the same, best first, and when it was sent.

    ``unread`` says how many more forms it has than any that somebody wrote.
    """

    forms: tuple[Document, ...]
    date: dt.date | None
    unread: int = 0


def opened(document: Document) -> list[Letter]:
    """Return what is in a mail, an mbox, an MHTML file or a web archive; nothing for all else."""
    data = document.data
    if data.startswith(b"bplist00"):
        return [_web_archive(document)]
    if data.startswith(b"From ") and _MBOX.match(data):
        return list(_mbox(document))
    return [_letter(document, data, 0)] if _is_mail(data) else []


def _is_mail(data: bytes) -> bool:
    """Say whether data begin with the fields of a mail, two of them known."""
    names: set[bytes | str] = set()
    for line in data[:8192].lstrip(b"\r\n").split(b"\n"):
        text = line.rstrip(b"\r").decode("latin-1")
        if not text.strip():
            return len(names) >= _LEAST
        if text[0] in " \t":
            continue
        if not _FIELD.match(text):
            return False
        if found := _HEADER.match(text):
            names.add(found[0].lower())
    return len(names) >= _LEAST


def _mbox(document: Document) -> Iterator[Letter]:
    data = document.data
    starts = [found.start() for found in _MBOX.finditer(data)][:_LARGEST]
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        body = data.find(b"\n", start) + 1
        yield _letter(document, data[body:end], data.count(b"\n", 0, body))


def _letter(document: Document, data: bytes, above: int) -> Letter:
    """Return the readable parts of a mail; ``above`` is how many lines stand before it."""
    try:
        message = email.message_from_bytes(data)
        parts = [part for part in message.walk() if _is_read(part)]
    except RecursionError:
        said = "this mail has parts in each other, deeper than anybody writes"
        raise SourceError(document.name, 0, said) from None
    texts = (_text(part, data, above) for part in parts[:_MOST])
    forms = tuple(document._replace(data=text) for text in texts if text.strip())
    if not forms:
        raise SourceError(document.name, 0, "this mail has no text in it")
    return Letter(forms, _date(message), len(parts[_MOST:]))


def _is_read(part: Message) -> bool:
    """Say whether a part of a mail is a text to be read."""
    is_text = not part.is_multipart() and part.get_content_type() in _READ
    return is_text and part.get_content_disposition() != "attachment"


def _text(part: Message, data: bytes, above: int) -> bytes:
    """Return a part's text in UTF-8, empty lines above it so that its lines keep their numbers."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return b""
    at = data.find(payload.strip()[:200]) if payload.strip() else -1
    lines = above + data.count(b"\n", 0, at) if at >= 0 else 0
    lines -= payload[: len(payload) - len(payload.lstrip())].count(b"\n") if lines else 0
    charset = part.get_content_charset() or ""
    try:
        text = payload.decode(charset or "utf-8").encode()
    except (LookupError, ValueError):  # no such encoding, no such text, or a name that is none
        text = payload  # found out by what it holds
    return b"\n" * max(lines, 0) + text


def _date(message: Message) -> dt.date | None:
    try:
        return email.utils.parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, AttributeError):
        return None


def _web_archive(document: Document) -> Letter:
    """Return the page in an archive of Safari's."""
    try:
        held = plistlib.loads(document.data, fmt=plistlib.FMT_BINARY)
        page = held["WebMainResource"]["WebResourceData"]
    except (
        plistlib.InvalidFileException,
        ExpatError,
        KeyError,
        TypeError,
        ValueError,
        OverflowError,
        RecursionError,
        IndexError,
    ):
        page = None
    if not isinstance(page, bytes):
        raise SourceError(document.name, 0, "this property list is no page saved by Safari")
    return Letter((document._replace(data=page),), None)
