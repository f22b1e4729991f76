"""Parts of a text put aside while the rest is worked on, each with one character in its place.

The characters are from the last private plane of Unicode, which no text uses.
"""

from __future__ import annotations

import re

_FIRST, _LAST = 0x100000, 0x10FFEF
HELD = f"{chr(_FIRST)}-{chr(_LAST)}"
# Marks of ours, standing in for Markdown's until the text around them has been escaped.
STRONG, STRESS, OPEN, MIDDLE, CLOSE = map(chr, range(0x10FFF0, 0x10FFF5))
_MARKS = {STRONG: "**", STRESS: "*", OPEN: "[", MIDDLE: "](", CLOSE: ")"}

_HELD = re.compile(f"[{HELD}]")
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_RESERVED = re.compile(f"[{chr(_FIRST)}-{CLOSE}]")


class Shelf:
    """What has been put aside from one text."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def hold(self, part: str) -> str:
        """Put ``part`` aside; return what stands for it."""
        if len(self._parts) > _LAST - _FIRST:
            return part
        self._parts.append(part)
        return chr(_FIRST + len(self._parts) - 1)

    def release(self, text: str) -> str:
        """Return ``text`` with everything back in its place, and what those parts hold."""
        while _HELD.search(text):
            text = _HELD.sub(lambda held: self._parts[ord(held[0]) - _FIRST], text)
        return text


def unreserved(text: str) -> str:
    """Return ``text`` without the characters that stand for something here."""
    return _RESERVED.sub("", text)


def marked(text: str) -> str:
    """Return ``text`` with our marks as Markdown's."""
    return _MARK.sub(lambda mark: _MARKS[mark[0]], text)
