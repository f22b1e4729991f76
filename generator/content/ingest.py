"""Parsed digests -> entries in the content folder, without ever losing what a person wrote.

- A paper that is new is written, its TeX repaired; the text as it came is kept where that
  changed something.
- A paper that is known (identity.py) gains the facts that it lacked and the higher counts; what
  it has stays as it is.
- An entry that a person has edited is kept and named. Only a source other than its own may add
  lines to it, for facts that it lacks.
- A digest's list grows at its end; a list that a person has edited is kept and named.

Papers are written before the digest that lists them, each file at once: an interrupted run leaves
valid content, and the next run completes it.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator import urls
from generator.content import entries, entry_files, folder
from generator.content.entries import Listing
from generator.content.entry_files import Entry
from generator.content.folder import Content
from generator.content.identity import Register, differ
from generator.content.merging import merge, repaired, with_facts
from generator.model import Digest, Paper
from generator.system import files
from generator.system.errors import SourceError
from generator.system.fingerprints import Signature
from generator.text import tex


@dataclasses.dataclass(slots=True)
class Report:
    """What a run did: papers written, given new facts, left alone; digests; what was kept.

    ``with_tex`` counts the papers written whose text holds TeX that could not be undone;
    ``refused`` names those that no entry could hold.
    """

    written: int = 0
    gained: int = 0
    unchanged: int = 0
    digests: int = 0
    with_tex: int = 0
    kept: list[str] = dataclasses.field(default_factory=list)
    refused: list[str] = dataclasses.field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Whether a file was written."""
        return bool(self.written or self.gained or self.digests)

    def __str__(self) -> str:
        """Return the counts as one line."""
        if not self.has_changes:
            return f"nothing changed: {self.unchanged} papers were known"
        said = (
            f"{self.written} papers written, {self.gained} given new facts, "
            f"{self.unchanged} unchanged; {self.digests} digests written"
        )
        if self.with_tex:
            said += f"; {self.with_tex} papers have TeX that is not known: it stays as it came"
        return said


class Ingest:
    """Adds digests to one content folder; ``report`` says what came of it.

    ``entries`` is what the next ``folder.load`` may be handed, ``replaced`` has the text that each
    file had before it was written, None where there was none; ``planned`` what a ``dry_run``, which
    writes nothing, would have written.
    """

    def __init__(
        self, root: Path, loaded: Content, *, overwrite: bool = False, dry_run: bool = False
    ) -> None:
        self.report = Report()
        self.entries = dict(loaded.entries)
        self.replaced: dict[str, str | None] = {}
        self._root = root
        self.planned: dict[str, str] = {}
        self._overwrite = overwrite
        self._dry_run = dry_run
        self._paths = dict(loaded.paths)
        self._aliases = {
            alias: paper.slug for paper in loaded.papers.values() for alias in paper.aliases
        }
        self._register = Register(loaded.papers.values())

    def add(self, digest: Digest, progress: Callable[[int], None] = lambda _: None) -> None:
        """Write the papers of ``digest``, then its list; ``progress`` gets 1 for each paper."""
        path = folder.digest_path(digest)
        entry = self.entries.get(path)
        known = entry.value if entry and isinstance(entry.value, Listing) else None
        closed = known is not None and known.edited and not self._overwrite
        slugs: list[str] = []
        left_out: list[str] = []
        for paper in digest.papers:
            same = self._register.find(paper) or self._renamed(paper) or self._merged(paper)
            if closed and known and (same is None or same.slug not in known.slugs):
                left_out.append(paper.title)
            else:
                slugs += self._taken(same, paper)
            progress(1)
        if left_out:
            file = self._root / path
            self.report.kept.append(f"{file}: edited by hand; not added: {'; '.join(left_out)}")
        if not closed and (slugs or not digest.papers):
            self._write_digest(path, digest, slugs, known)

    def _taken(self, same: Paper | None, paper: Paper) -> Iterator[str]:
        """Yield the slug of ``paper`` once it is in the folder; nothing where no entry holds it."""
        try:
            yield self._merge(same, paper) if same else self._write_new(paper)
        except SourceError as error:
            self.report.refused.append(f"{paper.title!r} is left out: {error.message}")

    def update(self, paper: Paper) -> None:
        """Mark the entry of a paper that was withdrawn; one that is not known stays unknown."""
        known = self._register.find(paper)
        if known and paper.withdrawn and not known.withdrawn:
            self._merge(known, dataclasses.replace(known, withdrawn=True))

    def _renamed(self, paper: Paper) -> Paper | None:
        """Return the paper known by the slug of ``paper`` whose title a person has changed."""
        known = self._register.get(paper.slug)
        if known is None or not self.entries[self._paths[known.slug]].edited:
            return None
        return None if differ(known, paper) else known

    def _merged(self, paper: Paper) -> Paper | None:
        """Return the paper that was once called as ``paper`` would be: renamed, or made of two."""
        known = self._register.get(self._aliases.get(paper.slug, ""))
        return None if known is None or differ(known, paper) else known

    def _write_new(self, paper: Paper) -> str:
        """Write the entry of a paper that is new; return its slug."""
        new, slug = repaired(paper), self._free_slug(paper)
        if new.slug != slug:
            new = dataclasses.replace(new, slug=slug)
        self._write_paper(folder.paper_path(new), new)
        self.report.written += 1
        self.report.with_tex += bool(tex.leftovers(f"{new.title}\n\n{new.abstract}"))
        return new.slug

    def _merge(self, known: Paper, paper: Paper) -> str:
        """Bring what ``paper`` adds to ``known`` into its entry; return its slug."""
        path = self._paths[known.slug]
        edited = self.entries[path].edited
        if self._overwrite:
            first = min(known.date, paper.date)
            extra = {**known.extra, **paper.extra}
            merged = dataclasses.replace(repaired(paper), slug=known.slug, date=first, extra=extra)
        elif edited and known.source == paper.source:
            merged = dataclasses.replace(known, withdrawn=known.withdrawn or paper.withdrawn)
        else:
            merged = merge(known, paper)
        if edited and not self._overwrite:
            self.report.kept.append(f"{self._root / path}: edited by hand")
        if merged == known:
            self.report.unchanged += 1
            return known.slug
        if edited and not self._overwrite:
            text = with_facts(files.read_text(self._root / path), known, merged)
            written = entries.paper_from_text(path, known.slug, text)
            self._put(path, text, written, edited=True)
        else:
            self._write_paper(path, merged)
        self.report.gained += 1
        return known.slug

    def _write_digest(
        self, path: str, digest: Digest, slugs: Iterable[str], known: Listing | None
    ) -> None:
        """Write the digest's list: what it had, then what is new; the rest of it stays."""
        if known and not self._overwrite:
            slugs = (*known.slugs, *slugs)
            digest = known.digest
        digest = dataclasses.replace(digest, papers=())
        listing = Listing(digest, tuple(dict.fromkeys(slugs)), edited=False)
        text = entries.digest_to_text(digest, listing.slugs)
        if self._write(path, text):
            self.report.digests += 1
        self.entries[path] = self._entry(path, text, listing)

    def _write_paper(self, path: str, paper: Paper) -> None:
        """Write the entry of ``paper``, once it is sure that it can be read again."""
        text, read = entries.readable(path, paper)
        self._put(path, text, read, edited=False)

    def _put(self, path: str, text: str, paper: Paper, *, edited: bool) -> None:
        self._write(path, text)
        self.entries[path] = self._entry(path, text, paper, edited=edited)
        self._paths[paper.slug] = path
        self._register.put(paper)

    def _write(self, path: str, text: str) -> bool:
        """Write the file ``path``, its text before kept; return whether that changed anything."""
        file = self._root / path
        if path not in self.replaced:
            known = path in self.entries  # of which every file is one
            self.replaced[path] = file.read_bytes().decode() if known else None
        if not self._dry_run:
            return files.write_text(file, text)
        if changes := self.planned.get(path, self.replaced[path]) != text:
            self.planned[path] = text
        return changes

    def _entry(self, path: str, text: str, value: Paper | Listing, edited: bool = False) -> Entry:
        if self._dry_run:  # no file to take the signature of
            return Entry(Signature(0, 0, 0), 0, "", edited, value)
        return entry_files.entry_of(self._root / path, text, value, edited=edited)

    def _free_slug(self, paper: Paper) -> str:
        """Return the paper's slug, or, where another paper has it, one with its id or a number."""
        if self._register.get(paper.slug) is None:
            return paper.slug
        suffixes = itertools.count(2)
        tail = urls.slugify(paper.arxiv) if paper.arxiv else str(next(suffixes))
        while self._register.get(f"{paper.slug}-{tail}"):
            tail = str(next(suffixes))
        return f"{paper.slug}-{tail}"
