"""A built site as a whole: every file read once, and given to the checks of its kind."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.commands.checks import feeds, pages, shards
from generator.pipeline.output import MANIFEST, Output
from generator.system.errors import SourceError

PAGE_LIMIT = 100_000  # bytes, gzipped: what a reader waits for


class Host(NamedTuple):
    """What a host of static sites takes."""

    bytes: int
    files: int | None


LIMITS = {
    "github": Host(1_000_000_000, None),
    "gitlab": Host(1_000_000_000, 200_000),
    "cloudflare": Host(26_000_000 * 20_000, 20_000),
}
_READ = (".html", ".xml", ".opml", ".json", ".js")
# Where the pages are that every sitemap has to name.
_LISTED = ("digests/", "papers/", "topics/")


def check(site: Path, host: str = "github") -> Iterator[SourceError]:
    """Yield what is wrong with the site in the folder ``site``, file after file."""
    found, errors = _read(site)
    yield from errors
    files = {name: data for name, data in found.items() if data is not None}
    outlines = {
        name: pages.outline(data.decode(errors="replace"))
        for name, data in files.items()
        if name.endswith(".html")
    }
    address = _address(files)
    anchors = {name: {link.target for link in held.ids} for name, held in outlines.items()}
    whole = pages.Site(frozenset(found), anchors, address, _hosts(files))
    for name, held in outlines.items():
        yield from _unreadable(site / name, files[name])
        yield from pages.own(site / name, held)
        for link in held.links:
            if problem := pages.wrong(name, link, whole):
                yield SourceError(site / name, link.line, problem)
    yield from _programs(site, files, whole, outlines)
    yield from shards.check(site, files)
    yield from _manifest(site, found)
    yield from _sizes(site, found, files, host)


def _read(site: Path) -> tuple[dict[str, bytes | None], list[SourceError]]:
    """Return what the files hold that are looked into, None for the others; what cannot be read."""
    found: dict[str, bytes | None] = {}
    errors: list[SourceError] = []
    for folder, folders, names in os.walk(site):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") and name != ".nojekyll":
                continue
            shown = path.relative_to(site).as_posix()
            if path.is_symlink() or not path.is_file():
                errors.append(SourceError(path, 0, "is no file: a link, a pipe or a device"))
                continue
            try:
                found[shown] = path.read_bytes() if name.endswith(_READ) else None
            except OSError as error:
                errors.append(SourceError(path, 0, f"cannot be read: {error.strerror}"))
    return found, errors


def _unreadable(path: Path, data: bytes) -> Iterator[SourceError]:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield SourceError(path, line, f"byte 0x{data[error.start]:02x} is not UTF-8")


def _address(files: Mapping[str, bytes]) -> str:
    """Return the site's own address, as its front page gives it, or nothing."""
    front = pages_of(files.get("index.html", b""))
    return front if front.endswith("/") else ""


def pages_of(front: bytes) -> str:
    """Return the canonical address that the page ``front`` gives, or nothing."""
    start = front.find(b'rel="canonical" href="')
    if start < 0:
        return ""
    return front[start + 22 :].partition(b'"')[0].decode(errors="replace")


def _hosts(files: Mapping[str, bytes]) -> frozenset[str]:
    """Return the hosts that the policy of the front page lets in: comments and analytics."""
    front = files.get("index.html", b"").partition(b"Content-Security-Policy")[2].partition(b">")[0]
    words = front.decode(errors="replace").replace(";", " ").replace('"', " ").split()
    return frozenset(word for word in words if word.startswith("https://"))


def _programs(
    site: Path, files: Mapping[str, bytes], whole: pages.Site, outlines: Mapping[str, pages.Outline]
) -> Iterator[SourceError]:
    """Yield what is wrong with feeds, sitemaps and JSON."""
    named: set[str] = set()
    for name, data in files.items():
        if name.endswith((".xml", ".opml")):
            yield from feeds.xml(site / name, data)
        elif name.endswith(".json"):
            yield from feeds.json_file(site / name, data)
        if Path(name).name.startswith("sitemap") and name.endswith(".xml"):
            errors, places = feeds.sitemap(site / name, data, whole.names)
            named |= places
            yield from errors
    if not named:
        return
    for name, held in outlines.items():
        is_listed = name in named or held.redirects or held.hidden
        if name.startswith(_LISTED) and not is_listed:
            yield SourceError(site / name, 0, "no sitemap names this page")


def _manifest(site: Path, found: Mapping[str, bytes | None]) -> Iterator[SourceError]:
    """Yield an error for each file that the build made and is not there."""
    if not (site / MANIFEST).exists():
        if "search.html" in found:  # a site of ours, and not a folder of somebody else
            yield SourceError(site / MANIFEST, 0, "is missing: it lists what the build made")
        return
    for name in sorted(Output(site).manifest() - found.keys()):
        yield SourceError(site / name, 0, "is missing, and the build made it")


def _sizes(
    site: Path, found: Mapping[str, bytes | None], files: Mapping[str, bytes], host: str
) -> Iterator[SourceError]:
    for name, data in files.items():
        if name.endswith(".html") and len(data) > PAGE_LIMIT:
            size = len(gzip.compress(data, mtime=0))
            if size > PAGE_LIMIT:
                yield SourceError(
                    site / name, 0, f"{size:,} bytes gzipped; over {PAGE_LIMIT:,} readers wait"
                )
    limit = LIMITS[host]
    total = sum((site / name).stat().st_size for name in found)
    if total > limit.bytes:
        yield SourceError(site, 0, f"{total:,} bytes; {host} takes {limit.bytes:,}")
    if limit.files is not None and len(found) > limit.files:
        yield SourceError(site, 0, f"{len(found):,} files; {host} takes {limit.files:,}")
