"""What content/topics.yaml says: topics and their rules, every mistake with its line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator import urls
from generator.system import files
from generator.system.errors import SourceError
from generator.text import tokens

FILE = "topics.yaml"
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


def load(root: Path) -> tuple[Topic, ...]:
    """Return the topics of the content folder ``root``; no file means that there are none."""
    path = root / FILE
    if not os.path.lexists(path):
        return ()
    files.refuse_outside(path, root)
    return read(files.read_text(path), path)


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
    except RecursionError as error:
        raise SourceError(path, 1, "holds lists in lists, deeper than any topic is") from error
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
        if not isinstance(item, yaml.ScalarNode) or not tokens.words(str(item.value)):
            line = item.start_mark.line + 1
            raise SourceError(path, line, f"topic {name!r}: a phrase must be a word or words")
    return tuple(str(item.value) for item in node.value)
