"""What a search result shows, in files of a few papers each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.search.documents import Analysis
from generator.urls import slugify

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
