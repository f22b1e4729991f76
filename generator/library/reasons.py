"""Why a paper is related to another: what both share, and when they are one and the same work."""

from __future__ import annotations

import re
from pathlib import Path

from generator.search.terms import words

UNTELLING = frozenset((Path(__file__).parent / "data/untelling.txt").read_text("utf-8").split())
"""Words that papers share and that tell no reader why: they count in likeness like any other."""
TERMS = 4
"""Words that are named, at most."""
AUTHORS = 3
_VERSION = re.compile(r"v\d+$")
# Words of two titles that both have, of a hundred that either has: with an author in common, a
# revision, a translation or a second part of one work.
_SAME_TITLE = 60
# Of the words of 50,000 papers of arXiv, pairs that are this much alike (of WEIGHT squared) are
# one text, or a text and its revision.
SAME_TEXT = 255 * 255 * 8 // 10


class Identity:
    """What tells whether two papers are one work; made once a paper."""

    __slots__ = ("arxiv", "authors", "title")

    def __init__(self, title: str, authors: tuple[str, ...], arxiv: str) -> None:
        self.title = words(title)
        self.authors = {name.casefold().replace(".", ""): name for name in authors}
        self.arxiv = _VERSION.sub("", arxiv) if arxiv else ""

    def is_one_work(self, other: Identity, likeness: int) -> bool:
        """Say whether this is the work of ``other``; ``likeness`` is that of their words."""
        if likeness >= SAME_TEXT or self.title == other.title:
            return True
        if self.arxiv and self.arxiv == other.arxiv:
            return True
        if self.authors.keys().isdisjoint(other.authors):
            return False
        ours, theirs = set(self.title), set(other.title)
        return len(ours & theirs) * 100 >= _SAME_TITLE * len(ours | theirs)

    def common_authors(self, other: Identity) -> tuple[str, ...]:
        """Return the names of those who wrote both, in this paper's order."""
        theirs = other.authors
        if self.authors.keys().isdisjoint(theirs):
            return ()
        return tuple([name for key, name in self.authors.items() if key in theirs][:AUTHORS])


def telling(shared: list[str]) -> tuple[str, ...]:
    """Return those words that say why papers are alike, if there are any; no plural twice."""
    found: list[str] = []
    for word in [word for word in shared if word not in UNTELLING] or shared:
        if f"{word}s" not in found and word.removesuffix("s") not in found:
            found.append(word)
            if len(found) == TERMS:
                break
    return tuple(found)
