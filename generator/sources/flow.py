"""How the text lines of a page go on: what is an abstract, and where does the next paper begin.

A page says none of this. Typography does: an abstract is long and ends a sentence, a title does
not; and a line is wrapped where the next word would no longer have fitted.
"""

from __future__ import annotations

import itertools
import re
from functools import cached_property

from generator.sources.lines import Kind, Line

# How long a title may be and how long a wrapped line: what is longer is an abstract.
TITLE = 250
WRAPPED = 130
_END = re.compile(r"(?:[.!?…。][\"'”’)\]}]*|https?://\S+)$")


class Flow:
    """The lines of a page, and the questions that can be asked about one of them by its index."""

    def __init__(self, found: list[Line]) -> None:
        self._lines = found

    @staticmethod
    def ends_sentence(text: str) -> bool:
        """Say whether ``text`` ends as a sentence does, or with an address."""
        return _END.search(text.rstrip()) is not None

    def begins_papers(self, index: int) -> bool:
        """Say whether an abstract stands here, before which the header must have ended."""
        if self._is_wrapped_by_gaps:
            return self._is_text(index) and self._is_text(index + 1)
        return self._lines[index].heading or (self._is_text(index) and self.is_prose(index))

    def is_prose(self, index: int) -> bool:
        """Say whether the lines that stand together from this one on are an abstract's."""
        block = self._block(index)
        text = sum(len(line.value) + 1 for line in block)
        return text > TITLE or (len(block) > 1 and self.ends_sentence(block[-1].value))

    def continues_title(self, index: int) -> bool:
        """Say whether this line, next below a title's, is more of the title."""
        line = self._lines[index]
        return (
            not line.gap
            and not self.is_prose(index)
            and not self.ends_sentence(line.value)
            and self._is_text(index + 1)
            and self._lines[index + 1].gap
        )

    def is_title_before_prose(self, index: int) -> bool:
        """Say whether this line is no abstract but the title of the one that follows."""
        line = self._lines[index]
        return (
            not self.is_prose(index)
            and not self.ends_sentence(line.value)
            and self._is_text(index + 1)
            and self._lines[index + 1].gap == line.gap
            and self.is_prose(index + 1)
            and not self._is_wrapped_by_gaps
        )

    def is_organization(self, index: int) -> bool:
        """Say whether this line, below an abstract, names whose it is: a dot or a date follows."""
        line = self._lines[index]
        following = self._lines[index + 1].kind if index + 1 < len(self._lines) else None
        return (
            len(line.value) < WRAPPED
            and not self.ends_sentence(line.value)
            and following in {Kind.DOT, Kind.DATE, Kind.AUTHORS}
        )

    def continues_abstract(self, index: int) -> bool:
        """Say whether this line goes on with the abstract whose last line is the one before it."""
        before, line = self._lines[index - 1], self._lines[index]
        if before.kind is not Kind.TEXT:
            return False
        ended = self.ends_sentence(before.value)
        if not ended and line.value[:1].islower():
            return True
        if not line.gap or self._is_wrapped_by_gaps:
            if not self._are_wrapped(index):
                return False
            word = line.value.split(maxsplit=1)[0]
            return not (ended and len(before.value) + 1 + len(word) <= self._width)
        return ended and self.is_prose(index) and not self._is_prose_below(index)

    def is_parted(self, index: int) -> bool:
        """Say whether this line of an abstract begins a paragraph of it."""
        ended = self.ends_sentence(self._lines[index - 1].value)
        return self._lines[index].gap and ended and not self._is_wrapped_by_gaps

    def _is_prose_below(self, index: int) -> bool:
        """Say whether the text next below this block, if there is any, is an abstract."""
        below = index + len(self._block(index))
        while below < len(self._lines) and self._lines[below].kind is Kind.TEXT:
            return self.is_prose(below)
        return False

    def _is_text(self, index: int) -> bool:
        return index < len(self._lines) and self._lines[index].kind is Kind.TEXT

    def _block(self, index: int) -> list[Line]:
        """Return this line and, if it is a wrapped one, those that follow it without a gap."""
        end = index + 1
        while self._is_text(end) and not self._lines[end].gap and self._are_wrapped(end):
            end += 1
        return self._lines[index:end]

    def _are_wrapped(self, index: int) -> bool:
        """Say whether this line and the one before are both as short as wrapped lines are."""
        return all(len(line.value) <= WRAPPED for line in self._lines[index - 1 : index + 1])

    @cached_property
    def _is_wrapped_by_gaps(self) -> bool:
        """Whether the page is wrapped with a blank line after each line.

        Then every line is short and stands alone, and some sentence goes on in the next one.
        """
        texts = [line for line in self._lines if line.kind is Kind.TEXT]
        goes_on = any(
            line.value[:1].islower() and not self.ends_sentence(before.value)
            for before, line in itertools.pairwise(texts)
        )
        return goes_on and all(line.gap and len(line.value) <= WRAPPED for line in texts)

    @cached_property
    def _width(self) -> int:
        """The width at which the page's lines were wrapped."""
        return max(
            (len(line.value) for line in self._lines if len(line.value) <= WRAPPED), default=0
        )
