"""Libraries of papers that a test makes up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.content.topics import Topic, TopicRef
from generator.library import library, vectors
from generator.library.catalogue import Catalogue
from generator.library.facts import Facts
from generator.library.library import Day, Library
from generator.model import Digest


def facts(**known: Any) -> Facts:  # noqa: ANN401  # whatever a paper has
    """Return what a build knows of a paper: nothing but what is ``known``."""
    unknown = {
        "mark": b"",
        "words": b"",
        "authors": (),
        "others": False,
        "topics": (),
        "votes": None,
    }
    return Facts(**{**unknown, "code": "", "arxiv": "", "vector": b"", "place": 0, **known})


def shelf(
    digests: Iterable[Digest],
    topics: Iterable[Topic] = (),
    topics_of: Mapping[str, tuple[str, ...]] | None = None,
) -> Library:
    """Return the library of ``digests``, each paper under the topics that ``topics_of`` says."""
    held, rules = tuple(digests), tuple(topics)
    names = {topic.slug: topic.name for topic in rules}
    papers = {paper.slug: paper for digest in held for paper in digest.papers}
    facts = {
        slug: library.facts_of(
            paper,
            tuple(TopicRef(name, names[name]) for name in (topics_of or {}).get(slug, ())),
            b"",
            vectors.load().meanings([(paper.title, paper.abstract)])[0],
        )
        for slug, paper in papers.items()
    }
    days = [
        Day(digest.date, digest.byline, digest.note, tuple(paper.slug for paper in digest.papers))
        for digest in held
    ]
    return library.build(days, Catalogue.of(facts.values()), papers, rules)
