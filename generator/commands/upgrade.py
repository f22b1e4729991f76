"""``gazette upgrade``: bring content/ to the format of this version, and show what that changes."""

from __future__ import annotations

import argparse

from generator.commands.edit import differences, finish
from generator.content import lock, upgrade
from generator.content.editing import Edits
from generator.content.settings import FORMAT
from generator.system.progress import Progress


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Rewrite what is of an older format, each change shown first; raises SourceError."""
    with lock.writing(options.content, progress.say):
        return _upgrade(options, progress)


def _upgrade(options: argparse.Namespace, progress: Progress) -> int:
    root = options.content
    edits: Edits = {change.path: change.after for change in upgrade.changes(root)}
    if not edits:
        progress.say(f"{root}: is of format {FORMAT}, the newest; there is nothing to rewrite")
        return 0
    if not options.dry_run:
        for line in differences(root, edits):
            print(line)
    finish(root, edits, options, progress)
    return 0
