"""Our Markdown: Python-Markdown, set up for text from strangers, behind a sanitizer.

HTML is text and never markup, an address that stands bare is a link, and there are no images (no
page asks another host for anything). Two forms: a document with all its blocks, and lines, where
only marks within a line count.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.inlinepatterns import InlineProcessor

from generator.text import autolink
from generator.text.converter_limits import Work, watch

_INLINE_TAGS = frozenset(["code", "em", "strong"])
_TAGS = _INLINE_TAGS.union(
    ("a", "blockquote", "br", "hr", "li", "ol", "p", "pre", "ul"),
    ("h2", "h3", "h4", "h5", "h6"),
    ("table", "tbody", "td", "th", "thead", "tr"),
)
_LINK = {"*": frozenset[str](), "a": frozenset(["href"])}
_SCHEMES = frozenset(["http", "https", "mailto"])
# A link without a scheme leads to a page of this site: no host, nothing that a browser would mend.
_TARGET = re.compile(
    r"(?:https?|mailto):.*|(?!//)[\w./%~+,;=&?#@-][^\s<>\"\\:]*", re.IGNORECASE | re.DOTALL
)


def _safe_target(_tag: str, name: str, value: str) -> str | None:
    """Return the target of a link as it is, or None where it leads nowhere that it should."""
    return value if name != "href" or _TARGET.fullmatch(value) else None


_BLOCK = nh3.Cleaner(
    tags=_TAGS, attributes=_LINK, url_schemes=_SCHEMES, attribute_filter=_safe_target
)
_INLINE = nh3.Cleaner(tags=_INLINE_TAGS, attributes={"*": frozenset()})
_NOTHING = nh3.Cleaner(tags=frozenset(), attributes={"*": frozenset()})


_WORK = Work()


def blocks(markdown: str) -> str:
    """Return Markdown as safe HTML blocks; as it came where that asks for too much work."""
    converted = _convert(_document, markdown)
    if converted is None:
        return f"<pre>{html.escape(markdown, quote=False)}</pre>"
    return clean(converted)


def clean(markup: str) -> str:
    """Return HTML without anything that our Markdown could not have made."""
    return _unnamed(_BLOCK.clean(markup))


def inline(markdown: str) -> str:
    """Return Markdown as safe HTML without blocks and without links; else as ``blocks`` does."""
    converted = _convert(_lines, markdown)
    if converted is None:
        return html.escape(markdown, quote=False)
    return _unnamed(_INLINE.clean(converted))


def stripped(markdown: str) -> str:
    """Return Markdown without its marks, still escaped as HTML, a line a paragraph."""
    converted = _convert(_lines, markdown)
    if converted is None:
        return html.escape(markdown, quote=False)
    return _NOTHING.clean(converted.replace("</p>\n<p>", "</p>\n\n<p>"))


def is_too_much(markdown: str) -> bool:
    """Say whether a text is shown as it came because its marks ask for too much work."""
    return _convert(_document, markdown) is None


def _convert(converter: Callable[[], Markdown], markdown: str) -> str | None:
    """Return unsanitized HTML, or None where it cannot be made, or would take too long."""
    _WORK.start(markdown)
    try:
        return converter().reset().convert(markdown)
    except Exception:  # noqa: BLE001  # whatever a stranger's text does to it: it ends no build
        _document.cache_clear()  # it stopped half-way and knows not where it is
        _lines.cache_clear()
        return None


def _unnamed(cleaned: str) -> str:
    """Return the sanitizer's output with no-break spaces as such: XML has no name for them."""
    return cleaned.replace("&nbsp;", "\xa0")


@cache
def _document() -> Markdown:
    """Return the converter of whole documents."""
    converter = _strict(Markdown(extensions=["fenced_code", "sane_lists", "tables"]))
    converter.parser.blockprocessors.register(_Heading(converter.parser), "hashheader", 70)
    return watch(converter, _WORK)


@cache
def _lines() -> Markdown:
    """Return the converter that knows only marks within a line."""
    converter = _strict(Markdown())
    for name in ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote"):
        converter.parser.blockprocessors.deregister(name)
    converter.parser.blockprocessors.deregister("reference")
    return watch(converter, _WORK)


def _strict(converter: Markdown) -> Markdown:
    """Return the converter without HTML and images, with bare addresses, and dollars escaped."""
    converter.preprocessors.deregister("html_block")
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(name)
    converter.inlinePatterns.register(
        _BareAddress(autolink.ADDRESS.pattern, converter), "address", 115
    )
    converter.ESCAPED_CHARS = [*converter.ESCAPED_CHARS, *"$<&~=:"]
    return converter


class _Heading(HashHeaderProcessor):
    """A heading one level lower: the page's own title is the first."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        heading = parent[-1] if len(parent) else None
        if heading is not None and re.fullmatch("h[1-5]", heading.tag):
            heading.tag = f"h{int(heading.tag[1]) + 1}"


class _BareAddress(InlineProcessor):
    """Links an address that stands in the text as it is."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # the base class returns less  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Return the link and the range that it takes the place of."""
        del data
        address = autolink.cut(m.group())
        link = Element("a", href=autolink.with_scheme(address))
        link.text = address
        return link, m.start(), m.start() + len(address)
