"""The search index: papers in, files that the browser loads piece by piece out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.search import keys, runs
from generator.search.blocks import BLOCK, Block, Head, arrange, cut, invert
from generator.search.documents import NO_PDF, Analysis, Document, analyse, is_large
from generator.search.segments import LISTS, NEW, OLD, newest, records, segment

__all__ = [
    "BLOCK",
    "LISTS",
    "NEW",
    "NO_PDF",
    "OLD",
    "Analysis",
    "Block",
    "Document",
    "Head",
    "analyse",
    "arrange",
    "build",
    "cut",
    "files",
    "invert",
    "is_large",
    "keys",
    "newest",
    "records",
    "runs",
    "segment",
]


def build(documents: Iterable[Document], size: int = BLOCK) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the index, by its path below the site's root.

    The whole way in one go; a caller that keeps analyses or blocks calls the parts. ``size`` is
    that of a block, in papers.
    """
    analyses = [analyse(document) for document in documents]
    start = newest(analysis.date for analysis in analyses)
    yield from files(OLD, [analysis for analysis in analyses if analysis.date < start], size)
    yield from files(NEW, [analysis for analysis in analyses if analysis.date >= start], size)


def files(
    name: str, analyses: Sequence[Analysis], size: int = BLOCK
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the segment ``name``, which has all of ``analyses``."""
    parts = list(map(arrange, cut(analyses, size)))
    blocks = list(map(invert, parts))
    large = is_large(len(analyses))
    for number, (documents, block) in enumerate(zip(parts, blocks, strict=True)):
        yield from records(name, number * size, block.head.key, documents, large=large)
    yield from segment(name, blocks, size)
