"""Scripts and style sheets as they are served: ours made small, lunr.js out of a package."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path

import rjsmin

from generator.system.errors import GazetteError

SHA256 = "c1a28d9e95163292fbcc07ff794f1f0e1ade8741c513afe96d5b1046a18110bc"
_FILES = ("search-files.js",)
# In the page itself, with the lists of the index.
_HEAD = tuple(f"search-{part}.js" for part in ("words", "forms", "coding", "index", "ahead"))
# What every search needs, in one file.
_FIRST = tuple(
    f"search-{part}.js"
    for part in (
        *("ranking", "query-text", "looks-pasted", "stages", "sentence", "results", "keep"),
        *("warm-up", "page"),
    )
)
# What only some need, in another.
_LATER = tuple(
    f"search-{part}.js" for part in ("syntax", "vocabulary", "phrases", "facets", "pasted", "why")
)
SOURCES = _FILES + _HEAD + _FIRST + _LATER
"""The files of static/js that become the client, in the order in which they run."""
_INSIDE = "contrib/search/templates/search/lunr.js"


def files(found: Mapping[str, Path], *, search: bool) -> Iterator[tuple[str, bytes]]:
    """Yield every file that is served as it is: path below the site's root, bytes, made small.

    ``found`` has the static files by that path; with ``search`` the search client comes with them.
    """
    parts = {f"js/{name}" for name in SOURCES}
    for name, path in found.items():
        if name not in parts:
            yield name, shrunk(name, path.read_bytes())
    if search:
        yield from client(sources(found))
    yield ".nojekyll", b""


def sources(found: Mapping[str, Path]) -> dict[str, str]:
    """Return the text of each of SOURCES; ``found`` as for ``files``."""
    return {name: found[f"js/{name}"].read_text("utf-8") for name in SOURCES}


def client(sources: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the scripts by their paths below the site's root, without comments and white space.

    ``sources`` holds the text of each of SOURCES. What every search needs is one file, beside what
    stands in the page (``head``). What only some need is another, with lunr.js, which reads Lunr's
    syntax.

    Raises GazetteError if the package that carries lunr.js holds another than version 2.3.9.
    """
    yield "search/search.js", "".join(script(sources[name]) for name in _FIRST).encode()
    later = [lunr(), *(sources[name] for name in _LATER)]
    yield "search/help.js", "".join(map(script, later)).encode()


def head(sources: Mapping[str, str], lists: Iterable[bytes]) -> str:
    """Return the script that stands in the search page: what a search begins with.

    It asks for a part of the index while the rest of the client is on its way. ``sources`` are as
    for ``client``; ``lists`` are the files that say which shards the index has, as they are served.
    """
    first = "".join(script(sources[name]) for name in _FILES)
    # The sign stands within strings only, and in a page could end the script.
    listed = b";".join((*lists, b"")).decode().replace("<", "\\u003c")
    return first + listed + "".join(script(sources[name]) for name in _HEAD)


def lunr() -> str:
    """Return the text of lunr.js 2.3.9; GazetteError if the package has another."""
    source = resources.files("properdocs").joinpath(_INSIDE).read_bytes()
    found = hashlib.sha256(source).hexdigest()
    if found != SHA256:
        raise GazetteError(
            f"properdocs/{_INSIDE} has the SHA-256 {found}, not {SHA256}: "
            "install a version of properdocs that carries lunr.js 2.3.9"
        )
    return source.decode()


# A string, kept; or a comment, or white space that parts nothing, dropped.
_CSS = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/|\s*([{};])\s*|\s+""", re.DOTALL)


def shrunk(name: str, data: bytes) -> bytes:
    """Return the file ``name`` (its ending says what it is) smaller, and the same to a browser."""
    if name.endswith(".js"):
        return script(data.decode()).encode()
    if name.endswith(".css"):
        return css(data.decode()).encode()
    return data


def script(source: str) -> str:
    """Return a script without its comments and without white space that means nothing."""
    return f"{rjsmin.jsmin(source)}\n"


def css(source: str) -> str:
    """Return a style sheet without comments and without white space that means nothing."""

    def short(match: re.Match[str]) -> str:
        if match[1] or match[2]:
            return match[1] or match[2]
        return "" if match[0].startswith("/*") else " "

    return re.sub(r";}", "}", _CSS.sub(short, source)).strip() + "\n"
