"""Authors as feeds give them: affiliations in parentheses, suffixes, collaborations.

``Jane Roe (MIT (Cambridge)), John Poe III, The D Collaboration`` are three.
"""

from __future__ import annotations

import re

from generator.sources import facts, tags

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{1,3}|IV|V", re.IGNORECASE)
_BODY = r"(?:Collaboration|Consortium)s?"
_FOR = re.compile(rf"\s*(?:for|on behalf of) ((?:the )?[^,;]*\b{_BODY})\s*", re.IGNORECASE)
_HEADED = re.compile(rf"(?:^|(?<=,))([^,:]*\b{_BODY})\s*+:", re.IGNORECASE)
_AND = re.compile(r"(?:^|\s)and\s")


def names(text: str) -> tuple[str, ...]:
    """Return the authors that ``text`` names with commas between, each once."""
    outside, inside = _without_parentheses(tags.plain(text))
    found: list[str] = []
    for part in _AND.sub(",", _HEADED.sub(r"\1,", outside)).split(","):
        name = facts.line(part)
        if found and _SUFFIX.fullmatch(name):
            found[-1] += f" {name}"  # `Poe, Jr.`
        elif name:
            found.append(name)
    return tuple(dict.fromkeys([*found, *_collaborations(inside)]))


def name(text: str) -> tuple[str, ...]:
    """Return the one author that ``text`` is, and the collaboration that it speaks for."""
    outside, inside = _without_parentheses(tags.plain(text))
    return tuple(filter(None, (facts.line(outside), *_collaborations(inside))))


def _collaborations(inside: list[str]) -> list[str]:
    found = (_FOR.fullmatch(each) for each in inside)
    return [facts.line(each[1]) for each in found if each]


def _without_parentheses(text: str) -> tuple[str, list[str]]:
    """Return ``text`` without its parentheses, and what stood in each of the outermost.

    One that is never closed, or never opened, is text.
    """
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if sign == "(":
            opened.append(place)
        elif sign == ")" and opened:
            pairs.append((opened.pop(), place))
    outside: list[str] = []
    inside: list[str] = []
    end = 0
    for start, last in sorted(pairs):
        if start >= end:
            outside.append(text[end:start])
            inside.append(text[start + 1 : last])
            end = last + 1
    return "".join([*outside, text[end:]]), inside
