"""The command line: ``python build.py [COMMAND]``. Progress and errors go to standard error.

Exit codes: 0 done; 1 the content or the input is wrong, and where was said; 2 the command line is.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator import __version__
from generator.commands import arguments
from generator.system.errors import GazetteError, printable
from generator.system.progress import Progress

# The names of generator/sources/fetch, which is not loaded for commands that do without.
SOURCES = ("arxiv", "biorxiv", "huggingface", "medrxiv")


def main(given: Sequence[str] | None = None, home: Path | None = None) -> int:
    """Run the command that ``given`` (default: the process's arguments) names; return exit code.

    ``home`` is the site's folder, which has content/ in it: the current one, if none is given.
    """
    prog = "build.py" if home else "gazette"
    folder = Path(os.path.relpath(home)) if home else Path()
    defaults = argparse.Namespace(
        command="build",
        module="build",
        content=folder / "content",
        output=folder / "site",
        base_url="",
        search=True,
        jobs=0,
        executor="processes",
        scheduler="",
        zip="",
        year=0,
        today=None,
        drafts=False,
        profile=False,
        quiet=False,
    )
    given = sys.argv[1:] if given is None else given
    parser = _parser(prog)
    parser.given = given
    options, rest = parser.parse_known_args(given, defaults)
    if rest and (not hasattr(options, "ids") or any(word.startswith("-") for word in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        options.ids += rest  # ids may follow an option, where argparse expects them no more
    progress = Progress(quiet=options.quiet)
    # What a command makes it needs to its end, and then the process ends: a collector that looks at
    # fifty thousand papers again and again takes half of the time and finds nothing.
    gc.disable()
    try:
        # Every command brings what it needs: a build that has nothing to do is to end at once.
        module = importlib.import_module(f"generator.commands.{options.module}")
        with _ended_by_signal():
            code: int = module.run(options, progress)
    except GazetteError as error:
        print(printable(str(error)), file=sys.stderr)
        return 1
    except OSError as error:  # of a file that nobody expected to be like that
        place = f"{error.filename}: " if error.filename else ""
        print(printable(f"{place}{error.strerror or error}"), file=sys.stderr)
        return 1
    except _Terminated:
        return 128 + signal.SIGTERM
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


class _Terminated(BaseException):
    """Somebody has asked the process to end: what is half done is tidied up on the way out."""


@contextlib.contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Have SIGTERM and Ctrl+C raised as errors within the block."""
    if threading.current_thread() is not threading.main_thread():  # only that one has signals
        yield
        return

    def end(_number: int, _frame: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, end), signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])


def _parser(prog: str) -> arguments.Parser:
    parser = arguments.Parser(
        prog=prog,
        description="Build the site out of content/; or, with a command, do something around it.",
        parents=[arguments.shared()],
        epilog="Every command has a --help of its own.",
    )
    _add_built(parser)
    parser.add_argument("--version", action="version", version=f"gazette {__version__}")
    _add_commands(parser)
    return parser


def _add_pack(packed: argparse.ArgumentParser) -> None:
    """Add the options of the command that makes books and archives."""
    packed.add_argument("form", choices=("epub", "zim"))
    packed.add_argument("--date", type=arguments.date, help="of this day (the newest digest)")
    packed.add_argument("--month", help="of a month, like 2025-09")
    packed.add_argument("--file", type=Path, metavar="FILE", help="where to write it")


def _add_email(mailed: argparse.ArgumentParser) -> None:
    """Add the options of the command that makes mails."""
    of = mailed.add_mutually_exclusive_group()
    of.add_argument("--date", type=arguments.date, help="of this day (the newest digest)")
    of.add_argument("--week", help="of a whole week, like 2025-W39")
    mailed.add_argument("--eml", type=Path, metavar="FILE", help="where to write it (DATE.eml)")
    mailed.add_argument("--send", action="store_true", help="send it, by SMTP_HOST and the like")
    mailed.add_argument("--to", type=Path, metavar="FILE", help="addresses, one a line")


def _add_built(parser: argparse.ArgumentParser) -> None:
    """Add the options of a build: packed, of a year alone."""
    parser.add_argument(
        "--zip",
        nargs="?",
        const=arguments.WHOLE,
        default=argparse.SUPPRESS,
        metavar="MONTH",
        help="pack the site, or that of one month, into a file beside it",
    )
    parser.add_argument(
        "--year",
        type=arguments.year,
        default=argparse.SUPPRESS,
        help="build the site of this year alone, beside the site: site-2025",
    )


def commands() -> tuple[str, ...]:
    """Return the names of all commands but `build`, which needs none."""
    parser = arguments.Parser()
    return tuple(name for name in _add_commands(parser) if name != "build")


def _add_files(added: argparse.ArgumentParser) -> None:
    """Add the options of the command that takes files."""
    added.add_argument("files", nargs="+", metavar="FILE", help="or an arXiv id, or its address")
    added.add_argument(
        "--date", type=arguments.date, help="the digest's day, where the file does not say"
    )
    added.add_argument(
        "--overwrite", action="store_true", help="replace entries that were edited by hand, too"
    )
    added.add_argument(
        "--offline",
        action="store_true",
        default=bool(os.environ.get("GAZETTE_OFFLINE")),
        help="do not ask arXiv for the abstracts that a file leaves out",
    )
    added.add_argument(
        "--strict", action="store_true", help="write nothing where anything would be left out"
    )
    added.add_argument(
        "--dry-run", action="store_true", help="say what would be written, and write nothing"
    )


def _add_commands(parser: arguments.Parser) -> Iterable[str]:
    """Add every command with its options to ``parser``; return their names."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, text: str, module: str = "") -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name, parents=[arguments.shared()], help=text
        )
        made.set_defaults(command=name, module=module or name)
        return made

    built = command("build", "build the site (what is done without a command)")
    _add_built(built)

    _add_files(command("add", "parse digests into content/"))

    fetched = command("fetch", "ask a source for its digest")
    fetched.add_argument("source", nargs="?", choices=SOURCES, help="(those of site.yaml)")
    fetched.add_argument("ids", nargs="*", metavar="ID", help="arxiv: these papers and no others")
    fetched.add_argument("--date", type=arguments.date, help="the day (the newest)")
    when = fetched.add_mutually_exclusive_group()
    when.add_argument(
        "--days", type=arguments.days, help="so many days up to then, and missed ones"
    )
    when.add_argument("--week", help="a week, like 2025-W39")
    when.add_argument("--month", help="a month, like 2025-09")
    fetched.add_argument("--category", action="append", default=[], help="of arXiv, like cs.CL")

    command("ping", "tell the WebSub hub which feeds the last build changed")
    _add_pack(command("pack", "a digest or a month as an EPUB, the site as a ZIM"))
    _add_email(command("email", "a digest as a mail, in a file or sent"))

    made = command("new", "make a site, or an entry")
    made.add_argument("what", metavar="FOLDER|paper", help="the new site's folder; or `paper`")
    made.add_argument("title", nargs="*", help="the title of the site or the paper")
    made.add_argument("--date", type=arguments.date, help="the paper's day (today)")

    served = command("serve", "build, serve, follow changes")
    served.add_argument(
        "--port", type=arguments.port, default=8000, help="where to listen (8000; 0: a free one)"
    )

    checked = command("check", "check what was built, and the entries")
    checked.add_argument("--format", choices=("text", "json", "github"), default="text")
    checked.add_argument(
        "--host",
        choices=("github", "gitlab", "cloudflare"),
        default="github",
        help="whose limits of size hold (github)",
    )
    checked.add_argument("--external", action="store_true", help="ask the links of entries, too")

    renamed = command("rename", "give a paper another slug, its old address kept", "edit")
    renamed.add_argument("slug", metavar="SLUG")
    renamed.add_argument("new", metavar="NEW")
    moved = command("move", "put a paper under another day", "edit")
    moved.add_argument("slug", metavar="SLUG")
    moved.add_argument("--date", type=arguments.date, required=True, help="that day")
    merged = command("merge", "make one paper of two, the first", "edit")
    merged.add_argument("slug", metavar="A")
    merged.add_argument("other", metavar="B")
    removed = command("remove", "take a paper out", "edit")
    removed.add_argument("slug", metavar="SLUG")
    undone = command("undo", "take back what the last command changed in content/")
    upgraded = command("upgrade", "bring content/ to the format of this version")

    sorted_ = command("topics", "say why papers are where")
    sorted_.add_argument("names", nargs="*", metavar="SLUG", help="topics or papers (all)")
    for each in (renamed, moved, merged, removed, undone, upgraded):
        each.add_argument("--dry-run", action="store_true", help="show what would change")
    return commands.choices
