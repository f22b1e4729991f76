"""The search index: whether every file of it is whole, and of one build."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.system.errors import SourceError

_CALL = re.compile(rb"searchData\((.*)\)\s*", re.DOTALL)
_FILE = re.compile(r"search/(\w+)/")
_SEGMENTS = ("new", "old")
_ERAS = 12  # the place of the eras in a list


def check(site: Path, files: Mapping[str, bytes]) -> Iterator[SourceError]:
    """Yield what is wrong with the files below ``search/``; ``files`` holds them by path."""
    if "search.html" not in files:
        return
    if "search/search.js" not in files:
        yield SourceError(site / "search/search.js", 0, "the search page's script is missing")
    segments: dict[str, dict[str, bytes]] = {}
    for path, data in files.items():
        if match := _FILE.match(path):
            segments.setdefault(match[1], {})[path] = data
    eras = _eras(segments.get("old", {}).get("search/old/list.js", b""))
    for segment in (*_SEGMENTS, *(f"old{number}" for number in range(eras))):
        yield from _segment(site, segment, segments.get(segment, {}))


def _eras(old: bytes) -> int:
    """Return how many eras there are by the list of the old segment, which is the last it names."""
    named = _held(old)[_ERAS:]
    return len(named[0]) - 1 if named and isinstance(named[0], list) else 0


def _segment(site: Path, segment: str, held: Mapping[str, bytes]) -> Iterator[SourceError]:
    if f"search/{segment}/list.js" not in held:
        missing = site / f"search/{segment}/list.js"
        yield SourceError(missing, 0, "is missing: the search finds nothing without it")
        return
    key = None
    for path, data in sorted(held.items(), key=lambda item: not item[0].endswith("/list.js")):
        call = _read(data)
        name = path.removeprefix("search/").removesuffix(".js")
        if call is None:
            yield SourceError(site / path, 0, "is cut or broken: it is no part of the index")
        elif call[0] != name:
            yield SourceError(site / path, 0, f"holds {call[0]!r}, which belongs elsewhere")
        elif path.endswith("/list.js"):
            key = call[1]
        elif not re.fullmatch(r"[ar]\d+", name.rpartition("/")[2]) and key not in (None, call[1]):
            yield SourceError(site / path, 0, "is of another build than the rest of the index")
    yield from _missing(site, segment, held)


def _missing(site: Path, segment: str, held: Mapping[str, bytes]) -> Iterator[SourceError]:
    """Yield an error for each number that is missing in a row of numbered files."""
    rows: dict[str, set[int]] = {}
    for path in held:
        if match := re.fullmatch(rf"search/{segment}/([a-z]*)(\d+)\.js", path):
            rows.setdefault(match[1], set()).add(int(match[2]))
    for kind, numbers in rows.items():
        for number in sorted(set(range(max(numbers))) - numbers):
            missing = site / f"search/{segment}/{kind}{number}.js"
            yield SourceError(missing, 0, "is missing: what it held is not found")


def _read(data: bytes) -> list[str] | None:
    """Return name and key of a file of the index, or None where it is not whole."""
    held = _held(data)
    return [str(held[0]), str(held[1])] if len(held) > 2 else None  # noqa: PLR2004  # and something


def _held(data: bytes) -> list[object]:
    """Return what a file of the index holds, nothing where it is not whole."""
    match = _CALL.fullmatch(data.rstrip(b";\n"))
    if match is None:
        return []
    try:
        found: list[object] = json.loads(b"[" + match[1] + b"]")
    except (ValueError, RecursionError):
        return []
    return found
