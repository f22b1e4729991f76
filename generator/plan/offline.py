"""The site without a network: the service worker, its manifest, and the list of all files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from generator import search, urls
from generator.content.settings import Settings
from generator.library.library import Library
from generator.model import Page

DIGESTS = 3  # newest ones that are there without having been visited
SEARCH_BYTES = 6_000_000  # of the index of the newest papers, that a worker fetches unasked
FILES = 20_000  # that a browser can be asked to keep
MB = 1_000_000
_SHELL = {
    *(urls.INDEX, urls.ARCHIVE, urls.SEARCH, urls.SUBSCRIBE, urls.READING_LIST, urls.OFFLINE),
    *(urls.FOR_YOU, urls.RULES, urls.TOPICS, urls.ABOUT, urls.MANIFEST, "theme.css"),
}
_UNTAKEN = {urls.WORKER, urls.OFFLINE_LIST, urls.ROBOTS, urls.NOT_FOUND}
_INDEX = "search/"
_NEAR = ("css/", "js/", "icons/", "fonts/", _INDEX)
# The index of older papers is not fetched unasked: a search does with that of no papers.
_OLD = f"{_INDEX}{search.OLD}"  # and of eras


def pages(
    keys: Iterable[tuple[str, bytes]],
    size_of: Callable[[str], int],
    library: Library,
    settings: Settings,
) -> Iterator[Page]:
    """Yield the files that make the site readable without a network.

    ``keys`` has the path of every other file with its key, ``size_of`` gives the bytes of one.
    Where the curator does not want it, there is only a worker that removes what older ones kept.
    """
    if not settings.offline:
        yield Page.of(urls.WORKER, "sw.js", {})
        return
    newest = {urls.digest(day.date) for day in islice(reversed(library.digests), DIGESTS)}
    wanted = {*_SHELL, *newest, settings.logo}
    files: dict[str, bytes] = {}  # one more than can be listed, at most: there may be millions
    near: dict[str, bytes] = {}
    for path, key in keys:
        if _is_taken(path):
            if len(files) <= FILES:
                files[path] = key
            if path in wanted or (path.startswith(_NEAR) and not path.startswith(_OLD)):
                near[path] = key
    shell = {path: near[path].hex()[:8] for path in _shell(near, size_of)}
    none = {path: data.decode() for path, data in search.segment(search.OLD, [])}
    worker = {"shell": shell, "version": _version(shell), "no_papers": none}
    yield Page.of(urls.WORKER, "sw.js", worker)
    yield Page.of(urls.OFFLINE_LIST, "api.json", {"data": _list(files, size_of, settings)})


def _is_taken(path: str) -> bool:
    """Say whether a reader without a network has a use for the file ``path``."""
    return not path.startswith((".", "api/", "downloads/")) and path not in _UNTAKEN


def _shell(near: Iterable[str], size_of: Callable[[str], int]) -> list[str]:
    """Return those of the paths ``near`` that are there after the first visit."""
    found = [path for path in near if not path.startswith(_INDEX)]
    index = [path for path in near if path.startswith(_INDEX)]
    few = sum(map(size_of, index)) <= SEARCH_BYTES
    return sorted(found + (index if few else []))


def _list(
    files: Mapping[str, bytes], size_of: Callable[[str], int], settings: Settings
) -> dict[str, object]:
    """Return every file with its mark and its size; only the size of all where that is too much."""
    if len(files) > FILES:
        return {"size": 0, "version": ""}
    sizes = {path: size_of(path) for path in sorted(files)}
    size = sum(sizes.values())
    if size > settings.offline_mb * MB:
        return {"size": size, "version": ""}
    marked = {path: (files[path].hex()[:8], length) for path, length in sizes.items()}
    version = _version({path: mark for path, (mark, _) in marked.items()})
    return {"size": size, "version": version, "files": marked}


def _version(marks: Mapping[str, str]) -> str:
    parts: Iterable[str] = (f"{path} {mark}\n" for path, mark in marks.items())
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:12]
