"""Papers that look like one and the same under two slugs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.model import Paper

_WORD = re.compile(r"\w+")
# What tells the parts of a series apart, and versions.
_NUMBER = re.compile(r"v?\d+|[ivx]+", re.IGNORECASE)
LEAST = 4  # words a title has at least, before one more or less says little
SHARED = 0.5  # of the words of both abstracts, how many are in both


class _Words(NamedTuple):
    """A paper, and the words of its title."""

    paper: Paper
    title: frozenset[str]


def near_doubles(papers: Iterable[Paper]) -> Iterator[tuple[Paper, Paper]]:
    """Yield pairs of ``papers`` that look like one: their titles differ in one word at most.

    And their abstracts, where both have one, share most of their words. Two arXiv ids or two DOIs
    tell papers apart, and so does a number in the title.
    """
    groups: defaultdict[int, list[_Words]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for paper in papers:
        this = _Words(paper, _words(paper.title))
        keys = {hash(this.title)}
        if len(this.title) >= LEAST:
            keys |= {hash(this.title - {word}) for word in this.title}
        for key in keys:
            for other in groups[key]:
                pair = other.paper.slug, paper.slug
                if pair not in seen and _alike(other, this):
                    seen.add(pair)
                    yield other.paper, paper
            groups[key].append(this)


def _alike(one: _Words, two: _Words) -> bool:
    ids = ((one.paper.arxiv, two.paper.arxiv), (one.paper.doi, two.paper.doi))
    if any(a and b and a != b for a, b in ids):
        return False
    between = one.title ^ two.title
    if len(between) > 2 or any(map(_NUMBER.fullmatch, between)):  # noqa: PLR2004  # one for another
        return False
    abstracts = _words(one.paper.abstract), _words(two.paper.abstract)
    if not all(abstracts):
        return True
    return len(abstracts[0] & abstracts[1]) >= SHARED * len(abstracts[0] | abstracts[1])


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
