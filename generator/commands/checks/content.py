"""The entries: what is no error, and a curator would want to know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.commands.checks import external
from generator.content import doubles, topics
from generator.content.folder import Content
from generator.content.topics import Topic
from generator.model import Paper
from generator.system import files
from generator.system.errors import SourceError
from generator.text import markup, tex

# Labels that sources give and topics.yaml need not know: cs.LG, hep-th, 68T07.
_CATEGORY = re.compile(r"[a-z-]+\.[A-Za-z-]+|[a-z]+-[a-z]+|[A-Z]?[0-9].*|[A-Z]\.[0-9.]+")


def check(root: Path, content: Content) -> Iterator[SourceError]:
    """Yield what is odd about the entries of the content folder ``root``."""
    known = _labels(topics.load(root))
    for slug, paper in sorted(content.papers.items()):
        path = root / content.paths[slug]
        if not paper.abstract.strip():
            yield SourceError(path, 1, "has no abstract")
        for label in paper.topics:
            if known and label.casefold() not in known and not _CATEGORY.fullmatch(label):
                yield _at(path, label, f"the topic {label!r} stands in no topics.yaml")
        for left in dict.fromkeys(tex.leftovers(f"{paper.title}\n\n{paper.abstract}")):
            yield _at(path, left, f"TeX that is not known is shown as it came: {_short(left)}")
        found = markup.too_much(paper.title) or markup.too_much(paper.abstract)
        if found and not found.startswith("$"):  # maths is among what is left of TeX
            yield SourceError(path, 0, "asks for too much Markdown, and is shown as it came")
    for one, two in doubles.near_doubles(content.papers.values()):
        message = f"looks like {two.slug}; `merge {one.slug} {two.slug}` would make one of them"
        yield SourceError(root / content.paths[one.slug], 0, message)


def links(root: Path, content: Content, pause: float = external.PAUSE) -> Iterator[SourceError]:
    """Yield the links of entries that lead nowhere; asks the network."""
    places: dict[str, list[Path]] = {}
    for slug, paper in sorted(content.papers.items()):
        for address in _addresses(paper):
            places.setdefault(address, []).append(root / content.paths[slug])
    for address, reason in external.dead(places, pause):
        for path in places[address]:
            yield _at(path, address, f"{address} {reason}")


def _addresses(paper: Paper) -> Iterator[str]:
    yield from external.addresses_of(paper.links)


def _labels(known: Iterable[Topic]) -> frozenset[str]:
    """Return every word by which an entry may name a topic."""
    found: set[str] = set()
    for topic in known:
        found |= {topic.slug.casefold(), topic.name.casefold()}
        found |= {label.casefold() for label in topic.labels}
    return frozenset(found)


def _at(path: Path, text: str, message: str) -> SourceError:
    """Return the error ``message`` at the line of ``path`` that holds ``text``."""
    for number, line in enumerate(files.read_text(path).split("\n"), 1):
        if text in line:
            return SourceError(path, number, message)
    return SourceError(path, 0, message)


def _short(text: str) -> str:
    return text if len(text) < 60 else f"{text[:57]}..."  # noqa: PLR2004  # a line of a terminal
