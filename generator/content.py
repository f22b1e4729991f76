"""The content folder: every entry read, every error found, every slug looked up.

content/papers/2025-09/pointer-networks.md    one paper; its file name is its slug
content/digests/2025-09-23.md                 one day's list of papers
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator import entries, files, frontmatter, urls
from generator.entries import Listing
from generator.errors import SourceError, SourceErrors
from generator.model import Digest, Paper

PAPERS = "papers"
DIGESTS = "digests"
# A file changed in the same tick as it was read has the stamp of the old text: such a young stamp
# proves nothing. Two seconds is the coarsest clock among file systems in use (FAT).
TICK_NS = 2_000_000_000

Progress = Callable[[int], None]


class Entry(NamedTuple):
    """What one file held when it was last read, and how to tell that it still does.

    ``edited`` says whether a person has changed what the program wrote.
    """

    stamp: tuple[int, int, int]
    read_at: int
    sha256: str
    edited: bool
    value: Paper | Listing


class Content(NamedTuple):
    """All entries of a folder: papers by slug, digests newest first, what is odd but no error.

    ``paths`` gives each paper's file by slug; ``entries``, by path below the folder, is what a
    later ``load`` may be handed so that it reads only what has changed.
    """

    papers: Mapping[str, Paper]
    digests: tuple[Digest, ...]
    paths: Mapping[str, str]
    warnings: tuple[str, ...]
    entries: Mapping[str, Entry]


def load(
    root: Path, known: Mapping[str, Entry] | None = None, progress: Progress = lambda _: None
) -> Content:
    """Return all that the content folder ``root`` holds.

    ``known`` are the entries of an earlier load; ``progress`` is called with 1 for each file.
    Raises SourceErrors with every error of every file.
    """
    errors: list[SourceError] = []
    found: dict[str, Entry] = {}
    for path in _markdown_files(root):
        progress(1)
        try:
            found[path] = _read(root, path, (known or {}).get(path))
        except SourceError as error:
            errors.append(error)
    papers: dict[str, Paper] = {}
    paths: dict[str, str] = {}
    listings: dict[str, Listing] = {}
    for path, entry in found.items():
        if isinstance(entry.value, Listing):
            listings[path] = entry.value
        elif other := paths.get(entry.value.slug):
            message = f"{root / other} has the same name; give one of the two another"
            errors.append(SourceError(root / path, 0, message))
        else:
            paths[entry.value.slug] = path
            papers[entry.value.slug] = entry.value
    digests = [
        _with_papers(root, path, listing, papers, errors) for path, listing in listings.items()
    ]
    if errors:
        raise SourceErrors(errors)
    listed = {slug for listing in listings.values() for slug in listing.slugs}
    warnings = tuple(
        f"{root / paths[slug]}: no digest lists this paper, so no page shows it"
        for slug in sorted(papers.keys() - listed)
    )
    newest_first = tuple(sorted(digests, key=lambda digest: digest.date, reverse=True))
    return Content(papers, newest_first, paths, warnings, found)


def paper_path(paper: Paper) -> str:
    """Return where, below the content folder, a new paper's entry goes."""
    return f"{PAPERS}/{paper.date:%Y-%m}/{paper.slug}.md"


def digest_path(digest: Digest) -> str:
    """Return where, below the content folder, a digest's file goes."""
    return f"{DIGESTS}/{digest.date.isoformat()}.md"


def entry_of(path: Path, text: str, value: Paper | Listing, *, edited: bool = False) -> Entry:
    """Return the entry of the file ``path``, just written with ``text``, which means ``value``."""
    stamp = _stamp(path.stat())
    return Entry(stamp, time.time_ns(), _sha256(text.encode()), edited, value)


def _markdown_files(root: Path) -> Iterator[str]:
    """Yield the entries' paths below ``root``, sorted; hidden files and folders are not ours."""
    for kind in (DIGESTS, PAPERS):
        pending = [root / kind]
        paths: list[str] = []
        while pending:
            try:
                with os.scandir(pending.pop()) as scan:
                    for item in scan:
                        if item.name.startswith("."):
                            continue
                        if item.is_dir():
                            pending.append(Path(item.path))
                        elif item.name.endswith(".md"):
                            paths.append(os.path.relpath(item.path, root).replace(os.sep, "/"))
            except FileNotFoundError:
                continue
        yield from sorted(paths)


def _read(root: Path, path: str, known: Entry | None) -> Entry:
    """Return the entry of the file ``path``, ``known`` itself where the file has not changed."""
    file = root / path
    stamp = _stamp(file.stat())
    if known and known.stamp == stamp and stamp[1] < known.read_at - TICK_NS:
        return known
    read_at = time.time_ns()
    data = file.read_bytes()
    sha256 = _sha256(data)
    if known and known.sha256 == sha256:
        return known._replace(stamp=stamp, read_at=read_at)
    text = files.decode(file, data)
    value = _parse(file, path, text)
    edited = value.edited if isinstance(value, Listing) else entries.is_edited(text)
    return Entry(stamp, read_at, sha256, edited, value)


def _parse(file: Path, path: str, text: str) -> Paper | Listing:
    """Return what the entry says; SourceError where its file's name does not fit it."""
    if path.startswith(f"{PAPERS}/"):
        if urls.SLUG.fullmatch(file.stem) is None:
            message = f"the file's name becomes an address: {urls.slugify(file.stem)}.md would do"
            raise SourceError(file, 0, message)
        return entries.paper_from_text(str(file), file.stem, text)
    listing = entries.digest_from_text(str(file), text)
    if file.stem != listing.digest.date.isoformat():
        line = frontmatter.line_of(text, ("date",))
        message = f"the date is {listing.digest.date}, but the file's name says {file.stem}"
        raise SourceError(file, line, message)
    return listing


def _with_papers(
    root: Path,
    path: str,
    listing: Listing,
    papers: Mapping[str, Paper],
    errors: list[SourceError],
) -> Digest:
    """Return the digest with its papers looked up; what it lists wrongly goes to ``errors``."""
    seen: dict[str, Paper] = {}
    for number, slug in enumerate(listing.slugs):
        if slug in papers and slug not in seen:
            seen[slug] = papers[slug]
            continue
        text = files.read_text(root / path)
        line = frontmatter.line_of(text, ("papers", number))
        twice = f"{slug!r} is listed twice"
        missing = f"there is no paper {slug!r}: no {PAPERS}/*/{slug}.md"
        errors.append(SourceError(root / path, line, twice if slug in seen else missing))
    return dataclasses.replace(listing.digest, papers=tuple(seen.values()))


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
