"""What a paper is about: the words of its title and those its abstract repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from generator.search.words import STOP_WORDS, words

TITLE = 2
"""A word of the title counts as often as one that the abstract has this many times."""
MOST = 255
# It begins with a letter, and is not one Latin letter alone.
TELLING = re.compile(r"[^\W\d_a-z]|[a-z].").match


class Subject(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The words a paper is about, a space between, and how often each counts, up to MOST.

    ``title`` is the title, folded: two papers of one title are one work.
    """

    title: str
    words: str
    counts: bytes

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Yield each word and its count."""
        return zip(self.words.split(), self.counts, strict=True)


def subject(title: str, abstract: str) -> Subject:
    """Return what a paper of this title and this abstract, plain texts both, is about.

    A word that an abstract uses once says little of its subject and is left out, and so are
    numbers and single Latin letters; that leaves a quarter of the work.
    """
    heading = words(title)
    counts = Counter(words(abstract))
    found = {
        word: count
        for word, count in counts.items()
        if count > 1 and word not in STOP_WORDS and TELLING(word)
    }
    for word in heading:
        if word not in STOP_WORDS and TELLING(word):
            found[word] = counts[word] + TITLE
    most = bytes([min(MOST, count) for count in found.values()])
    return Subject(" ".join(heading), " ".join(found), most)
