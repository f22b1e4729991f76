"""The command line: ``python build.py [COMMAND]``. Progress and errors go to standard error.

Exit codes: 0 done; 1 the content or the input is wrong, and where was said; 2 the command line is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator import __version__
from generator.pipeline.build import ROOT
from generator.system.errors import GazetteError
from generator.system.progress import Progress

# The names of generator/fetch, which is not loaded for commands that do without.
SOURCES = ("arxiv", "huggingface")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` (default: those of the process) name; return exit code."""
    options = _parser().parse_args(arguments)
    progress = Progress(quiet=options.quiet)
    # What a command makes it needs to its end, and then the process ends: a collector that looks at
    # fifty thousand papers again and again takes half of the time and finds nothing.
    gc.disable()
    try:
        # Every command brings what it needs: a build that has nothing to do is to end at once.
        module = importlib.import_module(f"generator.commands.{options.command}")
        code: int = module.run(options, progress)
    except GazetteError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    add = shared.add_argument
    add("--content", type=Path, default=argparse.SUPPRESS, help="the entries (content/)")
    add("--output", type=Path, default=argparse.SUPPRESS, help="where the site goes (site/)")
    add("--base-url", default=argparse.SUPPRESS, help="the site's address, over site.yaml's url")
    add("--no-search", dest="search", action="store_false", default=argparse.SUPPRESS)
    add("--jobs", type=int, default=argparse.SUPPRESS, help="processes (one a core)")
    add("--profile", action="store_true", default=argparse.SUPPRESS, help="say where time went")
    add("--quiet", action="store_true", default=argparse.SUPPRESS, help="print errors only")
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Build the site out of content/; or, with a command, do something around it.",
        parents=[shared],
        epilog="Every command has a --help of its own.",
    )
    parser.add_argument("--version", action="version", version=f"gazette {__version__}")
    parser.set_defaults(
        command="build",
        content=_here("content"),
        output=_here("site"),
        base_url="",
        search=True,
        jobs=0,
        profile=False,
        quiet=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    added = commands.add_parser("add", parents=[shared], help="parse digests into content/")
    added.add_argument("files", nargs="+", type=Path, metavar="FILE")
    added.add_argument("--date", type=_date, help="the digest's day, where the file does not say")
    added.add_argument(
        "--overwrite", action="store_true", help="replace entries that were edited by hand, too"
    )
    added.set_defaults(command="add")

    fetched = commands.add_parser("fetch", parents=[shared], help="ask a source for its digest")
    fetched.add_argument("source", nargs="?", choices=SOURCES, help="(the one of site.yaml)")
    when = fetched.add_mutually_exclusive_group()
    when.add_argument("--date", type=_date, help="the day (today)")
    when.add_argument("--week", help="a week, like 2025-W39")
    when.add_argument("--month", help="a month, like 2025-09")
    fetched.add_argument("--category", action="append", default=[], help="of arXiv, like cs.CL")
    fetched.set_defaults(command="fetch")

    served = commands.add_parser("serve", parents=[shared], help="build, serve, follow changes")
    served.add_argument("--port", type=int, default=8000, help="where to listen (8000)")
    served.set_defaults(command="serve")

    checked = commands.add_parser("check", parents=[shared], help="check what was built")
    checked.set_defaults(command="check")

    sorted_ = commands.add_parser("topics", parents=[shared], help="say why papers are where")
    sorted_.add_argument("names", nargs="*", metavar="SLUG", help="topics or papers (all)")
    sorted_.set_defaults(command="topics")
    return parser


def _here(folder: str) -> Path:
    """Return the repository's ``folder``, as short as it can be said from where we are."""
    return Path(os.path.relpath(ROOT / folder))


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it like 2025-09-23") from None
