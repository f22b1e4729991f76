"""The saved HTML of a Daily Papers page.

The page carries its data as JSON in an attribute; where that is missing, its visible text is read
as a copied page is, with the links that lead to papers.
"""

from __future__ import annotations

from html.parser import HTMLParser

from generator.sources import huggingface, text
from generator.sources.document import Document, Parsed, text_of
from generator.system.errors import SourceError

_SITE = "https://huggingface.co"
_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg", "head", "button", "select"])
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "source", "wbr"])
_INLINE = frozenset(
    ["a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is HTML."""
    start = head[:1000].lower()
    return start.startswith("<") and ("<!doctype html" in start or "<html" in start)


def parse(document: Document) -> Parsed:
    """Return the page's digest; SourceError where the page lists no papers."""
    page = _Page()
    page.feed(text_of(document))
    page.close()
    if page.data:
        try:
            return huggingface.parse(document._replace(data=page.data.encode()))
        except SourceError as error:
            raise SourceError(document.name, 0, f"the page's data: {error.message}") from None
    visible = page.visible()
    try:
        return text.parse(document._replace(data=visible.encode()))
    except SourceError as error:
        message = f"this HTML page is no digest (in its text: {error.message})"
        raise SourceError(document.name, 0, message) from None


class _Page(HTMLParser):
    """Collects the page's JSON and its visible text, a block a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.data = ""
        self._lines: list[str] = [""]
        self._hidden: list[str] = []
        self._target = ""

    def visible(self) -> str:
        """Return the text, each block on a line of its own with an empty line after it."""
        return "\n\n".join(" ".join(line.split()) for line in self._lines if line.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block; note a link to a paper and the page's data."""
        values = dict(attrs)
        props = values.get("data-props") or ""
        if '"dailyPapers"' in props:
            self.data = props
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == "a" and (values.get("href") or "").startswith(("/papers/", f"{_SITE}/papers/")):
            address = values["href"] or ""
            self._target = address if address.startswith("http") else _SITE + address
            self._lines[-1] += "["
        elif tag not in _INLINE:
            self._lines.append("### " if tag in _HEADINGS else "")

    def handle_endtag(self, tag: str) -> None:
        """End a block's line or a link."""
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()
        elif tag == "a" and self._target:
            self._close_link()
        elif tag not in _INLINE and tag not in _VOID:
            self._lines.append("")

    def handle_data(self, data: str) -> None:
        """Add visible text to the line."""
        if not self._hidden:
            self._lines[-1] += data if self._lines[-1] else data.lstrip()

    def _close_link(self) -> None:
        line = self._lines[-1]
        if line.endswith("["):
            self._lines[-1] = line[:-1]
        elif "[" in line:
            self._lines[-1] = f"{line}]({self._target})"
        self._target = ""
