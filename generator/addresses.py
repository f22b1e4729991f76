"""Addresses that stand in a text: where they begin and where the sentence goes on."""

from __future__ import annotations

import re

# Letters of other scripts end an address, as do spaces and quotes.
ADDRESS = re.compile(
    r"(?<![\w/@.-])(?:https?://|(?=www\.|github\.com/|gitlab\.com/|[\w-]+\.github\.io\b))"
    r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::[0-9]{1,5})?(?![\w-])"
    r"(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!&'()*+,;=%]*)?"
)
# A text without any of these holds no address.
_HINTS = ("://", "www.", "github.", "gitlab.")
_OPENING = {")": "(", "]": "["}


def find(text: str) -> list[tuple[int, str]]:
    """Return the addresses that stand in ``text``, in order, each with where it begins."""
    if not any(hint in text for hint in _HINTS):
        return []
    return [(match.start(), cut(match.group())) for match in ADDRESS.finditer(text)]


def cut(found: str) -> str:
    """Return ``found`` without what belongs to the sentence around it.

    That is the full stop after it, and a closing bracket that it does not open.
    """
    end = len(found)
    while end:
        last = found[end - 1]
        opening = _OPENING.get(last)
        unopened = opening and found.count(last, 0, end) > found.count(opening, 0, end)
        if not unopened and last not in ".,;:!?'*_":
            break
        end -= 1
    return found[:end]


def with_scheme(address: str) -> str:
    """Return ``address`` as a link's target."""
    return address if "://" in address else f"https://{address}"
