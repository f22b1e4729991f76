"""Text that Markdown would take for marks -> text that it shows as it came.

Only what would really change is escaped, so that an entry stays pleasant to edit: one asterisk
needs nothing, nor do the underscores of ``snake_case``.
"""

from __future__ import annotations

import html
import re

from generator.tex.shelf import STRESS, STRONG

_BACKSLASH = re.compile(r"\\(?=[\\`*_{}\[\]()>#+\-.!|$<&~=:])")
_STAR = re.compile(r"\*(?!\s|$)|(?<=\S)\*")
_UNDERSCORE = re.compile(r"(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])")
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);")
_AUTOLINK = re.compile(r"<(?=[^>]*(?:://|@)[^>]*>)")
_LINE_START = re.compile(
    r"""^(?P<space>[ ]{0,3})(?P<number>[0-9]{1,9})?(?P<mark>
        (?(number)[.)](?=\s|$)            # 1. a list's number
        | (?: \#                           # a heading
          | [-+](?=\s|$|[-=\s]+$)          # a list's dash, a rule
          | [*](?=\s)                      # a list's star
          | >                              # a quotation
          | =+\s*$ | -+\s*$                # a heading's underline
          | ~~~                            # fenced code
          | \[(?=[^\[\]]*\]:) )))         # a link's definition
    """,
    re.VERBOSE | re.MULTILINE,
)
_TABLE_RULE = re.compile(r"(?<=[^\n])\n[ |:\-]+(?:\n|$)")  # below a row: alone, it is text


def escape(text: str, *, block: bool = True) -> str:
    """Return ``text`` so that Markdown shows it as it is; without ``block``, as part of a line."""
    if "\\" in text:
        text = _BACKSLASH.sub(r"\\\\", text)
    if "*" in text and (text.count("*") > 1 or STRESS in text or STRONG in text):
        text = _STAR.sub(r"\*", text)
    if "_" in text:
        text = _underscores(text)
    if text.count("`") > 1:
        text = text.replace("`", r"\`")
    if "](" in text:
        text = text.replace("](", r"\](")
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\<", text)
    if block:
        text = _LINE_START.sub(r"\g<space>\g<number>\\\g<mark>", text)
        if "|" in text and _TABLE_RULE.search(text):
            text = text.replace("|", r"\|")
    return text


def _entity(match: re.Match[str]) -> str:
    """Return what looks like an entity, its ampersand spelled out if it is one (Q&A; is none)."""
    return match[0] if html.unescape(match[0]) == match[0] else f"&amp;{match[0][1:]}"


def _underscores(text: str) -> str:
    """Return ``text`` with the underscores escaped that could open or close stress."""
    return _UNDERSCORE.sub(r"\_", text) if len(_UNDERSCORE.findall(text)) > 1 else text
