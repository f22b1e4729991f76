"""The search against lunr.js, against Python's words, and against what readers look for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playwright.sync_api import Page

from generator.pipeline.build import ROOT
from generator.search import Document, analyse
from generator.search.documents import FIELDS
from generator.search.terms import words
from tests.search import queries, sites

WHOLE = (ROOT / "tests/search/whole.js").read_text("utf-8").rstrip().rstrip(";")
Asked = Sequence[tuple[str, str]]
ASK = """
async (queries) => {
  const found = [];
  for (const query of queries) {
    const { results } = await gazetteSearch.search(query);
    found.push(results.map(({ ref }) => +ref));
  }
  return found;
}
"""


def unequal_answers(
    page: Page, documents: Sequence[Document], seed: int, count: int
) -> tuple[list[str], int]:
    """Return which of ``count`` random queries are answered in another way than by lunr.js itself.

    Another way is other refs, another order or other scores than out of the whole index. With them
    comes the number of results that were compared.
    """
    fields = [
        dict(zip(FIELDS, analyse(one).fields, strict=True)) for one in sites.in_order(documents)
    ]
    asked = queries.queries(seed, count, queries.tokens(documents))
    page.evaluate("gazetteSearch.help()")
    page.evaluate("documents => { globalThis.documents = documents; }", fields)
    page.evaluate(f"() => {{ globalThis.whole = ({WHOLE})(gazetteSearch, lunr, documents); }}")
    answer = page.evaluate("queries => whole.compare(queries)", asked)
    return answer["different"], answer["results"]


def unequal_words(page: Page, documents: Sequence[Document]) -> tuple[int, int]:
    """Return how many distinct tokens there are, and for how many the browser has other words."""
    texts = {
        token
        for one in documents
        for text in (one.title, one.abstract, *one.authors, *one.venue)
        for token in (*text.split(), *words(text))
    }
    tokens = sorted(texts)
    theirs = page.evaluate("texts => texts.map((text) => gazetteSearch.words(text))", tokens)
    pairs = zip(tokens, theirs, strict=True)
    return len(tokens), sum(words(token) != found for token, found in pairs)


def reciprocal_rank(found: Sequence[Sequence[str]], asked: Asked) -> float:
    """Return MRR@10: the mean of one over the rank of what was looked for, 0 beyond the tenth.

    E. M. Voorhees, "The TREC-8 question answering track report", 1999.
    """
    ranks = (
        1 / (1 + slugs.index(slug)) if slug in slugs[:10] else 0
        for slugs, (_, slug) in zip(found, asked, strict=True)
    )
    return sum(ranks) / len(asked)


def known_items(
    page: Page, documents: Sequence[Document], items: Mapping[str, Asked]
) -> dict[str, float]:
    """Return MRR@10 of our search for each kind of known-item search."""
    slugs = [one.slug for one in sites.in_order(documents)]
    return {
        kind: reciprocal_rank(
            [
                [slugs[number] for number in numbers]
                for numbers in page.evaluate(ASK, [query for query, _ in asked])
            ],
            asked,
        )
        for kind, asked in items.items()
    }
