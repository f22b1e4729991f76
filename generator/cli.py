"""The command line: ``python build.py [COMMAND]``. Progress and errors go to standard error.

Exit codes: 0 done; 1 the content or the input is wrong, and where was said; 2 the command line is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import __version__, settings, sources
from generator.build import build
from generator.build.options import ROOT, Options
from generator.content import folder
from generator.content.ingest import Ingest
from generator.errors import GazetteError, SourceError
from generator.system.progress import Progress

Command = Callable[[argparse.Namespace, Progress], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` (default: those of the process) name; return exit code."""
    options = _parser().parse_args(arguments)
    progress = Progress(quiet=options.quiet)
    command: Command = options.run
    try:
        return command(options, progress)
    except GazetteError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    add = shared.add_argument
    add("--content", type=Path, default=argparse.SUPPRESS, help="the entries (content/)")
    add("--output", type=Path, default=argparse.SUPPRESS, help="where the site goes (site/)")
    add("--base-url", default=argparse.SUPPRESS, help="the site's address, over site.yaml's url")
    add("--quiet", action="store_true", default=argparse.SUPPRESS, help="print errors only")
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Build the site out of content/; or, with a command, do something around it.",
        parents=[shared],
        epilog="Every command has a --help of its own.",
    )
    parser.add_argument("--version", action="version", version=f"gazette {__version__}")
    parser.set_defaults(
        run=_build, content=_here("content"), output=_here("site"), base_url="", quiet=False
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    added = commands.add_parser("add", parents=[shared], help="parse digests into content/")
    added.add_argument("files", nargs="+", type=Path, metavar="FILE")
    added.add_argument("--date", type=_date, help="the digest's day, where the file does not say")
    added.add_argument(
        "--overwrite", action="store_true", help="replace entries that were edited by hand, too"
    )
    added.set_defaults(run=_add)
    return parser


def _here(folder: str) -> Path:
    """Return the repository's ``folder``, as short as it can be said from where we are."""
    return Path(os.path.relpath(ROOT / folder))


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it like 2025-09-23") from None


def _build(options: argparse.Namespace, progress: Progress) -> int:
    report = build.build(
        Options(
            content=options.content,
            output=options.output,
            base_url=options.base_url,
        ),
        progress,
    )
    for warning in report.warnings:
        print(warning, file=sys.stderr)
    progress.say(str(report))
    return 0


def _add(options: argparse.Namespace, progress: Progress) -> int:
    """Parse every file before the first is written: an error in one changes nothing."""
    zone = ZoneInfo(settings.load(options.content).timezone)
    parsed = []
    for path in options.files:
        document = sources.Document(
            name=str(path), data=_read(path), date=options.date, today=dt.datetime.now(zone).date()
        )
        result = sources.parse(document)
        parsed.append(result)
        for notice in result.notices:
            progress.say(f"{path}:{notice.line}: {notice.message}")
    ingest = Ingest(options.content, folder.load(options.content), overwrite=options.overwrite)
    digests = [digest for result in parsed for digest in result.digests]
    with progress.stage("add", sum(len(digest.papers) for digest in digests)) as step:
        for digest in digests:
            ingest.add(digest, step)
    for kept in ingest.report.kept:
        progress.say(f"kept: {kept}")
    progress.say(str(ingest.report))
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror}") from None
