"""Random queries in Lunr's syntax, for comparing the shards with an index that is whole."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from generator.search import Document
from generator.search.documents import FIELDS
from generator.search.terms import words


def tokens(documents: Iterable[Document]) -> list[str]:
    """Return all words of ``documents``, as often as they occur."""
    return [
        word
        for one in documents
        for text in (one.title, one.abstract, *one.authors, *one.venue)
        for word in words(text)
    ]


def queries(seed: int, count: int, often: Sequence[str]) -> list[str]:
    """Return ``count`` queries of one to five words out of ``often``.

    Words come as often as they stand there or, one in three, each as likely: plain, required,
    prohibited, with a field, a trailing wildcard, one or two wrong letters, a weight, and mixtures.
    """
    chance = random.Random(seed)  # noqa: S311  # it only has to be the same each time
    distinct = sorted(set(often))
    return [
        " ".join(_word(chance, often, distinct) for _ in range(chance.randint(1, 5)))
        for _ in range(count)
    ]


def _word(chance: random.Random, often: Sequence[str], distinct: Sequence[str]) -> str:
    word = chance.choice(often if chance.random() < 2 / 3 else distinct)
    kind = chance.random()
    if kind < 0.15:
        word = word[: max(2, round(len(word) * chance.uniform(0.4, 0.9)))] + "*"
    elif kind < 0.25:
        word += "~1"
    elif kind < 0.3 and len(word) > 3:
        word += "~2"
    if chance.random() < 0.15:
        word += f"^{chance.randint(2, 10)}"
    if chance.random() < 0.2:
        word = f"{chance.choice(FIELDS)}:{word}"
    return chance.choices(("", "+", "-"), (5, 3, 1))[0] + word
