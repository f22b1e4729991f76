"""HTML that stands in titles, abstracts and names: its tags and entities as plain text.

``CO<sub>2</sub>`` is CO₂, ``x<sup>2</sup>`` x², ``&amp;`` &; ``a<b`` is no tag and stays.
"""

from __future__ import annotations

import html
import re

_BLOCKS = frozenset(["br", "div", "li", "ol", "p", "sec", "title", "ul"])
_NAMES = (
    "br|div|li|ol|p|sec|title|ul|a|b|bold|big|code|em|font|i|italic|mark|sc|small|span|strike|strong"
    "|sub|sup|tt|u|underline"
)
# A tag holds no other `<`, and its attributes have values: `a<b and c>d` is none. Possessive, so
# that no input takes longer than its length.
_TAG = re.compile(
    rf"<(/?)(?:jats:)?({_NAMES})((?:\s++[\w:-]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'<>]++))*+)"
    r"\s*+/?>",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(?:jats:)?(su[bp])>([^<>]{1,80})</(?:jats:)?\1>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_ORDINAL = re.compile(r"st|nd|rd|th|TM|SM|®|™")


def plain(text: str) -> str:
    """Return ``text`` without its HTML; a paragraph's end is an empty line."""
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text


def _without_tags(text: str) -> str:
    """Return ``text`` without its tags: of those in a line, only the ones that are closed."""
    found = {(tag[1], tag[2].lower()) for tag in _TAG.finditer(text)}
    closed = {name for end, name in found if end and ("", name) in found}
    scripts = closed & {"sub", "sup"}
    text = _TAG.sub(lambda tag: _instead(tag, closed - scripts), text)
    if scripts:
        text = _SCRIPT.sub(_script, text)
        text = _TAG.sub(lambda tag: _instead(tag, scripts), text)
    return text


def _instead(tag: re.Match[str], closed: set[str]) -> str:
    """Return what stands in place of a tag: nothing, a paragraph's end, or the text itself."""
    name = tag[2].lower()
    if name in _BLOCKS:
        return " " if name == "br" else "\n\n"
    return "" if name in closed else tag[0]


def _script(match: re.Match[str]) -> str:
    """Return a raised or lowered text in signs that are so, else written after ``^`` or ``_``."""
    text = html.unescape(match[2]).strip()
    table = _RAISED if match[1].lower() == "sup" else _LOWERED
    is_word = len(text) > 1 and any(map(str.isalpha, text))
    if not is_word and all(ord(sign) in table for sign in text):
        return text.translate(table)
    if _ORDINAL.fullmatch(text) or not is_word:
        return text
    return ("^" if table is _RAISED else "_") + text
