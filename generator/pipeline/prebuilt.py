"""The prebuilt Lunr index: made where there are few enough papers, and only if one says anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import urls
from generator.content.settings import Settings
from generator.library.facts import Facts
from generator.library.library import Library
from generator.pipeline.manifest import Before
from generator.pipeline.output import Output
from generator.search.prebuilt import Text, prebuilt
from generator.system import timing
from generator.system.fingerprints import fingerprint
from generator.text.markup import to_text


def wanted(library: Library, settings: Settings) -> bool:
    """Say whether there is one: of a site with papers, but no more than ``lunr_papers``.

    To make it takes a millisecond a paper, and to load it as much.
    """
    return settings.api and 0 < len(library.facts) <= settings.lunr_papers


def make(
    library: Library | None, output: Output, before: Before, seed: bytes
) -> tuple[dict[str, bytes], list[str]]:
    """Stage the index of ``library``; return its fingerprint by its path, and the path if new."""
    if library is None:
        return {}, []
    with timing.charge("index"):
        key = _key(seed, library.facts)
        if before.has(urls.API_LUNR, key):
            return {urls.API_LUNR: key}, []
        data = prebuilt(_texts(library))
        staged = [urls.API_LUNR] if output.write(urls.API_LUNR, data) else []
        return {urls.API_LUNR: key}, staged


def _key(seed: bytes, facts: Mapping[str, Facts]) -> bytes:
    """Return a key of all papers and of ``seed``."""
    said = (part for one in facts.values() for part in (one.slug.encode(), one.mark))
    return fingerprint(seed, *said)


def _texts(library: Library) -> Iterator[Text]:
    for slug in library.facts:
        paper = library.papers[slug]
        authors = ", ".join(paper.authors)
        yield Text(slug, to_text(paper.title), authors, to_text(paper.abstract))
