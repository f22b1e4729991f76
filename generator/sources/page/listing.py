"""A page that lists papers -> its digest, whatever it was copied, saved or sent as.

Above the papers stand the page's title, its byline and its date; then the papers, each with what
the page shows of it. What is understood is taken; every other line is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from generator.content import identity
from generator.model import Digest, Paper
from generator.sources import days, facts
from generator.sources.document import Document, Notice, Parsed
from generator.sources.page import lines, targets
from generator.sources.page.body import Body, Draft
from generator.sources.page.flow import Flow
from generator.sources.page.furniture import Kind
from generator.sources.page.lines import Line
from generator.sources.page.rows import Row
from generator.sources.page.titles import Finder
from generator.system.errors import SourceError

SOURCE = "huggingface"
TITLE = "Daily Papers"

# What only such a page has; what stands above its papers; what only beside one of them.
_MARKS = frozenset([Kind.PAGE, Kind.COUNT])
_HEADER = frozenset([Kind.CHROME, Kind.PAGE, Kind.BYLINE, Kind.DATE])
_BESIDE = frozenset(
    [Kind.COUNT, Kind.NUMBER, Kind.VOTES, Kind.SUBMITTER, Kind.STARS, Kind.PUBLISHED, Kind.DOT]
)
_MANY = 3


def parse(
    document: Document, rows: Iterable[Row], said: Mapping[str, str], expected: str
) -> Parsed:
    """Return the digest of a page; SourceError, with what was ``expected``, where it is none.

    ``said`` are the fields that a clipper wrote above the page.
    """
    flow = Flow(lines.read(rows))
    found = flow.lines
    end = _end_of_header(found, flow)
    finder = Finder(found, flow, end)
    titles = finder.find()
    body = Body(found, flow, finder, titles)
    drafts, left_out = _usable(body.drafts)
    left_out += body.left_out
    header = found[: body.start] if titles.found else found
    if not _is_page(found, drafts):
        raise SourceError(document.name, 1, f"this is no digest; {expected}")
    if not drafts:
        number = found[-1].number if found else 0
        raise SourceError(document.name, number, "this page lists no papers")
    left_out += _unknown(header)
    date, notices = _date(document, header, said)
    papers: list[Paper] = []
    for draft in drafts:
        paper, said_of = _paper(draft, date)
        papers.append(paper)
        left_out += said_of
    once, twins = _once(drafts, papers)
    digest = Digest(
        date=date,
        title=_value(header, Kind.PAGE) or TITLE,
        byline=_value(header, Kind.BYLINE),
        source=SOURCE,
        papers=tuple(once),
    )
    notices += [
        Notice(draft.title.number, f"no abstract: {facts.line(draft.title.text)!r}")
        for draft in (drafts if any(each.abstract for each in drafts) else ())
        if not (draft.abstract or draft.by_form)
    ]
    return Parsed(
        (digest,),
        tuple(sorted({*body.notices, *notices})),
        tuple(sorted({*left_out, *twins})),
    )


def _end_of_header(found: Sequence[Line], flow: Flow) -> int:
    """Return the index of the first line that may belong to a paper."""
    end = 0
    has_page = False
    for index, line in enumerate(found):
        if line.kind in _HEADER and not (line.kind is Kind.DATE and line.paper):
            end = index + 1
            has_page = has_page or line.kind is Kind.PAGE
        unit = flow.units.get(index)
        is_text = unit is not None and (unit.is_prose or (unit.lines[0].level and has_page))
        if line.paper or line.kind in _BESIDE or is_text:
            break
    return end


def _is_page(found: Sequence[Line], drafts: Sequence[Draft]) -> bool:
    """Say whether there is anything but a title and a text to show that papers are listed here."""
    if any(line.kind in _MARKS or line.paper for line in found):
        return True
    if any(line.kind is Kind.BYLINE and "community" in line.value for line in found):
        return True
    if sum(draft.has_votes for draft in drafts) >= _MANY - 1:
        return True
    whole = [draft for draft in drafts if draft.abstract]
    return len(whole) >= _MANY and all(
        len(draft.abstract) == 1 and draft.abstract[0].is_prose for draft in whole
    )


def _usable(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Notice]]:
    """Return the drafts that are papers, and what is said of those that are not."""
    kept: list[Draft] = []
    left_out: list[Notice] = []
    for draft in sorted(drafts, key=lambda each: each.title.start):
        if draft.is_known:
            kept.append(draft)
            continue
        title = facts.line(draft.title.text)[:200]
        message = f"a title without abstract, link, id or votes: {title!r}"
        left_out.append(Notice(draft.title.number, message))
    return kept, left_out


def _unknown(header: Sequence[Line]) -> list[Notice]:
    """Return a notice for each line above the papers that is nothing known."""
    return [
        Notice(line.number, f"not understood: {(line.raw or line.address)[:200]!r}")
        for line in header
        if line.kind is Kind.TEXT
    ]


def _value(header: Sequence[Line], kind: Kind) -> str:
    return next((line.value for line in header if line.kind is kind), "")


def _date(
    document: Document, header: Sequence[Line], said: Mapping[str, str]
) -> tuple[dt.date, list[Notice]]:
    """Return the digest's day, and a notice where it had to be guessed or was overruled."""
    line = next((line for line in header if line.kind is Kind.DATE), None)
    written = days.read(facts.line(line.value)) if line else None
    if line is None or written is None:
        found = document.date or said_date(document, said)
        if found is None:
            message = "the page has no date; say which day's it is with --date 2025-09-23"
            raise SourceError(document.name, 0, message)
        return found, []
    found = written.latest(said_date(document, said) or document.today)
    if found is None:
        raise SourceError(document.name, line.number, f"there is no such day: {line.value}")
    if document.date is None:
        is_sure = written.year or said_date(document, said)
        return found, [] if is_sure else [
            Notice(line.number, f"no year in {line.value!r}: {found}")
        ]
    if written.on(document.date.year) == document.date:
        return document.date, []
    message = f"the page says {line.value!r}, you say {document.date}: taken as {document.date}"
    return document.date, [Notice(line.number, message)]


def said_date(document: Document, said: Mapping[str, str]) -> dt.date | None:
    """Return the day that the page's address, its letter or a clipper says, if one does."""
    for field in ("source", "url source", "url"):
        if found := targets.day(said.get(field, "")):
            return found
    if document.sent:
        return document.sent
    for field in ("created", "published time", "date", "clipped"):
        written = said.get(field, "")
        for text in (written[:10], written.partition(":")[0].rpartition(" ")[0]):
            if (day := days.read(text.strip())) and day.year:
                return day.on(day.year)
    return None


def _paper(draft: Draft, date: dt.date) -> tuple[Paper, list[Notice]]:
    """Return the paper of a draft, and what of it was not taken."""
    more = dict(draft.facts)
    left_out = []
    line = more.pop("published", None)
    if line:
        written = days.read(facts.line(line.value))
        more["published"] = written.latest(date) if written else None
        if more["published"] is None:
            left_out.append(Notice(line.number, f"there is no such day: {line.value}"))
    arxiv = facts.arxiv_id(draft.paper)
    doi = "" if arxiv else facts.doi(draft.paper)
    if draft.paper and not (arxiv or doi):
        draft.links["link"] = draft.paper
    return facts.paper(
        title=draft.title.text,
        abstract="\n\n".join(unit.text for unit in draft.abstract),
        date=date,
        arxiv=arxiv,
        doi=doi,
        links=draft.links,
        source=SOURCE,
        **{key: value for key, value in more.items() if value is not None},
    ), left_out


def _once(drafts: Sequence[Draft], papers: Sequence[Paper]) -> tuple[list[Paper], list[Notice]]:
    """Return each paper once, and a notice for each that comes again."""
    seen: dict[str, int] = {}
    once: list[Paper] = []
    twins: list[Notice] = []
    for draft, paper in zip(drafts, papers, strict=True):
        key = paper.arxiv or paper.doi or identity.fold(paper.title)
        if key in seen:
            message = f"line {seen[key]} has the same paper: {paper.title!r}; kept once"
            twins.append(Notice(draft.title.number, message))
        else:
            seen[key] = draft.title.number
            once.append(paper)
    return once, twins
