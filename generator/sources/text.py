"""Text of any kind: a copied page, a page as Markdown, a letter's words."""

from __future__ import annotations

from generator.sources import readers, refusals
from generator.sources.document import Document, Parsed, text_of
from generator.sources.page import markdown
from generator.system.errors import SourceError


def recognises(_head: str) -> bool:
    """Say that anything may be such a page: what is none is refused with what would be right."""
    return True


def parse(document: Document) -> Parsed:
    """Return what the text lists; SourceError where it lists no papers."""
    found = markdown.read(text_of(document))
    try:
        return readers.read(document, found.rows, found.said)
    except SourceError as error:
        problem = refusals.error_page(found.said.get("title", ""), found.rows)
        if problem and len(found.rows) < _FEW:
            raise SourceError(document.name, error.line, f"{error.message}; {problem}") from None
        raise


# An error page says little.
_FEW = 60
