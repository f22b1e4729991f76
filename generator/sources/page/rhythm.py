"""The rhythm of a page: what comes again in the same place around each paper.

It tells the titles of a page without abstracts, where only furniture parts the papers, and which of
two short lines above an abstract is the title.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.sources.page.flow import Unit
from generator.sources.page.furniture import Kind
from generator.sources.page.lines import Line

_MOST = 0.8
_WORDS = 12  # more make a title no surer
_NAME = 4  # words of a name, at most, on the average
_LONGER = 1.5


def grid(units: Sequence[Unit], lines: Sequence[Line], start: int) -> list[Unit]:
    """Return the titles from ``start``: they stand above the same furniture, with most words."""
    groups: dict[Kind, list[list[Unit]]] = {}
    for run in _runs(units, start):
        end = run[-1].end
        if end < len(lines) and lines[end].kind is not Kind.CHROME:
            groups.setdefault(lines[end].kind, []).append(run)
    if not groups:
        return []
    most = max(map(len, groups.values()))
    often = [held for held in groups.values() if len(held) * 2 >= most]
    best = max(often, key=lambda held: _mean([run[0] for run in held]))
    if _ends_papers(best):
        return [run[-1] for run in best]
    # A longer run has lines in it that are nothing of the page's.
    size = min(map(len, best))
    means = [_mean([run[at] for run in best if len(run) == size]) for at in range(size)]
    place = max(range(size), key=lambda at: (means[at], -at))
    return [run[_shift(run, size, place) + place] for run in best if len(run) > place]


def _ends_papers(runs: Sequence[Sequence[Unit]]) -> bool:
    """Say whether above each title but the first stands what ends the paper before it."""
    first, *more = runs
    return (
        len(first) == 1
        and {len(run) for run in more} == {2}
        and _mean([run[-1] for run in more]) >= _mean([run[0] for run in more])
    )


def _runs(units: Sequence[Unit], start: int) -> list[list[Unit]]:
    """Return the units in runs that no furniture parts."""
    runs: list[list[Unit]] = []
    for unit in units:
        if unit.start < start:
            continue
        if runs and runs[-1][-1].end == unit.start:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return runs


def slot(runs: Sequence[Sequence[Unit]]) -> int:
    """Return which unit above an abstract is its title: the last (1), or the one before (2).

    It is the one before where nearly every paper has two, and the last is a mere name.
    """
    both = [run for run in runs if len(run) > 1]
    if len(runs) < 2 or len(both) < _MOST * len(runs) or len(runs[0]) == 1:  # noqa: PLR2004  # a rhythm
        return 1
    last, before = _mean([run[-1] for run in both]), _mean([run[-2] for run in both])
    return 2 if last * _LONGER < before and last <= _NAME else 1


def _shift(run: Sequence[Unit], size: int, place: int) -> int:
    """Return how many unknown units stand above what the page has in each run."""
    if len(run) <= size:
        return 0
    if size == 1:
        return max(range(len(run)), key=lambda at: (_words(run[at]), -at)) - place
    return max(
        range(len(run) - size + 1),
        key=lambda at: (
            _words(run[at + place]) * size - sum(map(_words, run[at : at + size])),
            -at,
        ),
    )


def _words(unit: Unit) -> int:
    """Return how much a unit looks like a title: by its words, for names have few."""
    return min(len(unit.text.split()), _WORDS)


def _mean(units: Sequence[Unit]) -> float:
    return sum(map(_words, units)) / len(units) if units else 0
