"""The related papers of a whole collection, with what still holds taken from the run before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

import msgspec

from generator.library import weights
from generator.library.similarity import Near, Postings, Profile, Profiles, Subject, nearest
from generator.library.weights import EMPTY, Days, Memo, packed

_NEW = -1  # the place before of a paper that was not there, or was another
_PROFILE = msgspec.msgpack.Decoder(Profile)
_NEAR = msgspec.msgpack.Decoder(Near)


class Document(NamedTuple):
    """A paper of the collection; ``key`` is one of all that its subject comes from."""

    slug: str
    date: date
    key: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """The related papers of every paper by its slug, packed, and the memo for the next run.

    It is the memo of the last run itself where that still holds. ``compared`` is how many papers
    this run compared anew.
    """

    near: Mapping[str, msgspec.Raw]
    memo: Memo
    compared: int

    @property
    def papers(self) -> Mapping[str, Near]:
        """The related papers of every paper, best first."""
        return {slug: _NEAR.decode(near) for slug, near in self.near.items()}


def related(
    documents: Iterable[Document], subject_of: Callable[[str], Subject], memo: Memo = EMPTY
) -> Found:
    """Return the related papers of all ``documents``: the same whatever run left ``memo``.

    ``subject_of`` is asked for the subject of a slug where its key is not what it was.
    """
    run = _Run(sorted(documents, key=itemgetter(1, 0)), memo, subject_of)
    wanted = run.prepare()
    none = packed(())
    near = [none if was == _NEW else memo.near[was] for was in run.was]
    for place in wanted:
        near[place] = packed(nearest(place, run.days.at(place).end, run.postings, run.profiles))
    return Found(dict(zip(run.slugs, near, strict=True)), run.memo(near), len(wanted))


class _Run:
    """The papers of one run by their places, against those of the run before.

    ``was`` has the place before of each paper that is about what it was about; a paper that is
    about something else counts as one gone and one new.
    """

    def __init__(
        self, papers: Sequence[Document], memo: Memo, subject_of: Callable[[str], Subject]
    ) -> None:
        self._old = memo
        self._old_days = Days(memo.days)
        self.days = Days.of(paper.date for paper in papers)
        self.slugs = [paper.slug for paper in papers]
        self._keys = [paper.key for paper in papers]
        self.was = list(self._places_before())
        self._subjects: list[Subject | msgspec.Raw] = []
        self._read(subject_of)
        self.profiles = Profiles()
        self._cuts = memo.cuts
        self._same = False
        self.postings = Postings(memo.postings)

    def _places_before(self) -> Iterator[int]:
        """Yield the place that each paper had in the run before, if on the same day."""
        before = {slug: place for place, slug in enumerate(self._old.slugs)}
        spans = {day.name: day for day in self._old_days}
        for day in self.days:
            span = spans.get(day.name)
            for slug in self.slugs[day.start : day.end]:
                place = before.get(slug, _NEW)
                yield place if span and span.start <= place < span.end else _NEW

    def _read(self, subject_of: Callable[[str], Subject]) -> None:
        """Take the subject of every paper from before where its key is the same, else ask."""
        old = self._old
        for place, (was, key) in enumerate(zip(self.was, self._keys, strict=True)):
            if was != _NEW and old.keys[was] == key:
                self._subjects.append(old.subjects[was])
                continue
            subject = subject_of(self.slugs[place])
            if was != _NEW and bytes(old.subjects[was]) != bytes(packed(subject)):
                self.was[place] = _NEW
            self._subjects.append(subject)

    def prepare(self) -> Collection[int]:
        """Bring profiles and postings up to date; return the papers to be compared anew."""
        kept = set(self.was)
        gone = [place for place in range(len(self._old.slugs)) if place not in kept]
        self._same = not gone and _NEW not in kept
        if self._same:
            self.profiles.packed = dict(enumerate(self._old.profiles))
            return ()
        made = weights.make(self.days, self._subjects, self.was, self._old)
        self._cuts = [table.cut for table in made]
        fresh = self._profile(made)
        return self._enter(gone, fresh)

    def _profile(self, made: Sequence[weights.Table]) -> list[int]:
        """Make the profiles that are not what they were; return whose they are."""
        fresh: list[int] = []
        numbers_before = weights.numbers(self._old_days, self._old.cuts)
        before = dict(zip((day.name for day in self._old_days), numbers_before, strict=True))
        for day, number in zip(self.days, weights.numbers(self.days, self._cuts), strict=True):
            table = made[number]
            moved = table.moved if before.get(day.name) == number else None
            for place in range(day.start, day.end):
                was = self.was[place]
                if was != _NEW and moved is not None and self._holds(place, moved):
                    self.profiles.packed[place] = self._old.profiles[was]
                    continue
                subject = weights.unpacked(self._subjects[place])
                profile = Profile.of(
                    self.slugs[place], subject.title, table.profile(subject, place)
                )
                self.profiles[place] = profile
                if was == _NEW or bytes(self._old.profiles[was]) != bytes(packed(profile)):
                    fresh.append(place)
        return fresh

    def _holds(self, place: int, moved: frozenset[str]) -> bool:
        """Say whether no word that the paper at ``place`` is about has ``moved``."""
        if not moved:
            return True
        return moved.isdisjoint(weights.unpacked(self._subjects[place]).words.split())

    def _enter(self, gone: Sequence[int], fresh: Sequence[int]) -> Collection[int]:
        """Bring the postings up to date; return the papers whose related ones may be others.

        They are those that have a ``fresh`` profile, and those that see one, or see that one is
        ``gone``.
        """
        changes: list[tuple[int, int, set[str]]] = []
        for place in gone:
            terms = self._terms_before(place)
            self.postings.remove(terms, place)
            changes.append((*self._gap(place), set(terms)))
        for place in fresh:
            words = set(self.profiles[place].terms)
            if (was := self.was[place]) != _NEW:
                terms = self._terms_before(was)
                self.postings.remove(terms, was)
                words.update(terms)
            changes.append((place, self.days.at(place).start, words))
        moves = {was: place for place, was in enumerate(self.was) if was != _NEW}
        if any(was != place for was, place in moves.items()):
            self.postings.move(moves)
        for place in fresh:
            self.postings.add(self.profiles[place].terms, place)
        if len(fresh) == len(self.slugs):
            return fresh
        reached = set(fresh)
        for place, first, words in changes:
            for word in words:
                reached.update(self.postings.reached(word, place, first, self._end_of))
        return reached

    def _terms_before(self, was: int) -> dict[str, int]:
        """Return the terms that a paper was compared by in the run before."""
        return _PROFILE.decode(self._old.profiles[was]).terms

    def _gap(self, was: int) -> tuple[int, int]:
        """Return where a paper of the run before would be now, and where its day would begin."""
        first, end = self.days.around(self._old_days.at(was).name)
        return bisect_left(self.slugs, self._old.slugs[was], first, end), first

    def _end_of(self, place: int) -> int:
        return self.days.at(place).end

    def memo(self, near: list[msgspec.Raw]) -> Memo:
        """Return what the next run can start from, ``near`` being what this one has found."""
        if self._same and self._keys == self._old.keys:
            return self._old
        return Memo(
            self.slugs,
            self._keys,
            self.days.ends,
            [one if isinstance(one, msgspec.Raw) else packed(one) for one in self._subjects],
            self.profiles.pack(len(self.slugs)),
            near,
            self.postings.pack(),
            self._cuts,
        )
