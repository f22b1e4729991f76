"""The errors of this program: what is wrong, where, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def printable(text: str) -> str:
    """Return ``text`` as it may be printed on a terminal.

    Messages quote strangers: what would move the cursor, colour the screen or turn the direction
    of the line is spelled out, and so is half a character, which no terminal takes.
    """
    return "".join(
        sign if sign.isprintable() or sign in "\n\t" else sign.encode("unicode_escape").decode()
        for sign in text
    )


class GazetteError(Exception):
    """Any failure that a person can mend; its text is meant for that person."""


class SourceError(GazetteError):
    """One thing wrong in one place of a file (or of another named input).

    ``line`` counts from 1; 0 means the file as a whole.
    """

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        super().__init__(path, line, message)
        self.path = str(path)
        self.line = line
        self.message = message

    def __str__(self) -> str:
        """Return ``path:line: message``, the form that editors can jump to."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"

    @property
    def place(self) -> tuple[str, int]:
        """Where the error stands, for sorting."""
        return self.path, self.line


class SourceErrors(GazetteError):
    """All errors of one reading, gathered, so that one run shows them all."""

    def __init__(self, errors: Iterable[SourceError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: error.place))
        super().__init__(self.errors)

    def __str__(self) -> str:
        """Return one line an error, in the order of files and lines."""
        return "\n".join(map(str, self.errors))
