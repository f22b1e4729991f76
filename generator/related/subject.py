"""What a paper is about: the words of its title and those its abstract repeats."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.search.words import STOP_WORDS

TITLE = 2
"""A word of the title counts as often as one that the abstract has this many times."""
MOST = 255
# It begins with a letter, and is not one Latin letter alone.
TELLING = re.compile(r"[^\W\d_a-z]|[a-z].").match


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as likeness sees it: words of title and abstract, folded, a space between.

    The words are those of the search index (``Analysis.fields``); an empty place, left by a stop
    word, does no harm.
    """

    slug: str
    date: date
    title: str
    abstract: str

    @property
    def mark(self) -> str:
        """A fingerprint of all there is to know of the document but its slug."""
        text = f"{self.date}\n{self.title}\n{self.abstract}"
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Subject:
    """The words a paper is about, a space between, and how often each counts, up to MOST."""

    words: str
    counts: bytes

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Yield each word and its count."""
        return zip(self.words.split(), self.counts, strict=True)


def subject(document: Document) -> Subject:
    """Return what ``document`` is about.

    A word that an abstract uses once says little of its subject and is left out, and so are
    numbers and single Latin letters; that leaves a quarter of the work.
    """
    counts = Counter(document.abstract.split(" "))
    words = {word: count for word, count in counts.items() if count > 1 and TELLING(word)}
    for word in document.title.split(" "):
        if TELLING(word) and word not in STOP_WORDS:
            words[word] = counts[word] + TITLE
    return Subject(" ".join(words), bytes([min(count, MOST) for count in words.values()]))
