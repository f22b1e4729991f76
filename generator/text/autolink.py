"""Addresses that stand in a text: where they begin and where the sentence goes on."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

# Letters of other scripts end an address, as do spaces and quotes.
ADDRESS = re.compile(
    r"(?<![\w/@.-])(?:https?://|(?=www\.|github\.com/|gitlab\.com/|[\w-]+\.github\.io\b))"
    r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::[0-9]{1,5})?(?![\w-])"
    r"(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!&'()*+,;=%]*)?"
)
_WHOLE = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
# A text without any of these holds no address.
_HINTS = ("://", "www.", "github.", "gitlab.")
_SPACE = re.compile(r"[ \n]")
_AFTER = ".,;:!?'*_"  # what may belong to the sentence, as may a closing bracket
_OPENING = {")": "(", "]": "["}


def find(text: str) -> list[tuple[int, str]]:
    """Return the addresses that stand in ``text``, in order, each with where it begins."""
    if not may_hold(text):
        return []
    return [
        (match.start(), cut(match.group()))
        for start, end in _words(text)
        for match in ADDRESS.finditer(text, start, end)
    ]


def may_hold(text: str) -> bool:
    """Say whether an address may stand in ``text``: one of the hints does."""
    # To look for three signs is faster than to look for every hint, and for one letter still more.
    return ("/" in text and "://" in text) or "www." in text or "git" in text


def _words(text: str) -> list[tuple[int, int]]:
    """Return where the words of ``text`` are that may hold an address, in order."""
    found: set[tuple[int, int]] = set()
    for hint in _HINTS:
        place = text.find(hint)
        while place >= 0:
            start = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1
            end = _SPACE.search(text, place)
            found.add((start, end.start() if end else len(text)))
            place = text.find(hint, end.end()) if end else -1
    return sorted(found)


def cut(found: str) -> str:
    """Return ``found`` without what belongs to the sentence around it.

    That is the full stop after it, and a closing bracket that it does not open.
    """
    end = len(found)
    if found and found[-1] not in _AFTER and found[-1] not in _OPENING:  # as most end
        return found
    counts = Counter(found)
    while end:
        last = found[end - 1]
        opening = _OPENING.get(last)
        unopened = opening and counts[last] > counts[opening]
        if not unopened and last not in _AFTER:
            break
        counts[last] -= 1
        end -= 1
    return found[:end]


def is_whole(text: str) -> bool:
    """Say whether ``text`` is a web address that a program can take apart, with a host in it."""
    if _WHOLE.fullmatch(text) is None:
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:  # brackets that hold no address of a machine
        return False


def with_scheme(address: str) -> str:
    """Return ``address`` as a link's target."""
    return address if "://" in address else f"https://{address}"
