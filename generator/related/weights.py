"""How telling a word is, by how many papers up to then are about it.

The weights of a paper must not move when later papers arrive, so frequencies are cut by time: a
table is cut at the end of a day whenever the collection has grown by half since the last cut, and
holds for that day and all days until the next cut. Where the cuts lie follows from the papers
alone. Weights are whole numbers, in steps of a quarter of a bit: one paper more or less seldom
moves one, and no platform's logarithm can.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.related.memo import Cut

GROWTH = 1.5
STEPS = 4
# A word rarer than one paper in a thousand is not more telling for that: often it is a typo.
MOST = 40
# BM25's saturation of a word's count, count * (k + 1) / (count + k) with k = 1.2, times ten.
SATURATION = tuple(round(22 * count / (count + 1.2)) for count in range(256))
TERMS = 12
"""How many of its words a paper is compared by."""

Words = Callable[[int], Iterable[str]]


def cuts(days: Iterable[int]) -> list[int]:
    """Return the number of papers at each cut, given the number of papers of each day."""
    found: list[int] = []
    total = 0
    for papers in days:
        total += papers
        if not found or total > found[-1] * GROWTH:
            found.append(total)
    return found


def tables(
    ends: Sequence[int], marks: Sequence[str], words: Words, old: Sequence[Cut]
) -> list[Cut]:
    """Return the tables cut after the first ``ends`` papers, those of ``old`` that still hold.

    ``marks`` are the papers' fingerprints in the order of time; ``words`` gives those that the
    paper of a number is about.
    """
    made: list[Cut] = []
    before: Counter[str] = Counter()
    start, holds = 0, True
    for number, end in enumerate(ends):
        mark = hashlib.blake2b("".join(marks[start:end]).encode(), digest_size=12).hexdigest()
        known = next((cut for cut in old[number : number + 1] if cut.mark == mark), None)
        holds = holds and known is not None
        own = known.frequencies if known else _frequencies(map(words, range(start, end)))
        before.update(own)
        made.append(known if known and holds else Cut(mark, end, dict(own), weights(before, end)))
        start = end
    return made


def _frequencies(subjects: Iterable[Iterable[str]]) -> Counter[str]:
    """Return how many of ``subjects`` hold each word."""
    counts: Counter[str] = Counter()
    for subject in subjects:
        counts.update(subject)
    return counts


def weights(frequencies: Mapping[str, int], papers: int) -> dict[str, int]:
    """Return the weight of each word that two or more of ``papers`` papers are about."""
    by_count = {count: rarity(papers, count) for count in set(frequencies.values())}
    return {word: by_count[count] for word, count in frequencies.items() if count > 1}


def rarity(papers: int, count: int) -> int:
    """Return the inverse document frequency in steps of 1/STEPS bit, at least 1, at most MOST."""
    return max(1, min(MOST, round(STEPS * math.log2((papers + 1) / (count + 0.5)))))


def profile(
    subject: Iterable[tuple[str, int]], cut: Cut, *, counted: bool = False
) -> dict[str, int]:
    """Return the TERMS heaviest of the (word, count) pairs of a subject, heaviest first.

    A word that the table does not know weighs as one that a single paper is about. Where the
    subject is ``counted`` in the table, that paper is its own: nothing older shares the word, and
    it gives way to those that are shared.
    """
    rarities, unknown = cut.weights.get, rarity(cut.papers, 1)
    heavy = [
        (not counted or word in cut.weights, rarities(word, unknown) * SATURATION[count], word)
        for word, count in subject
    ]
    heavy.sort(reverse=True)
    return {word: weight for _, weight, word in heavy[:TERMS]}
