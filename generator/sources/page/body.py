"""The lines of a page and its titles -> a draft of each paper, and what belongs to none.

What stands between two titles is the first one's, but for what a page has above its titles (votes,
who sent the paper in): that is the second's. Every line goes somewhere, or is named.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from generator.sources import facts
from generator.sources.document import Notice
from generator.sources.page import furniture
from generator.sources.page.flow import Flow, Unit
from generator.sources.page.furniture import Kind
from generator.sources.page.lines import Line
from generator.sources.page.titles import Finder, Titles

_NAMES = re.compile(r"\s*(?:,\s*(?:and\s+)?|;|\s+and\s+|\s+&\s+)\s*")
# Two names or more, with nothing but commas between.
_ONLY_NAMES = re.compile(
    r"[A-Z][\w.'’-]*(?: (?:[a-z]{1,4} )?[A-Z][\w.'’-]*){1,3}"
    r"(?:(?:, | and |, and )[A-Z][\w.'’-]*(?: (?:[a-z]{1,4} )?[A-Z][\w.'’-]*){1,3})+"
)
_NAMES_LONG = 1000
_SILENT = frozenset([Kind.CHROME, Kind.DOT, Kind.COUNT, Kind.LABEL, Kind.PAGE])
# What a page may have above a title; the rest of its furniture stands below.
_ABOVE = frozenset(
    [Kind.NUMBER, Kind.VOTES, Kind.SUBMITTER, Kind.LABEL, Kind.ORGANIZATION, Kind.STARS]
)
_AFTER_ORGANIZATION = frozenset([Kind.DOT, Kind.DATE, Kind.COUNT, Kind.PUBLISHED])
_MOST = 0.8
_REGULAR = 3
_NAME = 6  # words that an organisation's name may have
_FEW = 8  # words that an abstract has at least, where it is no long one
_FORM = 5  # words of a title that is known by nothing but its form


@dataclasses.dataclass(slots=True)
class Draft:
    """A paper as its lines come in."""

    title: Unit
    paper: str = ""
    abstract: list[Unit] = dataclasses.field(default_factory=list)
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)
    links: dict[str, str] = dataclasses.field(default_factory=dict)
    numbers: list[Line] = dataclasses.field(default_factory=list)
    has_votes: bool = False
    by_form: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is more of it than a line that may be anything."""
        return bool(self.abstract or self.paper or self.has_votes or self.links or self.by_form)


class Body:
    """Gives the lines to the papers; ``drafts``, ``notices``, ``left_out`` come of it."""

    def __init__(self, lines: Sequence[Line], flow: Flow, finder: Finder, found: Titles) -> None:
        self._lines = lines
        self._flow = flow
        self._finder = finder
        self._titles = found.found
        self._has_rhythm = found.has_rhythm
        self.drafts = [Draft(title.unit, title.paper) for title in found.found]
        self.notices: list[Notice] = []
        self.left_out = [
            Notice(line.number, f"no title was found for {line.paper}") for line in found.nameless
        ]
        starts = self._first_lines()
        self.start = starts[0] if starts else len(lines)
        self._votes_above = self._is_above(Kind.NUMBER)
        ends = [*starts[1:], len(lines)] if starts else []
        for draft, start, end in zip(self.drafts, starts, ends, strict=True):
            self._give(draft, start, end, finder.prose)
        self._name_organizations()
        for draft in self.drafts:
            self._count(draft)

    def _first_lines(self) -> list[int]:
        """Return where the lines of each paper begin: at its title, or at furniture above it."""
        if not self._titles:
            return []
        first = self._titles[0].unit.start
        head = self._run_above(first, 0, self._titles[0].paper, None)
        above = Counter(self._lines[at].kind for at in range(head, first))
        starts = [head]
        for before, title in zip(self._titles, self._titles[1:], strict=False):
            starts.append(self._run_above(title.unit.start, before.unit.end, title.paper, above))
        return starts

    def _run_above(self, index: int, floor: int, paper: str, most: Counter[Kind] | None) -> int:
        """Return where the furniture above a title begins: ``most`` of each kind, if given."""
        left = Counter(most) if most is not None else None
        begin = index
        for at in range(index - 1, floor - 1, -1):
            line = self._lines[at]
            if paper and line.paper == paper:
                begin = at
                continue
            if line.paper and line.paper != paper:
                break
            if line.kind is Kind.TEXT:
                if left is None or self._is_prose(at):
                    break
                continue
            if line.kind not in _ABOVE or (left is not None and not left[line.kind]):
                break
            if left is not None:
                left[line.kind] -= 1
            begin = at
        return begin

    def _is_prose(self, index: int) -> bool:
        unit = self._finder.above(index + 1)
        return unit is not None and unit.start in self._finder.prose

    def _is_above(self, kind: Kind) -> bool:
        first = self.drafts[0].title.start if self.drafts else 0
        return any(line.kind is kind for line in self._lines[self.start : first])

    def _give(self, draft: Draft, start: int, end: int, prose: set[int]) -> None:
        """Give a paper the lines from ``start`` to ``end``."""
        is_closed = False
        index = start
        while index < end:
            line = self._lines[index]
            unit = self._flow.units.get(index)
            if unit is None:
                if line.kind is not Kind.TEXT:
                    is_closed = is_closed or (bool(draft.abstract) and line.kind is not Kind.LABEL)
                    self._furniture(draft, index, line)
                index += 1
                continue
            index = unit.end
            if unit.start == draft.title.start:
                continue
            if self._is_abstract(draft, unit, prose, is_closed=is_closed):
                self._take_abstract(draft, unit)
            else:
                is_closed = is_closed or bool(draft.abstract)
                self._take_other(draft, unit)

    def _is_abstract(self, draft: Draft, unit: Unit, prose: set[int], *, is_closed: bool) -> bool:
        """Say whether a unit of a paper is its abstract, or the next paragraph of it."""
        if unit.start < draft.title.start:
            return False
        if draft.paper and unit.paper == draft.paper and unit.is_prose:
            return True
        if is_closed or (unit.paper and unit.paper != draft.paper):
            return False
        if unit.start in prose:
            return unit.is_prose or not draft.abstract
        is_sentence = unit.ends_sentence and len(unit.text.split()) >= _FEW
        return bool(draft.paper) and not draft.abstract and is_sentence

    def _take_abstract(self, draft: Draft, unit: Unit) -> None:
        if draft.abstract:
            message = f"taken for another paragraph of {draft.title.text!r}; is a title missing?"
            self.notices.append(Notice(unit.number, message))
        draft.abstract.append(unit)

    def _take_other(self, draft: Draft, unit: Unit) -> None:
        """Take a unit that is neither title nor abstract: an organisation, or nothing known."""
        if unit.start == draft.title.end and _ONLY_NAMES.fullmatch(unit.text[:_NAMES_LONG]):
            names = map(facts.line, _NAMES.split(unit.text))
            self._set(draft, "authors", tuple(dict.fromkeys(filter(None, names))))
            return
        below = self._lines[unit.end].kind if unit.end < len(self._lines) else None
        is_name = len(unit.text.split()) <= _NAME and not unit.ends_sentence
        in_run = self._has_rhythm and draft.title.end == unit.start
        if (
            is_name
            and (below in _AFTER_ORGANIZATION or in_run)
            and "organization" not in draft.facts
        ):
            draft.facts["organization"] = unit.text
        else:
            draft.facts.setdefault("unknown", []).append(unit)

    def _furniture(self, draft: Draft, index: int, line: Line) -> None:
        """Take a fact of a paper."""
        kind = line.kind
        if kind is Kind.NUMBER:
            if index < draft.title.start:
                self._set(draft, "votes", furniture.count(line.value))
                draft.has_votes = True
            else:
                draft.numbers.append(line)
        elif kind in _COUNTS:
            self._set(draft, _COUNTS[kind], furniture.count(line.value))
            draft.has_votes = draft.has_votes or kind is Kind.VOTES
        elif kind in _WORDS:
            self._set(draft, _WORDS[kind], facts.line(line.value) or None)
        elif kind in {Kind.DATE, Kind.PUBLISHED}:
            self._set(draft, "published", line)
        elif kind is Kind.AUTHORS or (kind is Kind.BYLINE and index == draft.title.end):
            names = map(facts.line, _NAMES.split(line.value))
            self._set(draft, "authors", tuple(dict.fromkeys(filter(None, names))))
        elif kind is Kind.LINK and facts.is_address(line.address):
            self._link(draft, line)
        elif kind not in _SILENT and line.value:
            self.left_out.append(Notice(line.number, f"not understood: {line.raw!r}"))
        if kind is Kind.STARS and facts.is_address(line.address):
            draft.links.setdefault("code", line.address)

    def _link(self, draft: Draft, line: Line) -> None:
        """Take an address that a paper has beside its own; one that says no kind is left out."""
        kind = facts.kind_of_link(line.address, line.raw.partition("http")[0])
        if kind == "link":
            shown = line.raw or line.address
            self.left_out.append(Notice(line.number, f"a link to something else: {shown!r}"))
        else:
            draft.links.setdefault(kind, line.address)

    @staticmethod
    def _set(draft: Draft, key: str, value: object) -> None:
        if value is not None:
            draft.facts.setdefault(key, value)

    def _name_organizations(self) -> None:
        """Take for organisations what stands below most abstracts, a name; name all else."""
        held = [draft.facts.pop("unknown", []) for draft in self.drafts]
        first = [
            units[0] if units and self._is_name_below(draft, units[0]) else None
            for draft, units in zip(self.drafts, held, strict=True)
        ]
        names = [unit.text for unit in first if unit]
        texts, count = set(names), len(names)
        regular = count >= max(_REGULAR, _MOST * len(self.drafts)) and len(texts) * 2 > count
        for draft, units, name in zip(tuple(self.drafts), held, first, strict=True):
            for unit in units:
                if (
                    regular
                    and name is not None
                    and unit is name
                    and "organization" not in draft.facts
                ):
                    draft.facts["organization"] = unit.text
                else:
                    self._leave_out(unit)

    def _is_name_below(self, draft: Draft, unit: Unit) -> bool:
        return (
            unit.start > draft.title.start
            and len(unit.text.split()) <= _NAME
            and not (unit.ends_sentence or unit.lines[0].level)
        )

    def _leave_out(self, unit: Unit) -> None:
        """Name a unit that is nothing known, or take it for a title by its form alone."""
        if has_form_of_title(unit, self._lines, self._finder):
            self.drafts.append(Draft(unit, by_form=True))
            message = f"a title without an abstract, taken for a paper: {unit.text!r}"
            self.notices.append(Notice(unit.number, message))
            return
        self.left_out.append(Notice(unit.number, f"not understood: {unit.text[:200]!r}"))

    def _count(self, draft: Draft) -> None:
        """Say what the bare numbers below a title are: by what stands above, votes or comments."""
        names = ["comments"]
        if not (self._votes_above or draft.has_votes):
            few = len(draft.numbers) == 1 and bool(draft.abstract)
            names = (
                ["comments"] if few else ["votes", "stars" if not draft.abstract else "comments"]
            )
        for name, line in zip([*names, "comments"], draft.numbers, strict=False):
            self._set(draft, name, furniture.count(line.value))
            draft.has_votes = draft.has_votes or name == "votes"


_COUNTS = {Kind.VOTES: "votes", Kind.COMMENTS: "comments", Kind.STARS: "stars"}
_WORDS = {Kind.ORGANIZATION: "organization", Kind.SUBMITTER: "submitter"}


def has_form_of_title(unit: Unit, lines: Sequence[Line], finder: Finder) -> bool:
    """Say whether a line where a title would stand is one by its form: ``Name: What It Does``.

    It has to stand between an abstract and a title, as titles do.
    """
    name, colon, rest = unit.text.partition(": ")
    if not colon:
        return False
    above = lines[unit.start - 1] if unit.start else None
    below = finder.below(unit.end)
    held = finder.above(unit.start)
    if above is None or above.kind is not Kind.TEXT or not held or held.start not in finder.prose:
        return False
    if below is None or below.start != unit.end or below.start in finder.prose:
        return False
    words = unit.text.split()
    capitals = sum(word[:1].isupper() for word in words if len(word) > 3)  # noqa: PLR2004  # not "of", "the"
    long = sum(len(word) > 3 for word in words)  # noqa: PLR2004  # the same
    return bool(name and rest) and len(words) >= _FORM and capitals == long > 2  # noqa: PLR2004  # words
