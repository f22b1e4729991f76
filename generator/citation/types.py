"""What kind of work a paper is: CSL's types, and what BibTeX and RIS call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Form(NamedTuple):
    """How the formats write one type of work.

    ``bibtex`` is the entry's type, ``venue`` and ``publisher`` the fields that say where it came
    out and who brought it out; ``ris`` is RIS' type.
    """

    bibtex: str
    venue: str
    ris: str
    publisher: str = "publisher"


# static/js/cite.js has the same table.
FORMS: Mapping[str, Form] = {
    "article": Form("misc", "howpublished", "UNPB"),
    "article-journal": Form("article", "journal", "JOUR"),
    "article-magazine": Form("article", "journal", "MGZN"),
    "article-newspaper": Form("article", "journal", "NEWS"),
    "book": Form("book", "series", "BOOK"),
    "chapter": Form("incollection", "booktitle", "CHAP"),
    "dataset": Form("misc", "howpublished", "DATA"),
    "manuscript": Form("unpublished", "howpublished", "UNPB"),
    "paper-conference": Form("inproceedings", "booktitle", "CONF"),
    "patent": Form("misc", "howpublished", "PAT"),
    "report": Form("techreport", "series", "RPRT", "institution"),
    "software": Form("misc", "howpublished", "COMP"),
    "thesis": Form("phdthesis", "series", "THES", "school"),
    "webpage": Form("misc", "howpublished", "ELEC"),
}
_OTHER = Form("misc", "howpublished", "GEN")


def form_of(csl_type: str) -> Form:
    """Return how the formats write ``csl_type``; one that they have no word for is just a work."""
    return FORMS.get(csl_type, _OTHER)
