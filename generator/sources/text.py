"""A Daily Papers page, copied as text or captured as Markdown.

Above the papers stand the page's title, its byline and its date; then title and abstract by turns,
with votes before, and authors, organisation, date and comments after, or with nothing between.
Abstracts may be wrapped. Every line is one of these, or is named in a notice, or is an error.
"""

from __future__ import annotations

import datetime as dt

from generator.content import identity
from generator.model import Digest, Paper
from generator.sources import days, facts, lines
from generator.sources.body import Body, Draft
from generator.sources.document import Document, Notice, Parsed, text_of
from generator.sources.flow import Flow
from generator.sources.lines import Kind, Line
from generator.system.errors import SourceError

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


def recognises(_head: str) -> bool:
    """Say that anything may be such a page: what is none is refused with what would be right."""
    return True


def parse(document: Document) -> Parsed:
    """Return the page's digest; SourceError where the text is no such page."""
    found = lines.read(text_of(document))
    start = _end_of_header(found)
    header = found[:start]
    # What looks like a byline there is a line of an abstract.
    body = [
        line._replace(kind=Kind.TEXT, value=line.raw) if line.kind is Kind.BYLINE else line
        for line in found[start:]
    ]
    if not any(line.kind in _MARKS or facts.arxiv_id(line.address) for line in found):
        raise SourceError(document.name, 1, f"this is no digest; {EXPECTED}")
    notices = [
        Notice(line.number, f"not understood and left out: {line.value!r}")
        for line in header
        if line.kind is Kind.TEXT
    ]
    date, more = _date(document, header)
    reading = Body(document, body)
    drafts = reading.drafts
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
    return Parsed((digest,), (*notices, *reading.notices, *more))


def _end_of_header(found: list[Line]) -> int:
    """Return the index of the first line that belongs to a paper.

    The header ends with its last known line before the first abstract. Votes and submitter above
    the first title are that paper's.
    """
    end = 0
    units = Flow(found).units
    for index, line in enumerate(found):
        if line.kind in _ABOVE:
            end = index + 1
        elif line.kind in _BELOW or line.heading or (index in units and units[index].is_prose):
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


def _paper(document: Document, draft: Draft, date: dt.date) -> Paper:
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


def _refuse_twins(document: Document, drafts: list[Draft], papers: tuple[Paper, ...]) -> None:
    """Raise SourceError where two papers have one title and no ids to tell them apart."""
    seen: dict[str, Line] = {}
    for draft, paper in zip(drafts, papers, strict=True):
        line = draft.title[0]
        key = identity.fold(paper.title) + paper.arxiv
        if key in seen:
            message = f"line {seen[key].number} has the same title: {paper.title!r}"
            raise SourceError(document.name, line.number, message)
        seen[key] = line
