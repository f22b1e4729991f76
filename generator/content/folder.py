"""The folder as a whole: every entry read, every error found, every slug looked up.

content/papers/2025-09/pointer-networks.md    one paper; its file name is its slug
content/digests/2025-09-23.md                 one day's list of papers
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.content import frontmatter, reading
from generator.content.entries import Listing
from generator.content.reading import DIGESTS, PAPERS, Entry
from generator.errors import SourceError, SourceErrors
from generator.model import Digest, Paper
from generator.system import files, ledger, parallel, stamps
from generator.system.stamps import Stamp

BATCH = 1000  # files that one process reads before it answers

Progress = Callable[[int], None]


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


def scan(root: Path) -> dict[str, Stamp]:
    """Return the stamps of all entries in the content folder ``root``, by path below it."""
    return {
        f"{kind}/{path}": stamp
        for kind in (DIGESTS, PAPERS)
        for path, stamp in stamps.scan(root / kind, ".md").items()
    }


def load(
    root: Path,
    known: Mapping[str, Entry] | None = None,
    progress: Progress = lambda _: None,
    jobs: int = 1,
    scanned: Mapping[str, Stamp] | None = None,
) -> Content:
    """Return all that the content folder ``root`` holds.

    ``known`` are the entries of an earlier load; ``progress`` is called with 1 for each file that
    had to be read, in ``jobs`` processes if there are many. ``scanned`` is what ``scan`` returned,
    for a caller that has asked already. Raises SourceErrors with every error of every file.
    """
    held = _unchanged(scan(root) if scanned is None else scanned, known or {})
    found, errors = _entries(root, known or {}, held, progress, jobs)
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


def _unchanged(scanned: Mapping[str, Stamp], known: Mapping[str, Entry]) -> dict[str, Entry | None]:
    """Return, for each file, its entry of before, or None where it has to be read."""
    found: dict[str, Entry | None] = {}
    for path, stamp in scanned.items():
        entry = known.get(path)
        if entry and not (entry.stamp == stamp and stamp.settled_at(entry.read_at)):
            entry = None
        found[path] = entry
    return found


def _entries(
    root: Path,
    known: Mapping[str, Entry],
    found: dict[str, Entry | None],
    progress: Progress,
    jobs: int,
) -> tuple[dict[str, Entry], list[SourceError]]:
    """Return the entry of every file in ``found``, and what is wrong with the others."""
    changed = [path for path, entry in found.items() if entry is None]
    errors: list[SourceError] = []
    tasks = parallel.batches(changed, BATCH)
    for packed, wrong in parallel.each(_read_batch, (root, known), tasks, jobs):
        read = reading.unpack(packed)
        found |= read
        errors += wrong
        progress(len(read) + len(wrong))
    return {path: entry for path, entry in found.items() if entry}, errors


def _read_batch(
    shared: tuple[Path, Mapping[str, Entry]], batch: Iterable[str]
) -> tuple[bytes, list[SourceError]]:
    """Return the entries of the files of ``batch``, packed, and what is wrong with the others."""
    root, known = shared
    read: dict[str, Entry] = {}
    wrong: list[SourceError] = []
    for path in batch:
        try:
            with ledger.charge("read"):
                read[path] = reading.read(root, path, known.get(path))
        except SourceError as error:
            wrong.append(error)
    return reading.pack(read), wrong


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
