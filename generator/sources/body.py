"""The lines below a page's header -> one draft for each paper."""

from __future__ import annotations

import dataclasses
from typing import Any

from generator.sources import facts, lines
from generator.sources.document import Document, Notice
from generator.sources.flow import Flow, Unit
from generator.sources.lines import Kind, Line
from generator.system.errors import SourceError


@dataclasses.dataclass(slots=True)
class Draft:
    """A paper as its lines come in; closed when what stands below an abstract has begun."""

    title: list[Line]
    abstract: list[str] = dataclasses.field(default_factory=list)
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)
    is_closed: bool = False


class Body:
    """Reads the lines below the header; ``drafts`` and ``notices`` are what came of it.

    Raises SourceError for a title without an abstract.
    """

    def __init__(self, document: Document, body: list[Line]) -> None:
        self._document = document
        self._flow = Flow(body)
        first = next((i for i, line in enumerate(body) if line.kind is Kind.TEXT), len(body))
        above = {line.kind for line in body[:first]}
        self._votes_above = Kind.NUMBER in above
        self._submitter_above = Kind.SUBMITTER in above
        self._numbers: list[Line] = []
        self._next_facts: dict[str, Any] = {}
        self.drafts: list[Draft] = []
        self.notices: list[Notice] = []
        for index, line in enumerate(body):
            if line.kind is not Kind.TEXT:
                self._furniture(line)
            elif unit := self._flow.units.get(index):
                self._text(unit)
        self._finish()

    def _fact(self, key: str, value: object, *, above: bool = False) -> None:
        """Note a fact of the paper at hand, or, where it stands above its title, of the next."""
        if above or not self.drafts:
            self._next_facts[key] = value
        else:
            self.drafts[-1].facts.setdefault(key, value)

    def _furniture(self, line: Line) -> None:
        if self.drafts and self.drafts[-1].abstract:
            self.drafts[-1].is_closed = True
        if line.kind is Kind.NUMBER:
            self._numbers.append(line)
        elif line.kind is Kind.SUBMITTER:
            self._fact("submitter", line.value, above=self._submitter_above)
        elif line.kind is Kind.STARS:
            self._fact("stars", lines.count(line.value))
            if line.address:
                self._fact("links", {"code": line.address})
        elif line.kind is Kind.ORGANIZATION:
            self._fact("organization", line.value)
        elif line.kind is Kind.DATE:
            self._fact("published", line)

    def _text(self, unit: Unit) -> None:
        """Take a unit for what it is where it stands: a title, an abstract, or part of one."""
        draft = self.drafts[-1] if self.drafts else None
        line = unit.lines[0]
        if draft is None or line.heading or self._is_other_paper(draft, line):
            self._begin(unit)
        elif not draft.abstract:
            if self._is_title(unit) and self._is_query(draft):
                self._leave_out(draft)
                self._begin(unit)
            elif self._is_title(unit):
                raise self._no_abstract(draft)
            else:
                draft.abstract += [line.value for line in unit.lines]
        elif self._is_organization(unit):
            self._fact("organization", line.value)
        elif self._same_address(draft, line) or self._is_paragraph(draft, unit):
            draft.abstract += ["", *(line.value for line in unit.lines)]
            message = (
                f"taken for another paragraph of {draft.title[0].value!r}; is a title missing?"
            )
            self.notices.append(Notice(line.number, message))
        else:
            self._begin(unit)

    def _is_title(self, unit: Unit) -> bool:
        """Say whether a unit where an abstract should be is the title of the one below."""
        below = self._flow.following(unit)
        return not (
            unit.is_prose
            or unit.ends_sentence
            or unit.lines[0].address
            or below is None
            or not below.is_prose
        )

    def _is_query(self, draft: Draft) -> bool:
        """Say whether what seemed the first title is what somebody searched for."""
        return len(self.drafts) == 1 and draft.title[0].value.islower()

    def _leave_out(self, draft: Draft) -> None:
        line = draft.title[0]
        self.notices.append(Notice(line.number, f"not understood and left out: {line.value!r}"))
        self.drafts.clear()

    def _is_organization(self, unit: Unit) -> bool:
        """Say whether a unit below an abstract names whose it is: a dot or a date follows."""
        follows = self._flow.kind_after(unit) in {Kind.DOT, Kind.DATE, Kind.AUTHORS}
        return follows and not (unit.is_prose or unit.ends_sentence)

    def _is_paragraph(self, draft: Draft, unit: Unit) -> bool:
        """Say whether a unit below an abstract is its next paragraph: long, but not a paper's."""
        below = self._flow.following(unit)
        return (
            not draft.is_closed
            and unit.is_prose
            and not self._flow.is_merged(unit)
            and not (below and below.is_prose)
        )

    @staticmethod
    def _same_address(draft: Draft, line: Line) -> bool:
        return bool(line.address) and line.address == draft.title[0].address

    @staticmethod
    def _is_other_paper(draft: Draft, line: Line) -> bool:
        this, other = facts.arxiv_id(draft.title[0].address), facts.arxiv_id(line.address)
        return bool(other) and other != this

    def _begin(self, unit: Unit) -> None:
        """Begin a paper with its title, and the abstract where that stands in the same unit."""
        self._finish()
        title, rest = unit, None
        if self._flow.is_merged(unit) and not unit.lines[0].address:
            title, rest = self._flow.split_title(unit)
        self.drafts.append(Draft(list(title.lines), facts=self._next_facts))
        self._next_facts = {}
        if rest:
            self.drafts[-1].abstract += [line.value for line in rest.lines]

    def _finish(self) -> None:
        """Complete the paper at hand: the numbers since are its comments, the last the next's."""
        following = self._numbers.pop() if self._numbers and self._votes_above else None
        if self.drafts:
            if not self.drafts[-1].abstract:
                raise self._no_abstract(self.drafts[-1])
            for number in self._numbers:
                self._fact("comments", lines.count(number.value))
        if following and lines.count(following.value) is not None:
            self._next_facts["votes"] = lines.count(following.value)
        self._numbers = []

    def _no_abstract(self, draft: Draft) -> SourceError:
        title = draft.title[0]
        message = f"this title has no abstract: {facts.line(title.value)!r}"
        return SourceError(self._document.name, title.number, message)
