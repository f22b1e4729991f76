"""``build.py``: build the content folder into the output folder."""

from __future__ import annotations

import argparse
import sys

from generator.commands import arguments
from generator.pipeline import archive, build
from generator.pipeline.build import Options
from generator.system import timing
from generator.system.errors import GazetteError, printable
from generator.system.progress import Progress


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Build; print the report, and warnings even if quiet."""
    if options.profile:
        timing.watch_closely()
    report = build.build(asked(options), progress)
    if options.year and not report.digests:
        raise GazetteError(f"--year: there is no digest in {options.year}")
    for warning in report.warnings:
        print(printable(warning), file=sys.stderr)
    if options.profile:
        print(timing.table(report.spent, report.papers, report.seconds), file=sys.stderr)
    progress.say(str(report))
    if options.zip:
        wanted = asked(options)
        whole = options.zip == arguments.WHOLE
        packed = archive.site(wanted) if whole else archive.month(wanted, options.zip, progress)
        progress.say(f"{packed}: {packed.stat().st_size / 1e6:.1f} MB")
    return 0


def asked(options: argparse.Namespace) -> Options:
    """Return what the command line asks of a build.

    The site of a year stands beside that of all, as ``site-2025``.
    """
    period, output = str(options.year or ""), options.output
    return Options(
        content=options.content,
        output=output.with_name(f"{output.name}-{period}") if period else output,
        period=period,
        base_url=options.base_url,
        search=options.search,
        jobs=options.jobs,
        scheduler=_scheduler(options),
        today=options.today,
        drafts=options.drafts,
    )


def _scheduler(options: argparse.Namespace) -> str:
    """Return the address of the cluster that is to work; "" for this machine."""
    is_dask = options.executor == "dask"
    if is_dask and not options.scheduler:
        raise GazetteError("--executor dask: say where, with --scheduler tcp://HOST:8786")
    if options.scheduler and not is_dask:
        raise GazetteError("--scheduler: it is of --executor dask, which is missing here")
    address: str = options.scheduler
    return address
