"""arXiv: the export API's Atom, and the daily feeds in RSS and Atom.

Versions of a paper are one paper, the latest. Replacements are no news: they make no entry.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from generator.model import Digest, Paper
from generator.sources import decode, facts
from generator.sources.document import Document, Notice, Parsed, text_of
from generator.system.errors import SourceError

SOURCE = "arxiv"
TITLE = "arXiv"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OLD_ID = re.compile(r"(?:oai:arxiv\.org:|https?://(?:export\.)?arxiv\.org/abs/)", re.IGNORECASE)
_VERSION = re.compile(r"v([0-9]+)$")
_ANNOUNCED = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*(\S+)\s*(?:Abstract:)?\s*", re.IGNORECASE)
# arXiv's own categories; MSC and ACM codes stand among them.
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+(?:-[a-z]+)*)?")
_THROTTLED = "Rate exceeded"


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is one of arXiv's feeds, or its refusal."""
    return head.startswith(_THROTTLED) or (
        head.startswith("<") and re.search(r"<(?:feed|rss|rdf:RDF)[\s/>]", head) is not None
    )


def parse(document: Document) -> Parsed:
    """Return the feed's digest, or none if the feed is empty; raises SourceError."""
    root = _root(document)
    items = [*root.iter(f"{_ATOM}entry"), *root.iter("item")]
    notices: list[Notice] = []
    days: dict[dt.date, dict[str, tuple[int, Paper]]] = {}
    replaced = 0
    announced = _announced(document, root)
    for item in items:
        _refuse_error(document, item)
        if _kind(item).startswith("replace"):
            replaced += 1
            continue
        version, paper = _paper(document, item, announced)
        listed = days.setdefault(paper.date, {})
        known = listed.get(paper.arxiv)
        if known is None or known[0] < version:
            listed[paper.arxiv] = version, paper
    if replaced:
        notices.append(Notice(0, f"{replaced} replacements of known papers left out"))
    if not items:
        notices.append(Notice(0, "the feed is empty: no papers"))
    digests = (
        Digest(
            date=day,
            title=TITLE,
            source=SOURCE,
            papers=tuple(paper for _, paper in listed.values()),
        )
        for day, listed in sorted(days.items())
    )
    return Parsed(tuple(digests), tuple(notices))


def _root(document: Document) -> ET.Element:
    text = text_of(document)
    if text.lstrip().startswith(_THROTTLED):
        message = "arXiv answered 'Rate exceeded.': ask again later, at most once in 3 seconds"
        raise SourceError(document.name, 1, message)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise SourceError(document.name, 1, "a feed with a DOCTYPE is no feed of arXiv's")
    try:
        return ET.fromstring(text.encode())  # noqa: S314  # no DOCTYPE: no entities, nothing to expand
    except ET.ParseError as error:
        line = error.position[0]
        raise SourceError(document.name, line, f"this is no whole XML: {error}") from None


def _texts(item: ET.Element, *names: str) -> Iterator[str]:
    """Yield the text of each child that has one of the names and says something."""
    for name in names:
        for child in item.findall(name):
            text = "".join(child.itertext()).strip()
            if text:
                yield text


def _text(item: ET.Element, *names: str) -> str:
    return next(_texts(item, *names), "")


def _announced(document: Document, root: ET.Element) -> dt.date | None:
    """Return the day that all papers are listed on: as given, else the daily feed's own."""
    if document.date:
        return document.date
    written = _text(root, "channel/pubDate", "channel/lastBuildDate")
    if written:
        return _rfc822(document, written)
    if root.find(f"{_ATOM}entry/{_ARXIV}announce_type") is None:
        return None
    return _day(document, "updated", _text(root, f"{_ATOM}updated"))


def _rfc822(document: Document, written: str) -> dt.date:
    """Return the day of an RSS date, as it is called where the feed was made."""
    try:
        return email.utils.parsedate_to_datetime(written).date()
    except ValueError:
        raise SourceError(document.name, 0, f"pubDate: {written!r} is no date") from None


def _day(document: Document, field: str, written: str) -> dt.date:
    return decode.day(document.name, 0, field, written)


def _refuse_error(document: Document, item: ET.Element) -> None:
    """Raise what arXiv's API says in an entry of its own in place of an answer."""
    address = _text(item, f"{_ATOM}id")
    if _text(item, f"{_ATOM}title") == "Error" and "arxiv.org/api/errors" in address:
        said = facts.line(_text(item, f"{_ATOM}summary"))
        raise SourceError(document.name, 0, f"arXiv refused the question: {said}")


def _kind(item: ET.Element) -> str:
    """Return how a daily feed announces a paper: new, cross, replace, replace-cross; or not."""
    found = _text(item, f"{_ARXIV}announce_type")
    announced = _ANNOUNCED.match(_text(item, "description", f"{_ATOM}summary"))
    return found or (announced[1] if announced else "")


def _paper(document: Document, item: ET.Element, day: dt.date | None) -> tuple[int, Paper]:
    """Return the number of the paper's version, and the paper."""
    written = _text(item, f"{_ATOM}id", "guid", "link")
    bare = _OLD_ID.sub("", written)
    arxiv = facts.arxiv_id(bare) or facts.arxiv_id(_text(item, "link"))
    title = _text(item, f"{_ATOM}title", "title")
    if not arxiv or not title:
        found = f"id {written!r} is not arXiv's" if not arxiv else f"{arxiv} has no title"
        raise SourceError(document.name, 0, f"{found}; the feed is not in arXiv's form")
    published = _text(item, f"{_ATOM}published")
    first = _day(document, f"{arxiv}: published", published) if published else None
    listed = day or first
    if listed is None:
        message = f"{arxiv} has no date; say which day's it is with --date 2025-09-23"
        raise SourceError(document.name, 0, message)
    version = _VERSION.search(bare)
    abstract = _text(item, f"{_ATOM}summary", "description")
    return int(version[1]) if version else 1, facts.paper(
        title=title,
        abstract=_ANNOUNCED.sub("", abstract, count=1),
        date=listed,
        authors=_authors(item),
        arxiv=arxiv,
        doi=facts.doi(_text(item, f"{_ARXIV}doi", f"{_ARXIV}DOI")),
        published=None if _kind(item) else first,
        topics=_categories(item),
        journal=facts.line(_text(item, f"{_ARXIV}journal_ref", f"{_ARXIV}journal_reference")),
        remark=facts.line(_text(item, f"{_ARXIV}comment")),
        source=SOURCE,
    )


def _authors(item: ET.Element) -> tuple[str, ...]:
    """Return the authors: one element each, or all in one with commas between."""
    named = [facts.line(name) for name in _texts(item, f"{_ATOM}author/{_ATOM}name")]
    creators = [name for text in _texts(item, f"{_DC}creator") for name in text.split(",")]
    return tuple(filter(None, map(facts.line, creators or named)))


def _categories(item: ET.Element) -> tuple[str, ...]:
    """Return arXiv's categories of a paper, the primary one first."""
    primary = [each.get("term", "") for each in item.findall(f"{_ARXIV}primary_category")]
    terms = [each.get("term", "") for each in item.findall(f"{_ATOM}category")]
    found = [*primary, *terms, *_texts(item, "category")]
    return tuple(dict.fromkeys(term for term in found if _CATEGORY.fullmatch(term)))
