"""A source's text, with what TeX and web pages left in it -> our Markdown.

A source's text is prose with TeX in it and never Markdown, so what Markdown would take for marks
is escaped. Prose stays as it is, to the byte, unless it holds TeX or such a mark; a command that
is not known stays as it came. The steps, in order:

1. maths between dollars, and addresses, are put aside
2. maths that has lost its dollars gets them back (bare.py), and is put aside
3. quotes, dashes and ties become what they stand for
4. commands are carried out (prose.py)
5. what Markdown would misread is escaped (escape.py), and all comes back
"""

from __future__ import annotations

import re

from generator import addresses
from generator.tex import bare, dollars, maths, prose, typography
from generator.tex.escape import escape
from generator.tex.shelf import Shelf, marked, unreserved

# A text without any of these, and without lost maths, comes back as it is. Plain searches, each
# for one thing: together they take a tenth of the time of one expression for all.
_SIGNS = re.compile(r"[\\$~{}`^*_\U00100000-\U0010ffff]")
_ENTITY_OR_LINK = re.compile(r"&[#\w]+;|<(?=[^>]*(?:://|@))")
_LINE_MARK = re.compile(r"^[ \t]*(?:[-+>#=:|\[]|[0-9]+[.)](?=\s))", re.MULTILINE)
_RAW_ADDRESS = re.compile(
    rf"{addresses.ADDRESS.pattern}(?:\\[_%#&~][A-Za-z0-9\-._~:/?#@!&()*+,;=%]*)*"
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

    def note(match: re.Match[str]) -> str:
        if match["maths"] is None:
            return match[0]
        if not maths.is_maths(match["maths"].strip("$")):
            left.append(match["maths"])
        return ""

    rest = maths.SPANS.sub(note, markdown)
    return left + _UNKNOWN.findall(rest)


def _repaired(raw: str, *, block: bool) -> str:
    if _is_plain(raw):
        return raw
    shelf = Shelf()
    text = _RAW_ADDRESS.sub(
        lambda found: shelf.hold(_ESCAPED.sub(r"\1", found[0])), unreserved(raw)
    )
    if "$" in text or "\\" in text:
        text = dollars.hold(text, shelf)
    text = typography.mend(bare.restore(text, shelf))
    if "\\" in text or "{" in text:
        text = prose.convert(_BARE_COMMAND.sub(r"\\\1", text), shelf)
    return shelf.release(marked(escape(text, block=block)))


def _is_plain(raw: str) -> bool:
    """Say whether nothing in ``raw`` needs a second look."""
    return not (
        _SIGNS.search(raw)
        or "--" in raw
        or "''" in raw
        or "](" in raw
        or bare.may_hold_maths(raw)
        or _LINE_MARK.search(raw)
        or _ENTITY_OR_LINK.search(raw)
    )
