"""A fast reader for the plainest YAML, which is what the program writes nearly always.

It knows ``key: value`` lines, lists of ``- value`` lines and one level of indented ``key: value``
lines; a value is unquoted text, text in single quotes, a whole number or a date. It answers with
what YAML says, or with None where it is not sure: then the YAML library has the word. (A front
matter takes it a tenth of the time; a property test compares the two.)
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

# Letters first, as no number, date or sign of YAML begins; no `: ` and no ` #` inside; no end that
# YAML would strip or read as a key.
_ODD = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_FIRST = r"(?:[^\W\d_]|\d(?=[^\n]*[a-zA-Z]{4}))"
_PLAIN = rf"{_FIRST}(?:[^{_ODD}:#]++|:(?! |$)|(?<! )\#)*+(?<! )"
_LINE = re.compile(
    r"(- )?"  # an item of a list
    r"(?:(  )?([a-z_][a-z0-9_-]*):(?: (?! )|$))?"  # or a key, indented or not
    rf"(?:'((?:[^{_ODD}']++|'')*+)'|(\d{{4}}-\d\d-\d\d)|(0|[1-9]\d{{0,17}})|({_PLAIN}))?\n",
    re.MULTILINE,
)
# What YAML takes for a truth value or for nothing.
_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])


def load(text: str) -> dict[str, Any] | None:
    """Return the mapping that the YAML ``text`` holds, or None where that takes more than this."""
    data: dict[str, Any] = {}
    held: Any = data  # what the next item or indented line would go into
    top = ""
    position = 0
    while line := _LINE.match(text, position):
        position = line.end()
        item, indent, key, quoted, date, number, plain = line.groups()
        if (plain or key or "").lower() in _WORDS or (key and key in _WORDS):
            return None
        value = _value(quoted, date, number, plain)
        if item:
            if held is None:
                held = data[top] = []
            if key or value is None or not isinstance(held, list):
                return None
            held.append(value)
        elif indent:
            if held is None:
                held = data[top] = {}
            if value is None or not isinstance(held, dict) or held is data or key in held:
                return None
            held[key] = value
        else:
            if not key or key in data:
                return None
            top = key
            held = data[key] = value
    return data if position == len(text) else None


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
