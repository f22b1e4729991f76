"""Which of the papers that are like one are told, and why: what both share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from generator.library import marks
from generator.library.catalogue import Catalogue
from generator.library.facts import Facts
from generator.library.related import Near, Related
from generator.library.similarity import EMPTY, VECTORS, Candidate
from generator.library.vectors import STRANGE, UNIT, WEIGHT, Subject
from generator.search.terms import words

UNTELLING = frozenset((Path(__file__).parent / "data/untelling.txt").read_text("utf-8").split())
"""Words that papers share and that tell no reader why: they count in likeness like any other."""
MOST = 3  # related papers of one
TERMS = 4  # words that are named
AUTHORS = 3  # authors that are named
KEPT = 1 << 13  # papers that stay at hand to be compared, as one is like many
# A quarter of all that vectors can add to a likeness: papers on neighbouring subjects.
NEAR = VECTORS * UNIT * UNIT // 4
# Of the words of 50,000 papers of arXiv, pairs that are this much alike are one text, or a text and
# its revision.
SAME_TEXT = WEIGHT * WEIGHT * 8 // 10
# Words of two titles that both have, of a hundred that either has: with an author in common, a
# revision, a translation or a second part of one work.
_SAME_TITLE = 60
_VERSION = re.compile(r"v\d+$")


class Identity:
    """What tells whether two papers are one work, and what they share."""

    __slots__ = ("arxiv", "authors", "code", "title")

    def __init__(self, paper: Facts) -> None:
        self.code = paper.code
        self.title = words(paper.title)
        self.authors = {name.casefold().replace(".", ""): name for name in paper.authors}
        self.arxiv = _VERSION.sub("", paper.arxiv) if paper.arxiv else ""

    def marks(self) -> bytes:
        """Return the marks of the paper: of all that is_one_work and common_authors ask for."""
        return marks.packed(" ".join(self.title), self.arxiv, self.code, self.authors)

    def is_one_work(self, other: Identity) -> bool:
        """Say whether this is the work of ``other``."""
        if self.title == other.title or (self.arxiv and self.arxiv == other.arxiv):
            return True
        if self.authors.keys().isdisjoint(other.authors):
            return False
        ours, theirs = set(self.title), set(other.title)
        return len(ours & theirs) * 100 >= _SAME_TITLE * len(ours | theirs)

    def common_authors(self, other: Identity) -> tuple[str, ...]:
        """Return the names of those who wrote both, in this paper's order."""
        both = [name for key, name in self.authors.items() if key in other.authors]
        return tuple(both[:AUTHORS])


class Chooser:
    """Chooses the related papers of one out of its candidates, and says why they are.

    ``slug_of`` has the slugs of the papers by their numbers; ``known`` are the words of the table.
    """

    def __init__(
        self,
        facts: Catalogue,
        slug_of: Callable[[int], str],
        known: Sequence[str],
        subject_of: Callable[[str], Subject],
    ) -> None:
        self._known = known
        self._slug_of = slug_of
        self._subject_of = subject_of
        self._identity = lru_cache(KEPT)(lambda place: Identity(facts[slug_of(place)]))

    def of(self, place: int, candidates: Iterable[Candidate]) -> Near:
        """Return the related papers of the one at ``place``."""
        # Of two versions of one work, the one that is more alike is enough.
        works, chosen = [place], 1
        near: list[Related] = []
        silent: list[Related] = []
        for bit, other in enumerate(candidates, 1):
            if not other.likeness or len(near) == MOST:
                break
            works.append(other.number)
            if other.words >= SAME_TEXT or self._is_one(other, other.doubts & chosen, works):
                continue
            terms = telling(self._named(place, other.shared))
            authors, code = self._common(place, other) if other.is_common else ((), False)
            why = Related(self._slug_of(other.number), terms, authors, code)
            # What is near for no reason that a reader could see comes only where nothing else does.
            if terms or authors or code:
                chosen |= 1 << bit
                near.append(why)
            elif other.likeness >= NEAR:
                silent.append(why)
        return tuple(near or silent[:1])

    def _is_one(self, paper: Candidate, doubts: int, works: Sequence[int]) -> bool:
        """Say whether a paper is the same work as one of ``works`` whose bit ``doubts`` has."""
        if not doubts:
            return False
        own = self._identity(paper.number)
        return any(
            own.is_one_work(self._identity(number))
            for bit, number in enumerate(works)
            if doubts >> bit & 1
        )

    def _common(self, place: int, other: Candidate) -> tuple[tuple[str, ...], bool]:
        """Return the authors that both papers have, and whether both name one code."""
        own, theirs = self._identity(place), self._identity(other.number)
        return own.common_authors(theirs), bool(own.code) and own.code == theirs.code

    def _named(self, place: int, shared: Iterable[int]) -> list[str]:
        """Return the words ``shared``, which the paper at ``place`` has too."""
        terms = [term for term in shared if term != EMPTY]
        if max(terms, default=0) < STRANGE:
            return [self._known[term] for term in terms]
        strange = self._subject_of(self._slug_of(place)).strange
        named = [self._known[term] if term < STRANGE else strange.get(term) for term in terms]
        # Similarity may take one word that the table lacks for another.
        return list(filter(None, named))


def telling(shared: list[str]) -> tuple[str, ...]:
    """Return those words that say why papers are alike, if there are any; no plural twice."""
    found: list[str] = []
    for word in [word for word in shared if word not in UNTELLING] or shared:
        if f"{word}s" not in found and word.removesuffix("s") not in found:
            found.append(word)
            if len(found) == TERMS:
                break
    return tuple(found)
