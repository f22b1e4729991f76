"""Checks of a built site, file by file: links, anchors, ids, feeds, sizes."""

from __future__ import annotations

import argparse
import gzip
import json
import posixpath
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from generator.content import doubles
from generator.pipeline import batches
from generator.system.errors import GazetteError, SourceError
from generator.system.progress import Progress

PAGE_LIMIT = 100_000  # bytes, gzipped: what a reader waits for
SITE_LIMIT = 1_000_000_000  # bytes: what GitHub Pages takes
LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "script": "src"}


class Link(NamedTuple):
    """A link as a page has it, and the line it stands on."""

    target: str
    line: int


class Outline(NamedTuple):
    """What one page links to, and the ids that others can link to, each with its line."""

    links: tuple[Link, ...]
    ids: tuple[Link, ...]


class _Reader(HTMLParser):
    """Collects links and ids of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        for name, value in attrs:
            if name == "id":
                self.ids.append(Link(value or "", line))
            elif name == LINKS.get(tag):
                self.links.append(Link(value or "", line))


def check(site: Path) -> Iterator[SourceError]:
    """Yield what is wrong with the site in the folder ``site``, file after file."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    outlines = {name: _outline(site / name) for name in names if name.endswith(".html")}
    anchors = {name: {link.target for link in outline.ids} for name, outline in outlines.items()}
    for name, outline in outlines.items():
        yield from _ids(site / name, outline)
        for link in outline.links:
            if problem := _problem(name, link.target, frozenset(names), anchors):
                yield SourceError(site / name, link.line, problem)
    yield from _feeds(site, names)
    yield from _sizes(site, names)


def _outline(path: Path) -> Outline:
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return Outline(tuple(reader.links), tuple(reader.ids))


def _ids(path: Path, outline: Outline) -> Iterator[SourceError]:
    counts = Counter(link.target for link in outline.ids)
    for target, line in outline.ids:
        if counts[target] > 1 or not target:
            yield SourceError(path, line, f"the id {target!r} stands {counts[target]} times")


def _problem(page: str, target: str, names: frozenset[str], anchors: Mapping[str, set[str]]) -> str:
    """Return what is wrong with the link ``target`` on ``page``, or nothing."""
    parts = urlsplit(target)
    if parts.scheme in {"http", "https", "mailto", "data", "tag"}:
        return ""
    if parts.scheme or parts.netloc:
        return f"{target!r} is no address that a page should link to"
    if parts.path.startswith("/"):
        return f"{target!r} begins at the host's root: it breaks under a path and offline"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    path = path if parts.path else page
    if path not in names:
        return f"{target!r} leads to {path}, which does not exist"
    if parts.fragment and unquote(parts.fragment) not in anchors.get(path, set()):
        return f"{target!r}: {path} has no id {parts.fragment!r}"
    return ""


def _feeds(site: Path, names: list[str]) -> Iterator[SourceError]:
    """Yield every XML and JSON file that is none, and every feed entry without its own id."""
    for name in names:
        path = site / name
        ids: list[str] = []
        if name.endswith(".xml"):
            try:
                root = ET.parse(path).getroot()  # noqa: S314  # a file of our own making
            except ET.ParseError as error:
                yield SourceError(path, error.position[0], f"broken XML: {error}")
                continue
            atom = "{http://www.w3.org/2005/Atom}"
            ids = [node.text or "" for tag in ("guid",) for node in root.iter(tag)]
            ids += [entry.findtext(f"{atom}id", "") for entry in root.iter(f"{atom}entry")]
        elif name.endswith(".json"):
            try:
                data = json.loads(path.read_bytes())
            except ValueError as error:
                yield SourceError(path, getattr(error, "lineno", 0), f"broken JSON: {error}")
                continue
            items = data.get("items", []) if isinstance(data, dict) else []
            ids = [str(item.get("id", "")) for item in items if isinstance(item, dict)]
        for repeated, count in Counter(ids).items():
            if count > 1 or not repeated:
                yield SourceError(path, 0, f"the entry id {repeated!r} stands {count} times")


def _sizes(site: Path, names: list[str]) -> Iterator[SourceError]:
    total = 0
    for name in names:
        data = (site / name).read_bytes()
        total += len(data)
        if name.endswith(".html") and len(data) > PAGE_LIMIT:
            size = len(gzip.compress(data, mtime=0))
            if size > PAGE_LIMIT:
                yield SourceError(
                    site / name, 0, f"{size:,} bytes gzipped; over {PAGE_LIMIT:,} readers wait"
                )
    if total > SITE_LIMIT:
        yield SourceError(site, 0, f"{total:,} bytes; GitHub Pages takes {SITE_LIMIT:,}")


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Print every problem; return 1 if there is one."""
    if not (options.output / "index.html").exists():
        raise GazetteError(f"{options.output}: there is no site yet; build it first")
    problems = list(check(options.output))
    for problem in problems:
        print(problem, file=sys.stderr)
    papers = (
        batches.load_entries(options.content, progress).papers if options.content.is_dir() else {}
    )
    for one, two in doubles.near_doubles(papers.values()):
        progress.say(
            f"{one.slug} and {two.slug}: look like one paper; `merge {one.slug} {two.slug}` would "
            "make one of them"
        )
    progress.say(f"{options.output}: {len(problems) or 'no'} problems")
    return 1 if problems else 0
