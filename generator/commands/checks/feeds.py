"""Feeds, the sitemap and other files for programs: whether each is what its readers take it for."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from generator.system.errors import SourceError

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_WEB = re.compile(r"https?://[^\s/]+\S*")
URLS = 50_000  # addresses that a sitemap may have


def xml(path: Path, data: bytes) -> Iterator[SourceError]:
    """Yield what is wrong with an XML file: RSS, Atom, OPML, or any other."""
    try:
        root = ET.fromstring(data)  # noqa: S314  # a file of our own making
    except ET.ParseError as error:
        yield SourceError(path, error.position[0], f"broken XML: {error}")
        return
    except (ValueError, LookupError) as error:  # an encoding that is none
        yield SourceError(path, 1, f"broken XML: {error}")
        return
    problems: Iterator[str] = iter(())
    if root.tag == "rss":
        problems = _rss(root)
    elif root.tag == f"{_ATOM}feed":
        problems = _atom(root)
    elif root.tag == "opml":
        problems = _opml(root)
    elif not root.tag.startswith("{"):
        problems = iter([f"<{root.tag}> is no feed, no sitemap and no OPML"])
    for problem in problems:
        yield SourceError(path, 0, problem)


def _rss(root: ET.Element) -> Iterator[str]:
    channel = root.find("channel")
    if root.get("version") != "2.0" or channel is None:
        yield 'RSS has to begin with <rss version="2.0"><channel>'
        return
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"the channel has no <{name}>"
    for number, item in enumerate(channel.findall("item"), 1):
        if not (item.findtext("title") or item.findtext("description") or "").strip():
            yield f"item {number} has neither title nor description"
        link = item.findtext("link")
        if link is not None and not _WEB.fullmatch(link.strip()):
            yield f"item {number}: {link!r} is no address"
        date = item.findtext("pubDate")
        if date is not None and not _is_rfc822(date):
            yield f"item {number}: {date!r} is no date of RFC 822"
        if not (item.findtext("guid") or "").strip():
            yield f"item {number} has no guid"
    yield from _repeated(node.text or "" for node in channel.iter("guid"))


def _atom(root: ET.Element) -> Iterator[str]:
    yield from _atom_element(root, "the feed")
    authored = root.find(f"{_ATOM}author/{_ATOM}name") is not None
    for number, entry in enumerate(root.findall(f"{_ATOM}entry"), 1):
        yield from _atom_element(entry, f"entry {number}")
        if not authored and entry.find(f"{_ATOM}author/{_ATOM}name") is None:
            yield f"entry {number} has no author, nor has the feed"
        if entry.find(f"{_ATOM}content") is None and entry.find(f"{_ATOM}link") is None:
            yield f"entry {number} has neither content nor a link"
    yield from _repeated(entry.findtext(f"{_ATOM}id", "") for entry in root.iter(f"{_ATOM}entry"))


def _atom_element(element: ET.Element, what: str) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        text = (element.findtext(f"{_ATOM}{name}") or "").strip()
        if not text:
            yield f"{what} has no <{name}>"
        elif name == "updated" and not is_rfc3339(text):
            yield f"{what}: {text!r} is no date of RFC 3339"


def _opml(root: ET.Element) -> Iterator[str]:
    if root.find("head") is None or root.find("body") is None:
        yield "OPML has to have a head and a body"
    for outline in root.iter("outline"):
        if outline.get("type") == "rss" and not (outline.get("xmlUrl") or "").strip():
            yield f"the outline {outline.get('text')!r} has no xmlUrl"


def json_file(path: Path, data: bytes) -> Iterator[SourceError]:
    """Yield what is wrong with a JSON file; of a feed, also with what it holds."""
    try:
        held = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield SourceError(path, getattr(error, "lineno", 0), f"broken JSON: {error}")
        return
    if not isinstance(held, dict) or not isinstance(held.get("items"), list):
        if path.name == "feed.json":
            yield SourceError(path, 0, "a JSON feed has `version`, `title` and a list of `items`")
        return
    for problem in _json_feed(held):
        yield SourceError(path, 0, problem)


def _json_feed(held: dict[str, Any]) -> Iterator[str]:
    items = [item if isinstance(item, dict) else {} for item in held["items"]]
    if "version" in held or "feed_url" in held or "home_page_url" in held:
        if not str(held.get("version", "")).startswith("https://jsonfeed.org/version/1"):
            yield "the feed does not say its version: https://jsonfeed.org/version/1.1"
        if not str(held.get("title") or "").strip():
            yield "the feed has no title"
        for number, item in enumerate(items, 1):
            if "content_html" not in item and "content_text" not in item:
                yield f"item {number} has no content"
            date = item.get("date_published")
            if date is not None and not is_rfc3339(str(date)):
                yield f"item {number}: {date!r} is no date of RFC 3339"
    yield from _repeated(str(item.get("id", "")) for item in items)


def _repeated(ids: Iterator[str]) -> Iterator[str]:
    for repeated, count in Counter(ids).items():
        if count > 1 or not repeated.strip():
            yield f"the entry id {repeated!r} stands {count} times"


def sitemap(path: Path, data: bytes, names: frozenset[str]) -> tuple[list[SourceError], set[str]]:
    """Return what is wrong with a sitemap, and the pages that it names."""
    try:
        root = ET.fromstring(data)  # noqa: S314  # a file of our own making
    except (ET.ParseError, ValueError, LookupError):
        return [], set()  # said already
    places = [(node.text or "").strip() for node in root.iter(f"{_SITEMAP}loc")]
    errors = []
    if root.tag not in {f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"}:
        errors.append(SourceError(path, 0, "a sitemap has to be a urlset"))
    if len(places) > URLS:
        errors.append(SourceError(path, 0, f"{len(places):,} addresses; {URLS:,} may be in one"))
    base = _base(places)
    named = set()
    for place in places:
        name = unquote(place.removeprefix(base))
        name = f"{name}index.html" if not name or name.endswith("/") else name
        named.add(name)
        if name not in names:
            message = f"{place!r} is no page of this site"
            errors.append(SourceError(path, _line(data, place), message))
    return errors, named


def _base(places: list[str]) -> str:
    """Return the site's address: what all addresses of the sitemap begin with."""
    shortest = min(places, key=len, default="")
    while shortest and not all(place.startswith(shortest) for place in places):
        shortest = shortest.rstrip("/").rpartition("/")[0] + "/"
    return shortest


def _line(data: bytes, text: str) -> int:
    place = data.find(text.encode())
    return data.count(b"\n", 0, place) + 1 if place >= 0 else 0


def _is_rfc822(text: str) -> bool:
    try:
        return parsedate_to_datetime(text.strip()).year > 0
    except (TypeError, ValueError, OverflowError):
        return False


def is_rfc3339(text: str) -> bool:
    """Say whether ``text`` is a moment as Atom and JSON feeds write it."""
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None and "T" in text
    except ValueError:
        return False
