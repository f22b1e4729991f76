"""The related papers of a whole collection, with what still holds taken from the run before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.related.likeness import Near, Profile, compare
from generator.related.memo import EMPTY, Cut, Entry, Memo
from generator.related.subject import Document, Subject, subject
from generator.related.weights import cuts, profile, tables


@dataclass(frozen=True, slots=True)
class Found:
    """The related papers of every paper by its slug, best first, and the memo for the next run.

    ``compared`` is how many papers this run compared anew.
    """

    papers: Mapping[str, Near]
    memo: Memo
    compared: int


def related(documents: Iterable[Document], memo: Memo = EMPTY) -> Found:
    """Return the related papers of all ``documents``: the same whatever run left ``memo``."""
    papers = sorted(documents, key=lambda paper: (paper.date, paper.slug))
    marks = [paper.mark for paper in papers]
    known = [_known(memo, paper.slug, mark) for paper, mark in zip(papers, marks, strict=True)]
    subjects = [
        Subject(entry.words, entry.counts) if entry else subject(paper)
        for paper, entry in zip(papers, known, strict=True)
    ]
    days = [len(list(day)) for _, day in groupby(papers, key=lambda paper: paper.date)]
    made = tables(cuts(days), marks, lambda number: subjects[number].words.split(), memo.cuts)
    moved = [_moved(cut, memo.cuts[number : number + 1]) for number, cut in enumerate(made)]
    cut_of = list(_cut_of(days, made))
    profiles = [
        Profile(
            paper.slug,
            paper.date.isoformat(),
            paper.title,
            entry.terms
            if entry and entry.cut == cut and _holds(entry.words, moved[cut])
            else profile(about, made[cut], counted=number < made[cut].papers),
        )
        for number, (paper, entry, about, cut) in enumerate(
            zip(papers, known, subjects, cut_of, strict=True)
        )
    ]
    near = dict(compare(profiles, _stale(profiles, known, memo)))
    entries = {
        one.slug: Entry(
            marks[number],
            one.date,
            subjects[number].words,
            subjects[number].counts,
            cut_of[number],
            one.terms,
            near.get(number, entry.near if entry else ()),
        )
        for number, (one, entry) in enumerate(zip(profiles, known, strict=True))
    }
    found = {slug: entry.near for slug, entry in entries.items()}
    return Found(found, Memo(entries, made), len(near))


def _known(memo: Memo, slug: str, mark: str) -> Entry | None:
    """Return what is kept of a paper, if the paper is still what it was."""
    entry = memo.papers.get(slug)
    return entry if entry and entry.mark == mark else None


def _cut_of(days: Sequence[int], made: Sequence[Cut]) -> Iterator[int]:
    """Yield, for each paper, the number of the table that holds on its day."""
    number, total = -1, 0
    for papers in days:
        total += papers
        if number + 1 < len(made) and made[number + 1].papers == total:
            number += 1
        yield from [number] * papers


def _moved(cut: Cut, old: Sequence[Cut]) -> frozenset[str] | None:
    """Return the words whose weight in a table is not what it was; None where all may differ."""
    if not old or old[0].papers != cut.papers:
        return None
    was, now = old[0].weights, cut.weights
    return frozenset() if was == now else frozenset(dict(was.items() ^ now.items()))


def _holds(words: str, moved: frozenset[str] | None) -> bool:
    """Tell whether the profile of a paper about ``words`` is what it was."""
    return moved is not None and (not moved or moved.isdisjoint(words.split()))


def _stale(
    profiles: Sequence[Profile], known: Sequence[Entry | None], memo: Memo
) -> frozenset[int]:
    """Return the numbers of the papers that may have other related papers than before.

    They are the papers that changed, and those of the same day or later that are compared by a
    word of a paper that changed, came or went: only their posting lists are not what they were.
    """
    left = dict(memo.papers)
    since: dict[str, str] = {}
    changed: set[int] = set()
    for number, (now, entry) in enumerate(zip(profiles, known, strict=True)):
        if entry and entry.terms == now.terms:
            del left[now.slug]
        else:
            changed.add(number)
            _note(since, now.terms, now.date)
    for was in left.values():
        _note(since, was.terms, was.date)
    if not since:
        return frozenset(changed)
    return frozenset(
        number
        for number, one in enumerate(profiles)
        if number in changed
        or any(since[word] <= one.date for word in since.keys() & one.terms.keys())
    )


def _note(since: dict[str, str], terms: Iterable[str], date: str) -> None:
    """Note that the posting lists of ``terms`` are others from ``date`` on."""
    for word in terms:
        since[word] = min(date, since.get(word, date))
