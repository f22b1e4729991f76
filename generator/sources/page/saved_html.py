"""Saved HTML -> rows: a block a row, headings and links kept, what nobody sees left out.

The page's own data come out too: JSON in attributes and scripts, and what its head says for
programs that collect citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from generator.sources.page.rows import BOLD, Piece, Row

_HIDDEN = frozenset(
    ["script", "style", "noscript", "template", "svg", "head", "select", "textarea", "math"]
)
_INLINE = re.compile(
    r"a|abbr|acronym|b|bd[io]|big|button|cite|code|data|del|dfn|em|font|i|img|input|ins|kbd|label|mark|nobr"
    r"|q|s|samp|small|span|strike|strong|su[bp]|time|tt|u|var|wbr|"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Mathematics as a browser set it; the source stands in a script beside it.
_TYPESET = frozenset(["MathJax", "MathJax_Preview", "MathJax_SVG", "MathJax_CHTML", "katex-html"])


class Page(NamedTuple):
    """What an HTML document holds.

    ``meta`` are the values of its ``meta`` elements by their names, in small; ``data`` the JSON
    texts; ``canonical`` the page's own address.
    """

    rows: tuple[Row, ...]
    title: str
    meta: Mapping[str, Sequence[str]]
    data: tuple[str, ...]
    canonical: str


def read(text: str) -> Page:
    """Return what the HTML ``text`` holds; whatever it is, something is returned."""
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    parser.feed(text.replace("\0", "").encode("utf-8", errors="replace"))
    try:
        root = parser.close()
    except etree.LxmlError:  # nothing in it that could be an element
        return Page((), "", {}, (), "")
    if root is None:
        return Page((), "", {}, (), "")
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        meta.setdefault(name, []).append(element.get("content") or "")
    return Page(
        tuple(_Rows(root).read()),
        " ".join((root.findtext(".//title") or "").split()),
        meta,
        tuple(_data(root)),
        next(
            (
                link.get("href") or ""
                for link in root.iter("link")
                if link.get("rel") == "canonical"
            ),
            "",
        ),
    )


def _data(root: Any) -> Iterator[str]:  # noqa: ANN401  # lxml has no types
    """Yield the JSON texts that the page carries for its own scripts."""
    for element in root.iter(etree.Element):
        if (held := element.get("data-props")) and held.startswith("{"):
            yield held
        elif element.tag == "script" and "json" in (element.get("type") or "") and element.text:
            yield element.text


class _Rows:
    """Walks the tree once; ``read`` yields the rows."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401  # lxml has no types
        self._root = root
        self._pieces: list[Piece] = []
        self._number = 0
        self._gap = True
        self._level = self._ordinal = 0
        self._bold = self._verbatim = self._hidden = 0
        self._is_bold = True
        self._links: list[tuple[str, int]] = [("", 0)]
        self._count = 0

    def read(self) -> Iterator[Row]:
        """Yield a row for each block that says something."""
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if _is_tex(element) and element.text and not self._hidden:
                    self._add(f"${element.text.strip()}$", element)
                if _is_hidden(tag, element):
                    self._hidden += 1
                elif not self._hidden:
                    yield from self._start(tag, element)
                yield from self._say(element.text, element)
            else:
                if _is_hidden(tag, element):
                    self._hidden -= 1
                elif not self._hidden:
                    yield from self._end(tag)
                yield from self._say(element.tail, element)
        yield from self._flush()

    def _start(self, tag: str, element: Any) -> Iterator[Row]:  # noqa: ANN401  # lxml has no types
        if tag == "a":
            self._count += 1
            address = " ".join((element.get("href") or "").split())
            self._links.append((address, self._count if address else 0))
            self._add("", element)
        elif tag in {"b", "strong"}:
            self._bold += 1
        elif tag == "br":
            yield from self._flush(gap=not self._pieces)
        elif not _INLINE.fullmatch(tag):
            yield from self._flush()
            self._verbatim += tag == "pre"
            self._level = _HEADINGS.get(tag, self._level)

    def _end(self, tag: str) -> Iterator[Row]:
        if tag == "a":
            self._links.pop()
        elif tag in {"b", "strong"}:
            self._bold -= 1
        elif tag != "br" and not _INLINE.fullmatch(tag):
            yield from self._flush()
            self._verbatim -= tag == "pre"
            if tag in _HEADINGS:
                self._level = 0

    def _say(self, text: str | None, element: Any) -> Iterator[Row]:  # noqa: ANN401  # lxml has no types
        """Add words to the row at hand; where lines count, each is a row."""
        if self._hidden or not text:
            return
        first, *more = text.split("\n") if self._verbatim else [text]
        self._add(first, element)
        for line in more:
            yield from self._flush(gap=not self._pieces)
            self._add(line, element)

    def _add(self, text: str, element: Any) -> None:  # noqa: ANN401  # lxml has no types
        address, link = self._links[-1]
        words = " ".join(text.split())
        if not self._number and (words or address):
            self._number = element.sourceline or 0
        self._is_bold = self._is_bold and (self._bold > 0 or not words)
        before = " " if text[:1].isspace() else ""
        after = " " if text[-1:].isspace() and words else ""
        self._pieces.append(Piece(f"{before}{words}{after}", address, link))

    def _flush(self, *, gap: bool = True) -> Iterator[Row]:
        """Yield the row at hand, if there is one; ``gap`` says whether the next stands apart."""
        if any(piece.text.strip() or piece.address for piece in self._pieces):
            level = self._level or (BOLD if self._is_bold else 0)
            yield Row(self._number, _tidy(self._pieces), self._gap, level)
            self._gap = False
        self._gap = self._gap or gap
        self._pieces, self._number, self._is_bold = [], 0, True


def _is_hidden(tag: str, element: Any) -> bool:  # noqa: ANN401  # lxml has no types
    if tag in _HIDDEN or element.get("hidden") is not None:
        return True
    if not _TYPESET.isdisjoint((element.get("class") or "").split()):
        return True
    return "display:none" in (element.get("style") or "").replace(" ", "").lower()


def _is_tex(element: Any) -> bool:  # noqa: ANN401  # lxml has no types
    return element.tag == "script" and (element.get("type") or "").startswith("math/tex")


def _tidy(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces of one row without doubled spaces, stretches of one link in one."""
    kept: list[Piece] = []
    for piece in pieces:
        text = piece.text
        if text.startswith(" ") and (not kept or kept[-1].text.endswith(" ")):
            text = text.lstrip()
        if kept and kept[-1].link == piece.link:
            kept[-1] = kept[-1]._replace(text=kept[-1].text + text)
        elif text or piece.address:
            kept.append(piece._replace(text=text))
    return tuple(kept)
