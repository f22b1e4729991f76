"""``build.py topics``: which rule put each paper under which topic, and which papers have none."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.content import topics
from generator.library.topic_matching import Match, Matcher
from generator.model import Paper
from generator.pipeline import batches
from generator.system.errors import GazetteError
from generator.system.progress import Progress
from generator.text.markup import to_text


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Print the report; raises GazetteError for a name that is neither a topic nor a paper."""
    rules = topics.load(options.content)
    loaded = batches.load_entries(options.content, progress)
    papers = {paper.slug: paper for digest in loaded.digests for paper in digest.papers}
    matcher = Matcher(rules)
    for name in options.names:
        if name not in papers and all(topic.slug != name for topic in rules):
            raise GazetteError(f"{name}: is the slug of no topic and of no paper")
    for line in report(matcher, papers, frozenset(options.names)):
        print(line)
    return 0


def report(matcher: Matcher, papers: Mapping[str, Paper], names: frozenset[str]) -> Iterator[str]:
    """Yield the lines of the report: topic by topic, then the papers that have none.

    ``names`` are the slugs of the topics and papers that are asked for; none stands for all.
    """
    reasons: defaultdict[str, dict[str, list[Match]]] = defaultdict(dict)
    for slug, paper in papers.items():
        for match in matcher.matches(paper):
            reasons[match.topic].setdefault(slug, []).append(match)
    for topic in matcher.topics:
        found = reasons[topic.slug]
        shown = [slug for slug in found if not names or names & {slug, topic.slug}]
        if shown or not names or topic.slug in names:
            yield f"{topic.name} ({topic.slug}): {len(found)} of {len(papers)} papers"
            yield from (f"  {slug}: {_why(found[slug])}" for slug in shown)
            if idle := _idle(topic, found.values()):
                yield f"  met by no paper: {', '.join(idle)}"
    placed = {slug for found in reasons.values() for slug in found}
    alone = [slug for slug in papers if slug not in placed]
    if not names:
        yield f"No topic: {len(alone)} of {len(papers)} papers"
    yield from (
        f"  {slug}: {to_text(papers[slug].title)}" for slug in alone if not names or slug in names
    )


def _why(matches: Iterable[Match]) -> str:
    """Return the rules that were met, where, and how often if more than once."""
    return "; ".join(
        f"{match.place} {match.rule!r}{f' ×{match.count}' if match.count > 1 else ''}"
        for match in matches
    )


def _idle(topic: topics.Topic, found: Iterable[Iterable[Match]]) -> tuple[str, ...]:
    """Return the phrases of ``topic`` that none of its papers has."""
    met = {match.rule for matches in found for match in matches}
    phrases = dict.fromkeys((*topic.phrases, *topic.title))
    return tuple(phrase for phrase in phrases if phrase not in met)
