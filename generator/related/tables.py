"""The tables of weights of a run, those of the run before as far as they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from generator.related import weights
from generator.related.days import Days
from generator.related.memo import Cut, Memo, packed
from generator.related.subject import Subject

_COUNTS = msgspec.msgpack.Decoder(dict[str, int])


class Table:
    """A table of weights.

    ``moved`` are the words that do not weigh what they did in the run before; None where all may.
    """

    def __init__(self, cut: Cut, moved: frozenset[str] | None) -> None:
        self.cut = cut
        self.moved = moved

    @cached_property
    def weights(self) -> dict[str, int]:
        """What each word weighs."""
        return _COUNTS.decode(self.cut.weights)

    def profile(self, subject: Subject, place: int) -> dict[str, int]:
        """Return what the paper at ``place`` is compared by."""
        papers = self.cut.papers
        return weights.profile(subject, self.weights, papers, counted=place < papers)


def make(
    days: Days, subjects: Sequence[Subject | msgspec.Raw], was: Sequence[int], memo: Memo
) -> list[Table]:
    """Return the tables of papers by their ``subjects``.

    ``was`` has the place of each paper in the run before, which left ``memo``; -1 for a paper that
    was not there.
    """
    made: list[Table] = []
    total: Counter[str] = Counter()
    counted, start, holds = 0, 0, True
    for number, end in enumerate(weights.cuts(day.end - day.start for day in days)):
        known = memo.cuts[number] if number < len(memo.cuts) else None
        first = memo.cuts[number - 1].papers if 0 < number <= len(memo.cuts) else 0
        before = range(first, known.papers if known else first)
        holds = holds and known is not None and was[start:end] == list(before)
        if known and holds:
            made.append(Table(known, frozenset()))
        else:
            for table in made[counted:]:
                total.update(_COUNTS.decode(table.cut.frequencies))
            own = _renewed(known, before, memo.subjects, subjects[start:end], was[start:end])
            total.update(own)
            counted = number + 1
            now = weights.weights(total, end)
            cut = Cut(days.at(end - 1).name, end, packed(own), packed(now))
            made.append(Table(cut, _moved(known, cut, now)))
        start = end
    return made


def numbers(days: Days, cuts: Sequence[Cut]) -> Iterator[int]:
    """Yield, for each day, the number of the table that holds on it."""
    number = 0
    for day in days:
        if number + 1 < len(cuts) and cuts[number + 1].last <= day.name:
            number += 1
        yield number


def _renewed(
    known: Cut | None,
    before: range,
    old: Sequence[msgspec.Raw],
    subjects: Sequence[Subject | msgspec.Raw],
    was: Sequence[int],
) -> dict[str, int]:
    """Return how many of ``subjects`` are about each word.

    They are counted from those of the run before, ``before`` of ``old``, where that is less.
    """
    gone = set(before).difference(was)
    new = [subject for subject, place in zip(subjects, was, strict=True) if place not in before]
    if known is None or len(gone) + len(new) >= len(subjects):
        return _frequencies(subjects)
    counts = Counter(_COUNTS.decode(known.frequencies))
    counts.update(_frequencies(new))
    counts.subtract(_frequencies(old[place] for place in gone))
    return +counts


def _frequencies(subjects: Iterable[Subject | msgspec.Raw]) -> dict[str, int]:
    """Return how many of ``subjects`` are about each word."""
    counts: Counter[str] = Counter()
    for subject in subjects:
        counts.update(unpacked(subject).words.split())
    return dict(counts)


def unpacked(subject: Subject | msgspec.Raw) -> Subject:
    """Return a subject, unpacked if it is not."""
    if isinstance(subject, Subject):
        return subject
    return _SUBJECT.decode(subject)


def _moved(known: Cut | None, cut: Cut, now: dict[str, int]) -> frozenset[str] | None:
    """Return the words that weigh something else in ``cut`` than in the one ``known`` before."""
    if (
        known is None
        or known.last != cut.last
        or weights.rarity(known.papers, 1) != weights.rarity(cut.papers, 1)
    ):
        return None
    return frozenset(dict(_COUNTS.decode(known.weights).items() ^ now.items()))


_SUBJECT = msgspec.msgpack.Decoder(Subject)
