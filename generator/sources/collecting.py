"""What a parser finds, gathered into digests: a day each, no paper twice, nothing unnamed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.content.identity import Register
from generator.model import Digest, Paper
from generator.sources.document import Document, Notice, Parsed
from generator.system.errors import SourceError

Head = Callable[[tuple[Paper, ...]], tuple[str, str]]


class Collection:
    """Takes papers one by one; ``parsed`` is what they come to.

    ``notices`` and ``left_out`` are those of the answer, for the parser to add to.
    """

    def __init__(self, document: Document, *, title: str, source: str, byline: str = "") -> None:
        self.notices: list[Notice] = []
        self.left_out: list[Notice] = []
        self._document = document
        self._title = title
        self._source = source
        self._byline = byline
        self._days: dict[dt.date, _Day] = {}

    def day_given(self, what: str) -> dt.date:
        """Return the day that was given; SourceError where ``what``, the format, knows none."""
        if self._document.date is None:
            message = f"{what} says no day for the list: give it with --date 2025-09-23"
            raise SourceError(self._document.name, 0, message)
        return self._document.date

    def leave_out(self, line: int, message: str) -> None:
        """Name what is not taken."""
        self.left_out.append(Notice(line, message))

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        """Name an entry that raises SourceError, by its own line or by ``line``, and go on."""
        try:
            yield
        except SourceError as error:
            self.leave_out(error.line or line, error.message)

    def say(self, line: int, message: str) -> None:
        """Tell of something odd in what is taken."""
        self.notices.append(Notice(line, message))

    def add(self, line: int, paper: Paper) -> None:
        """Take a paper; one that its day has already is kept once, and that is said."""
        day = self._days.setdefault(paper.date, _Day())
        known = day.add(paper)
        if known is not None:
            name = paper.arxiv or repr(known.title)
            message = f"{name} is listed twice on {paper.date}: kept once"
            self.notices.append(Notice(line, message))

    def parsed(self, head: Head | None = None) -> Parsed:
        """Return the digests, oldest first; ``head`` gives a title and a source for its papers."""
        digests = []
        for date, day in sorted(self._days.items()):
            papers = tuple(day.papers)
            title, source = head(papers) if head else (self._title, self._source)
            digests.append(
                Digest(date=date, title=title, source=source, byline=self._byline, papers=papers)
            )
        return Parsed(
            tuple(digests),
            tuple(sorted(self.notices, key=_line)),
            tuple(sorted(self.left_out, key=_line)),
        )


def _line(notice: Notice) -> int:
    return notice.line


class _Day:
    """The papers of one day, each once."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self._ids: dict[str, Paper] = {}
        self._register = Register()

    def add(self, paper: Paper) -> Paper | None:
        """Add ``paper``, or return the one that is the same."""
        if paper.arxiv:  # nearly all have one, and it says enough
            first = self._ids.setdefault(paper.arxiv, paper)
            if first is not paper:
                return first
        else:
            known = self._register.find(paper)
            if known is not None:
                return known
            # No two here have one slug: those of the folder are given when they are written.
            self._register.put(paper, slug=str(len(self.papers)))
        self.papers.append(paper)
        return None
