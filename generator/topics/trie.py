"""Many phrases looked for at once: a trie of their words, and one walk over a text.

A hyphen is a space, capitals do not matter, a word may stand in the singular or in the plural.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, count
from typing import NamedTuple

from generator import inflection, wording


class Rule(NamedTuple):
    """What a phrase stands for."""

    topic: str
    phrase: str


class Numbers:
    """The words of all phrases, numbered: a singular and its plural have one number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, word: str) -> int:
        """Return the number of ``word``."""
        forms = (word, *inflection.other_numbers(word))
        known = (self._numbers[form] for form in forms if form in self._numbers)
        number = next(known, len(self._numbers))
        for form in forms:
            self._numbers.setdefault(form, number)
        return number

    def forms(self) -> Mapping[int, Sequence[str]]:
        """Return the words of each number."""
        found: dict[int, list[str]] = {}
        for word, number in self._numbers.items():
            found.setdefault(number, []).append(word)
        return found


class Node:
    """A place in a trie of phrases: the rules that end here, the words that lead on."""

    __slots__ = ("next", "rules")

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.next: dict[str, Node] = {}

    def add(self, words: Iterable[Iterable[str]], rule: Rule) -> None:
        """Add the way of ``words``, each in all its forms, to ``rule``."""
        node = self
        for forms in words:
            following: Node | None = None
            for form in forms:
                following = node.next.setdefault(form, following or Node())
            if following:
                node = following
        node.rules.append(rule)


def search(trie: Node, text: str) -> Iterable[tuple[Rule, int]]:
    """Return each rule met in ``text`` and how often, in the order first met."""
    words = [*wording.words(text), ""]  # which leads on nowhere
    first = trie.next
    counts: dict[Rule, int] = {}
    for start in compress(count(), map(first.__contains__, words)):
        node: Node | None = first[words[start]]
        end = start
        while node is not None:
            for rule in node.rules:
                counts[rule] = counts.get(rule, 0) + 1
            end += 1
            node = node.next.get(words[end])
    return counts.items()
