"""Which rules a paper meets, and so which topics it is under.

All phrases are looked for at once: a trie of their words, and one walk over a text. A hyphen is a
space, capitals do not matter, a word may stand in the singular or in the plural.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count
from typing import NamedTuple

from generator.content.topics import Topic
from generator.model import Paper
from generator.text import tokens


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
        forms = (word, *tokens.other_numbers(word))
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
    words = [*tokens.words(text), ""]  # which leads on nowhere
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


@dataclass(frozen=True, slots=True)
class Match:
    """Why a paper is under ``topic`` (a slug): ``rule`` was met ``count`` times in ``place``."""

    topic: str
    rule: str
    place: str
    count: int = 1


class Matcher:
    """The rules of all topics, compiled; knows nothing but the text it is given."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self._title, self._abstract = Node(), Node()
        self._labels: dict[str, str] = {}
        self._order = {topic.slug: place for place, topic in enumerate(self.topics)}
        for topic in self.topics:
            for label in (topic.name, topic.slug, *topic.labels):
                self._labels.setdefault(label.casefold(), topic.slug)
        numbers = Numbers()
        rules = [
            (list(map(numbers.of, tokens.words(phrase))), Rule(topic.slug, phrase), anywhere)
            for topic in self.topics
            for anywhere, phrases in ((True, topic.phrases), (False, topic.title))
            for phrase in phrases
        ]
        forms = numbers.forms()
        for words, rule, anywhere in rules:
            way = [forms[number] for number in words]
            self._title.add(way, rule)
            if anywhere:
                self._abstract.add(way, rule)

    def matches(self, paper: Paper) -> tuple[Match, ...]:
        """Return every rule that ``paper`` meets: labels first, then title, then abstract."""
        found = [Match(topic, label, "label") for topic, label in self._labelled(paper)]
        for place, rules in (
            ("title", search(self._title, paper.title)),
            ("abstract", search(self._abstract, paper.abstract)),
        ):
            found += [Match(topic, phrase, place, times) for (topic, phrase), times in rules]
        return tuple(found)

    def _labelled(self, paper: Paper) -> list[tuple[str, str]]:
        """Return the topics that a label of ``paper`` names, each with the label."""
        known = self._labels
        return [
            (known[folded], label)
            for label in paper.topics
            if (folded := label.casefold()) in known
        ]

    def topics_of(self, paper: Paper) -> tuple[str, ...]:
        """Return the slugs of the topics of ``paper``, the one that fits best first.

        A label counts most, then a phrase in the title, then each one in the abstract; among
        equals the order of topics.yaml decides. MOST are kept, and every one that has a label:
        an abstract mentions in passing what the paper is not about.
        """
        labelled = [topic for topic, _ in self._labelled(paper)]
        weights: dict[str, int] = {}
        for topic in labelled:
            weights[topic] = weights.get(topic, 0) + WEIGHTS["label"]
        for rule, times in search(self._title, paper.title):
            weights[rule.topic] = weights.get(rule.topic, 0) + WEIGHTS["title"] * times
        for rule, times in search(self._abstract, paper.abstract):
            weights[rule.topic] = weights.get(rule.topic, 0) + WEIGHTS["abstract"] * times
        ordered = sorted(weights, key=lambda slug: (-weights[slug], self._order[slug]))
        return tuple([slug for rank, slug in enumerate(ordered) if rank < MOST or slug in labelled])


# Topics of one paper, those that a label names not counted.
MOST = 3
WEIGHTS: Mapping[str, int] = {"label": 10, "title": 5, "abstract": 1}
