"""Hugging Face's ``api/daily_papers`` JSON, for a day, a week or a month.

Only ``paper.id`` and a title must be there; everything else may be missing, null or odd. The day of
a paper is the one on which it was submitted to the daily papers, in UTC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.model import Paper
from generator.sources import decode, facts
from generator.sources.collecting import Collection
from generator.sources.document import Document, Notice, Parsed
from generator.sources.json_fields import Fields
from generator.system.errors import SourceError

SOURCE = "huggingface"
TITLE = "Daily Papers"
BYLINE = "AK and the research community"


class Entry(NamedTuple):
    """A paper as the API lists it: its line, its place in the list, what there is of it."""

    line: int
    place: str
    data: Mapping[str, Any]

    @property
    def paper(self) -> Mapping[str, Any]:
        """The paper's own fields; empty where they are missing."""
        found = self.data.get("paper")
        return found if isinstance(found, dict) else {}

    @property
    def id(self) -> str:
        """The paper's id as it is written."""
        found = self.paper.get("id")
        return found if isinstance(found, str) else ""

    @property
    def has_day(self) -> bool:
        """Whether the entry says when it was listed."""
        return bool(self.paper.get("submittedOnDailyAt"))


def parse(document: Document) -> Parsed:
    """Return the digests, one for each day; raises SourceError where the answer is no list."""
    return from_entries(document, entries(document))


def entries(document: Document) -> list[Entry]:
    """Return the entries of one answer of the API; raises SourceError where it is none."""
    if document.data.lstrip().startswith(b"["):
        found = [
            (line, decode.value(document.name, raw, first_line=line))
            for line, raw in decode.items(document.name, document.data)
        ]
    else:
        answer = decode.value(document.name, document.data)
        listed = answer.get("dailyPapers") if isinstance(answer, dict) else None
        if not isinstance(listed, list):
            said = Fields(answer if isinstance(answer, dict) else {}).line("error", "message")
            message = f"expected a list of papers; the answer is: {said or 'without papers'}"
            raise SourceError(document.name, 1, message)
        found = [(0, one) for one in listed]
    return [
        Entry(line, f"[{number}]", one if isinstance(one, dict) else {})
        for number, (line, one) in enumerate(found)
    ]


def from_entries(document: Document, listed: Iterable[Entry]) -> Parsed:
    """Return the digests of the API's entries; those that cannot be used are named."""
    reading = Collection(document, title=TITLE, source=SOURCE, byline=BYLINE)
    listed = tuple(listed)
    for entry in listed:
        with reading.at(entry.line):
            outer = Fields(entry.data, f"{entry.place}.")
            reading.add(entry.line, _paper(document, entry, outer))
            reading.left_out += [Notice(entry.line, said) for said in outer.odd]
    if not listed:
        reading.notices.append(Notice(0, "the list is empty: no papers"))
    return reading.parsed()


def _day(document: Document, entry: Entry, paper: Fields) -> dt.date:
    """Return the day that lists the entry: as given, else as submitted."""
    if document.date:
        return document.date
    field = f"{entry.place}.paper.submittedOnDailyAt"
    said = paper.text("submittedOnDailyAt")
    if not said:
        message = f"{field} is missing, so the day is unknown: give it with --date 2025-09-23"
        raise SourceError(document.name, entry.line, message)
    return decode.day(document.name, entry.line, field, said)


def _paper(document: Document, entry: Entry, outer: Fields) -> Paper:
    paper = outer.inner("paper")
    arxiv = facts.arxiv_id(paper.text("id"))
    if not arxiv:
        found = f"{entry.place}.paper.id: {entry.paper.get('id')!r}"
        message = f"{found[:120]} is not an arXiv id like 2503.02130"
        raise SourceError(document.name, entry.line, message)
    title = paper.text("title") or outer.text("title")
    if not facts.line(title):
        message = f"{entry.place}.paper.title: {arxiv} has no title"
        raise SourceError(document.name, entry.line, message)
    links = {"code": paper.address("githubRepo"), "project": paper.address("projectPage")}
    organization = paper if paper.has("organization") else outer
    submitter = paper.inner("submittedOnDailyBy") if paper.has("submittedOnDailyBy") else None
    return facts.paper(
        title=title,
        abstract=paper.text("summary") or outer.text("summary"),
        date=_day(document, entry, paper),
        authors=paper.names("authors"),
        arxiv=arxiv,
        published=_published(document, entry, paper),
        links={kind: url for kind, url in links.items() if url},
        topics=paper.words("ai_keywords"),
        votes=paper.count("upvotes"),
        comments=outer.count("numComments"),
        stars=paper.count("githubStars"),
        summary=paper.line("ai_summary"),
        organization=organization.inner("organization").line("fullname", "name"),
        submitter=(submitter or outer.inner("submittedBy")).line("fullname", "name"),
        source=SOURCE,
    )


def _published(document: Document, entry: Entry, paper: Fields) -> str:
    """Return the day on which the paper came out; one that is no day is named and left out."""
    said = paper.text("publishedAt")
    field = f"{entry.place}.paper.publishedAt"
    try:
        return decode.day(document.name, entry.line, field, said).isoformat() if said else ""
    except SourceError as error:
        paper.odd.append(f"{error.message}: left out")
        return ""
