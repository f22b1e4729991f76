"""Where units begin in text that is wrapped: titles, abstracts, lines that are neither.

Nothing marks them but typography, and each sign may mislead: a line that had room for the next word
was ended on purpose, but an abstract's last line may be full by chance; an abstract ends with a
sentence, but so do lines within it. So each way to cut a run of lines is weighed, by what its lines
would have to be, and the likeliest is taken: the Viterbi algorithm, in time linear in the lines.

Weights are roughly negative logarithms of how often something happens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.sources.page.lines import Line

_END = re.compile(r"(?:[.!?…。][\"'”’)\]}]*|https?://\S+)$")
_STOP = re.compile(r"(?:[.…。][\"'”’)\]}]*|https?://\S+)$")
_ADDRESS = re.compile(r"https?://\S+$")
_HANGING = re.compile(
    r"(?:\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|that|the|their|to|via|we|with)|[,(-])$",
    re.IGNORECASE,
)
_OPENER = re.compile(r"(?:We|This|These|Our|Although|While|Despite|Recent|Recently|In this)\b")
_LONGER = 3  # letters of a word that a title writes with a capital

# What a line may be: unknown; the first, second, a later line of a title; those of an abstract.
_UNKNOWN, _TITLE, _ABSTRACT = (0,), (1, 2, 3), (4, 5, 6)
_STATES = 7
_LAST = {3: 3, 6: 6}  # which follow themselves
_NEVER = 1e9

_ON_PURPOSE = 6.0  # a unit goes on though its line had room
_BY_CHANCE = 2.5  # a unit ends though its line is full
_STANDS_APART = 4.0  # a unit goes on over an empty line where the page has few
_TOGETHER = 2.0  # a unit ends without one there
_SMALL = 4.0  # a unit begins with a small letter
_CAPITAL = 2.0  # a line of an abstract begins with a capital, but no sentence; or the reverse
_NO_SENTENCE = 5.0  # an abstract does not end as a sentence does
_OPENS = 3.0  # a title goes on with what an abstract begins with
_SENTENCE = 3.0  # a title does
_HANGS = 4.0  # a title or an unknown line ends in the middle
_STRANGE = 2.5  # a line is nothing known
_CASE = 1.2  # a title's words are small
_CAPITALS = 4.0  # an abstract's have capitals
_FIRST = 1.5  # times that, in its first line
_FURTHER = (0.0, 1.0, 2.0)  # a title has a second line, a third
_WORDS = 3  # words of a title
_TURN = 0.5  # between a title's capitals and an abstract's small letters
_ENOUGH = 6  # words of a line tell that
_PAST_ADDRESS = 2.0  # an abstract goes on behind an address
_SHORT = (2.0, 0.7, 0.0)  # an abstract has one line, two, more
_ALONE = 4.0  # a title stands above no abstract
_UNTITLED = (6.0, 3.0)  # an abstract stands below no title; the same, and may be a paragraph


class Page(NamedTuple):
    """What is known of how a page's lines were wrapped.

    ``width`` is that of its lines; ``has_blocks`` says that empty lines stand between its units and
    not within them, ``of_papers`` that only papers stand apart, a title right above its abstract.
    """

    width: int
    has_blocks: bool
    of_papers: bool = False


def cuts(lines: Sequence[Line], page: Page) -> list[int]:
    """Return where the units of a run of text lines begin, the first at 0."""
    states = _likeliest(lines, page)
    return [0] + [
        at
        for at, (before, here) in enumerate(pairwise(states), start=1)
        if not _goes_on(before, here)
    ]


def _goes_on(before: int, here: int) -> bool:
    """Say whether a line in the state ``here`` goes on with the unit of the line above it."""
    return here == _LAST.get(before, before + 1) and here not in {1, 4} and before != 0


def _likeliest(lines: Sequence[Line], page: Page) -> list[int]:
    """Return the state of each line on the way that costs least."""
    costs = [_first(state, lines[0]) for state in range(_STATES)]
    ways: list[list[int]] = []
    for line, below in pairwise(lines):
        go_on, begin = _boundary(line, below, page)
        together = page.has_blocks and not below.gap
        within = go_on + _inside(line, below)
        opens = _OPENS if _OPENER.match(below.value) or _share(line) - _share(below) > _TURN else 0
        weights = [_weight(state, below) for state in range(_STATES)]
        ended = [cost + _ending(state, line) + begin for state, cost in enumerate(costs)]
        best, way = [_NEVER] * _STATES, [0] * _STATES
        for here in range(_STATES):
            for before in range(_STATES):
                if _goes_on(before, here):
                    cost = costs[before] + (within if before in _ABSTRACT else go_on + opens)
                else:
                    cost = ended[before] + _turn(before, here, page, together=together)
                if cost < best[here]:
                    best[here], way[here] = cost, before
            best[here] += weights[here] + (_beginning(below) if here in {0, 1, 4} else 0)
        costs = best
        ways.append(way)
    last = min(range(_STATES), key=lambda state: costs[state] + _close(state, lines[-1]))
    found = [last]
    for way in reversed(ways):
        found.append(way[found[-1]])
    return found[::-1]


def _first(state: int, line: Line) -> float:
    if state not in {0, 1, 4}:
        return _NEVER
    return _weight(state, line) + _beginning(line) + (_UNTITLED[True] if state in _ABSTRACT else 0)


def _turn(before: int, here: int, page: Page, *, together: bool) -> float:
    """Return what it costs that a unit of one kind follows one of another."""
    if here not in {0, 1, 4}:
        return _NEVER
    if before in _TITLE:
        return 0 if here in _ABSTRACT else _NEVER
    if here in _ABSTRACT:
        return _UNTITLED[page.has_blocks and not page.of_papers]
    return _TOGETHER if together else 0


def _boundary(line: Line, below: Line, page: Page) -> tuple[float, float]:
    """Return what it costs that a unit goes on from a line to the next, and that it ends there."""
    word = below.value.split(maxsplit=1)[0]
    length = len(line.value)
    had_room = length + 1 + len(word) <= page.width or length > page.width
    go_on, begin = (_ON_PURPOSE, 0.1) if had_room else (0.1, _BY_CHANCE)
    if below.value[:1].isupper() and _ADDRESS.search(line.value[-300:]):
        go_on += _PAST_ADDRESS
    if page.has_blocks:
        together = 0 if page.of_papers else _TOGETHER
        go_on, begin = (go_on + _STANDS_APART, begin) if below.gap else (go_on, begin + together)
    if below.level != line.level or below.address != line.address:
        go_on += _ON_PURPOSE
    return go_on, begin


def _inside(line: Line, below: Line) -> float:
    """Return what it costs that an abstract goes on: only sentences begin with a capital."""
    first = below.value[:1]
    is_odd = first.isupper() != bool(_END.search(line.value[-300:])) and first.isalpha()
    return _CAPITAL if is_odd else 0


def _beginning(line: Line) -> float:
    return _SMALL if line.value[:1].islower() else 0


def _weight(state: int, line: Line) -> float:
    """Return what it costs that a line is what ``state`` says, by its words."""
    if state in _UNKNOWN:
        return _STRANGE
    share = _share(line)
    # An abstract has hardly a line of capitals, but quite some titles are written small.
    in_abstract = _CAPITALS * share**2 * min(1, len(line.value.split()) / _ENOUGH)
    if state in _ABSTRACT:
        return in_abstract * (_FIRST if state == _ABSTRACT[0] else 1)
    return _CASE * (1 - share) + _FURTHER[state - 1]


def _share(line: Line) -> float:
    """Return how many of a line's longer words begin with a capital."""
    words = [word for word in line.value.split() if len(word) > _LONGER]
    return sum(word[:1].isupper() for word in words) / len(words) if words else 0.5


def _ending(state: int, line: Line) -> float:
    """Return what it costs that a unit ends with a line, by its last word."""
    text = line.value.rstrip()
    if state in _ABSTRACT:
        return (0 if _END.search(text[-300:]) else _NO_SENTENCE) + _SHORT[state - 4]
    cost = _HANGS if _HANGING.search(text[-20:]) else 0.0
    if state not in _TITLE:
        return cost
    # Few titles have one word or two.
    brief = max(0, _WORDS - len(text.split())) if state == _TITLE[0] else 0
    return cost + brief + (_SENTENCE if _STOP.search(text[-300:]) else 0)


def _close(state: int, line: Line) -> float:
    return _ending(state, line) + (_ALONE if state in _TITLE else 0)
