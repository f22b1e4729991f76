"""A Daily Papers page, copied as text or captured as Markdown.

Above the papers stand the page's title, its byline and its date; then title and abstract by turns,
with votes before, and authors, organisation, date and comments after, or with nothing between.
Abstracts may be wrapped. Every line is one of these, or is named in a notice, or is an error.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from generator import identity
from generator.errors import SourceError
from generator.model import Digest, Paper
from generator.sources import days, facts, lines
from generator.sources.document import Document, Notice, Parsed, text_of
from generator.sources.flow import Flow
from generator.sources.lines import Kind, Line

SOURCE = "huggingface"
TITLE = "Daily Papers"
EXPECTED = (
    "expected are a copied Daily Papers page, its HTML, Hugging Face's JSON, arXiv's Atom or RSS, "
    "JSON Lines or BibTeX"
)


# What only this kind of page has; what stands above its papers; what only below one of them.
_MARKS = frozenset([Kind.TITLE, Kind.BYLINE, Kind.INBOX, Kind.AUTHORS])
_ABOVE = frozenset([Kind.CHROME, Kind.INBOX, Kind.TITLE, Kind.BYLINE, Kind.DATE])
_BELOW = frozenset([Kind.AUTHORS, Kind.DOT, Kind.ORGANIZATION])


@dataclasses.dataclass(slots=True)
class _Draft:
    """A paper as its lines come in."""

    title: list[Line]
    abstract: list[str] = dataclasses.field(default_factory=list)
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)


def recognises(_head: str) -> bool:
    """Say that anything may be such a page: what is none is refused with what would be right."""
    return True


def parse(document: Document) -> Parsed:
    """Return the page's digest; SourceError where the text is no such page."""
    found = lines.read(text_of(document))
    start = _end_of_header(found)
    header, body = found[:start], found[start:]
    if not any(line.kind in _MARKS or facts.arxiv_id(line.address) for line in found):
        raise SourceError(document.name, 1, f"this is no digest; {EXPECTED}")
    notices = [
        Notice(line.number, f"not understood and left out: {line.value!r}")
        for line in header
        if line.kind is Kind.TEXT
    ]
    date, more = _date(document, header)
    drafts = _Body(document, body).drafts
    if not drafts:
        raise SourceError(document.name, found[-1].number, "this page lists no papers")
    papers = tuple(_paper(document, draft, date) for draft in drafts)
    _refuse_twins(document, drafts, papers)
    digest = Digest(
        date=date,
        title=_value(header, Kind.TITLE) or TITLE,
        byline=_value(header, Kind.BYLINE),
        source=SOURCE,
        papers=papers,
    )
    return Parsed((digest,), (*notices, *more))


def _end_of_header(found: list[Line]) -> int:
    """Return the index of the first line that belongs to a paper.

    The header ends with its last known line before the first abstract. Votes and submitter above
    the first title are that paper's.
    """
    end = 0
    flow = Flow(found)
    for index, line in enumerate(found):
        if line.kind in _ABOVE:
            end = index + 1
        elif line.kind in _BELOW or flow.begins_papers(index):
            break
    return end


def _value(header: list[Line], kind: Kind) -> str:
    return next((line.value for line in header if line.kind is kind), "")


def _date(document: Document, header: list[Line]) -> tuple[dt.date, list[Notice]]:
    """Return the digest's day, and a notice where it had to be guessed or was overruled."""
    line = next((line for line in header if line.kind is Kind.DATE), None)
    written = days.read(facts.line(line.value)) if line else None
    if line is None or written is None:
        if document.date is None:
            message = "the page has no date; say which day's it is with --date 2025-09-23"
            raise SourceError(document.name, 0, message)
        return document.date, []
    found = written.latest(document.today)
    if found is None:
        raise SourceError(document.name, line.number, f"there is no such day: {line.value}")
    if document.date is None:
        said = [] if written.year else [Notice(line.number, f"no year in {line.value!r}: {found}")]
        return found, said
    if written.on(document.date.year) == document.date:
        return document.date, []
    message = f"the page says {line.value!r}, you say {document.date}: taken as {document.date}"
    return document.date, [Notice(line.number, message)]


class _Body:
    """Reads the lines below the header into drafts of papers."""

    def __init__(self, document: Document, body: list[Line]) -> None:
        self._document = document
        self._flow = Flow(body)
        first = next((i for i, line in enumerate(body) if line.kind is Kind.TEXT), len(body))
        above = {line.kind for line in body[:first]}
        self._votes_above = Kind.NUMBER in above
        self._submitter_above = Kind.SUBMITTER in above
        self._numbers: list[Line] = []
        self._next_facts: dict[str, Any] = {}
        self.drafts: list[_Draft] = []
        for index, line in enumerate(body):
            if line.kind is Kind.TEXT:
                self._text(index, line)
            else:
                self._furniture(line)
        self._finish()

    def _fact(self, key: str, value: object, *, above: bool = False) -> None:
        """Note a fact of the paper at hand, or, where it stands above its title, of the next."""
        if above or not self.drafts:
            self._next_facts[key] = value
        else:
            self.drafts[-1].facts.setdefault(key, value)

    def _furniture(self, line: Line) -> None:
        if line.kind is Kind.NUMBER:
            self._numbers.append(line)
        elif line.kind is Kind.SUBMITTER:
            self._fact("submitter", line.value, above=self._submitter_above)
        elif line.kind is Kind.STARS:
            self._fact("stars", lines.count(line.value))
            if line.address:
                self._fact("links", {"code": line.address})
        elif line.kind is Kind.ORGANIZATION:
            self._fact("organization", line.value)
        elif line.kind is Kind.DATE:
            self._fact("published", line)

    def _text(self, index: int, line: Line) -> None:
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or line.heading or self._is_other_paper(draft, line):
            self._begin(line)
        elif not draft.abstract and self._flow.continues_title(index):
            draft.title.append(line)
        elif not draft.abstract:
            if self._flow.is_title_before_prose(index) and not line.address:
                raise self._no_abstract(draft)
            draft.abstract.append(line.value)
        elif self._flow.is_organization(index):
            self._fact("organization", line.value)
        elif self._same_address(draft, line) or self._flow.continues_abstract(index):
            draft.abstract += ["", line.value] if self._flow.is_parted(index) else [line.value]
        else:
            self._begin(line)

    @staticmethod
    def _same_address(draft: _Draft, line: Line) -> bool:
        return bool(line.address) and line.address == draft.title[0].address

    @staticmethod
    def _is_other_paper(draft: _Draft, line: Line) -> bool:
        this, other = facts.arxiv_id(draft.title[0].address), facts.arxiv_id(line.address)
        return bool(other) and other != this

    def _begin(self, line: Line) -> None:
        self._finish()
        self.drafts.append(_Draft([line], facts=self._next_facts))
        self._next_facts = {}

    def _finish(self) -> None:
        """Complete the paper at hand: the numbers since are its comments, the last the next's."""
        following = self._numbers.pop() if self._numbers and self._votes_above else None
        if self.drafts:
            if not self.drafts[-1].abstract:
                raise self._no_abstract(self.drafts[-1])
            for number in self._numbers:
                self._fact("comments", lines.count(number.value))
        if following and lines.count(following.value) is not None:
            self._next_facts["votes"] = lines.count(following.value)
        self._numbers = []

    def _no_abstract(self, draft: _Draft) -> SourceError:
        title = draft.title[0]
        message = f"this title has no abstract: {facts.line(title.value)!r}"
        return SourceError(self._document.name, title.number, message)


def _paper(document: Document, draft: _Draft, date: dt.date) -> Paper:
    more = dict(draft.facts)
    if line := more.pop("published", None):
        written = days.read(facts.line(line.value))
        more["published"] = written.latest(date) if written else None
        if more["published"] is None:
            raise SourceError(document.name, line.number, f"there is no such day: {line.value}")
    return facts.paper(
        title=" ".join(line.value for line in draft.title),
        abstract="\n".join(draft.abstract),
        date=date,
        arxiv=facts.arxiv_id(draft.title[0].address),
        source=SOURCE,
        **{key: value for key, value in more.items() if value is not None},
    )


def _refuse_twins(document: Document, drafts: list[_Draft], papers: tuple[Paper, ...]) -> None:
    """Raise SourceError where two papers have one title and no ids to tell them apart."""
    seen: dict[str, Line] = {}
    for draft, paper in zip(drafts, papers, strict=True):
        line = draft.title[0]
        key = identity.fold(paper.title) + paper.arxiv
        if key in seen:
            message = f"line {seen[key].number} has the same title: {paper.title!r}"
            raise SourceError(document.name, line.number, message)
        seen[key] = line
