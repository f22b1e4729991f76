"""Find, for a paper, the older papers most like it.

Papers are compared by the cosine of their heaviest words. Candidates come from an inverted index
of just those words: a paper looks at the POSTINGS newest papers that have each of its words, and
compares those that it meets at least twice. So a paper costs the same in a small collection and
in a large one.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

import msgspec

from generator.related.dull import DULL

POSTINGS = 16
MOST = 3
SHOWN = 4
# Of 50,000 arXiv papers, 14 pairs found are this much alike or more: revisions, sequels and
# translations of one work. Just below begin different works on one subject.
ALIKE = 0.75


class Related(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A related paper and the words that both papers are about, the most telling first."""

    slug: str
    terms: tuple[str, ...]


Near = tuple[Related, ...]
"""The related papers of one paper, best first."""


class Profile(msgspec.Struct, frozen=True, array_like=True):
    """What a paper is compared by: its heaviest words, heaviest first, and the vector's length."""

    slug: str
    title: str
    terms: dict[str, int]
    length: float

    @classmethod
    def of(cls, slug: str, title: str, terms: dict[str, int]) -> Profile:
        """Return the profile of the paper ``slug``."""
        length = math.sqrt(sum([weight * weight for weight in terms.values()]))
        return cls(slug, title, terms, length)


class Postings(dict[str, list[int]]):
    """For each word the papers that are compared by it, as their places in time, rising.

    What comes packed stays packed until it is wanted.
    """

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        super().__init__()
        self._packed = dict(packed)

    def __missing__(self, word: str) -> list[int]:
        """Unpack the places of the papers that have ``word``."""
        numbers = array("I", self._packed.pop(word, b"")).tolist()
        self[word] = numbers
        return numbers

    def add(self, words: Iterable[str], place: int) -> None:
        """Enter the paper at ``place``."""
        for word in words:
            numbers = self[word]
            if not numbers or numbers[-1] < place:
                numbers.append(place)
            else:
                insort(numbers, place)

    def remove(self, words: Iterable[str], place: int) -> None:
        """Take the paper at ``place`` out."""
        for word in words:
            numbers = self[word]
            del numbers[bisect_left(numbers, place)]

    def move(self, places: Mapping[int, int]) -> None:
        """Give every paper the new place that ``places`` has for its old one."""
        for word in [*self._packed, *self]:
            self[word] = [places[number] for number in self[word]]

    def pack(self) -> dict[str, bytes]:
        """Return all, packed."""
        return self._packed | {
            word: array("I", numbers).tobytes() for word, numbers in self.items() if numbers
        }

    def reached(self, word: str, place: int, first: int, end_of: Callable[[int], int]) -> list[int]:
        """Return the papers that look at ``word`` and see whether a paper is at ``place``.

        ``first`` is the first place of that paper's day; ``end_of`` gives the end of the day of
        any place. What is beside it and may not be seen is seen here too: that does no harm.
        """
        numbers = self[word]
        last = bisect_left(numbers, place) + POSTINGS
        seen: list[int] = []
        for number in numbers[bisect_left(numbers, first) :]:
            if bisect_left(numbers, end_of(number)) > last:
                break
            seen.append(number)
        return seen


class Profiles(dict[int, Profile]):
    """The profile of each paper by its place; what comes packed is unpacked when it is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.packed: dict[int, msgspec.Raw] = {}

    def __missing__(self, place: int) -> Profile:
        """Unpack the profile of the paper at ``place``."""
        profile = self[place] = _PROFILE.decode(self.packed[place])
        return profile

    def pack(self, papers: int) -> list[msgspec.Raw]:
        """Return the profiles of so many papers, packed."""
        known = self.packed.get
        return [
            known(place) or msgspec.Raw(msgspec.msgpack.encode(self[place]))
            for place in range(papers)
        ]


_PROFILE = msgspec.msgpack.Decoder(Profile)


def nearest(place: int, end: int, postings: Postings, profiles: Profiles) -> Near:
    """Return the papers most like the one at ``place``, of those that share two of its words.

    They are of its own day, which ends before the place ``end``, or older.
    """
    own = profiles[place]
    terms = own.terms
    words = terms.keys()
    met: list[int] = []
    for word in terms:
        numbers = postings[word]
        last = bisect_left(numbers, end)
        met += numbers[last - POSTINGS if last > POSTINGS else 0 : last]
    found: list[tuple[float, int]] = []
    for other, times in Counter(met).items():
        if times > 1 and other != place:
            theirs = profiles[other]
            weights = theirs.terms
            product = sum([terms[word] * weights[word] for word in words & weights.keys()])
            found.append((product / theirs.length, other))
    found.sort(reverse=True)
    too_much = ALIKE * own.length
    others = (
        profiles[other]
        for likeness, other in found
        if likeness < too_much and profiles[other].title != own.title
    )
    return tuple([Related(other.slug, _shared(own, other)) for other in islice(others, MOST)])


def _shared(own: Profile, other: Profile) -> tuple[str, ...]:
    """Return the heaviest words that two papers share, those that say why if there are any."""
    shared = [word for word in own.terms if word in other.terms]
    return tuple(([word for word in shared if word not in DULL] or shared)[:SHOWN])
