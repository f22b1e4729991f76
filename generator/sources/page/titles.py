"""Which units of a page are titles. Papers are told apart by addresses and by the page's rhythm.

Each way looks for one sign: an address of a paper, a heading, a numbered list, an abstract below,
or, where there are no abstracts, the furniture that comes again around each paper. The way that
finds most is the page's own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from generator.sources.page import rhythm
from generator.sources.page.flow import Flow, Unit
from generator.sources.page.furniture import Kind
from generator.sources.page.lines import Line

# A way that finds at least this share of what another finds goes before it, being surer.
_SURE = 0.6
_MOST = 0.8


class Title(NamedTuple):
    """Where a title stands, and the paper that it belongs to, as far as an address says so."""

    unit: Unit
    paper: str = ""


class Titles(NamedTuple):
    """The titles of a page in their order; ``nameless`` are papers of which none was found.

    ``has_rhythm`` says that they were found by the furniture around them alone.
    """

    found: tuple[Title, ...] = ()
    nameless: tuple[Line, ...] = ()
    has_rhythm: bool = False


class Finder:
    """Looks for the titles among the lines of a page; those before ``start`` are its header."""

    def __init__(self, lines: Sequence[Line], flow: Flow, start: int) -> None:
        self._lines = lines
        self._start = start
        self.units = [flow.units[index] for index in sorted(flow.units)]
        self._ends = [unit.end for unit in self.units]
        self._starts = [unit.start for unit in self.units]
        longs = sum(unit.is_prose for unit in self.units)
        self._least = _LEAST if longs >= _MANY else 0
        # The units that are abstracts by themselves, by their first lines.
        self.prose = {unit.start for unit in self.units if self._is_abstract(unit)}

    def find(self) -> Titles:
        """Return the titles by the surest way that finds most of what any finds."""
        ways = [
            self._by_address(),
            Titles(self._by_heading()),
            Titles(self._by_number()),
            Titles(self._by_abstract()),
        ]
        most = max(len(way.found) for way in ways)
        if not most:
            return self._by_rhythm() if not ways[0].nameless else ways[0]
        return next(way for way in ways if len(way.found) >= _SURE * most)

    def _is_abstract(self, unit: Unit) -> bool:
        """Say whether a unit is an abstract by itself: long, or a sentence on a page of short."""
        if unit.is_prose:
            return True
        words = unit.text.split()
        return (
            len(words) >= _FEW
            and len(unit.text) >= self._least
            and unit.ends_sentence
            and not unit.text.endswith(("?", "!"))
            and not (unit.lines[0].level or unit.lines[0].ordinal or unit.paper)
        )

    def above(self, index: int) -> Unit | None:
        """Return the last unit that ends before the line ``index``."""
        at = bisect_left(self._ends, index + 1)
        return self.units[at - 1] if at else None

    def below(self, index: int) -> Unit | None:
        """Return the first unit that begins at the line ``index`` or after it."""
        at = bisect_left(self._starts, index)
        return self.units[at] if at < len(self.units) else None

    def _by_address(self) -> Titles:
        """Return the titles that lead to papers, or stand at the address of one."""
        places: dict[str, list[int]] = {}
        for index, line in enumerate(self._lines):
            if line.paper:
                places.setdefault(line.paper, []).append(index)
        linked = {paper: self._linked(held) for paper, held in places.items()}
        titled = [paper for paper, unit in linked.items() if unit]
        if len(titled) * 2 < len(places):
            return self._beside(places)
        taken = {unit.start for unit in linked.values() if unit}
        found, nameless = [], []
        for paper, held in places.items():
            unit = linked[paper] or self._free_above(held[0], taken)
            if unit:
                found.append(Title(unit, paper))
            elif any(self._lines[at].kind is Kind.LABEL for at in held):
                nameless.append(self._lines[held[0]])
        return Titles(_ordered(found), tuple(nameless))

    def _linked(self, held: Iterable[int]) -> Unit | None:
        """Return the unit that leads to a paper and can be its title."""
        units = [
            unit
            for at in held
            if self._lines[at].kind is Kind.TEXT and (unit := self.below(at)) and unit.start == at
        ]
        heading = next((unit for unit in units if unit.lines[0].level), None)
        short = next((unit for unit in units if not unit.is_prose), None)
        return heading or short

    def _free_above(self, index: int, taken: set[int]) -> Unit | None:
        """Return the unit right above a line if it can be the title of what stands there."""
        unit = self.above(index)
        is_free = unit and not (unit.is_prose or unit.paper or unit.start in taken)
        return unit if is_free and unit and unit.start >= self._start else None

    def _beside(self, places: dict[str, list[int]]) -> Titles:
        """Return the titles above or below the lines that hold nothing but an address."""
        anchors = sorted((held[0], paper) for paper, held in places.items())
        side = self._side([at for at, _ in anchors])
        found, nameless = [], []
        floor = self._start
        ends = [at for at, _ in anchors[1:]] + [len(self._lines)]
        for (at, paper), end in zip(anchors, ends, strict=True):
            unit = None
            if side == "below":
                unit = next((each for each in self._between(at, end) if not each.is_prose), None)
            else:
                units = [each for each in self._between(floor, at) if not each.is_prose]
                if side == "far":  # above the abstract that stands above the address
                    prose = [each for each in self._between(floor, at) if each.is_prose]
                    units = [each for each in units if not prose or each.end <= prose[-1].start]
                heads = [each for each in units if each.lines[0].level or each.lines[0].ordinal]
                unit = heads[-1] if heads else units[-1] if units else None
            if unit:
                found.append(Title(unit, paper))
            else:
                nameless.append(self._lines[at])
            floor = at
        return Titles(_ordered(found), tuple(nameless))

    def _between(self, start: int, end: int) -> list[Unit]:
        """Return the units from one line to another."""
        return self.units[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _side(self, anchors: Sequence[int]) -> str:
        """Return where titles stand: ``above`` an address, ``below``, or ``far`` above it."""
        floors = [self._start, *anchors[:-1]]
        near = [
            units[-1] if (units := self._between(floor, at)) else None
            for floor, at in zip(floors, anchors, strict=True)
        ]
        after = self.below(anchors[-1])
        if near[0] is None:
            return "below"
        if sum(unit is not None and unit.is_prose for unit in near) * 2 > len(near):
            first = self._between(floors[0], anchors[0])
            has_title = any(not unit.is_prose for unit in first)
            return "far" if has_title or after is None else "below"
        return "above"

    def _by_heading(self) -> tuple[Title, ...]:
        """Return the headings of the level that most abstracts stand under."""
        levels = Counter(
            unit.lines[0].level
            for unit in self.units
            if unit.lines[0].level and (below := self.below(unit.end)) and below.start in self.prose
        )
        if not levels:
            return ()
        level = max(levels, key=lambda each: (levels[each], each))
        return tuple(Title(unit) for unit in self.units if unit.lines[0].level == level)

    def _by_number(self) -> tuple[Title, ...]:
        """Return the units that are numbered one after the other."""
        found: list[Unit] = []
        for unit in self.units:
            number = unit.lines[0].ordinal
            if number and number == (found[-1].lines[0].ordinal + 1 if found else 1):
                found.append(unit)
        if len(found) < _MANY - 1 or any(unit.is_prose for unit in found):
            return ()
        return tuple(Title(unit) for unit in found)

    def _by_abstract(self) -> tuple[Title, ...]:
        """Return what stands above the abstracts, and what stands just as that does."""
        runs: list[list[Unit]] = []
        run: list[Unit] = []
        known = self.prose
        for unit, below in zip_longest(self.units, self.units[1:]):
            if unit.start not in known or (not run and self._is_long_title(unit, below, known)):
                run.append(unit)
            elif run:
                runs.append(run)
                run = []
        slot = rhythm.slot(runs)
        titles = [held[-slot] if len(held) >= slot else held[-1] for held in runs]
        return tuple(Title(unit) for unit in sorted([*titles, *self._alike(titles)]))

    def _by_rhythm(self) -> Titles:
        """Return the titles of a grid without abstracts."""
        units = rhythm.grid(self.units, self._lines, self._start)
        return Titles(tuple(map(Title, units)), has_rhythm=True)

    @staticmethod
    def _is_long_title(unit: Unit, below: Unit | None, known: set[int]) -> bool:
        """Say whether a unit as long as an abstract stands where a title does, and is no text."""
        return not unit.ends_sentence and below is not None and below.start in known

    def _alike(self, titles: Sequence[Unit]) -> list[Unit]:
        """Return units without an abstract that stand as the titles do."""
        around = Counter(map(self._above_kinds, titles[1:]))
        if not around:
            return []
        common, times = around.most_common(1)[0]
        if times < _MOST * (len(titles) - 1) or common[1] in {None, Kind.TEXT}:
            return []
        known = self.prose.union(unit.start for unit in titles)
        return [
            unit
            for unit in self.units
            if unit.start not in known
            and unit.start >= self._start
            and self._above_kinds(unit) == common
            and self._is_above_furniture(unit)
        ]

    def _is_above_furniture(self, unit: Unit) -> bool:
        """Say whether a paper's furniture stands below, or a name and then that."""
        below = self.below(unit.end)
        if below and below.start == unit.end and not below.is_prose:
            unit = below
        return self._kind(unit.end) not in {None, Kind.TEXT, Kind.CHROME}

    def _kind(self, index: int) -> Kind | None:
        return self._lines[index].kind if self._start <= index < len(self._lines) else None

    def _above_kinds(self, unit: Unit) -> tuple[Kind | None, Kind | None]:
        return self._kind(unit.start - 2), self._kind(unit.start - 1)


# An abstract of fewer words or letters is one only where the page has no long ones.
_FEW = 3
_LEAST = 100
_MANY = 3


def _ordered(found: Iterable[Title]) -> tuple[Title, ...]:
    """Return the titles in the page's order, each unit once."""
    return tuple({title.unit.start: title for title in sorted(found)}.values())
