"""What arXiv's feeds say, entry by entry: the export API's Atom, the daily feeds in RSS and Atom.

The daily feeds announce: an entry is new, a cross-list, or the replacement of a known paper. The
API answers questions: its entries have the time at which a paper was sent in.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from generator.model import Paper
from generator.sources import creators, facts, tags, xmltree
from generator.sources.document import Document, Notice, text_of
from generator.sources.withdrawn import is_withdrawn
from generator.system.errors import SourceError

SOURCE = "arxiv"
THROTTLED = "Rate exceeded"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_RSS1 = "{http://purl.org/rss/1.0/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_ROOTS = frozenset([f"{_ATOM}feed", "rss", f"{_RDF}RDF"])
_PREFIX = re.compile(r"(?:oai:arxiv\.org:|https?://(?:export\.)?arxiv\.org/abs/)", re.IGNORECASE)
_VERSION = re.compile(r"v([0-9]{1,4})$")
_ANNOUNCED = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*(\S+)\s*(?:Abstract:)?\s*", re.IGNORECASE)
# How the feeds of before 2024 end a title: `A Title. (arXiv:2307.99931v1 [cs.LG] UPDATED)`.
_OLD_END = re.compile(r"\(arXiv:(\S{1,40})\s+\[([\w.-]{1,40})\](?:\s+([A-Z ]{1,20}))?\)")
_OLD_KINDS = {"UPDATED": "replace", "CROSS LISTED": "cross"}
# arXiv's own categories; MSC and ACM codes stand among them.
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+(?:-[a-z]+)*)?")
_FIRST_YEAR, _LAST_YEAR = 1986, 2200  # the oldest paper was sent in five years before arXiv


class Entry(NamedTuple):
    """One entry: the paper, as it stands (its date is none yet), and how it came.

    ``kind`` is new, cross, replace or replace-cross where the entry announces, else nothing.
    ``submitted`` is when the first version was sent in, as only the API says.
    """

    paper: Paper
    kind: str
    version: int
    submitted: dt.datetime | None
    line: int

    @property
    def is_replacement(self) -> bool:
        """Whether it announces a new version of a paper that has been announced before."""
        return self.kind.startswith("replace")


class Feed(NamedTuple):
    """A feed's entries in its order, what could not be read, and the day that it announces.

    ``total`` is how many papers there are in all, of which this is a part; None if it is not said.
    """

    entries: tuple[Entry, ...]
    left_out: tuple[Notice, ...]
    day: dt.date | None
    total: int | None


class _Unreadable(Exception):
    """What is wrong with one entry; the others are read."""


def read(document: Document) -> Feed:
    """Return what the feed says; SourceError for a refusal, a broken document, another one."""
    text = text_of(document)
    if text.lstrip().startswith(THROTTLED):
        message = "arXiv answered 'Rate exceeded.': ask again later, at most once in 3 seconds"
        raise SourceError(document.name, 1, message)
    root = xmltree.parse(document.name, text)
    if root.tag not in _ROOTS:
        raise SourceError(document.name, root.line, f"<{root.tag}> is no feed of arXiv's")
    entries: list[Entry] = []
    left_out: list[Notice] = []
    for item in _items(root):
        _refuse_error(document, item)
        try:
            entries.append(_entry(item, document.today))
        except _Unreadable as problem:
            left_out.append(Notice(item.line, str(problem)))
    total = _text(root, f"{_SEARCH}totalResults")
    counted = int(total) if re.fullmatch(r"[0-9]{1,9}", total) else None
    return Feed(tuple(entries), tuple(left_out), _day(root), counted)


def _items(root: xmltree.Element) -> Iterator[xmltree.Element]:
    for item in root.iter():
        is_item = item.tag in {f"{_ATOM}entry", "item", f"{_RSS1}item"}
        if is_item and isinstance(item, xmltree.Element):
            yield item


def _texts(item: ET.Element, *names: str) -> Iterator[str]:
    """Yield the text of each child that has one of the names and says something."""
    for name in names:
        for child in item.findall(name):
            text = "".join(child.itertext()).strip()
            if text:
                yield text


def _text(item: ET.Element, *names: str) -> str:
    return next(_texts(item, *names), "")


def _day(root: ET.Element) -> dt.date | None:
    """Return the day that the feed announces, as it is called where the feed is made."""
    for written in _texts(root, "channel/pubDate", "channel/lastBuildDate", "channel/item/pubDate"):
        if day := _rfc822(written):
            return day
    # In the daily Atom an entry's `published` is the day of the announcement; `updated` is when
    # the feed was made.
    announces = root.find(f"{_ATOM}entry/{_ARXIV}announce_type") is not None
    announced = (f"{_ATOM}entry/{_ATOM}published", f"{_ATOM}updated") if announces else ()
    for written in _texts(root, f"{_RSS1}channel/{_DC}date", *announced):
        if time := _time(written):
            return time.date()
    return None


def _rfc822(written: str) -> dt.date | None:
    try:
        return email.utils.parsedate_to_datetime(written).date()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _time(written: str) -> dt.datetime | None:
    """Return an ISO time with its zone, UTC if it names none; None for what is no such time."""
    try:
        time = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def _refuse_error(document: Document, item: xmltree.Element) -> None:
    """Raise what arXiv's API says in an entry of its own in place of an answer."""
    address = _text(item, f"{_ATOM}id")
    if _text(item, f"{_ATOM}title") == "Error" and "arxiv.org/api/errors" in address:
        said = facts.line(_text(item, f"{_ATOM}summary"))
        raise SourceError(document.name, item.line, f"arXiv refused the question: {said}")


def _entry(item: xmltree.Element, today: dt.date) -> Entry:
    written = _text(item, f"{_ATOM}id", "guid", "link", f"{_RSS1}link")
    bare = _PREFIX.sub("", written, count=1)
    arxiv = facts.arxiv_id(bare) or facts.arxiv_id(_text(item, "link"))
    title = tags.plain(_text(item, f"{_ATOM}title", "title", f"{_RSS1}title"))
    title, version, category, old = _without_old_end(title)
    if not arxiv:
        raise _Unreadable(f"id {written[:80]!r} is not arXiv's, so the entry was left out")
    if not facts.line(title):
        raise _Unreadable(f"{arxiv} has no title, so the entry was left out")
    found = _VERSION.search(bare) or _VERSION.search(version)
    described = _text(item, f"{_ATOM}summary", "description", f"{_RSS1}description")
    announced = _ANNOUNCED.match(described)
    kind = _text(item, f"{_ARXIV}announce_type") or (announced[1] if announced else old)
    submitted = None if kind else _submitted(item, arxiv)
    abstract = tags.plain(described[announced.end() :] if announced else described)
    remark = facts.line(tags.plain(_text(item, f"{_ARXIV}comment")))
    journal = _text(item, f"{_ARXIV}journal_ref", f"{_ARXIV}journal_reference")
    paper = facts.paper(
        title=title,
        abstract=abstract,
        date=submitted.astimezone(dt.UTC).date() if submitted else today,
        authors=_authors(item, is_announced=bool(kind)),
        arxiv=arxiv,
        doi=facts.doi(_text(item, f"{_ARXIV}doi", f"{_ARXIV}DOI")),
        published=submitted.astimezone(dt.UTC).date() if submitted else None,
        topics=_categories(item, category),
        journal=facts.line(tags.plain(journal)),
        remark=remark,
        withdrawn=is_withdrawn(abstract=abstract, remark=remark),
        source=SOURCE,
    )
    return Entry(paper, kind, int(found[1]) if found else 1, submitted, item.line)


def _without_old_end(title: str) -> tuple[str, str, str, str]:
    """Return a title of the feeds of before 2024 in parts: title, id, category, announce type."""
    start = title.rfind("(arXiv:")
    end = _OLD_END.fullmatch(title[start:].rstrip()) if start >= 0 else None
    if end is None:
        return title, "", "", ""
    return title[:start].rstrip().removesuffix("."), end[1], end[2], _OLD_KINDS.get(end[3], "new")


def _submitted(item: ET.Element, arxiv: str) -> dt.datetime | None:
    written = _text(item, f"{_ATOM}published")
    time = _time(written)
    if written and (time is None or not _FIRST_YEAR <= time.year < _LAST_YEAR):
        raise _Unreadable(f"{arxiv}: published: {written[:80]!r} is no time; it was left out")
    return time


def _authors(item: ET.Element, *, is_announced: bool) -> tuple[str, ...]:
    """Return the authors: one element each, or all in one with commas between."""
    together = list(_texts(item, f"{_DC}creator"))
    each = list(_texts(item, f"{_ATOM}author/{_ATOM}name"))
    if together or is_announced:
        return creators.names(", ".join(together or each))
    return tuple(dict.fromkeys(name for one in each for name in creators.name(one)))


def _categories(item: ET.Element, first: str) -> tuple[str, ...]:
    """Return arXiv's categories of a paper, the primary one first."""
    primary = [each.get("term", "") for each in item.findall(f"{_ARXIV}primary_category")]
    terms = [each.get("term", "") for each in item.findall(f"{_ATOM}category")]
    found = [first, *primary, *terms, *_texts(item, "category")]
    return tuple(dict.fromkeys(term for term in found if _CATEGORY.fullmatch(term)))
