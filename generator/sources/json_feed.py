"""JSON Feed: an item is a paper. Feed readers export what they keep so, and this program writes it.

An item's text may be HTML in which authors, dates and links stand in paragraphs of their own, as in
our own feeds; they are told apart from the abstract.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from lxml import etree

from generator.model import Paper
from generator.sources import decode, facts, tags
from generator.sources.collecting import Collection
from generator.sources.document import Document, Notice, Parsed
from generator.sources.json_fields import Fields
from generator.system.errors import SourceError
from generator.text import partial_dates

SOURCE = "feed"
_BLOCKS = frozenset(["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "blockquote", "section"])
_HIDDEN = frozenset(["script", "style"])
# What a link of our own feeds is called by what it leads to.
_OWN = {"arxiv", "pdf", "doi"}
_LONGEST_LINKS = 3  # letters between two links, in a paragraph that is links alone


class _Paragraph(NamedTuple):
    text: str
    links: tuple[tuple[str, str], ...]  # what each is called, where it leads
    time: str

    @property
    def is_links(self) -> bool:
        """Whether there is nothing else in it but links and signs between them."""
        between = len(self.text) - sum(len(name) for name, _ in self.links)
        return bool(self.links) and between <= _LONGEST_LINKS * len(self.links)


def parse(document: Document, feed: Mapping[str, Any]) -> Parsed:
    """Return the feed's digests, one for each day; items that cannot be read are named."""
    head = Fields(feed)
    reading = Collection(document, title=head.line("title") or "Feed", source=SOURCE)
    items = head.list("items")
    for number, value in enumerate(items):
        with reading.at(0):
            place = f"items[{number}]"
            if not isinstance(value, dict):
                raise SourceError(document.name, 0, f"{place}: expected an object")
            item = Fields(value, f"{place}.")
            reading.add(0, _paper(document, place, item))
            reading.left_out += [Notice(0, said) for said in item.odd]
    if not items:
        reading.notices.append(Notice(0, "the feed is empty: no papers"))
    return reading.parsed()


def _paper(document: Document, place: str, item: Fields) -> Paper:
    title = tags.plain(item.text("title"))
    if not facts.line(title):
        raise SourceError(
            document.name, 0, f"{place}.title: is empty or missing; every paper has one"
        )
    authors = item.names("authors", "author")
    body = _paragraphs_of(item.text("content_html"))
    text = item.text("content_text") or ("" if body else tags.plain(item.text("summary")))
    abstract = text or "\n\n".join(one.text for one in body if _is_abstract(one, authors))
    addresses = {item.text("url", "external_url"), item.text("external_url"), item.text("id")}
    links = [link for paragraph in body for link in paragraph.links]
    found = [*addresses, *(address for _, address in links)]
    arxiv = next(filter(None, map(facts.arxiv_id, found)), "")
    doi = next(filter(None, map(facts.doi, found)), "")
    return facts.paper(
        title=title,
        abstract=abstract,
        date=_day(document, place, item),
        authors=authors,
        others=any(one.text.startswith(", ".join(authors) + " et al.") for one in body if authors),
        arxiv=arxiv,
        doi=doi,
        published=next((one.time for one in body if one.time), ""),
        journal=next((one.text.partition(" · ")[2] for one in body if one.time), ""),
        links=_links(item, body, arxiv, doi),
        topics=item.words("tags"),
        source=SOURCE,
    )


def _links(item: Fields, body: list[_Paragraph], arxiv: str, doi: str) -> dict[str, str]:
    """Return the links of the paragraphs that are links, else the item's own address."""
    named = {
        name.lower(): address
        for one in body
        if one.is_links
        for name, address in one.links
        if facts.is_address(address) and not facts.is_known(address, arxiv, doi)
    }
    links = {name: address for name, address in named.items() if name not in _OWN}
    url = item.text("external_url", "url")
    if not links and not arxiv and not doi and facts.is_address(url):
        links["link"] = url
    return links


def _is_abstract(one: _Paragraph, authors: tuple[str, ...]) -> bool:
    names = ", ".join(authors)
    return not (one.is_links or one.time or (authors and one.text in (names, f"{names} et al.")))


def _paragraphs_of(html: str) -> list[_Paragraph]:
    """Return the paragraphs of an item's HTML."""
    if not html:
        return []
    reader = _Paragraphs()
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.feed(f"<div>{facts.clean(html)}</div>".encode())
    for event, element in etree.iterwalk(parser.close(), events=("start", "end")):
        if event == "start":
            reader.start(str(element.tag), {key: str(value) for key, value in element.items()})
            reader.data(element.text or "")
        else:
            reader.end(str(element.tag))
            reader.data(element.tail or "")
    reader.close()
    return reader.found


def _day(document: Document, place: str, item: Fields) -> dt.date:
    """Return the day that lists the item: as given, else as it says, where the feed was made."""
    if document.date:
        return document.date
    said = item.text("date_published", "date_modified")
    if not said:
        message = f"{place}.date_published is missing: give the day with --date 2025-09-23"
        raise SourceError(document.name, 0, message)
    # A feed's midnight is that of its own zone: the day as it is written.
    return decode.day(document.name, 0, f"{place}.date_published", said[: len("2025-09-23")])


class _Paragraphs:
    """Cuts HTML into paragraphs, each with its links and its time."""

    def __init__(self) -> None:
        self.found: list[_Paragraph] = []
        self._texts: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._time = ""
        self._href = ""
        self._name: list[str] = []
        self._hidden = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if tag in _BLOCKS:
            self.close()
        elif tag == "a":
            self._href, self._name = attributes.get("href") or "", []
        elif tag == "time":
            self._time = partial_dates.read(attributes.get("datetime") or "")
        self._hidden += tag in _HIDDEN

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in _BLOCKS:
            self.close()
        elif tag == "a" and self._href:
            self._links.append((facts.line("".join(self._name)), self._href))
            self._href = ""
        self._hidden -= tag in _HIDDEN and self._hidden > 0

    def data(self, data: str) -> None:
        """Add text."""
        if not self._hidden:
            self._texts.append(data)
            self._name.append(data)

    def close(self) -> None:
        """End the paragraph."""
        text = facts.line("".join(self._texts))
        if text:
            self.found.append(_Paragraph(text, tuple(self._links), self._time))
        self._texts, self._links, self._time = [], [], ""
