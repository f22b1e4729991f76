"""A fast reader and writer of the plainest YAML, which is what the program writes nearly always.

It knows ``key: value`` lines, lists of ``- value`` lines and one level of indented ``key: value``
lines; a value is unquoted text, text in single quotes, a whole number or a date. It answers with
what YAML says, or with None where it is not sure: then the YAML library has the word. (A front
matter takes it a tenth of the time; a property test compares the two.)
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

# Letters first, as no number, date or sign of YAML begins, or a class of mathematics like 68T07; no
# `: ` and no ` #` inside; no end that YAML would strip or read as a key.
_ODD = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_FIRST = r"(?:[^\W\d_]|\d\d[A-DF-Z]\d\d|\d(?=[^\n]*[a-zA-Z]{4}))"
_PLAIN = rf"{_FIRST}(?:[^{_ODD}:#]++|:(?! |$)|(?<! )\#)*+(?<! )"
_LINE = re.compile(
    r"(- )?"  # an item of a list
    r"(?:(  )?([a-z_][a-z0-9_-]{0,99}):(?: (?! )|$))?"  # or a key, indented or not
    rf"(?:'((?:[^{_ODD}']++|'')*+)'|(\d{{4}}-\d\d(?:-\d\d)?)|(0|[1-9]\d{{0,17}})|({_PLAIN}))?"
)
# What YAML takes for a truth value or for nothing.
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])


# Lines up to this long are remembered: the same topics, days and sources stand in many entries.
_SHORT = 16
_LONGEST = len("- false")  # an item of _WORDS
_ITEM, _INDENTED, _TOP = range(3)
_Line = tuple[int, str, Any]


def load(text: str) -> dict[str, Any] | None:
    """Return the mapping that the YAML ``text`` holds, or None where that takes more than this."""
    data: dict[str, Any] = {}
    held: Any = data  # what the next item or indented line would go into
    top = ""
    lines = text.split("\n")
    if lines.pop():
        return None
    for line in lines:
        read = _name(line) or (_known(line) if len(line) <= _SHORT else _read(line))
        if read is None:
            return None
        kind, key, value = read
        if kind == _TOP:
            if key in data:
                return None
            top = key
            held = data[key] = value
            continue
        if held is None:
            held = data[top] = [] if kind == _ITEM else {}
        if not _put(held, kind, key, value) or held is data:
            return None
    return data


def _put(held: Any, kind: int, key: str, value: Any) -> bool:  # noqa: ANN401  # any value of YAML
    """Put an item into a list or a value into a mapping; say whether that is what is ``held``."""
    if kind == _ITEM:
        if type(held) is not list:
            return False
        held.append(value)
        return True
    if type(held) is not dict or key in held:
        return False
    held[key] = value
    return True


def _name(line: str) -> _Line | None:
    """Return what ``_read`` does of an item that is letters, dots and hyphens between spaces."""
    if line[:2] != "- " or len(line) <= _LONGEST:
        return None
    text = line[2:]
    letters = text.replace(" ", "").replace(".", "").replace("-", "")
    plain = letters.isalpha() and text[0].isalpha() and text[-1] != " "
    return (_ITEM, "", text) if plain else None


def _read(line: str) -> _Line | None:
    """Return what kind of line this is, its key and its value, or None if it is none of these."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    item, indent, key, quoted, date, number, plain = match.groups()
    if (plain or key or "").lower() in _WORDS or (key and key in _WORDS):
        return None
    value = _value(quoted, date, number, plain)
    if item:
        return None if key or value is None else (_ITEM, "", value)
    if indent:
        return None if value is None else (_INDENTED, key, value)
    return (_TOP, key, value) if key else None


_known = lru_cache(maxsize=1 << 12)(_read)


def _value(
    quoted: str | None, date: str | None, number: str | None, plain: str | None
) -> str | int | dt.date | None:
    """Return what one of these texts means; None where there is none."""
    if plain is not None:
        return plain
    if quoted is not None:
        return quoted.replace("''", "'")
    if date is not None:
        try:
            return dt.date.fromisoformat(date)
        except ValueError:
            return date
    return None if number is None else int(number)


# Texts that the library writes as they are, or in single quotes; digits alone would be a number.
_TEXT = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]"
    "[!-~ \u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]*(?<! )"
)
_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}")
_KEY = re.compile(r"[a-z_][a-z0-9_-]*")


def dump(key: str, value: object) -> str | None:
    """Return the line or lines of ``key`` with ``value`` as the YAML library writes them.

    None where that takes more than this knows of: then the library has to write them.
    """
    if _KEY.fullmatch(key) is None or key in _WORDS:
        return None
    if type(value) is list and value:
        items = [_scalar(item) for item in value]
        return None if None in items else f"{key}:\n" + "".join([f"- {item}\n" for item in items])
    if type(value) is dict and value:
        lines = [_pair(inner, held) for inner, held in value.items()]
        return None if None in lines else f"{key}:\n" + "".join(map(str, lines))
    text = _scalar(value)
    return None if text is None else f"{key}: {text}\n"


def _pair(key: object, value: object) -> str | None:
    """Return an indented line."""
    if type(key) is not str or _KEY.fullmatch(key) is None or key in _WORDS:
        return None
    text = _scalar(value)
    return None if text is None else f"  {key}: {text}\n"


def _scalar(value: object) -> str | None:
    """Return a text, a date or a number as it stands behind a key; None where that is not sure."""
    if type(value) is str:
        if _TEXT.fullmatch(value):
            if ": " in value or value[-1] == ":" or " #" in value:
                return "'" + value.replace("'", "''") + "'"
            return None if value.lower() in _WORDS else value
        return f"'{value}'" if _ID.fullmatch(value) else None
    if type(value) is dt.date:
        return value.isoformat()
    return str(value) if type(value) is int else None
