"""What the search knows of a paper: its words, what a result shows, what filters and sorts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from generator.search.coding import NUMBERS, rising
from generator.search.compounds import other_spellings
from generator.search.terms import STOP_WORDS, words, words_of_each
from generator.urls import beyond_title

FIELDS = ("title", "authors", "abstract", "venue")
TITLE, AUTHORS, ABSTRACT, VENUE = range(4)
NAME_PLACES = 8
"""The words of a name stand in so many places, from one of their multiples on: so a phrase among
the authors knows where a name ends."""
_told = dict.fromkeys(STOP_WORDS, "").get
NAMES = 3
NO_PDF = "-"
"""What stands in a record where a paper has no PDF any more: it was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper as the search sees it: plain text, no markup; an empty line parts paragraphs.

    ``topics`` are the names of its topics, ``venue`` is what else says where it comes from:
    organisation, journal, years. ``keys`` are exact names of the paper, as ``keys.py`` makes them;
    ``code`` and ``pdf`` are addresses; NO_PDF stands for that of a paper that was withdrawn.
    """

    slug: str
    title: str
    date: date
    abstract: str = ""
    authors: tuple[str, ...] = ()
    others: bool = False
    topics: tuple[str, ...] = ()
    venue: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    arxiv: str = ""
    code: str = ""
    pdf: str = ""
    votes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A document read once: all that the index takes from it, and small enough to be kept.

    In the index ``slug`` is what its page is called below ``papers/``: with the folder, if any.
    ``fields`` holds the words of each of FIELDS in their order, with a space between; a stop
    word of the abstract has left an empty place, and so has the end of each name. Behind them stand
    the words that the text would hold in another spelling. ``length`` is how many words of the
    abstract are left; ``authors`` and ``abstract`` are as a result shows them.
    """

    slug: str
    date: date
    fields: tuple[str, str, str, str]
    length: int
    title: str
    authors: str
    abstract: str
    topics: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    arxiv: str = ""
    code: str = ""
    pdf: str = ""
    votes: int = 0


def analyse(document: Document) -> Analysis:
    """Return the analysis of one document; it depends on nothing else."""
    found = words(document.abstract)
    abstract = [*map(_told, found, found)]
    if more := other_spellings(document.abstract, found):
        abstract += ["", *more]
    return Analysis(
        slug=document.slug,
        date=document.date,
        fields=(
            _text(document.title),
            _names(document.authors),
            " ".join(abstract),
            _text(" ; ".join(document.venue)) if document.venue else "",
        ),
        length=len(abstract) - abstract.count(""),
        title=document.title,
        authors=_first_names(document.authors, document.others),
        abstract=document.abstract.replace("\n\n", " "),
        topics=document.topics,
        keys=document.keys,
        arxiv=document.arxiv,
        code=document.code,
        pdf=document.pdf,
        votes=document.votes,
    )


def _text(text: str) -> str:
    """Return the words of ``text``, and behind an empty place those of other spellings."""
    found = words(text)
    more = other_spellings(text, found)
    return " ".join([*found, "", *more] if more else found)


def _names(authors: tuple[str, ...]) -> str:
    """Return the words of all names, each followed by its initials: ``yann lecun y. l.``."""
    parts = []
    for name in words_of_each(authors):
        listed = name.split(" ")
        listed += dict.fromkeys([f"{word[0]}." for word in listed if word])
        parts.append(" ".join(listed) + " " * (-len(listed) % NAME_PLACES))
    return " ".join(parts).rstrip(" ")


def _first_names(authors: tuple[str, ...], others: bool) -> str:
    """Return the first NAMES authors, and a sign if there are more, named or not."""
    more = ", …" if others or len(authors) > NAMES else ""
    return ", ".join(authors[:NAMES]) + more


Facets = tuple[list[str], str, str, dict[str, str], str]


def facets(documents: Sequence[Analysis]) -> Facets:
    """Return days, the day of each document, which have code, the documents of each topic, votes.

    Days are ISO dates, rising; the day of a document is its place among them. Votes are empty where
    no document has any.
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
        "".join([NUMBERS[document.votes] for document in documents])
        if any(document.votes for document in documents)
        else "",
    )


Record = list[str]
RECORDS = 6
"""Records in a file; they divide a block, as texts in a file do."""
MANY = 1 << 14
"""Papers of a segment that is large."""
SHORT = 800
"""Characters of an abstract that a large segment has."""


def is_large(total: int) -> bool:
    """Say whether a segment of ``total`` documents is large, so that its abstracts are cut."""
    return total > MANY


def texts_per_file(*, large: bool) -> int:
    """Return how many abstracts of a segment go into a file.

    One is fetched for each result that is seen, after the list stands. In a ``large`` segment there
    are more in a file, cut to SHORT: the sentence that a result shows is then one of the first few.
    """
    return 8 if large else 6


def records(documents: Iterable[Analysis]) -> Iterator[list[Record]]:
    """Yield what results show at once, file by file."""
    return _chunks(map(_record, documents), RECORDS)


def texts(documents: Iterable[Analysis], *, large: bool) -> Iterator[list[str]]:
    """Yield the abstracts, of which a result shows a sentence, file by file."""
    found = (_cut(one.abstract) if large else one.abstract for one in documents)
    return _chunks(found, texts_per_file(large=large))


T = TypeVar("T")


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk


def _cut(abstract: str) -> str:
    """Return SHORT characters of an abstract, cut between words."""
    return f"{abstract[:SHORT].rpartition(' ')[0]} …" if len(abstract) > SHORT else abstract


def _pdf(document: Analysis) -> str:
    """Return what a record says of the PDF: nothing where the arXiv id gives it."""
    return "" if document.arxiv and document.pdf != NO_PDF else document.pdf


def _record(document: Analysis) -> Record:
    """Return title, authors, date, page, arXiv id, code and PDF, without empty ends.

    Of the page no slug where the title gives it, and no PDF where the arXiv id does.
    """
    shelf, slash, slug = document.slug.rpartition("/")
    page = beyond_title(shelf + slash, slug, document.title)
    record = [document.title, document.authors, document.date.isoformat(), page]
    record += [document.arxiv, document.code, _pdf(document)]
    while not record[-1]:
        del record[-1]
    return record
