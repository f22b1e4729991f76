"""What is found out about each paper by itself, once: its topics, and what the index takes of it.

Related papers, search and topic pages all start from here. A study depends on the paper and the
topic rules alone, so one of an earlier build holds as long as these have not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from generator import citation, search
from generator.content.topics import Topic, TopicRef
from generator.library import library
from generator.library.facts import Facts
from generator.library.topic_matching import Matcher
from generator.library.vectors import Meaning, Subject, Table
from generator.model import Paper
from generator.system.fingerprints import fingerprint
from generator.text import markup


class Study(NamedTuple):
    """The facts of a paper, the paper as the index has it, and what it is about.

    Without a search there is no ``analysis``.
    """

    facts: Facts
    analysis: search.Analysis | None
    subject: Subject


class StudyMaker:
    """Studies papers under the rules of ``topics``, for the index too where it is ``indexed``.

    ``table`` says what their words mean. ``rules`` is a key of the topics and the table.
    """

    def __init__(self, topics: Iterable[Topic], table: Table, *, indexed: bool) -> None:
        self.table = table
        self.indexed = indexed
        self._matcher = Matcher(topics)
        self._refs = {
            topic.slug: TopicRef(topic.slug, topic.name) for topic in self._matcher.topics
        }
        self.rules = _key((self._matcher.topics, table.key))

    def refs(self, topics: Iterable[str]) -> tuple[TopicRef, ...]:
        """Return ``topics``, slugs, as pages name them."""
        return tuple([self._refs[slug] for slug in topics])

    def study(self, papers: Sequence[Paper]) -> list[Study]:
        """Study papers; several at once take less time than one by one."""
        if not papers:
            return []
        topics = [self.refs(self._matcher.topics_of(paper)) for paper in papers]
        documents = list(map(_document, papers, topics))
        meanings = self.table.meanings([(one.title, one.abstract) for one in documents])
        return list(map(self._study, papers, topics, documents, meanings))

    def _study(
        self,
        paper: Paper,
        topics: tuple[TopicRef, ...],
        document: search.Document,
        meaning: Meaning,
    ) -> Study:
        words = _key((document, paper.links.get("code", ""), paper.arxiv))
        return Study(
            library.facts_of(paper, topics, words, meaning),
            search.analyse(document) if self.indexed else None,
            meaning.subject,
        )


def _document(paper: Paper, topics: tuple[TopicRef, ...]) -> search.Document:
    """Return ``paper`` as the search sees it."""
    title = markup.to_text(paper.title)
    years = sorted({f"{paper.date.year}", paper.published[:4]})
    where = (paper.organization, citation.venue(paper), *years)
    return search.Document(
        slug=paper.slug,
        title=title,
        date=paper.date,
        abstract=markup.to_text(paper.abstract),
        authors=paper.authors,
        others=paper.others,
        topics=tuple([topic.name for topic in topics]),
        venue=tuple(filter(None, where)),
        keys=search.keys.of_paper(
            (paper.slug, *paper.aliases),
            paper.arxiv,
            paper.doi,
            citation.key(paper, title),
            paper.links.values(),
        ),
        arxiv=paper.arxiv,
        code=paper.links.get("code", ""),
        pdf=search.NO_PDF if paper.withdrawn else paper.links.get("pdf", ""),
        votes=max(0, paper.votes or 0),
    )


def _key(value: object) -> bytes:
    return fingerprint(msgspec.msgpack.encode(value))
