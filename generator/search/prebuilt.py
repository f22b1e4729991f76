"""A classic Lunr index in one file, made by lunr.py, for any page or program that loads Lunr.

``lunr.Index.load`` takes it in lunr.js 2.3.9 and in lunr.py. What a word is asked for by differs
between the two where it ends in y, as their stemmers do: such a word stands under both terms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import msgspec
from lunr.builder import Builder
from lunr.pipeline import Pipeline
from lunr.stemmer import PorterStemmer, stemmer
from lunr.stop_word_filter import WORDS as STOP_WORDS

FIELDS = {"title": 10, "authors": 1, "abstract": 1}
_SEPARATOR = re.compile(r"[\s\-]+")
_TRIMMED = re.compile(r"^\W+|\W+$")
_LEAST = 3  # letters that a word has at least that the stemmer looks at


class Text(NamedTuple):
    """A paper as plain text."""

    slug: str
    title: str
    authors: str
    abstract: str


class _Stemmer(PorterStemmer):  # type: ignore[misc]  # lunr.py has no types
    """Porter's stemmer as lunr.js has it."""

    b: str
    k: int

    def step1c(self) -> None:
        """Turn a last y into i behind a consonant that is not the first letter."""
        if self.k >= _LEAST - 1 and self.b[self.k] == "y" and self.b[self.k - 1] not in "aeiou":
            self.b = f"{self.b[: self.k]}i{self.b[self.k + 1 :]}"


_JS, _PY = _Stemmer(), PorterStemmer()


class _Builder(Builder):  # type: ignore[misc]  # the same
    """lunr.py's builder, with the words of a document found faster."""

    def add(self, doc: Text, attributes: object = None) -> None:
        """Add a document."""
        del attributes
        ref = doc.slug
        self._documents[ref] = {}
        self.document_count += 1
        for name in self._fields:
            key = f"{name}/{ref}"
            words = _SEPARATOR.split(getattr(doc, name).lower())
            terms = list(chain.from_iterable(map(_terms, words)))
            frequencies: defaultdict[str, int] = defaultdict(int)
            for term in terms:
                frequencies[term] += 1
            self.field_term_frequencies[key] = frequencies
            self.field_lengths[key] = len(terms)
            for term in frequencies:
                posting = self.inverted_index.get(term)
                if posting is None:
                    posting = self.inverted_index[term] = {field: {} for field in self._fields}
                    posting["_index"] = self.term_index
                    self.term_index += 1
                posting[name][ref] = {}

    def _create_token_set(self) -> None:
        """Make none: whoever loads the index makes its own."""
        self.token_set = None


@lru_cache(1 << 17)
def _terms(word: str) -> tuple[str, ...]:
    """Return the terms of a word in small letters: mostly one, none of a stop word."""
    trimmed = _TRIMMED.sub("", word)
    if not trimmed or trimmed in STOP_WORDS:
        return ()
    # The one word beside those in y.
    ours = "e" if trimmed == "eed" else str(_JS.stem(trimmed))
    theirs = str(_PY.stem(trimmed))
    return (ours,) if ours == theirs else (ours, theirs)


def prebuilt(texts: Iterable[Text]) -> bytes:
    """Return the index of ``texts`` as JSON; of none, it is an index that finds nothing."""
    builder = _Builder()
    builder.ref("slug")
    for name, boost in FIELDS.items():
        builder.field(name, boost=boost)
    builder.search_pipeline = Pipeline()
    builder.search_pipeline.add(stemmer)
    for text in texts:
        builder.add(text)
    if not builder.document_count:
        empty = {"version": "2.3.9", "fields": list(FIELDS), "pipeline": ["stemmer"]}
        return msgspec.json.encode({**empty, "fieldVectors": [], "invertedIndex": []})
    return msgspec.json.encode(builder.build().serialize())
