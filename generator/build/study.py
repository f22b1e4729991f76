"""What is found out about each paper by itself, once: its topics, and what the index takes of it.

Related papers, search and topic pages all start from here. A study depends on the paper and the
topic rules alone, so one of an earlier build holds as long as these have not changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from generator import markup, search
from generator.model import Paper
from generator.system import ledger, parallel
from generator.topics import Matcher, Topic

BATCH = 500  # papers that one process studies before it answers
ALONE = 1000  # papers that one process studies faster than two can be started


class Study(NamedTuple):
    """The slugs of a paper's topics, best first; the paper as the index has it.

    ``mark`` is a key of all that the study depends on.
    """

    mark: bytes
    topics: tuple[str, ...]
    analysis: search.Analysis


@dataclass(frozen=True)
class Desk:
    """What it takes to study papers under the rules of ``matcher``."""

    papers: Mapping[str, Paper]
    matcher: Matcher
    rules: bytes

    def mark(self, paper: Paper) -> bytes:
        """Return the key of what a study of ``paper`` depends on."""
        data = self.rules + msgspec.msgpack.encode(paper, order="deterministic")
        return hashlib.blake2b(data, digest_size=12).digest()

    def study(self, paper: Paper, mark: bytes) -> Study:
        """Study one paper."""
        topics = self.matcher.topics_of(paper)
        names = {topic.slug: topic.name for topic in self.matcher.topics}
        document = search.Document(
            slug=paper.slug,
            title=markup.to_text(paper.title),
            date=paper.date,
            abstract=markup.to_text(paper.abstract),
            authors=paper.authors,
            topics=tuple(names[slug] for slug in topics),
            code="code" in paper.links,
        )
        return Study(mark, topics, search.analyse(document))


def study(
    papers: Mapping[str, Paper],
    topics: Iterable[Topic],
    known: Mapping[str, Study],
    jobs: int,
    progress: Callable[[int], None],
) -> dict[str, Study]:
    """Return the study of every one of ``papers`` (by slug), in their order.

    ``known`` are those of an earlier build; ``progress`` is told how many had to be made.
    """
    matcher = Matcher(topics)
    rules = hashlib.blake2b(msgspec.msgpack.encode(matcher.topics), digest_size=12).digest()
    desk = Desk(papers, matcher, rules)
    marks = {slug: desk.mark(paper) for slug, paper in papers.items()}
    found = {
        slug: known[slug]
        for slug, mark in marks.items()
        if slug in known and known[slug].mark == mark
    }
    new = [(slug, mark) for slug, mark in marks.items() if slug not in found]
    batches = parallel.batches(new, BATCH)
    jobs = jobs if len(new) > ALONE else 1
    for packed in parallel.each(_study_batch, desk, batches, jobs):
        made = msgspec.msgpack.decode(packed, type=dict[str, Study])
        found |= made
        progress(len(made))
    return {slug: found[slug] for slug in papers}


def _study_batch(desk: Desk, batch: Iterable[tuple[str, bytes]]) -> bytes:
    with ledger.charge("study"):
        studies = {slug: desk.study(desk.papers[slug], mark) for slug, mark in batch}
        return msgspec.msgpack.encode(studies)
