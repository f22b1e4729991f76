"""A query answered without a browser: which papers have all that it asks for.

The rules are those of the search page (``static/js/search-stages.js``): each word in any of its
forms and spellings, phrases and names as they stand, topics, Lunr's syntax. What the page does to
help is left out: a word that no paper has finds nothing, as nobody is there to see what it was
taken for; and what a star stands for may be more than a browser would load.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from generator.search.compounds import LONGEST
from generator.search.documents import ABSTRACT, AUTHORS, NAME_PLACES, Analysis
from generator.search.forms import forms_of
from generator.search.query_text import Clause, Phrase, Presence, Query, read
from generator.search.terms import STOP_WORDS, words

_JOINT = re.compile(r"[a-z.][0-9a-z.]*")
_VERSION = re.compile(r"v?[0-9]+\.[0-9]|v?[0-9]+[a-z]")
_SHORTEST_JOINT = 3
Found = frozenset[str]


class Searcher:
    """Answers queries about some papers, given by their slugs.

    It looks through their texts word by word and remembers what it found, so that queries of the
    same words cost little more than one.
    """

    def __init__(self, papers: Mapping[str, Analysis]) -> None:
        self._papers = papers
        self._texts = {slug: f" {' | '.join(one.fields)} " for slug, one in papers.items()}
        self._having: dict[str, Found] = {}

    def find(self, text: str) -> list[str]:
        """Return the papers that have all that the query ``text`` asks for, in the given order."""
        query = read(text)
        found = self._matching(query)
        for phrase in query.phrases:
            found = _sifted(found, self._phrase(phrase), phrase.no)
        for topic, no in query.topics:
            found = _sifted(found, self._under(topic), no)
        return [slug for slug in self._papers if slug in found]

    def _matching(self, query: Query) -> Found:
        if query.clauses is not None:
            return self._clauses(query.clauses)
        useful = [word for word in query.words if word not in STOP_WORDS]
        if not query.words or (not useful and any(not phrase.no for phrase in query.phrases)):
            is_asked = query.phrases or query.topics
            return frozenset(self._papers if is_asked else ())
        found: Found = frozenset(self._papers)
        for unit in self._units(query.words, frozenset(useful or query.words)):
            forms = dict.fromkeys(form for word in unit for form in forms_of(word))
            found &= frozenset().union(*map(self._with, forms))
        return found

    def _units(self, all_words: Sequence[str], used: Iterable[str]) -> list[list[str]]:
        """Return for each word what else it may be: the compound of it and a neighbour."""
        units: list[list[str]] = [[word] for word in all_words]
        for at, (first, second) in enumerate(pairwise(all_words)):
            joined = first + second
            if (
                first in STOP_WORDS
                or second in STOP_WORDS
                or not _SHORTEST_JOINT <= len(joined) <= LONGEST
                or not _JOINT.fullmatch(joined)
                or not self._with(joined)
            ):
                continue
            if _VERSION.match(second) and units[at]:
                units[at], units[at + 1] = [joined], []
            else:
                for unit in units[at], units[at + 1]:
                    if unit:
                        unit.append(joined)
        told = set(used)
        return [
            unit
            for word, unit in zip(all_words, units, strict=True)
            if unit and (word in told or unit[0] != word)
        ]

    def _with(self, word: str, fields: Sequence[int] | None = None) -> Found:
        """Return the papers that have ``word``, in one of ``fields`` (any, if not given)."""
        if word not in self._having:
            spaced = f" {word} "
            self._having[word] = frozenset(
                slug for slug, text in self._texts.items() if spaced in text
            )
        found = self._having[word]
        if fields is None:
            return found
        return frozenset(
            slug
            for slug in found
            if any(f" {word} " in f" {self._papers[slug].fields[field]} " for field in fields)
        )

    def _under(self, topic: str) -> Found:
        asked = set(words(topic))
        return frozenset(
            slug
            for slug, paper in self._papers.items()
            if any(asked <= set(words(name)) for name in paper.topics)
        )

    def _phrase(self, phrase: Phrase) -> Found:
        if phrase.is_name:
            return frozenset(
                slug
                for slug, paper in self._papers.items()
                if _has_name(paper.fields[AUTHORS], phrase.words)
            )
        return frozenset(
            slug
            for slug in self._papers
            if any(self._side_by_side(slug, field, phrase.words) for field in phrase.fields)
        )

    def _side_by_side(self, slug: str, field: int, asked: Sequence[str]) -> bool:
        """Say whether words stand side by side; stop words count where they are indexed."""
        told = [
            (offset, word)
            for offset, word in enumerate(asked)
            if field != ABSTRACT or word not in STOP_WORDS
        ]
        if not told or any(slug not in self._with(word) for _, word in told):
            return False
        places = self._papers[slug].fields[field].split(" ")
        first = told[0][0]
        return any(
            all(places[start + offset - first : start + offset - first + 1] == [word]
                for offset, word in told)
            for start in range(len(places))
        )  # fmt: skip

    def _clauses(self, clauses: Iterable[Clause]) -> Found:
        """Return what Lunr finds for ``clauses``."""
        every = frozenset(self._papers)
        required, allowed, any_of = every, every, frozenset[str]()
        is_negated = True
        for clause in clauses:
            found = frozenset[str]().union(
                *(self._with(word, clause.fields) for word in self._expanded(clause))
            )
            if clause.presence is Presence.PROHIBITED:
                allowed -= found
                continue
            is_negated = False
            any_of |= found
            if clause.presence is Presence.REQUIRED:
                required &= found
        return (every if is_negated else any_of) & required & allowed

    def _expanded(self, clause: Clause) -> list[str]:
        """Return the words that a clause stands for."""
        if "*" in clause.term:
            pattern = re.compile(".*".join(map(re.escape, clause.term.split("*"))))
            return list(filter(pattern.fullmatch, self._vocabulary))
        if not clause.edits:
            return [clause.term]
        return [word for word in self._vocabulary if _distance(clause.term, word) <= clause.edits]

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        found: set[str] = set()
        for text in self._texts.values():
            found.update(text.split())
        return frozenset(found - {"|"})


def _sifted(found: Found, matching: Found, no: bool) -> Found:
    return found - matching if no else found & matching


def _has_name(authors: str, asked: Sequence[str]) -> bool:
    """Say whether one name has all the words asked for: whole, as its beginning, as an initial."""
    names: dict[int, list[str]] = {}
    for place, word in enumerate(authors.split(" ")):
        names.setdefault(place // NAME_PLACES, []).append(word)
    tests: list[Callable[[str], bool]] = [_part_of_name(word) for word in asked]
    return any(all(any(map(test, name)) for test in tests) for name in names.values())


def _part_of_name(asked: str) -> Callable[[str], bool]:
    if len(asked) == 1:
        return lambda word: word in (asked, f"{asked}.")
    return lambda word: word.startswith(asked)


def _distance(one: str, other: str) -> int:
    """Return how many letters to add, drop, change or swap make ``other`` out of ``one``."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        following = [at]
        for place, its in enumerate(other, 1):
            edits = min(row[place] + 1, following[-1] + 1, row[place - 1] + (letter != its))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == its:
                edits = min(edits, before[place - 2] + 1)
            following.append(edits)
        before, row = row, following
    return row[-1]
