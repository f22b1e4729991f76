"""What saved searches find: asked again only where the words of some paper have changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from generator.library.library import Facts
from generator.pipeline import cache
from generator.search import Analysis
from generator.search.terms import words
from generator.system.fingerprints import fingerprint

Kept = dict[str, tuple[bytes, list[str]]]
_PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


class Finder:
    """Finds the papers of a query; what it found the last time counts while all is as it was."""

    def __init__(
        self, root: Path, facts: Mapping[str, Facts], analyses: Mapping[str, Analysis]
    ) -> None:
        self._drawer = cache.CacheFile(root, "searches", Kept)
        self._facts = facts
        self._analyses = analyses
        self._kept: Kept | None = None

    def __call__(self, query: str, among: Collection[str]) -> Iterable[str]:
        """Return those of the papers ``among`` that the search page would show for ``query``."""
        if self._kept is None:
            self._kept = self._drawer.get() or {}
        marks = [self._facts[slug].words + slug.encode() for slug in self._facts if slug in among]
        key = fingerprint(query.encode(), *marks)
        known = self._kept.get(query)
        if known and known[0] == key:
            return known[1]
        found = [slug for slug in self._facts if slug in among and self._has(slug, query)]
        self._kept[query] = key, found
        self._drawer.put(self._kept)
        return found

    def _has(self, slug: str, query: str) -> bool:
        text = " ".join([f" {field} " for field in self._analyses[slug].fields])
        for sign, phrase, word in _PART.findall(query):
            for wanted in [" ".join(words(phrase))] if phrase else words(word):
                if (f" {wanted} " in text) == bool(sign):
                    return False
        return True
