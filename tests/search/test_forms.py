"""Forms and other spellings: what of a word counts as the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from generator.search.compounds import other_spellings
from generator.search.forms import forms_of, key_of
from generator.search.terms import words
from tests.search import papers, queries

ALIKE = [
    "model models modeled modelled modeling modelling",
    "policy policies",
    "apply applies applied applying",
    "image images imaged imaging",
    "cache caches cached caching",
    "rate rates rated rating ratings",
    "plan plans planned planning",
    "class classes",
    "process processes processed processing",
    "use uses used using",
    "llm llms",
    "gpu gpus",
    "embed embeds embedded embedding embeddings",
    "need needs needed needing",
    "tree trees",
]
APART = ["rat rate", "plan plane", "general generation", "string str", "bus bu", "news new", "r rs"]
OTHERS = [
    ("Pre-training without Labels", "pretraining"),
    ("pre training of zero shot", "pretraining zeroshot"),
    ("A data set, in real time", "dataset realtime"),
    ("state-of-the-art", ""),
    ("retrieval-augmented generation", ""),
    ("(Vision-Language) models", "visionlanguage"),
    ("self\u2010supervised", "selfsupervised"),
    ("GPT-4o", "gpt4o"),
    ("GPT 4o and Qwen 2.5", "gpt4o qwen2.5"),
    ("qwen 2.5", "qwen2.5"),
    ("Qwen2.5", "qwen 2.5"),
    ("YOLOv8", "yolo v8"),
    ("we use 2 tricks and 5 models", ""),
    ("2020-2021", ""),
    ("t-SNE and k-means", "tsne kmeans"),
    ("大模型", "大 模 型"),
]


@pytest.mark.parametrize("line", ALIKE)
def test_forms_of_one_word(line: str) -> None:
    """Number, tense and participle are forms: each finds all others."""
    alike = set(line.split())
    assert all(alike <= set(forms_of(word)) for word in alike)


@pytest.mark.parametrize("line", APART)
def test_words_that_are_no_forms(line: str) -> None:
    """Words that only look alike stay apart."""
    one, other = line.split()
    assert other not in forms_of(one)


@given(st.from_regex("[a-z]{1,9}(s|es|ed|ing|ies|ied|e)?", fullmatch=True))
def test_a_word_is_the_first_of_its_forms(word: str) -> None:
    """And all have its key."""
    found = forms_of(word)
    assert found[0] == word
    assert len(set(found)) == len(found)
    assert {key_of(form) for form in found} == {key_of(word)}


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_other_spellings(text: str, expected: str) -> None:
    """A text is found by what it would hold if it were hyphenated, joined or parted."""
    assert sorted(other_spellings(text, words(text))) == sorted(expected.split())


@pytest.mark.browser
def test_the_browser_has_the_same_forms(client: Page) -> None:
    """Of every word of many papers, and of words with every ending."""
    known = {*queries.tokens(papers.papers(400)), *" ".join(ALIKE).split()}
    asked = sorted(known | {word + ending for word in known for ending in ("s", "ed", "ing")})
    theirs = client.evaluate("(words) => words.map(gazetteSearch.formsOf)", asked)
    assert theirs == list(map(forms_of, asked))


@pytest.mark.browser
def test_the_shards_of_a_beginning_hold_all_words_that_begin_so(client: Page) -> None:
    """Words stand by their keys: one that is shorter than the beginning asked for is among them."""
    known = {*queries.tokens(papers.papers(400)), *" ".join(ALIKE).split()}
    asked = sorted(known | {word + ending for word in known for ending in ("s", "ed", "ing", "es")})
    missed = client.evaluate(
        """(words) => words.filter((word) => {
          const key = gazetteSearch.formKey(word);
          return [...word].some((_, at) => {
            const prefix = word.slice(0, at + 1);
            return !key.startsWith(prefix) && !gazetteSearch.shortKeys(prefix).includes(key);
          });
        })""",
        asked,
    )
    assert missed == []
