"""Saved HTML: of the Daily Papers page, of a paper's own page, of arXiv's pages, of a mail.

A page of Hugging Face carries its data as JSON; one of a paper says what to cite in its head. Where
neither is there, the visible text is read as a copied page is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from generator.model import Digest
from generator.sources import days, facts, huggingface, readers, refusals
from generator.sources.document import Document, Notice, Parsed, text_of
from generator.sources.page import saved_html
from generator.sources.page.saved_html import Page
from generator.system.errors import SourceError

_ROOT = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|main|article|section|table|ul|ol|p|h[1-6]|a|meta|title|link|span|dl|pre|center|base)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"<(?:feed|rss|rdf:RDF)[\s/>]")
_LIST = ("dailyPapers", "papers", "trendingPapers")


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is HTML."""
    return head.startswith("<") and not _OTHER.search(head) and bool(_ROOT.search(head))


def parse(document: Document) -> Parsed:
    """Return the page's digest; SourceError where the page lists no papers."""
    return from_page(document, saved_html.read(text_of(document)))


def from_page(document: Document, page: Page) -> Parsed:
    """Return the digest of a page that is read."""
    notices: list[Notice] = []
    found, damaged = _data(page)
    if found:
        return huggingface.from_entries(document, found)
    if damaged:
        notices.append(Notice(0, "the page's own data are damaged: its visible text is taken"))
    if parsed := _cited(document, page):
        return parsed
    fields = {"url": page.canonical or next(iter(page.meta.get("og:url", [])), "")}
    try:
        parsed = readers.read(document, page.rows, fields)
    except SourceError as error:
        if page.rows and error.line:
            problem = refusals.error_page(page.title, page.rows)
            if problem:
                raise SourceError(document.name, 0, problem) from None
        message = f"this HTML page is no digest (in its text: {error.message})"
        raise SourceError(document.name, 0, message) from None
    return parsed._replace(notices=(*notices, *parsed.notices))


def _data(page: Page) -> tuple[list[huggingface.Entry], bool]:
    """Return the entries that a page of Hugging Face carries, and whether it has damaged ones."""
    damaged = False
    for text in page.data:
        if '"dailyPapers"' not in text and '"paper"' not in text and '"papers"' not in text:
            continue
        try:
            held = msgspec.json.decode(text, type=dict[str, Any])
        except (msgspec.DecodeError, RecursionError):
            damaged = True
            continue
        lists = [held.get(key) for key in _LIST] + [[held]]
        found = next(filter(None, map(_entries, lists)), [])
        if found:
            return found, False
        damaged = damaged or "dailyPapers" in held
    return [], damaged


def _entries(listed: object) -> list[huggingface.Entry]:
    """Return the entries of a list; none where it lists something else."""
    found = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    if not any(isinstance(each.get("paper"), dict) and "id" in each["paper"] for each in found):
        return []
    return [huggingface.Entry(0, f"[{number}]", each) for number, each in enumerate(found)]


def _cited(document: Document, page: Page) -> Parsed | None:
    """Return the paper that the page's head says how to cite; None where it says nothing."""

    def first(*names: str) -> str:
        return next(
            (value for name in names for value in page.meta.get(name, []) if value.strip()), ""
        )

    title = first("citation_title")
    day = document.date or document.sent
    if not title or (day is None and len(page.meta.get("citation_title", [])) != 1):
        return None
    written = days.read(
        first("citation_publication_date", "citation_date", "citation_online_date").replace(
            "/", "-"
        )
    )
    published = written.on(written.year) if written and written.year else None
    day = day or published
    if day is None:
        raise SourceError(
            document.name, 0, "the page has no date; say which day's it is with --date 2025-09-23"
        )
    address = first("og:url") or page.canonical
    arxiv = facts.arxiv_id(first("citation_arxiv_id")) or facts.arxiv_id(address)
    links = {"link": address} if not arxiv and facts.is_address(address) else {}
    paper = facts.paper(
        title=title,
        abstract=first("citation_abstract") or _described(page),
        date=day,
        authors=tuple(map(_turned, page.meta.get("citation_author", []))),
        arxiv=arxiv,
        doi=facts.doi(first("citation_doi")),
        published=published,
        links=links,
        source="arxiv" if arxiv else "html",
    )
    name = "arXiv papers" if arxiv else "Papers"
    return Parsed((Digest(date=day, title=name, source=paper.source, papers=(paper,)),))


def _described(page: Page) -> str:
    """Return the page's description where it is long enough for an abstract."""
    texts: Sequence[str] = [*page.meta.get("og:description", []), *page.meta.get("description", [])]
    return max((text for text in texts if len(text) > _ABSTRACT), key=len, default="")


_ABSTRACT = 250


def _turned(name: str) -> str:
    """Return a name given as ``Last, First`` in the order in which it is spoken."""
    last, _, first = facts.line(name).partition(", ")
    return f"{first} {last}".strip()
