"""What the search knows of a paper: its words, what a result shows, what filters and sorts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.search.coding import NUMBERS, rising
from generator.search.terms import STOP_WORDS, words, words_of_each
from generator.urls import slugify

FIELDS = ("title", "authors", "abstract", "topics")
TITLE, AUTHORS, ABSTRACT, TOPICS = range(4)
_told = dict.fromkeys(STOP_WORDS, "").get
LINES = 140
NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper as the search sees it: plain text, no markup.

    ``code`` is whether the paper has code; ``topics`` are the names of its topics.
    """

    slug: str
    title: str
    date: date
    abstract: str = ""
    authors: tuple[str, ...] = ()
    others: bool = False
    topics: tuple[str, ...] = ()
    code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A document read once: all that the index takes from it, and small enough to be kept.

    ``fields`` holds the words of each of FIELDS in their order, with a space between; a stop
    word of the abstract has left an empty place, and so has the end of each name and topic.
    ``length`` is how many words of the abstract are left; ``authors`` and ``lines`` are as a
    result shows them.
    """

    slug: str
    date: date
    fields: tuple[str, str, str, str]
    length: int
    title: str
    authors: str
    lines: str
    topics: tuple[str, ...] = ()
    code: bool = False


def analyse(document: Document) -> Analysis:
    """Return the analysis of one document; it depends on nothing else."""
    found = words(document.abstract)
    abstract = list(map(_told, found, found))
    return Analysis(
        slug=document.slug,
        date=document.date,
        fields=(
            " ".join(words(document.title)),
            _listed(document.authors),
            " ".join(abstract),
            _listed(document.topics),
        ),
        length=len(abstract) - abstract.count(""),
        title=document.title,
        authors=_names(document.authors, document.others),
        lines=_first_lines(document.abstract),
        topics=document.topics,
        code=document.code,
    )


def _listed(names: tuple[str, ...]) -> str:
    return "  ".join(words_of_each(names))


def _names(authors: tuple[str, ...], others: bool) -> str:
    """Return the first NAMES authors, and a sign if there are more, named or not."""
    more = ", …" if others or len(authors) > NAMES else ""
    return ", ".join(authors[:NAMES]) + more


def _first_lines(text: str) -> str:
    """Return the beginning of ``text``, at most LINES signs, cut between words where it can be."""
    # A word takes a few signs: splitting what is certainly enough is faster than all of it.
    text = " ".join(text[: LINES * 2].split())
    if len(text) <= LINES:
        return text
    head = text[: LINES + 1].rsplit(" ", 1)[0]
    return head[:LINES].rstrip(" ,;:.") + "…"


Facets = tuple[list[str], str, str, dict[str, str]]


def facets(documents: Sequence[Analysis]) -> Facets:
    """Return days, the day of each document, which have code, and the documents of each topic.

    Days are ISO dates, rising; the day of a document is its place among them.
    """
    days = sorted({document.date for document in documents})
    place = {day: NUMBERS[number] for number, day in enumerate(days)}
    topics: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for topic in document.topics:
            topics.setdefault(topic, []).append(number)
    return (
        [day.isoformat() for day in days],
        "".join(place[document.date] for document in documents),
        rising([number for number, document in enumerate(documents) if document.code]),
        {topic: rising(numbers) for topic, numbers in sorted(topics.items())},
    )


Record = tuple[str, str, str, str, str]
FEW, MANY = 3, 8
"""Documents in a file of a small and of a large segment; both divide a block."""


def per_file(total: int) -> int:
    """Return how many documents of a segment of ``total`` go into a file.

    Ten results come out of ten files: few documents a file save bytes, many save files.
    """
    return FEW if total <= 1 << 14 else MANY


def chunks(documents: Sequence[Analysis], size: int) -> Iterator[list[Record]]:
    """Yield the records of each file in turn, ``size`` documents each."""
    records = list(map(_record, documents))
    for start in range(0, len(records), size):
        yield records[start : start + size]


def _record(document: Analysis) -> Record:
    """Return title, authors, date, first lines and slug; no slug where the title gives it."""
    slug = "" if document.slug == slugify(document.title) else document.slug
    return document.title, document.authors, document.date.isoformat(), document.lines, slug
