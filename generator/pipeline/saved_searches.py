"""What saved searches find: asked again only where the words of some paper have changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from generator.library.facts import Facts
from generator.pipeline import cache
from generator.search import Analysis
from generator.search.query import Searcher
from generator.system import timing
from generator.system.fingerprints import fingerprint

Kept = dict[str, tuple[bytes, list[str]]]


class Finder:
    """Finds the papers of a query; what it found the last time counts while all is as it was."""

    def __init__(
        self, root: Path, facts: Mapping[str, Facts], analyses: Mapping[str, Analysis]
    ) -> None:
        self._kept_file = cache.CacheFile(root, "searches", Kept)
        self._facts = facts
        self._analyses = analyses
        self._kept: Kept | None = None
        self._searcher: Searcher | None = None

    def __call__(self, query: str, among: Collection[str]) -> Iterable[str]:
        """Return those of the papers ``among`` that the search page would show for ``query``."""
        with timing.charge("searches"):
            return self._found(query, among)

    def _found(self, query: str, among: Collection[str]) -> Iterable[str]:
        if self._kept is None:
            self._kept = self._kept_file.get() or {}
        marks = [
            facts.words + slug.encode() + bytes([slug in among])
            for slug, facts in self._facts.items()
        ]
        key = fingerprint(query.encode(), *marks)
        known = self._kept.get(query)
        if known and known[0] == key:
            return known[1]
        if self._searcher is None:
            self._searcher = Searcher({slug: self._analyses[slug] for slug in self._facts})
        found = [slug for slug in self._searcher.find(query) if slug in among]
        self._kept[query] = key, found
        self._kept_file.put(self._kept)
        return found
