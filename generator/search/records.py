"""What a search result shows, in files of a few papers each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.search.documents import Analysis
from generator.urls import slugify

Record = tuple[str, str, str, str, str]


def chunks(documents: Sequence[Analysis]) -> tuple[int, Iterator[list[Record]]]:
    """Return how many documents go into a file, and the records of each file in turn.

    Ten results come out of ten files: few documents a file save bytes, many save files.
    """
    size = 3 if len(documents) <= 1 << 14 else 6
    return size, (
        [_record(document) for document in documents[start : start + size]]
        for start in range(0, len(documents), size)
    )


def _record(document: Analysis) -> Record:
    """Return title, authors, date, first lines and slug; no slug where the title gives it."""
    slug = "" if document.slug == slugify(document.title) else document.slug
    return document.title, document.authors, document.date.isoformat(), document.lines, slug
