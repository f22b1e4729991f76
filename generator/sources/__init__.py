"""Sources: a file, or an answer from the network, in; digests of papers out.

Each format is a module of its own with two functions, ``recognises`` and ``parse``; a new one is
a line in ``FORMATS``. Papers come out with title and abstract as the source has them: what TeX
left in the text is mended when the paper turns out to be new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.sources import (
    arxiv,
    bibtex,
    biorxiv,
    csv_table,
    html,
    identifiers,
    json_documents,
    ris,
    text,
)
from generator.sources.archives import expanded
from generator.sources.document import Document, Notice, Parsed
from generator.system.errors import SourceError

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
    """Return what ``document`` holds, whatever its format, compressed (.xz, .gz) or not.

    Raises SourceError, or SourceErrors for several, with the line or the field.
    """
    document = expanded(document)
    if not document.data.strip():
        raise SourceError(document.name, 0, "the file is empty")
    head = document.data[:_HEAD].decode("utf-8-sig", errors="replace").lstrip()
    reader = next(reader for recognises, reader in FORMATS.values() if recognises(head))
    return reader(document)
