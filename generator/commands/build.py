"""``build.py``: build the content folder into the output folder."""

from __future__ import annotations

import argparse
import sys

from generator.pipeline import build
from generator.pipeline.build import Options
from generator.system import timing
from generator.system.errors import printable
from generator.system.progress import Progress


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Build; print the report, and warnings even if quiet."""
    if options.profile:
        timing.watch_closely()
    report = build.build(asked(options), progress)
    for warning in report.warnings:
        print(printable(warning), file=sys.stderr)
    if options.profile:
        print(timing.table(report.spent, report.papers, report.seconds), file=sys.stderr)
    progress.say(str(report))
    return 0


def asked(options: argparse.Namespace) -> Options:
    """Return what the command line asks of a build."""
    return Options(
        content=options.content,
        output=options.output,
        base_url=options.base_url,
        search=options.search,
        jobs=options.jobs,
        today=options.today,
        drafts=options.drafts,
    )
