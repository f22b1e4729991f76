"""The search index: papers in, files that the browser loads piece by piece out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.search.documents import Analysis, Document, analyse
from generator.search.postings import arrange
from generator.search.scripts import SOURCES, client
from generator.search.segments import NEW, OLD, newest, segment, segment_key

__all__ = [
    "NEW",
    "OLD",
    "SOURCES",
    "Analysis",
    "Document",
    "analyse",
    "arrange",
    "build",
    "client",
    "newest",
    "segment",
    "segment_key",
]


def build(documents: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the index, by its path below the site's root.

    The whole way in one go; a caller that keeps analyses or segments calls the parts.
    """
    analyses = [analyse(document) for document in documents]
    start = newest(analysis.date for analysis in analyses)
    yield from segment(OLD, [analysis for analysis in analyses if analysis.date < start])
    yield from segment(NEW, [analysis for analysis in analyses if analysis.date >= start])
