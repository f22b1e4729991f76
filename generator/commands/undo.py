"""``gazette undo``: take back what the last command changed in content/."""

from __future__ import annotations

import argparse

from generator.commands.edit import differences, memory
from generator.content import history, lock
from generator.system.progress import Progress


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Take back the last add, fetch, new, rename, move, merge, remove or upgrade.

    Raises GazetteError where none is remembered, or a person has worked on its files since.
    """
    with lock.writing(options.content, progress.say):
        return _undo(options, progress)


def _undo(options: argparse.Namespace, progress: Progress) -> int:
    root = options.content
    file, record = history.last(memory(root))
    edits = history.undone(root, record)
    if options.dry_run:
        for line in differences(root, edits):
            print(line)
        progress.say(f"{record.command}: {len(edits)} files would be as they were")
        return 0
    history.take_back(root, edits, file)
    progress.say(f"{record.command}: taken back; {len(edits)} files are as they were before")
    return 0
