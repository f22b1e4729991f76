"""A text of ours, which is Markdown with maths, seen three ways: HTML blocks, inline HTML, text.

TeX between dollars is maths by Pandoc's rule (``$5 and $10`` is money). It is taken out before
Markdown runs, so that ``_`` and ``*`` in a formula mean what TeX means by them, and put back last.

Most abstracts hold few marks or none: what ``plainmarkdown`` can read does not go to Markdown.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.text import autolink, fast_markdown, safe_markdown, tex

if TYPE_CHECKING:
    from collections.abc import Callable

# What no text may hold: control characters, half characters, and the two that stand for maths.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000\ue001\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_PRINTABLE = bytes(range(ord(" "), 127)) + b"\n"
# What means nothing but itself to Markdown, TeX and HTML, where a letter comes before it.
_PLAIN = _PRINTABLE.translate(None, b"\n#$&*<>[\\]^_`{|}~")
_HELD = re.compile("\ue000([0-9]{1,7})\ue001")
_HELD_IN_TARGET = re.compile('<a href="[^"]*\ue000[^"]*"')
# An address that means the same to every program: without a port, or letters of another script.
_PLAIN_ADDRESS = re.compile(
    r"(?:https?://)?(?!.*xn--)(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[a-z0-9._/-]*)?",
    re.ASCII | re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"\n\s*\n")
# So many tags a browser lays out in a fifth of a second, while it does nothing else; and of a text
# whose length is a fifth of that there are never so many.
TAGS = 12_000
_SHORT = TAGS // 5
_ITEM = 2  # tags that an item costs more than its own two


def to_html(markdown: str) -> str:
    """Return an abstract or a note as safe HTML blocks; maths is MathML."""
    if _is_plain(markdown):
        return f"<p>{markdown}</p>"
    text, spans = _hold(markdown)
    blocks = fast_markdown.blocks(text, _link)
    if blocks is None:
        blocks = safe_markdown.blocks(text)
    shown = _release(blocks, spans, tex.to_mathml)
    return _as_it_came(markdown) if _is_heavy(shown) else shown


def to_inline_html(markdown: str) -> str:
    """Return a title as safe HTML without blocks and without links; maths is MathML.

    Only marks within a line count: a title that begins with ``1.`` or ``#`` keeps it.
    """
    if _is_plain(markdown):
        return markdown
    text, spans = _hold(" ".join(markdown.split()))
    line = fast_markdown.line(text)
    if line is None:
        line = safe_markdown.inline(text)
    shown = _release(line, spans, tex.to_mathml)
    return html.escape(_FORBIDDEN.sub("", markdown), quote=False) if _is_heavy(shown) else shown


def _is_plain(markdown: str) -> bool:
    """Say whether a text is the same however it is seen: one tidy line of words, as most are."""
    return (
        markdown[:1].isalpha()
        and markdown.isascii()
        and not markdown.encode("ascii").translate(None, _PLAIN)
        and "  " not in markdown
        and not markdown.endswith(" ")
        and not autolink.may_hold(markdown)
    )


def _as_it_came(markdown: str) -> str:
    printable = _FORBIDDEN.sub("", markdown)
    return f"<pre>{html.escape(printable, quote=False)}</pre>"


def _is_heavy(markup: str) -> bool:
    """Say whether a browser would have to lay out more than it can at once."""
    # An item of a list has a mark of its own, which is laid out as well.
    return len(markup) > TAGS and markup.count("<") + _ITEM * markup.count("<li>") > TAGS


def to_text(markdown: str) -> str:
    """Return what a reader reads, without any marks: for feeds, search, exports and meta tags.

    A paragraph is one line, and an empty line parts two of them. Only marks within a line are
    taken away: a list keeps its dashes. Maths becomes Unicode, as near as that can be.
    """
    if _is_plain(markdown):
        return markdown
    held, spans = _hold(markdown)
    text = fast_markdown.stripped(held)
    if text is None:
        text = html.unescape(safe_markdown.stripped(held))
    text = _release(text, spans, lambda source, **_: tex.to_unicode(source))
    if "\n" not in text:
        is_tidy = "  " not in text and _is_printable(text)  # the space is the only white space then
        return text.strip(" ") if is_tidy else " ".join(text.split())
    paragraphs = (" ".join(part.split()) for part in _BLANK_LINES.split(text))
    return "\n\n".join(filter(None, paragraphs))


def too_much(markdown: str) -> str:
    """Return what of a text is shown as it came, as it asks for too much; nothing of most texts."""
    text, spans = _hold(markdown)
    for span in spans:
        if tex.is_too_much(span.strip("$")):
            return span
    excess = fast_markdown.stripped(text) is None and safe_markdown.is_too_much(text)
    excess = excess or (len(markdown) > _SHORT and to_html(markdown) == _as_it_came(markdown))
    return markdown if excess else ""


def _hold(markdown: str) -> tuple[str, list[str]]:
    """Return ``markdown`` with each span of maths replaced by its number, and the spans."""
    text = markdown
    if not _is_printable(text):
        text = _FORBIDDEN.sub("", text).replace("\r\n", "\n")
    if "$" not in text:
        return text, []
    spans: list[str] = []
    pieces: list[str] = []
    done = 0
    for span in tex.spans(text):
        pieces.append(f"{text[done : span.start()]}\ue000{len(spans)}\ue001")
        spans.append(span[0])
        done = span.end()
    return "".join([*pieces, text[done:]]), spans


def _is_printable(text: str) -> bool:
    """Say whether ``text``, its line ends apart, can be printed, and so holds nothing forbidden.

    To ask that is far sooner done than to look for what is forbidden.
    """
    if text.isascii():
        return not text.encode("ascii").translate(None, _PRINTABLE)
    return text.replace("\n", "").isprintable()


def _release(text: str, spans: list[str], show: Callable[..., str]) -> str:
    """Return ``text`` with each number replaced by what ``show`` makes of its span."""
    if not spans:
        return text

    def shown(match: re.Match[str]) -> str:
        number = int(match[1])
        if number >= len(spans):  # no span of ours: an entity spelled the mark
            return ""
        display = spans[number].startswith("$$")
        source = spans[number][2:-2] if display else spans[number][1:-1]
        return show(source, display=display)

    def as_it_came(target: re.Match[str]) -> str:
        return _HELD.sub(lambda mark: html.escape("".join(spans[int(mark[1]) :][:1])), target[0])

    return _HELD.sub(shown, _HELD_IN_TARGET.sub(as_it_came, text))


@lru_cache(1024)
def _link(address: str) -> str:
    """Return the HTML of an address that stands in a text."""
    if _PLAIN_ADDRESS.fullmatch(address):  # what is made of it below, sooner
        target = autolink.with_scheme(address)
        return f'<a href="{target}" rel="noopener noreferrer">{address}</a>'
    target = html.escape(autolink.with_scheme(address))
    return safe_markdown.clean(f'<a href="{target}">{html.escape(address, quote=False)}</a>')
