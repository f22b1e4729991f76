"""Find, for every paper, the older papers most like it.

Papers are compared by the cosine of their heaviest words. Candidates come from an inverted index
of just those words: a paper looks at the POSTINGS newest papers that have each of its words, and
compares those that it meets at least twice. So a paper costs the same in a small collection and
in a large one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter

import msgspec

POSTINGS = 24
MOST = 4
SHOWN = 4
# Of 50,000 arXiv papers, 14 pairs found are this much alike or more: revisions, sequels and
# translations of one work. Just below begin different works on one subject.
ALIKE = 0.75


class Related(msgspec.Struct, frozen=True, gc=False):
    """A related paper and the words that both papers are about, the most telling first."""

    slug: str
    terms: tuple[str, ...]


Near = tuple[Related, ...]
"""The related papers of one paper, best first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a paper is compared by: its heaviest words, heaviest first."""

    slug: str
    date: str
    title: str
    terms: dict[str, int]


def compare(profiles: Sequence[Profile], wanted: Collection[int]) -> Iterator[tuple[int, Near]]:
    """Yield the number and the related papers of each of ``wanted``.

    ``profiles`` are all papers in the order of time; a paper is compared with those of its own
    day and of the days before.
    """
    words = {word for number in wanted for word in profiles[number].terms}
    lengths = [_length(one.terms) for one in profiles]
    index: defaultdict[str, list[int]] = defaultdict(list)
    start = 0
    for _, day in groupby(profiles, key=attrgetter("date")):
        for end, one in enumerate(day, start + 1):
            for word in one.terms:
                if word in words:
                    index[word].append(end - 1)
        for number in range(start, end):
            if number in wanted:
                yield number, _nearest(profiles, lengths, index, number)
        start = end


def _nearest(
    profiles: Sequence[Profile],
    lengths: Sequence[float],
    index: Mapping[str, list[int]],
    number: int,
) -> Near:
    """Return the papers most like one, of those that share two of its words."""
    own = profiles[number]
    postings = [
        (word, weight, numbers[-POSTINGS:])
        for word, weight in own.terms.items()
        if len(numbers := index[word]) > 1  # else the word is this paper's alone
    ]
    once: set[int] = set()
    twice: set[int] = set()
    for _, _, numbers in postings:
        twice.update(once.intersection(numbers))
        once.update(numbers)
    twice.discard(number)
    products = dict.fromkeys(twice, 0)
    for word, weight, numbers in postings:
        for other in twice.intersection(numbers):
            products[other] += weight * profiles[other].terms[word]
    ranked = [(product / lengths[other], other) for other, product in products.items()]
    ranked.sort(reverse=True)
    too_much = ALIKE * lengths[number]
    others = (
        profiles[other]
        for likeness, other in ranked
        if likeness < too_much and profiles[other].title != own.title
    )
    return tuple(Related(other.slug, _shared(own, other)) for other in islice(others, MOST))


def _shared(own: Profile, other: Profile) -> tuple[str, ...]:
    """Return the heaviest words that two papers share."""
    return tuple([word for word in own.terms if word in other.terms][:SHOWN])


def _length(terms: Mapping[str, int]) -> float:
    """Return the length of a vector of weights."""
    return math.sqrt(sum([weight * weight for weight in terms.values()]))
