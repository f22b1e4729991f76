"""Who wrote what: which authors have a page, and what their names have in common."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from generator import urls
from generator.citation.names import split_name
from generator.content.settings import Settings
from generator.library.catalogue import Catalogue
from generator.library.library import Author, Authors, Library
from generator.search.terms import words
from generator.system.fingerprints import fingerprint

# A slug that an address of another kind could have: a page of a list, the index of authors.
_TAKEN = re.compile(r"(?:.*-)?[0-9]+|index")


@lru_cache(1 << 17)
def key_of(name: str) -> str:
    """Return what the spellings of a name have in common: case, accents and signs do not count.

    "Last, First" is the same person as "First Last".
    """
    if name.isascii() and name.replace(" ", "").isalpha():  # most are, and it saves half the time
        return "-".join(name.lower().split())
    return "-".join(words(split_name(name).full if "," in name else name))


def slug_of(key: str) -> str:
    """Return the slug of the author of ``key``: letters ``a-z``, digits and hyphens."""
    slug = urls.slugify(key) if key.isascii() and key else ""
    if not slug or len(slug) < len(key):
        latin = re.sub(r"[^a-z0-9]+", "-", key.encode("ascii", "ignore").decode()).strip("-")
        mark = hashlib.sha256(key.encode()).hexdigest()[:10]
        slug = f"{latin[:60]}-{mark}".strip("-")
    return f"{slug}-author" if _TAKEN.fullmatch(slug) else slug


def find(library: Library, settings: Settings) -> Authors:
    """Return the authors that have a page: those with enough papers, and those named.

    ``author_papers: 0`` leaves those that are named.
    """
    facts = library.facts
    return _find(_Named(facts.authors_key(), facts), settings.author_papers, settings.authors)


class _Named:
    """The papers whose authors are asked for; equal to others that have the same."""

    def __init__(self, key: bytes, facts: Catalogue) -> None:
        self._key = key
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Named) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(1)  # while one edits, builds follow each other, and hardly any changes a name
def _find(named: _Named, least: int, wanted: tuple[str, ...]) -> Authors:
    always = {key_of(name): name for name in wanted}
    signed = _Signed.of(named.facts)
    written = signed.written(least, always.keys())
    slugs = list(named.facts)
    pages: dict[str, Author] = {}
    by_name: dict[str, str] = {}
    for key, name in sorted((dict.fromkeys(written, "") | always).items()):
        held = written.get(key, _Written(array("I"), {}))
        usual = name or _usual(held.names)
        slug = slug_of(key)
        papers = tuple([slugs[number] for number in held.numbers])
        pages[slug] = Author(slug, usual, papers, held.numbers)
        by_name |= dict.fromkeys((*held.names, usual), slug)
    return Authors(pages, by_name, named.facts.marked(signed.marks(pages, by_name)))


def _usual(names: Mapping[str, int]) -> str:
    """Return the name that most papers have, of equal ones the first by the alphabet."""
    return min(names, key=lambda name: (-names[name], name))


class _Written(NamedTuple):
    """What somebody has written: the numbers of papers, how often each spelling is there."""

    numbers: array[int]
    names: dict[str, int]


class _Signed(NamedTuple):
    """Who wrote what: the papers, names by their numbers, those of all papers in a row.

    ``sizes`` says how many names each paper has.
    """

    facts: Catalogue
    names: Sequence[str]
    row: array[int]
    sizes: array[int]

    @classmethod
    def of(cls, facts: Catalogue) -> _Signed:
        """Return who wrote the papers of ``facts``."""
        numbers: dict[str, int] = {}
        row, sizes = array("I"), array("I")
        for _, names in facts.authors():
            row.extend([numbers.setdefault(name, len(numbers)) for name in names])
            sizes.append(len(names))
        return cls(facts, tuple(numbers), row, sizes)

    def written(self, least: int, always: Collection[str]) -> dict[str, _Written]:
        """Return by key what the authors in ``always`` have written, and who has ``least`` papers.

        Names are counted in columns: most have one paper, and to list these would fill the memory.
        """
        import numpy as np  # noqa: PLC0415  # it takes long to load

        keys: dict[str, int] = {}
        people = np.array([keys.setdefault(key_of(name), len(keys)) for name in self.names], int)
        papers = np.repeat(np.arange(len(self.sizes)), np.array(self.sizes, int))
        row = np.array(self.row, int)
        # Somebody who is named twice counts once, by the first name.
        pairs, firsts = np.unique(people[row] * len(self.sizes) + papers, return_index=True)
        edges = np.searchsorted(pairs, np.arange(len(keys) + 1) * len(self.sizes)).tolist()
        found: dict[str, _Written] = {}
        for key, (start, end) in zip(keys, pairwise(edges), strict=True):
            if key and (key in always or (least and end - start >= least)):
                places = firsts[start:end]
                names = Counter(row[places].tolist())
                found[key] = _Written(
                    array("I", papers[places].astype("I").tobytes()),
                    {self.names[name]: count for name, count in names.items()},
                )
        return found

    def marks(
        self, pages: Mapping[str, Author], by_name: Mapping[str, str]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield of each paper a key of the pages that its authors have."""
        own = {"": b"\n"}
        own |= {slug: f"{slug} {author.name}\n".encode() for slug, author in pages.items()}
        by_number = [own[by_name.get(name, "")] for name in self.names]
        start = 0
        for slug, size in zip(self.facts, self.sizes, strict=True):
            names = self.row[start : start + size]
            yield slug, fingerprint(b"".join([by_number[name] for name in names]))
            start += size
