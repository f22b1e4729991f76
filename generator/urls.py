"""Every URL of the site, in one place.

Paths are relative to the site's root, with ``/`` between folders and no leading one. A path,
once published, stays: change nothing here without leaving the old address in place.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
import uuid
from datetime import date
from functools import lru_cache

SLUG_LENGTH = 80
_PATH = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.html", re.ASCII)
_FOLDER = re.compile(r"\d{4}-\d\d/")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Windows refuses files of these names whatever their ending, and the site is to open offline there.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)

INDEX = "index.html"
ARCHIVE = "archive.html"
SEARCH = "search.html"
SUBSCRIBE = "subscribe.html"
ABOUT = "about.html"
NOT_FOUND = "404.html"
TOPICS = "topics/index.html"
AUTHORS = "authors/index.html"
OPML = "feeds.opml"
API_INDEX = "api/index.json"
API_SCHEMA = "api/schema.json"
API_LUNR = "api/lunr.json"
LLMS = "llms.txt"
WORKER = "sw.js"
DOWNLOADS = {"zip": "downloads/site.zip", "epub": "downloads/month.epub"}
MANIFEST = "manifest.webmanifest"
OFFLINE = "offline.html"
OFFLINE_LIST = "offline.json"
READING_LIST = "reading-list.html"
FOR_YOU = "for-you.html"
RULES = "rules.html"
SCRIPT = "js/site.js"
KEYS = "js/keys.js"
STATISTICS = "statistics.html"
# What every page names at its head, by the words for it (nav.today ...), in that order.
NAVIGATION = {
    "today": INDEX,
    "archive": ARCHIVE,
    "topics": TOPICS,
    "search": SEARCH,
    "subscribe": SUBSCRIBE,
}
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
ACCENT = "css/accent.css"
# Pages that a site's own navigation may name, and all whose names its own pages cannot have.
LINKABLE = (ABOUT, STATISTICS, READING_LIST, FOR_YOU, RULES)
RESERVED_PAGES = frozenset(
    [INDEX, ARCHIVE, SEARCH, SUBSCRIBE, NOT_FOUND, STATISTICS, READING_LIST, FOR_YOU, RULES]
)
# Made once, at random: it sets these ids apart from all others. Never change it.
FEED_NAMESPACE = uuid.UUID("001b2458-888d-41d2-afea-1302dac4c284")
EXPORTS = ("bib", "ris", "json")
FEEDS = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
# One entry a digest, not one a paper.
DIGEST_FEEDS = {name: f"digests/{path}" for name, path in FEEDS.items()}


def slugify(title: str) -> str:
    """Return the slug of ``title``: ``a-z0-9`` and single hyphens, at most SLUG_LENGTH long.

    A title without one Latin letter or digit gets a slug made of its hash, so that every title
    has one and the same title always the same.
    """
    slug = plain_slug(title)
    if not slug:
        return "paper-" + hashlib.sha256(title.encode()).hexdigest()[:10]
    return f"{slug}-paper" if slug in RESERVED else slug


def plain_slug(title: str) -> str:
    """Return the letters and digits of ``title`` as a slug, as scripts make it, too; or nothing."""
    latin = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", latin.replace("'", "")).strip("-")
    if len(slug) > SLUG_LENGTH:
        head = slug[: SLUG_LENGTH + 1]
        slug = head.rsplit("-", 1)[0] if "-" in head else head[:SLUG_LENGTH]
    return slug


def paper(slug: str, folder: str = "", since: str = "") -> str:
    """Return the path of a paper's page.

    ``folder`` is that of its entry, ``2026-01``: those from ``since`` on part the pages as well.
    """
    return f"papers/{shelf(folder, since)}{slug}.html"


def shelf(folder: str, since: str) -> str:
    """Return what such a path has between ``papers/`` and the slug: ``2026-01/``, or nothing."""
    return f"{folder}/" if since and folder >= since else ""


def beyond_title(shelf: str, slug: str, title: str) -> str:
    """Return the place of a page below ``papers/``, but of the slug only what no title gives.

    Scripts make the rest out of the title; ``shelf`` is what stands before the slug.
    """
    return shelf if slug == plain_slug(title) else shelf + slug


def alias(name: str, folder: str = "", since: str = "") -> str:
    """Return the path that ``name``, an alias, stands for; "" where it can stand for none.

    It is the slug that a paper had, or the whole path of a page, like ``old/page.html``.
    """
    if SLUG.fullmatch(name):
        return paper(name, folder, since)
    path = name.removeprefix("/")
    path += INDEX if path.endswith("/") else ""
    return path if _PATH.fullmatch(path) else ""


def alias_slug(name: str) -> str:
    """Return the slug of the paper whose page ``name``, an alias, was; "" for another page."""
    path = alias(name)
    slug = path.removeprefix("papers/").removesuffix(".html")
    return _FOLDER.sub("", slug) if paper(slug) == path else ""


def digest(day: date) -> str:
    """Return the path of a digest's page."""
    return f"digests/{day.isoformat()}.html"


def week(day: date) -> str:
    """Return the path of the page of the ISO week that ``day`` lies in."""
    year, number, _ = day.isocalendar()
    return f"weeks/{year}-W{number:02}.html"


def month(day: date) -> str:
    """Return the path of the page of the month that ``day`` lies in."""
    return f"months/{day:%Y-%m}.html"


def topic(slug: str) -> str:
    """Return the path of a topic's first page."""
    return f"topics/{slug}.html"


def topic_feeds(slug: str) -> dict[str, str]:
    """Return the paths of a topic's three feeds, by the same names as FEEDS."""
    return {name: f"topics/{slug}/{path}" for name, path in FEEDS.items()}


def author(slug: str) -> str:
    """Return the path of an author's first page."""
    return f"authors/{slug}.html"


def author_feeds(slug: str) -> dict[str, str]:
    """Return the paths of an author's three feeds, by the same names as FEEDS."""
    return {name: f"authors/{slug}/{path}" for name, path in FEEDS.items()}


def search_page(slug: str) -> str:
    """Return the path of the page of a saved search."""
    return f"searches/{slug}.html"


def search_feeds(slug: str) -> dict[str, str]:
    """Return the paths of the three feeds of a saved search, by the same names as FEEDS."""
    return {name: f"searches/{slug}/{path}" for name, path in FEEDS.items()}


def vectors(name: str) -> str:
    """Return the path of a file of vectors; plan/meaning.py says what there is."""
    return f"vectors/{name}.js"


def numbered(path: str, number: int) -> str:
    """Return the path of part ``number`` of the list that begins at ``path``."""
    return f"{path.removesuffix('.html')}-{number}.html"


def view(path: str, name: str) -> str:
    """Return the path of another view (``votes``, ``code``) of the list at ``path``."""
    return f"{path.removesuffix('.html')}-{name}.html" if name else path


def export(day: date, ending: str) -> str:
    """Return the path of all citations of a digest: ``bib``, ``ris`` or ``json`` (CSL)."""
    return f"digests/{day.isoformat()}.{ending}"


def markdown(path: str) -> str:
    """Return the path of the twin in Markdown of the page at ``path``."""
    return f"{path.removesuffix('.html')}.md"


def api_digest(day: date) -> str:
    """Return the path of a digest as a file for programs."""
    return f"api/digests/{day.isoformat()}.json"


def card(day: date) -> str:
    """Return the path of the social card of a digest, which its papers share."""
    return f"digests/{day.isoformat()}.png"


def sitemap(number: int) -> str:
    """Return the path of the sitemap ``number`` (from 1), where one is not enough."""
    return f"sitemap-{number}.xml"


def feed_id(site: str, path: str) -> str:
    """Return the id that feeds give what stands at ``path`` of ``site``: a URN made of these two.

    ``site`` is the site's own name for this, or its address. So the id outlives a changed title and
    a rebuild; two sites that list the same paper have two ids for it.
    """
    return uuid.uuid5(_feed_namespace(site), path).urn


@lru_cache(1)
def _feed_namespace(site: str) -> uuid.UUID:
    name = site.partition("://")[2].lower() if "://" in site else site
    return uuid.uuid5(FEED_NAMESPACE, name.rstrip("/"))


def relative(target: str, page: str) -> str:
    """Return the link from ``page`` to ``target``, both below the root: right under any path."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def absolute(target: str, base: str) -> str:
    """Return ``target`` under the site's address ``base``, for feeds, sitemap and canonical links.

    The front page is the address itself, so that it has one name and not two.
    """
    return base.rstrip("/") + "/" + ("" if target == INDEX else target)
