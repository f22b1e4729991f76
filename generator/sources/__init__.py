"""Sources: a file, or an answer from the network, in; digests of papers out.

Each format is a module of its own with two functions, ``recognises`` and ``parse``; a new one is
a line in ``FORMATS``. Papers come out with title and abstract as the source has them: what TeX
left in the text is mended when the paper turns out to be new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.sources import biorxiv, csv_table, html, identifiers, json_documents, parquet, text
from generator.sources.archives import expanded
from generator.sources.arxiv import feeds as arxiv
from generator.sources.bibliography import bibtex, ris
from generator.sources.decoding import decoded, refuse_binary
from generator.sources.document import Document, Notice, Parsed
from generator.sources.envelopes import Letter, opened
from generator.sources.refusals import refuse
from generator.system.errors import SourceError, SourceErrors

__all__ = ["FORMATS", "Document", "Notice", "Parsed", "parse"]

Recognise = Callable[[str], bool]
Parse = Callable[[Document], Parsed]

# As much of a document as telling its format takes.
_HEAD = 4096

# In this order: the first that recognises the beginning of a document parses it. Whatever none
# recognises is taken for text, whose parser says what would be right.
FORMATS: Mapping[str, tuple[Recognise, Parse]] = {
    "biorxiv": (biorxiv.recognises, biorxiv.parse),
    "html": (html.recognises, html.parse),
    "json_documents": (json_documents.recognises, json_documents.parse),
    "arxiv": (arxiv.recognises, arxiv.parse),
    "bibtex": (bibtex.recognises, bibtex.parse),
    "ris": (ris.recognises, ris.parse),
    "csv_table": (csv_table.recognises, csv_table.parse),
    "identifiers": (identifiers.recognises, identifiers.parse),
    "text": (text.recognises, text.parse),
}


def parse(document: Document) -> Parsed:
    """Return what ``document`` holds, whatever its format and encoding.

    It may be compressed (.xz, .gz), may be a table (Parquet), and may be a mail or another
    envelope with documents in it.
    Raises SourceError, or SourceErrors for several, with the line or the field, where nothing in
    it can be used.
    """
    document = expanded(document)
    if parquet.recognises(document.data):  # it is no text, whose format its beginning would tell
        return parquet.parse(document)
    refuse(document)
    if letters := opened(document):
        return _joined([_best(letter) for letter in letters])
    return _parse(document)


def _parse(document: Document) -> Parsed:
    """Return what a document holds that is no envelope."""
    document, said = decoded(document)
    if not document.data.strip():
        raise SourceError(document.name, 0, "the file is empty")
    refuse_binary(document)
    head = document.data.lstrip()[:_HEAD].decode("utf-8", errors="replace")
    reader = next(reader for recognises, reader in FORMATS.values() if recognises(head))
    parsed = reader(document)
    return parsed._replace(notices=(*said, *parsed.notices)) if said else parsed


def _best(letter: Letter) -> Parsed | SourceError:
    """Return what the form of a letter holds that says most of most papers; else what is wrong."""
    found: list[Parsed] = []
    problem: SourceError | None = None
    for form in letter.forms:
        try:
            found.append(_parse(form._replace(sent=letter.date)))
        except SourceError as error:
            problem = problem or error
        except SourceErrors as errors:
            problem = problem or errors.errors[0]
    if found:
        best = max(found, key=_said)
        if letter.unread:
            said = f"{letter.unread} more texts of this mail were not read: it has too many"
            best = best._replace(left_out=(*best.left_out, Notice(0, said)))
        return best
    return problem or SourceError(letter.forms[0].name, 0, "there is no text in it")


def _said(parsed: Parsed) -> tuple[int, int, int]:
    """Return how much is known: papers with abstracts, papers, and links or ids of papers."""
    papers = [paper for digest in parsed.digests for paper in digest.papers]
    known = sum(bool(paper.arxiv or paper.doi) + len(paper.links) for paper in papers)
    return sum(bool(paper.abstract) for paper in papers), len(papers), known


def _joined(found: list[Parsed | SourceError]) -> Parsed:
    """Return what all letters hold; those that hold nothing are named, if others do."""
    parsed = [each for each in found if isinstance(each, Parsed)]
    errors = [each for each in found if isinstance(each, SourceError)]
    if not parsed:
        raise errors[0]
    return Parsed(
        tuple(digest for each in parsed for digest in each.digests),
        tuple(notice for each in parsed for notice in each.notices),
        (
            *(notice for each in parsed for notice in each.left_out),
            *(Notice(error.line, f"a letter was left out: {error.message}") for error in errors),
        ),
        tuple(paper for each in parsed for paper in each.updates),
    )
