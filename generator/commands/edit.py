"""``gazette rename``, ``move``, ``merge`` and ``remove``: what becomes of a paper."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.content import editing, history, lock, settings
from generator.content.editing import Edits
from generator.content.folder import Content
from generator.pipeline import batches, cache
from generator.system import files
from generator.system.errors import GazetteError
from generator.system.progress import Progress

COMMANDS: Mapping[str, Callable[[Path, Content, argparse.Namespace], Edits]] = {
    "rename": lambda root, held, given: editing.rename(root, held, given.slug, given.new),
    "move": lambda root, held, given: editing.move(root, held, given.slug, given.date, given.since),
    "merge": lambda root, held, given: editing.merge(
        root, held, given.slug, given.other, given.since
    ),
    "remove": lambda root, held, given: editing.remove(root, held, given.slug),
}


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Make the edits, or with --dry-run show them; raises GazetteError where they make no sense."""
    root: Path = options.content
    if not root.is_dir():
        raise GazetteError(f"{root}: no such folder; --content names the entries")
    since = settings.load(root).papers_by_month
    given = argparse.Namespace(**{**vars(options), "slug": slug_of(options.slug), "since": since})
    if options.command == "merge":
        given.other = slug_of(options.other)
    with lock.writing(root, progress.say):
        edits = COMMANDS[options.command](root, batches.load_entries(root, progress), given)
        finish(root, edits, options, progress)
    return 0


def slug_of(name: str) -> str:
    """Return the slug that ``name`` says: a slug, the path of an entry, the address of a page."""
    return name.rstrip("/").rpartition("/")[2].removesuffix(".md").removesuffix(".html")


def finish(root: Path, edits: Edits, options: argparse.Namespace, progress: Progress) -> None:
    """Make ``edits``, so that ``undo`` can take them back; with --dry-run, show them only."""
    if options.dry_run:
        for line in differences(root, edits):
            print(line)
        progress.say(f"{len(edits)} files would change; nothing was")
        return
    history.apply(root, edits, memory(root), options.command)
    for path, text in edits.items():
        progress.say(f"{'removed' if text is None else 'written'}: {root / path}")


def memory(root: Path) -> Path:
    """Return the folder that remembers the changes of the content folder ``root``."""
    return cache.cache_folder(root) / "history"


def differences(root: Path, edits: Edits) -> Iterator[str]:
    """Yield what ``edits`` change, file by file, as `diff` writes it."""
    for path, text in edits.items():
        file = root / path
        before = files.read_text(file).splitlines() if file.exists() else []
        names = str(file) if before else "/dev/null", "/dev/null" if text is None else str(file)
        yield from difflib.unified_diff(before, (text or "").splitlines(), *names, lineterm="")
