"""Papers on a plane, near ones near: groups by meaning, each a disc of points around its middle.

The same papers give the same picture on every machine: groups are found and placed by whole
numbers alone, or by steps that every machine rounds alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import isqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from generator.library.reasons import UNTELLING
from generator.library.vectors import DIMENSIONS, UNIT, unit
from generator.search.terms import STOP_WORDS, words

MOST_GROUPS = 12
PER_GROUP = 8  # papers of a group, at least, where there are several groups
ROUNDS = 12
SPACING = 15  # between points of a group
MARGIN = 24
LABEL_WORDS = 3
_PUSHES, _PULLS = 300, 80
_GOLDEN = (-773_115, 708_408)  # cosine and sine of the golden angle, of 1 << 20

_SQUARED = UNIT * UNIT

Ints = npt.NDArray[np.int64]


class Point(NamedTuple):
    """A paper on the plane: its place among the papers given, and where it is."""

    paper: int
    x: int
    y: int


class Group(NamedTuple):
    """Papers that are near each other: the words they are about, the middle, how far it reaches.

    ``points`` are its papers, those nearest to the middle of its meaning first.
    """

    label: tuple[str, ...]
    x: int
    y: int
    radius: int
    points: tuple[Point, ...]


def place(vectors: bytes, titles: Sequence[str]) -> tuple[Group, ...]:
    """Return papers in groups, the largest first, on a plane that begins at 0, 0.

    ``vectors`` has a signed byte a dimension, paper after paper.
    """
    rows = np.frombuffer(vectors, np.int8).reshape(-1, DIMENSIONS).astype(np.int64)
    if not len(rows):
        return ()
    middles, owner = _groups(rows)
    order = sorted(set(owner.tolist()), key=lambda group: (-int((owner == group).sum()), group))
    members = [
        _by_nearness(rows, np.flatnonzero(owner == group), middles[group]) for group in order
    ]
    labels = _labels([[titles[paper] for paper in held] for held in members])
    radii = [SPACING * (isqrt(4 * len(held)) + 1) // 2 + SPACING for held in members]
    centres = _fitted(_apart(_plane(middles[order]), radii), radii)
    found = []
    for held, label, radius, (x, y) in zip(members, labels, radii, centres, strict=True):
        points = tuple(
            Point(paper, x + right, y + down)
            for paper, (right, down) in zip(held, _spiral(len(held)), strict=True)
        )
        found.append(Group(label, x, y, radius, points))
    return tuple(found)


def _groups(rows: Ints) -> tuple[Ints, Ints]:
    """Return the middles of groups, and the group of each row: k-means on the sphere."""
    most = max(1, min(MOST_GROUPS, len(rows) // PER_GROUP, isqrt(len(rows))))
    middles = [_unit(rows.sum(axis=0))]
    nearest = rows @ middles[0]
    while len(middles) < most:  # what is farthest from all there are
        middles.append(rows[int(nearest.argmin())])
        nearest = np.maximum(nearest, rows @ middles[-1])
    if most > 1:
        middles = middles[1:]
    found = np.array(middles)
    owner = (rows @ found.T).argmax(axis=1)
    for _ in range(ROUNDS):
        sums = np.zeros_like(found)
        np.add.at(sums, owner, rows)
        found = _unit(sums)
        owner = (rows @ found.T).argmax(axis=1)
    return found, owner


def _unit(total: Ints) -> Ints:
    return unit(total.astype(np.float64)).astype(np.int64)


def _by_nearness(rows: Ints, held: Ints, middle: Ints) -> list[int]:
    """Return the rows ``held``, the nearest to ``middle`` first."""
    products = rows[held] @ middle
    return [int(held[at]) for at in np.argsort(-products, kind="stable")]


def _labels(groups: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the words that the titles of each group have and those of others have less often."""
    counts = [_counts(titles) for titles in groups]
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    found = []
    for each in counts:
        best = sorted(each, key=lambda word: (-(each[word] ** 2) * 1000 // total[word], word))
        chosen: list[str] = []
        for word in best:
            if len(chosen) < LABEL_WORDS and not {f"{word}s", word.removesuffix("s")} & {*chosen}:
                chosen.append(word)
        found.append(tuple(chosen))
    return found


def _counts(titles: Sequence[str]) -> Mapping[str, int]:
    counts = Counter(word for title in titles for word in set(words(title)))
    return {
        word: count
        for word, count in counts.items()
        if len(word) > 2 and word not in STOP_WORDS and word not in UNTELLING and word.isalpha()  # noqa: PLR2004  # letters
    }


def _plane(middles: Ints) -> list[tuple[int, int]]:
    """Return where groups lie by the two directions in which their middles differ most."""
    left = middles * 1000 - middles.sum(axis=0) * 1000 // len(middles)
    sides = []
    for start in (0, 1):
        axis = np.ones(DIMENSIONS, np.int64)
        axis[start::2] = -1
        for _ in range(60):
            before, axis = axis, _unit((left @ axis) @ left) if left.any() else axis
            if (axis == before).all():
                break
        along = left @ axis
        sides.append(along // _SQUARED)
        left = left - along[:, None] * axis[None] // _SQUARED
    return list(zip(*(side.tolist() for side in sides), strict=True))


def _apart(places: list[tuple[int, int]], radii: Sequence[int]) -> list[tuple[int, int]]:
    """Return places near those given, at which discs of ``radii`` do not overlap."""
    reach = max((max(abs(x), abs(y)) for x, y in places), default=0) or 1
    span = sum(radii)
    now = [[x * span // reach // 2, y * span // reach // 3] for x, y in places]
    for turn in range(_PUSHES):
        moved = False
        # All are drawn to the middle a little at first, so that no empty space is left between.
        for at in now if turn < _PULLS else ():
            at[0] -= at[0] // 64
            at[1] -= at[1] // 40
        for one in range(len(now)):
            for other in range(one):
                right, down = now[one][0] - now[other][0], now[one][1] - now[other][1]
                wanted = radii[one] + radii[other] + MARGIN
                distance = isqrt(right * right + down * down)
                if distance >= wanted:
                    continue
                if not distance:
                    right, down, distance = 1, 1, 1
                push = (wanted - distance) // 2 + 1
                for number, sign in ((one, 1), (other, -1)):
                    now[number][0] += sign * push * right // distance
                    now[number][1] += sign * push * down // distance
                moved = True
        if not moved and turn >= _PULLS:
            break
    return [(place[0], place[1]) for place in now]


def _fitted(places: list[tuple[int, int]], radii: Sequence[int]) -> list[tuple[int, int]]:
    """Return ``places`` moved so that the discs begin at MARGIN."""
    left = min(x - radius for (x, _), radius in zip(places, radii, strict=True)) - MARGIN
    top = min(y - radius for (_, y), radius in zip(places, radii, strict=True)) - MARGIN
    return [(x - left, y - top) for x, y in places]


def _spiral(count: int) -> list[tuple[int, int]]:
    """Return so many places around a middle, evenly, by turns of the golden angle."""
    cosine, sine = _GOLDEN
    x, y = 1 << 20, 0
    found = []
    for number in range(count):
        distance = isqrt(number * 4) * SPACING // 4 + (SPACING * isqrt(number * 100) // 10) // 2
        found.append((x * distance >> 20, y * distance >> 20))
        x, y = (x * cosine - y * sine) >> 20, (x * sine + y * cosine) >> 20
        length = isqrt(x * x + y * y)
        x, y = (x << 20) // length, (y << 20) // length
    return found
