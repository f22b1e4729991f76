"""Which rules a paper meets, and so which topics it is under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator import wording
from generator.model import Paper
from generator.topics.rules import Topic
from generator.topics.trie import Node, Numbers, Rule, search


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
            (list(map(numbers.of, wording.words(phrase))), Rule(topic.slug, phrase), anywhere)
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
