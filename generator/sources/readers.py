"""Rows -> a digest, by the first reader that knows them: by their marks, else by their rhythm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.sources.arxiv import lists, mail
from generator.sources.document import Document, Parsed
from generator.sources.page import listing, single
from generator.sources.page.rows import Row
from generator.system.errors import SourceError

EXPECTED = (
    "expected are a page of papers copied, saved or sent by mail (Daily Papers, arXiv's lists), "
    "Hugging Face's JSON, arXiv's Atom or RSS, BibTeX, RIS, CSV, JSON Lines or a list of arXiv ids"
)

Recognise = Callable[[Sequence[Row]], bool]
Read = Callable[[Document, Sequence[Row], Mapping[str, str]], Parsed]

# In this order; what none recognises is a page that lists papers, or nothing of ours.
READERS: Mapping[str, tuple[Recognise, Read]] = {
    "arXiv's daily mail": (mail.is_mail, mail.read_mail),
    "arXiv's list of papers": (lists.is_list, lists.read_list),
    "a paper's page on arXiv": (single.is_arxiv, single.read_arxiv),
    "a paper's page on Hugging Face": (single.is_huggingface, single.read_huggingface),
}


def read(document: Document, rows: Sequence[Row], said: Mapping[str, str]) -> Parsed:
    """Return what the rows of a document list; SourceError where they list no papers."""
    for recognises, reader in READERS.values():
        if recognises(rows):
            return reader(document, rows, said)
    if not rows:
        raise SourceError(document.name, 1, f"there is nothing to read; {EXPECTED}")
    return listing.parse(document, rows, said, EXPECTED)
