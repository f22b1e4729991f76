"""JSON into values and days, with errors that name the line and the field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from generator.system.errors import SourceError

_BYTE = re.compile(r"\(byte ([0-9]+)\)")
_BETWEEN = re.compile(rb"[\s,\[]*")
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])
_ANY = msgspec.json.Decoder()


def value(name: str, data: bytes | msgspec.Raw, *, first_line: int = 1) -> Any:  # noqa: ANN401  # any JSON
    """Return what ``data`` holds; it begins at ``first_line`` of the document ``name``.

    Raises SourceError for JSON that is broken, cut off or so deep that nobody has written it.
    """
    try:
        return _ANY.decode(data)
    except (ValueError, RecursionError, OverflowError) as error:
        raise _Errors(name, bytes(data), first_line).of(error) from None


def items(name: str, data: bytes) -> Iterator[tuple[int, msgspec.Raw]]:
    """Yield each item of the array ``data``, not read yet, with its line; raises SourceError."""
    try:
        found = _ARRAY.decode(data)
    except (ValueError, RecursionError, OverflowError) as error:
        raise _Errors(name, data, 1).of(error) from None
    line = 1
    at = 0
    for item in found:
        between = _BETWEEN.match(data, at)
        start = between.end() if between else at
        line += data.count(b"\n", at, start)
        yield line, item
        at = start + len(memoryview(item))
        line += data.count(b"\n", start, at)


class _Errors:
    """Says what is wrong with some JSON, and in which line."""

    def __init__(self, name: str, data: bytes, first_line: int) -> None:
        self._name, self._data, self._first_line = name, data, first_line

    def of(self, error: Exception) -> SourceError:
        """Return ``error``, of the decoder, as one of ours."""
        message = str(error)
        if isinstance(error, RecursionError):
            message = "it is nested deeper than any list of papers"
            return SourceError(self._name, self._first_line, f"this JSON cannot be read: {message}")
        byte = _BYTE.search(message)
        at = int(byte[1]) if byte else len(self._data.rstrip())
        line = self._first_line + self._data.count(b"\n", 0, at)
        if "truncated" in message:
            return SourceError(self._name, line, "the JSON is cut off: it ends too early")
        return SourceError(self._name, line, f"this is no JSON: {message}")


def day(name: str, line: int, field: str, text: str) -> dt.date:
    """Return the day of an ISO date or time, in UTC where it names its zone."""
    try:
        if len(text) <= len("2025-09-23"):
            return dt.date.fromisoformat(text)
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        message = (
            f"{field}: {text[:80]!r} is no date; right would be 2025-09-23 or 2025-09-23T08:00:00Z"
        )
        raise SourceError(name, line, message) from None
    try:
        return (time.astimezone(dt.UTC) if time.tzinfo else time).date()
    except OverflowError:
        raise SourceError(name, line, f"{field}: {text!r} is out of range") from None
