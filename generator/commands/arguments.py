"""What stands on a command line: the types of its values, and advice where a word is misspelt."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NoReturn

_CHOICES = re.compile(r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", re.DOTALL)
_WORD = re.compile(r"[\w-]+")
_UNKNOWN = re.compile(r"unrecognized arguments: (-\S*)")
MOST_JOBS = 512
WHOLE = "whole"  # what --zip packs where no month is named
MOST_DAYS = 100
PORTS = 65_535


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that says what a misspelt command or option may have been meant for."""

    given: Sequence[str] = ()
    """The words of the command line, for the advice."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong, with advice, and exit with 2."""
        if found := _CHOICES.match(message):
            what = found[1].lower()
            message = (
                f"there is no {what} {found[2]!r}; {advice(found[2], _WORD.findall(found[3]))}"
            )
            if unknown := self._misspelt():
                message = f"there is no option {unknown!r}; {advice(unknown, self._options())}"
        elif found := _UNKNOWN.match(message):
            word = found[1].partition("=")[0]
            message = f"there is no option {word!r}; {advice(word, self._options())}"
        super().error(message)

    def _misspelt(self) -> str:
        """Return the first option that was given and is none, or nothing."""
        given = [word.partition("=")[0] for word in self.given if word.startswith("--")]
        known = self._options()
        return next((word for word in given if not any(o.startswith(word) for o in known)), "")

    def _options(self) -> list[str]:
        """Return the long options of this command and of its commands."""
        parsers: list[argparse.ArgumentParser] = [self]
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # no public name
                parsers += action.choices.values()
        return [
            option
            for parser in parsers
            for option in parser._option_string_actions  # noqa: SLF001  # no public name
            if option.startswith("--")
        ]


def advice(word: str, known: Iterable[str]) -> str:
    """Return what ``word`` may have been meant for, or all that is known."""
    known = list(dict.fromkeys(known))
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"


def year(text: str) -> int:
    """Return the year that ``text`` says."""
    if not re.fullmatch(r"[1-9]\d{3}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no year; write it like 2025")
    return int(text)


def date(text: str) -> dt.date:
    """Return the day that ``text`` names; raises ArgumentTypeError."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it like 2025-09-23") from None


def number(least: int, most: int, what: str) -> Callable[[str], int]:
    """Return a type of whole numbers from ``least`` to ``most``, which are ``what``."""

    def read(text: str) -> int:
        if re.fullmatch(r"-?[0-9]+", text) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text!r} is no {what}, which is {least} to {most:,}")

    return read


jobs = number(0, MOST_JOBS, "number of processes")
days = number(1, MOST_DAYS, "number of days")
port = number(0, PORTS, "port")


def shared() -> Parser:
    """Return the options that every command has, before the command's name and after it.

    Each command gets its own: options given before the name would otherwise be overwritten by the
    defaults of those after it. What is not given is not set.
    """
    parser = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    add = parser.add_argument
    add("--content", type=Path, help="the entries (content/)")
    add("--output", type=Path, help="where the site goes (site/)")
    add("--base-url", help="the site's address, over site.yaml's url")
    add("--no-search", dest="search", action="store_false")
    add("--jobs", type=jobs, help="processes (0: one a core)")
    add("--executor", choices=("processes", "dask"), help="who works: here, or a Dask cluster")
    add("--scheduler", metavar="ADDRESS", help="of that cluster, like tcp://HOST:8786")
    add("--drafts", action="store_true", help="publish drafts and days to come, too")
    add("--today", type=date, help="the day that it is taken to be (the real one)")
    add("--profile", action="store_true", help="say where time went")
    add("--quiet", action="store_true", help="print errors only")
    return parser
