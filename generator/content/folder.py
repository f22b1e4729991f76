"""The folder as a whole: every entry read, every error found, every slug looked up.

content/papers/2025-09/pointer-networks.md    one paper; its file name is its slug
content/digests/2025-09-23.md                 one day's list of papers
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.content import entry_files, front_matter
from generator.content.entries import Listing
from generator.content.entry_files import DIGESTS, PAPERS, Entry
from generator.model import Digest, Paper
from generator.system import files, signatures
from generator.system.errors import SourceError, SourceErrors
from generator.system.fingerprints import Signature
from generator.system.signatures import Signatures

SUFFIX = ".md"

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


def scan(root: Path) -> dict[str, Signature]:
    """Return the signatures of all entries in the content folder ``root``, by path below it."""
    scanned = signatures.scan(root)
    return {
        path: signature
        for folder in entry_folders(scanned)
        for path, signature in entries_in(folder, scanned).items()
    }


def entry_folders(scanned: Signatures) -> list[str]:
    """Return the folders of ``scanned``, below the content folder, that may have entries."""
    return [folder for folder in scanned.folders if folder.partition("/")[0] in (DIGESTS, PAPERS)]


def entries_in(folder: str, scanned: Signatures) -> dict[str, Signature]:
    """Return those files of ``folder``, by path below the content folder, that are entries."""
    return {
        path: signature
        for path, signature in scanned.of_folder(folder).items()
        if path.endswith(SUFFIX)
    }


def load(
    root: Path,
    known: Mapping[str, Entry] | None = None,
    progress: Progress = lambda _: None,
    scanned: Mapping[str, Signature] | None = None,
) -> Content:
    """Return all that the content folder ``root`` holds.

    ``known`` are the entries of an earlier load; ``progress`` is called with 1 for each file that
    had to be read. ``scanned`` is what ``scan`` returned, for a caller that has asked already.
    Raises SourceErrors with every error of every file.
    """
    found, errors = _read(root, scan(root) if scanned is None else scanned, known or {}, progress)
    if errors:
        raise SourceErrors(errors)
    papers = {path: entry.value for path, entry in found.items() if isinstance(entry.value, Paper)}
    listings = {
        path: entry.value for path, entry in found.items() if isinstance(entry.value, Listing)
    }
    warnings = check(root, found, listings)
    by_slug = {paper.slug: paper for paper in papers.values()}
    digests = [
        dataclasses.replace(one.digest, papers=tuple(by_slug[slug] for slug in one.slugs))
        for one in listings.values()
    ]
    newest_first = tuple(sorted(digests, key=lambda digest: digest.date, reverse=True))
    paths = {paper.slug: path for path, paper in papers.items()}
    return Content(by_slug, newest_first, paths, warnings, found)


def check(root: Path, paths: Iterable[str], listings: Mapping[str, Listing]) -> tuple[str, ...]:
    """Return a warning for each paper that no digest lists.

    ``paths`` are those of all entries, ``listings`` the digests among them. Raises SourceErrors
    where two papers have one slug, or a digest lists none, or one twice.
    """
    errors: list[SourceError] = []
    known: dict[str, str] = {}  # the folder of each
    folders: dict[str, str] = {}  # one string for all papers of a folder
    for path in paths:
        if path.startswith(f"{PAPERS}/"):
            parent, _, name = path.rpartition("/")
            slug = name.removesuffix(SUFFIX)
            if slug in known:
                other = root / known[slug] / name
                message = f"{other} has the same name; give one of the two another"
                errors.append(SourceError(root / path, 0, message))
            known.setdefault(slug, folders.setdefault(parent, parent))
    listed: set[str] = set()
    for path, listing in listings.items():
        seen = set(listing.slugs)
        if len(seen) < len(listing.slugs) or not seen <= known.keys():
            errors += _misfits(root, path, listing, known)
        listed |= seen
    if errors:
        raise SourceErrors(errors)
    return tuple(
        f"{root / known[slug] / slug}{SUFFIX}: no digest lists this paper, so no page shows it"
        for slug in sorted(known.keys() - listed)
    )


def paper_path(paper: Paper) -> str:
    """Return where, below the content folder, a new paper's entry goes."""
    return f"{PAPERS}/{paper.date:%Y-%m}/{paper.slug}.md"


def digest_path(digest: Digest) -> str:
    """Return where, below the content folder, a digest's file goes."""
    return f"{DIGESTS}/{digest.date.isoformat()}.md"


def _read(
    root: Path, scanned: Mapping[str, Signature], known: Mapping[str, Entry], progress: Progress
) -> tuple[dict[str, Entry], list[SourceError]]:
    """Return the entry of every file of ``scanned``, and what is wrong with the others."""
    found: dict[str, Entry] = {}
    errors: list[SourceError] = []
    for path, signature in scanned.items():
        entry = known.get(path)
        if entry and entry.signature == signature and signature.settled_at(entry.read_at):
            found[path] = entry
            continue
        try:
            found[path] = entry_files.read(root, path, entry)
        except SourceError as error:
            errors.append(error)
        progress(1)
    return found, errors


def _misfits(
    root: Path, path: str, listing: Listing, known: Container[str]
) -> Iterator[SourceError]:
    """Yield an error for each paper that the digest at ``path`` lists wrongly."""
    text = files.read_text(root / path)
    seen: set[str] = set()
    for number, slug in enumerate(listing.slugs):
        if slug in known and slug not in seen:
            seen.add(slug)
            continue
        line = front_matter.line_of(text, ("papers", number))
        twice = f"{slug!r} is listed twice"
        missing = f"there is no paper {slug!r}: no {PAPERS}/*/{slug}{SUFFIX}"
        yield SourceError(root / path, line, twice if slug in seen else missing)
