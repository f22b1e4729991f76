"""JSON into typed records, with errors that name the line and the field."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeVar

import msgspec

from generator.system.errors import SourceError

T = TypeVar("T")
_BYTE = re.compile(r"\(byte ([0-9]+)\)")
_NAMES = {"array": "a list", "object": "an object", "str": "text", "int": "a whole number"}
_MISFIT = re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`)?")


def json(name: str, data: bytes, decoder: msgspec.json.Decoder[T], *, first_line: int = 1) -> T:
    """Return what ``data`` holds; it begins at ``first_line`` of the document ``name``.

    Raises SourceError for broken or truncated JSON and for values of the wrong type.
    """
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        raise SourceError(name, first_line, _plain(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = str(error)
        byte = _BYTE.search(message)
        at = int(byte[1]) if byte else len(data.rstrip())
        line = first_line + data.count(b"\n", 0, at)
        if "truncated" in message:
            raise SourceError(name, line, "the JSON is cut off: it ends too early") from None
        raise SourceError(name, line, f"this is no JSON: {message}") from None


def day(name: str, line: int, field: str, text: str) -> dt.date:
    """Return the day of an ISO date or time, in UTC where it names its zone."""
    try:
        if len(text) <= len("2025-09-23"):
            return dt.date.fromisoformat(text)
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        message = f"{field}: {text!r} is no date; right would be 2025-09-23 or 2025-09-23T08:00:00Z"
        raise SourceError(name, line, message) from None
    try:
        return (time.astimezone(dt.UTC) if time.tzinfo else time).date()
    except OverflowError:
        raise SourceError(name, line, f"{field}: {text!r} is out of range") from None


def _plain(message: str) -> str:
    """Return msgspec's complaint in words, the field first."""
    problem, _, place = message.partition(" - at ")
    field = place.strip("`").removeprefix("$").lstrip(".") or "the record"
    misfit = _MISFIT.search(problem)
    if not misfit:
        return f"{field}: {problem}"
    wanted = " or ".join(_NAMES.get(kind, kind) for kind in misfit[1].split(" | "))
    found = f", found {_NAMES.get(misfit[2], misfit[2])}" if misfit[2] else ""
    return f"{field}: expected {wanted}{found}"
