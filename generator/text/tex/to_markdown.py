"""A source's text, with what TeX and web pages left in it -> our Markdown.

A source's text is prose with TeX in it and never Markdown, so what Markdown would take for marks
is escaped. Prose stays as it is, to the byte, unless it holds TeX or such a mark; a command that
is not known stays as it came. The steps, in order:

1. maths between dollars, and addresses, are put aside
2. maths that has lost its dollars gets them back (delimiters.py), and is put aside
3. quotes, dashes and ties become what they stand for
4. commands are carried out (prose.py)
5. what Markdown would misread is escaped, and all comes back

Only what would really change is escaped, so that an entry stays pleasant to edit: one asterisk
needs nothing, nor do the underscores of ``snake_case``.
"""

from __future__ import annotations

import html
import re

from generator.text import autolink
from generator.text.tex import delimiters, maths, prose
from generator.text.tex.reader import STRESS, STRONG, Placeholders, marked, unreserved

_BACKSLASH = re.compile(r"\\(?=[\\`*_{}\[\]()>#+\-.!|$<&~=:])")
_STAR = re.compile(r"\*(?!\s|$)|(?<=\S)\*")
_UNDERSCORE = re.compile(r"(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])")
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);")
_LINE_START = re.compile(
    r"""^(?P<space>[ ]{0,3})(?P<number>[0-9]{1,9})?(?P<mark>
        (?(number)[.)](?=\s|$)            # 1. a list's number
        | (?: \#                           # a heading
          | [-+](?=\s|$|(?:[-=]|[^\S\n])+$)  # a list's dash, a rule
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
        text = _targets(text)
    if block:
        text = _LINE_START.sub(r"\g<space>\g<number>\\\g<mark>", text)
        if "|" in text and _TABLE_RULE.search(text):
            text = text.replace("|", r"\|")
    return text


def _targets(text: str) -> str:
    """Return ``text`` with each "<" escaped that could open a link, as in <https://address>."""
    segments = text.split(">")
    for number, segment in enumerate(segments[:-1]):
        mark = max(segment.rfind("://"), segment.rfind("@"))
        if mark >= 0:
            segments[number] = segment[:mark].replace("<", r"\<") + segment[mark:]
    return ">".join(segments)


def _entity(match: re.Match[str]) -> str:
    """Return what looks like an entity, its ampersand spelled out if it is one (Q&A; is none)."""
    return match[0] if html.unescape(match[0]) == match[0] else f"&amp;{match[0][1:]}"


def _underscores(text: str) -> str:
    """Return ``text`` with the underscores escaped that could open or close stress."""
    return _UNDERSCORE.sub(r"\_", text) if len(_UNDERSCORE.findall(text)) > 1 else text


# A text without any of these, and without lost maths, comes back as it is. Plain searches, each
# for one thing: together they take a tenth of the time of one expression for all.
_SIGNS = re.compile(r"[\\$~{}`^*_\U00100000-\U0010ffff]")
_LIKE_ENTITY = re.compile(r"&[#\w]+;")
_LINE_MARK = re.compile(r"^[ \t]*(?:[-+>#=:|\[]|[0-9]+[.)](?=\s))", re.MULTILINE)
_RAW_ADDRESS = re.compile(
    rf"{autolink.ADDRESS.pattern}(?:\\[_%#&~][A-Za-z0-9\-._~:/?#@!&()*+,;=%]*)*"
)
_UNKNOWN = re.compile(r"\\[A-Za-z]+")
_ESCAPED = re.compile(r"\\([_%#&~])")
_BARE_COMMAND = re.compile(
    r"(?<![\\A-Za-z])(text(?:bf|it|tt|sc|rm|sf)|emph|underline|href|url|footnote|cite[pt]?)(?=\{)"
)


def repair(raw: str) -> str:
    """Return an abstract as Markdown; prose without TeX comes back as it is."""
    return _repaired(raw, block=True)


def repair_title(raw: str) -> str:
    """Return a title as Markdown on one line."""
    return _repaired(raw, block=False)


def leftovers(markdown: str) -> list[str]:
    """Return what TeX is left in a repaired text: unknown commands, and maths that is no maths."""
    if "\\" not in markdown:
        return []
    left: list[str] = []
    pieces: list[str] = []
    done = 0
    for span in maths.spans(markdown):
        if not maths.is_maths(span[0].strip("$")):
            left.append(span[0])
        pieces.append(markdown[done : span.start()])
        done = span.end()
    return left + _UNKNOWN.findall("".join([*pieces, markdown[done:]]))


def _repaired(raw: str, *, block: bool) -> str:
    if _is_plain(raw):
        return raw
    held = Placeholders()
    text = _RAW_ADDRESS.sub(lambda found: held.hold(_ESCAPED.sub(r"\1", found[0])), unreserved(raw))
    if "$" in text or "\\" in text:
        text = delimiters.hold(text, held)
    text = prose.mend(delimiters.restore(text, held))
    if "\\" in text or "{" in text:
        text = prose.convert(_BARE_COMMAND.sub(r"\\\1", text), held)
    return held.release(marked(escape(text, block=block)))


def _is_plain(raw: str) -> bool:
    """Say whether nothing in ``raw`` needs a second look."""
    return not (
        _SIGNS.search(raw)
        or "--" in raw
        or "''" in raw
        or "](" in raw
        or delimiters.may_hold_maths(raw)
        or _LINE_MARK.search(raw)
        or _LIKE_ENTITY.search(raw)
        or ("<" in raw and ("://" in raw or "@" in raw))
    )
