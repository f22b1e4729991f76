"""What the search knows of a paper, and what is left to do once it has been read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.search.words import STOP_WORDS, words, words_of_each

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
        authors=_names(document.authors),
        lines=_first_lines(document.abstract),
        topics=document.topics,
        code=document.code,
    )


def _listed(names: tuple[str, ...]) -> str:
    return "  ".join(words_of_each(names))


def _names(authors: tuple[str, ...]) -> str:
    """Return the first NAMES authors, and a sign if there are more."""
    more = ", …" if len(authors) > NAMES else ""
    return ", ".join(authors[:NAMES]) + more


def _first_lines(text: str) -> str:
    """Return the beginning of ``text``, at most LINES signs, cut between words where it can be."""
    # A word takes a few signs: splitting what is certainly enough is faster than all of it.
    text = " ".join(text[: LINES * 2].split())
    if len(text) <= LINES:
        return text
    head = text[: LINES + 1].rsplit(" ", 1)[0]
    return head[:LINES].rstrip(" ,;:.") + "…"
