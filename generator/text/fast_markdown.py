r"""A fast reader for the plainest Markdown, which is what nearly all abstracts are written in.

It knows paragraphs, ``*stress*`` and ``**V**isual`` whose asterisks pair off one after the other,
escapes, ``[brackets]`` that are no links, underscores within words, and bare addresses. It answers
with what Python-Markdown says, or with None where it is not sure: then that has the word. (It takes
a fiftieth of the time; tests/text/test_fast_markdown.py compares the two.)
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from generator.text import autolink

_ENTITY = re.compile(r"&[#\w]+;")
# Where a paragraph begins: an indented line, or the mark of a list, a quote, a heading or a fence.
_BEGINNING = re.compile(r"\s|[-+>#=:~]|\*\s|[0-9]+[.)]")
# The same for one that follows; or, within a paragraph, a mark that may end it.
_NEXT_LINE = re.compile(
    r"\n\n(?:[^\S\n]|[-+>#=:~]|\*\s|[0-9]+[.)])|\n[ ]*(?:[^\S\n ]|[->#=:~]|\*\s)|\n[ ]+\Z"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!$<&~=:])|\\.", re.DOTALL)
_TICKS = re.compile("`+")
# What is looked for stands first, and what must come before it after that: so it is found sooner.
_STRESS = re.compile(r"\*(?<!\*\*)(\*?)(?!\s)([^*]*[^\s*])\*\1(?!\*)")
_SNAKE = re.compile(r"_(?<=[^\W_]_)(?=[^\W_])")
# What stands for an escaped sign or an address, as in Markdown: neither space nor letter.
_HELD = "\x02\x03"


def blocks(text: str, link: Callable[[str], str]) -> str | None:
    """Return ``text`` as HTML blocks; ``link`` gives the HTML of an address."""
    if "|" in text or _is_hard(text) or _BEGINNING.match(text):
        return None
    if "\n" not in text:
        shown = _as_html(text, link) if text else ""
        return shown and f"<p>{shown}</p>"
    if _NEXT_LINE.search(text):
        return None
    paragraphs: list[str] = []
    for part in text.rstrip("\n").split("\n\n"):
        shown = _as_html(part.lstrip("\n"), link)
        if shown is None:
            return None
        if shown:
            paragraphs.append(f"<p>{shown}</p>")
    return "\n".join(paragraphs)


def line(text: str) -> str | None:
    """Return one line as HTML without blocks and links."""
    return None if _is_hard(text) else _as_html(text, _escaped)


def stripped(text: str) -> str | None:
    """Return ``text`` without the marks within its lines, nothing escaped."""
    if _is_hard(text):
        return None
    if not _has_marks(text):
        return text
    paragraphs: list[str] = []
    for part in text.split("\n\n"):
        taken = _taken_apart(part, autolink.find(part))
        if taken is None:
            return None
        rest, held = taken
        plain = _STRESS.sub(r"\2", rest)
        if _is_open(plain, rest):
            return None
        paragraphs.append(_put_together(plain, held))
    return "\n\n".join(paragraphs)


def _is_hard(text: str) -> bool:
    """Say whether ``text`` may hold what is not read here, tables apart, which are in no line."""
    if "\t" in text or "\r" in text or ("\n" in text and " \n" in text):  # a line break
        return True
    has_bracket = "]" in text  # one sign is found sooner than two
    if ("&" in text and _ENTITY.search(text)) or (has_bracket and "]:" in text):  # a link's name
        return True
    rest = _ESCAPE.sub("", text) if "\\" in text else text
    return (
        ("`" in rest and (rest is not text or len(_TICKS.findall(rest)) > 1))  # code
        or (has_bracket and "](" in rest)  # a link
        or ("<" in rest and ("://" in rest or "@" in rest) and _has_target(rest))
    )


def _has_target(text: str) -> bool:
    """Say whether a link may stand in ``text`` as <https://address> or <name@host>."""
    return any(
        "://" in inner or "@" in inner
        for part in text.split("<")[1:]
        for inner, end, _ in (part.partition(">"),)
        if end
    )


def _has_marks(text: str) -> bool:
    return "*" in text or "\\" in text or "_" in text


def _as_html(text: str, link: Callable[[str], str]) -> str | None:
    """Return a paragraph as HTML, its addresses as ``link`` shows them."""
    found = autolink.find(text)
    if not found and not _has_marks(text):
        return html.escape(text, quote=False)
    taken = _taken_apart(text, found)
    if taken is None:
        return None
    rest, held = taken
    marked = _STRESS.sub(_element, html.escape(rest, quote=False))
    if _is_open(marked, rest):
        return None
    return _put_together(marked, list(map(link if found else _escaped, held)))


def _is_open(done: str, text: str) -> bool:
    """Say whether asterisks are left in what was made of ``text``; a lone one is an asterisk."""
    return "*" in done and text.count("*") > 1


def _taken_apart(text: str, found: list[tuple[int, str]]) -> tuple[str, list[str]] | None:
    """Return ``text`` with _HELD for each escaped sign or address, and those in their order.

    None where underscores stand elsewhere than within words.
    """
    held = [address for _, address in found]
    if "\\" in text:
        if found or "&" in text:  # an escape may change where either of them ends
            return None

        def hold(escape: re.Match[str]) -> str:
            if escape[1] is None:
                return escape[0]
            held.append(escape[1])
            return _HELD

        text = _ESCAPE.sub(hold, text)
        if autolink.find(text):  # one that begins behind an escape
            return None
    elif found:
        pieces: list[str] = []
        done = 0
        for start, address in found:
            pieces.append(text[done:start])
            done = start + len(address)
        text = _HELD.join([*pieces, text[done:]])
    return None if "_" in text and "_" in _SNAKE.sub("", text) else (text, held)


def _element(stress: re.Match[str]) -> str:
    name = "strong" if stress[1] else "em"
    return f"<{name}>{stress[2]}</{name}>"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _put_together(text: str, held: list[str]) -> str:
    """Return ``text`` with each of ``held`` back in its place."""
    if not held:
        return text
    pieces = text.split(_HELD)
    return "".join([each for pair in zip(pieces, [*held, ""], strict=True) for each in pair])
