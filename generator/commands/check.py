"""``build.py check``: what is wrong with what was built, and odd about the entries.

``file:line: message`` on standard error; as JSON or as annotations of GitHub on standard output.
What is wrong with the site ends with 1; what is odd is a warning, and ends with 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.commands import checks
from generator.commands.checks import content
from generator.pipeline import batches
from generator.system.errors import GazetteError, SourceError, SourceErrors, printable
from generator.system.progress import Progress

FORMATS = ("text", "json", "github")


def check(site: Path) -> Iterator[SourceError]:
    """Yield what is wrong with the site in the folder ``site``, file after file."""
    yield from checks.check(site)


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Print every problem and every warning; return 1 if there is a problem."""
    if not options.output.is_dir() or not any(options.output.iterdir()):
        raise GazetteError(f"{options.output}: there is no site yet; build it first")
    problems = list(checks.check(options.output, options.host))
    if not (options.output / "index.html").is_file():
        problems.append(SourceError(options.output / "index.html", 0, "is missing: the front page"))
    warnings = list(_warnings(options, progress))
    _show(problems, warnings, options.format)
    progress.say(f"{options.output}: {_count(problems, 'problem')}, {_count(warnings, 'warning')}")
    return 1 if problems else 0


def _warnings(options: argparse.Namespace, progress: Progress) -> Iterator[SourceError]:
    """Yield what is odd about the entries, and what is wrong with those that cannot be read."""
    if not options.content.is_dir():
        return
    try:
        held = batches.load_entries(options.content, progress)
        yield from content.check(options.content, held)
    except SourceErrors as errors:
        yield from errors.errors
        return
    except SourceError as error:
        yield error
        return
    if options.external:
        yield from content.links(options.content, held)


def _show(problems: Sequence[SourceError], warnings: Sequence[SourceError], to_format: str) -> None:
    """Print all in the format ``to_format``, one of FORMATS."""
    if to_format == "json":
        told = {"problems": list(map(_plain, problems)), "warnings": list(map(_plain, warnings))}
        print(json.dumps(told, indent=1))
    elif to_format == "github":
        for level, found in (("error", problems), ("warning", warnings)):
            for each in found:
                print(_annotation(level, each))
    else:
        for problem in problems:
            print(printable(str(problem)), file=sys.stderr)
        for warning in warnings:
            place = SourceError(warning.path, warning.line, f"warning: {warning.message}")
            print(printable(str(place)), file=sys.stderr)


def _plain(error: SourceError) -> dict[str, str | int]:
    return {"file": error.path, "line": error.line, "message": error.message}


def _annotation(level: str, error: SourceError) -> str:
    """Return the line by which GitHub shows an error where it is."""
    line = f",line={error.line}" if error.line else ""
    place = printable(error.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    message = printable(error.message).replace("%", "%25").replace("\n", "%0A")
    return f"::{level} file={place}{line}::{message}"


def _count(found: Sequence[SourceError], what: str) -> str:
    return f"{len(found) or 'no'} {what}{'' if len(found) == 1 else 's'}"
