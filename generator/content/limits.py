"""What no person writes into a file: numbers and nests without end, and signs that nobody sees."""

from __future__ import annotations

import re
from typing import TypeVar

V = TypeVar("V")
DIGITS = 100
DEPTH = 20
# Control characters, and those that turn the direction of what follows them, on the page and beyond
# the text that they stand in.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def excess(value: object) -> str:
    """Return what is too much in a value of YAML, as a message, or nothing."""
    pending = [(value, 1)]
    while pending:
        held, depth = pending.pop()
        if isinstance(held, int) and abs(held) >= 10**DIGITS:
            return f"holds a number of more than {DIGITS} digits; put it in quotes"
        if isinstance(held, (dict, list)):
            if depth > DEPTH:
                return f"holds lists or mappings in each other, more than {DEPTH} deep"
            inner = held.values() if isinstance(held, dict) else held
            pending += [(each, depth + 1) for each in inner]
    return ""


def may_hide(text: str, matter: str) -> bool:
    """Say whether ``text``, an entry, may hold what nobody sees: by itself, or escaped in YAML."""
    return "\\" in matter or _UNSEEN.search(text) is not None


def shown(value: V) -> V:
    """Return a value of YAML without what nobody sees."""
    if isinstance(value, str):
        return _UNSEEN.sub("", value)  # type: ignore[return-value]  # a text for a text
    if isinstance(value, list):
        return [shown(item) for item in value]  # type: ignore[return-value]  # a list for a list
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}  # type: ignore[return-value]
    return value
