"""Topics: the curator's rules of content/topics.yaml, and which of them a paper meets.

A rule is a phrase. It holds where its words stand one after the other in the title or the
abstract: capitals do not matter, a hyphen is a space, a word may stand in the singular or in the
plural; of Chinese and Japanese, each character is a word. The phrases are a trie of their words:
a text is walked once, whatever the number of rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator import inflection, urls
from generator.errors import SourceError
from generator.model import Paper

KEYS = {"slug", "description", "phrases", "title", "labels"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic and its rules.

    ``phrases`` count in title and abstract, ``title`` only in the title; ``labels`` are what a
    source itself may call the topic (an arXiv category, a keyword), compared as a whole.
    """

    slug: str
    name: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRef:
    """A topic as other pages name it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """Why a paper is under ``topic`` (a slug): ``rule`` was met ``count`` times in ``place``."""

    topic: str
    rule: str
    place: str
    count: int = 1


def read(text: str, path: Path | str) -> tuple[Topic, ...]:
    """Return the topics of a topics.yaml, in its order.

    A topic is a name with a list of phrases, or with a mapping of KEYS. Raises SourceError with
    the line of what is wrong.
    """
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise SourceError(path, line, f"this is not YAML: {error.problem}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise SourceError(path, line, f"this is not YAML: {error.reason}") from error
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        raise SourceError(path, 1, "expected topics as `Name: [phrase, phrase]`")
    topics: dict[str, Topic] = {}
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            raise SourceError(path, key.start_mark.line + 1, "the name of a topic must be text")
        topic = _topic(str(key.value), value, path)
        if topic.slug in topics:
            line = key.start_mark.line + 1
            other = topics[topic.slug].name
            message = f"{topic.name!r} has the slug {topic.slug!r} of {other!r}: give it a `slug:`"
            raise SourceError(path, line, message)
        topics[topic.slug] = topic
    return tuple(topics.values())


def _topic(name: str, node: Any, path: Path | str) -> Topic:  # noqa: ANN401 - PyYAML's nodes are untyped
    """Return the topic ``name`` that the YAML ``node`` describes."""
    if isinstance(node, yaml.SequenceNode):
        return Topic(slug=urls.slugify(name), name=name, phrases=_phrases(node, name, path))
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1
        raise SourceError(path, line, f"topic {name!r}: expected a list of phrases or a mapping")
    fields: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.value not in KEYS:
            known = ", ".join(sorted(KEYS))
            raise SourceError(
                path, line, f"topic {name!r}: unknown key {key.value!r}; known: {known}"
            )
        if key.value in fields:
            raise SourceError(path, line, f"topic {name!r}: {key.value!r} stands here twice")
        if key.value in {"slug", "description"}:
            if not isinstance(value, yaml.ScalarNode):
                raise SourceError(path, line, f"topic {name!r}: {key.value} must be text")
            fields[key.value] = " ".join(str(value.value).split())
        else:
            fields[key.value] = _phrases(value, name, path)
    slug = fields.pop("slug", "")
    if slug and slug != urls.slugify(slug):
        line = node.start_mark.line + 1
        raise SourceError(
            path, line, f"topic {name!r}: slug {slug!r} should be letters a-z, digits, -"
        )
    return Topic(slug=slug or urls.slugify(name), name=name, **fields)


def _phrases(node: Any, name: str, path: Path | str) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return the phrases of a YAML list; each must hold a letter or a digit."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.SequenceNode):
        raise SourceError(path, line, f"topic {name!r}: expected a list of phrases")
    for item in node.value:
        if not isinstance(item, yaml.ScalarNode) or not inflection.words(str(item.value)):
            line = item.start_mark.line + 1
            raise SourceError(path, line, f"topic {name!r}: a phrase must be a word or words")
    return tuple(str(item.value) for item in node.value)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a phrase stands for."""

    topic: str
    phrase: str
    title_only: bool


class _Node:
    """A place in the trie of phrases: the rules that end here, the words that lead on."""

    __slots__ = ("next", "rules")

    def __init__(self) -> None:
        self.rules: list[_Rule] = []
        self.next: dict[int | None, _Node] = {}


class Matcher:
    """The rules of all topics, compiled; knows nothing but the text it is given."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self._numbers: dict[str, int] = {}
        self._trie = _Node()
        self._labels: dict[str, str] = {}
        self._order = {topic.slug: place for place, topic in enumerate(self.topics)}
        for topic in self.topics:
            for label in (topic.name, topic.slug, *topic.labels):
                self._labels.setdefault(label.casefold(), topic.slug)
            for phrase in topic.phrases:
                self._add(phrase, topic.slug, title_only=False)
            for phrase in topic.title:
                self._add(phrase, topic.slug, title_only=True)

    def _add(self, phrase: str, topic: str, *, title_only: bool) -> None:
        node = self._trie
        for word in inflection.words(phrase):
            node = node.next.setdefault(self._number(word), _Node())
        node.rules.append(_Rule(topic, phrase, title_only))

    def _number(self, word: str) -> int:
        """Return the number of ``word``, which its singular and its plural share."""
        forms = (word, *inflection.other_numbers(word))
        known = (self._numbers[form] for form in forms if form in self._numbers)
        number = next(known, len(self._numbers))
        for form in forms:
            self._numbers.setdefault(form, number)
        return number

    def matches(self, paper: Paper) -> tuple[Match, ...]:
        """Return every rule that ``paper`` meets: labels first, then title, then abstract."""
        found = [
            Match(self._labels[label.casefold()], label, "label")
            for label in paper.topics
            if label.casefold() in self._labels
        ]
        found += self._search(paper.title, "title")
        found += self._search(paper.abstract, "abstract")
        return tuple(found)

    def _search(self, text: str, place: str) -> Iterator[Match]:
        """Yield a Match for each rule met in ``text``, in the order first met."""
        words = [*map(self._numbers.get, inflection.words(text)), None]
        counts: Counter[tuple[str, str]] = Counter()
        first = self._trie.next
        for start in [at for at, word in enumerate(words) if word in first]:
            node, end = first.get(words[start]), start
            while node is not None:
                for rule in node.rules:
                    if place == "title" or not rule.title_only:
                        counts[rule.topic, rule.phrase] += 1
                end += 1
                node = node.next.get(words[end])
        for (topic, phrase), count in counts.items():
            yield Match(topic, phrase, place, count)

    def topics_of(self, paper: Paper) -> tuple[str, ...]:
        """Return the slugs of the topics of ``paper``, the one that fits best first.

        A label counts most, then a phrase in the title, then each one in the abstract; among
        equals the order of topics.yaml decides. MOST are kept, and every one that has a label:
        an abstract mentions in passing what the paper is not about.
        """
        weights: Counter[str] = Counter()
        for match in self.matches(paper):
            weights[match.topic] += WEIGHTS[match.place] * match.count
        ordered = sorted(weights, key=lambda slug: (-weights[slug], self._order[slug]))
        labelled = {
            self._labels[label.casefold()]
            for label in paper.topics
            if label.casefold() in self._labels
        }
        return tuple(slug for rank, slug in enumerate(ordered) if rank < MOST or slug in labelled)


# Topics of one paper, those that a label names not counted.
MOST = 3
WEIGHTS: Mapping[str, int] = {"label": 10, "title": 5, "abstract": 1}
