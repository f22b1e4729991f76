"""The search index: papers in, files that the browser loads piece by piece out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.search import keys, runs
from generator.search.blocks import BLOCK, Block, Head, arrange, cut, invert
from generator.search.documents import NO_PDF, Analysis, Document, analyse, is_large
from generator.search.eras import ERA, NEW, OLD, Era, listed, newest, parted, spans
from generator.search.segments import LISTS, records, segment

__all__ = [
    "BLOCK",
    "ERA",
    "LISTS",
    "NEW",
    "NO_PDF",
    "OLD",
    "Analysis",
    "Block",
    "Document",
    "Era",
    "Head",
    "analyse",
    "arrange",
    "build",
    "cut",
    "files",
    "invert",
    "is_large",
    "keys",
    "listed",
    "newest",
    "parted",
    "records",
    "runs",
    "segment",
    "spans",
]


def build(
    documents: Iterable[Document], size: int = BLOCK, era: int = ERA
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the index, by its path below the site's root.

    The whole way in one go; a caller that keeps analyses or blocks calls the parts. ``size`` is
    that of a block, ``era`` that of an era, in papers.
    """
    segments = parted(map(analyse, documents), era)
    for span, analyses in segments:
        yield from files(span.name, analyses, size, listed(segments) if span.name == OLD else ())


def files(
    name: str, analyses: Sequence[Analysis], size: int = BLOCK, eras: Sequence[Era] = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the segment ``name``, which has all of ``analyses``.

    ``eras`` are those that it is to say there are, as for ``segment``.
    """
    parts = list(map(arrange, cut(analyses, size)))
    blocks = list(map(invert, parts))
    large = is_large(len(analyses))
    for number, (documents, block) in enumerate(zip(parts, blocks, strict=True)):
        yield from records(name, number * size, block.head.key, documents, large=large)
    yield from segment(name, blocks, size, eras=eras)
