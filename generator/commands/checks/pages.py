"""Pages: what one holds, and what is wrong with it by itself and among the others."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.system.errors import SourceError

# The attributes that lead somewhere; what the browser follows by itself has to stay here.
LINKS = {"a": ("href",), "area": ("href",), "form": ("action",)}
LOADED = {
    **dict.fromkeys(("audio", "embed", "iframe", "img", "input", "source", "track"), ("src",)),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "video": ("src", "poster"),
}
# Links that say where something is, and load nothing.
_TOLD = frozenset(
    ["alternate", "author", "canonical", "hub", "license", "me", "next", "prev", "self"]
)
_DATA_TYPES = frozenset(["application/json", "application/ld+json"])
_POLICY = "content-security-policy"
_WEAK = re.compile(
    r"'unsafe-(?:inline|eval)'|(?<![\w:/.])\*(?![\w.])|(?:^|\s)(?:data|http):(?:\s|;|$)"
)


class Link(NamedTuple):
    """A link as a page has it, and the line it stands on."""

    target: str
    line: int
    loaded: bool = False


class Outline(NamedTuple):
    """What one page holds: links, ids, what is wrong by itself; each with its line."""

    links: tuple[Link, ...]
    ids: tuple[Link, ...]
    problems: tuple[Link, ...]
    redirects: bool
    hidden: bool


class _Reader(HTMLParser):
    """Collects what a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: list[Link] = []
        self.problems: list[Link] = []
        self.redirects = self.hidden = False
        self.title = self.policy = ""
        self.has_language = self.is_whole = False
        self._inside = ""
        self._script: list[str] = []
        self._script_line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        held = {name: value or "" for name, value in attrs}
        if "id" in held:
            self.ids.append(Link(held["id"], line))
        self._links(tag, held, line)
        self._own(tag, held, line)
        self.problems += [
            Link(f"{name} is a script in an attribute, which the policy refuses", line)
            for name in held
            if name.startswith("on")
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._inside == "script":
            self._inline("".join(self._script))
        self.is_whole |= tag == "html"
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside == "script":
            self._script.append(data)

    def _links(self, tag: str, held: Mapping[str, str], line: int) -> None:
        rel = set(held.get("rel", "").lower().split())
        loads = tag in LOADED and not (tag == "link" and rel & _TOLD)
        for name in (*LINKS.get(tag, ()), *LOADED.get(tag, ())):
            if name in held:
                self.links.append(Link(held[name], line, loads))

    def _own(self, tag: str, held: Mapping[str, str], line: int) -> None:
        if tag == "html":
            self.has_language = bool(held.get("lang", "").strip())
        elif tag == "img" and "alt" not in held:
            self.problems.append(Link('a picture without alt: say what it shows, or alt=""', line))
        elif tag == "base":
            self.problems.append(Link("a base, which turns every link of the page", line))
        elif tag == "title":
            self._inside = "title"
        elif tag == "meta":
            self._meta(held)
        elif tag == "script" and "src" not in held and held.get("type", "") not in _DATA_TYPES:
            self._inside, self._script, self._script_line = "script", [], line

    def _meta(self, held: Mapping[str, str]) -> None:
        kind = held.get("http-equiv", "").lower()
        if kind == _POLICY:
            self.policy = held.get("content", "")
        elif kind == "refresh":
            self.redirects = True
            self.links.append(Link(held.get("content", "").partition("url=")[2], self.getpos()[0]))
        elif held.get("name", "").lower() == "robots":
            self.hidden = "noindex" in held.get("content", "")

    def _inline(self, script: str) -> None:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in self.policy:
            message = "a script in the page, which the policy does not know"
            self.problems.append(Link(message, self._script_line))


def outline(text: str) -> Outline:
    """Return what the page ``text`` holds, whatever it is."""
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError) as error:  # what the parser does not know to read
        line = reader.getpos()[0]
        reader.problems.append(Link(f"is no HTML from here on: {error}", line))
    return Outline(
        tuple(reader.links),
        tuple(reader.ids),
        (*reader.problems, *_of_whole(reader, text)),
        reader.redirects,
        reader.hidden,
    )


def _of_whole(reader: _Reader, text: str) -> Iterator[Link]:
    """Yield what is wrong with a page as a whole."""
    if not text.strip():
        yield Link("the page is empty", 0)
        return
    if not reader.is_whole:
        yield Link("the page is cut: it does not end with </html>", text.count("\n") + 1)
    if not reader.title.strip():
        yield Link("the page has no title", 0)
    if not reader.has_language:
        yield Link("the page does not say its language: <html lang=...>", 0)
    if not reader.policy:
        yield Link("the page has no Content-Security-Policy", 0)
    elif "default-src 'none'" not in reader.policy or _WEAK.search(reader.policy):
        yield Link("the Content-Security-Policy lets in more than this site needs", 0)


def own(path: Path, held: Outline) -> Iterator[SourceError]:
    """Yield what is wrong with the page at ``path`` by itself."""
    for message, line, _ in held.problems:
        yield SourceError(path, line, message)
    counts = Counter(link.target for link in held.ids)
    for target, line, _ in held.ids:
        if counts[target] > 1 or not target:
            yield SourceError(path, line, f"the id {target!r} stands {counts[target]} times")


class Site(NamedTuple):
    """What a link can lead to: the files, the ids on the pages, the site's own address if any."""

    names: frozenset[str]
    anchors: Mapping[str, set[str]]
    address: str
    hosts: frozenset[str]


def wrong(page: str, link: Link, site: Site) -> str:
    """Return what is wrong with a link on ``page``, or nothing."""
    target = link.target.strip()
    if site.address and target.startswith(site.address):
        page, target = "index.html", target.removeprefix(site.address) or "index.html"
    try:
        parts = urlsplit(target)
        host = parts.hostname
    except ValueError as error:
        return f"{target!r} is no address: {error}"
    if parts.scheme in {"http", "https"}:
        if link.loaded and f"{parts.scheme}://{host}" not in site.hosts:
            return f"{target!r} is loaded from another host: keep a copy below static/"
        return "" if host else f"{target!r} names no host"
    if parts.scheme or parts.netloc:
        is_fine = parts.scheme in {"mailto", "tag"} and not link.loaded
        return "" if is_fine else f"{target!r} is no address that a page should link to"
    if parts.path.startswith("/"):
        return f"{target!r} begins at the host's root: it breaks under a path and offline"
    return _inner(page, target, unquote(parts.path), unquote(parts.fragment), site)


def _inner(page: str, target: str, path: str, fragment: str, site: Site) -> str:
    """Return what is wrong with a link to a file of the site."""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    if path.endswith("/"):
        joined = posixpath.normpath(f"{joined}/index.html")
    if joined not in site.names:
        return f"{target!r} leads to {joined}, which does not exist"
    if fragment and joined.endswith(".html") and fragment not in site.anchors.get(joined, set()):
        return f"{target!r}: {joined} has no id {fragment!r}"
    return ""
