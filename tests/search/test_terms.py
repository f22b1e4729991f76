"""Words: what a text is indexed by, and a query asks for, in Python and in the browser."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from generator.search import terms
from generator.search.terms import STOP_WORDS, fold, words, words_of_each
from tests.search import papers, queries

TEXTS = [
    ("mixture-of-experts", "mixture of experts"),
    ("Mixture of Experts", "mixture of experts"),
    ("GPT-4", "gpt 4"),
    ("LoRA", "lora"),
    ("Poincaré", "poincare"),
    ("Poincare\u0301", "poincare"),
    ("a survey, the key", "a survey the key"),
    ("“quoted” ‘words’ «here»", "quoted words here"),
    ("Moore's law, Moore’s law, Mooreʼs law", "moore law moore law moore law"),
    ("the 'state' of it's art", "the state of it art"),
    ("don't", "don t"),
    ("T\u0308ULU 3 and TÜLU", "tulu 3 and tulu"),
    ("Łukasz Søren Straße Ægir œuvre", "lukasz soren strasse aegir oeuvre"),
    ("ﬁne-tuning", "fine tuning"),
    ("R² and x₁", "r2 and x1"),
    ("𝒪(n log n)", "o n log n"),
    ("β-VAE, ΣΑΣ", "β vae σασ"),
    ("注意力机制", "注意 意力 力机 机制"),
    ("Transformer模型", "transformer 模型"),
    ("模", "模"),
    ("ガンダム", "カン ンタ タム"),
    ("ภาษา", "ภา าษ ษา"),
    ("한국어 모델", unicodedata.normalize("NFKD", "한국어 모델")),
    ("हिन्दी में", "हिन्दी में"),
    ("C++, C# and F#, .NET and ASP.NET", "cplusplus csharp and fsharp dotnet and asp net"),
    ("C. elegans, (R)", "c elegans r"),
    ("Q&A, R&D, AT&T; salt & pepper", "qa rd att salt pepper"),
    ("Qwen2.5-VL, v1.2.3", "qwen2.5 vl v1.2.3"),
    ("Fig. 1. Results .5", "fig 1 results 5"),
    ("Ødegård, Kaczmarek, Đorđe", "odegard kaczmarek dorde"),
    ("snake_case and a/b", "snake case and a b"),
    ("0.07% of 1,000", "0.07 of 1 000"),
    ("e–mail — dash", "e mail dash"),
    ("İstanbul", "istanbul"),
    ("", ""),
    ("…", ""),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_words_of_a_text(text: str, expected: str) -> None:
    """Small letters, no accents; hyphens, quotes and other signs part words."""
    assert " ".join(words(text)) == expected


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_is_the_same(text: str) -> None:
    """A text in ASCII is read faster, and no other words are found."""
    assert words(text) == terms._parted(terms._WORD.findall(fold(text)))  # noqa: SLF001 - the two are compared


@given(st.lists(st.text(st.sampled_from("aB é\n-'ßs中  ")), max_size=4))
def test_short_texts_are_read_together_as_one_by_one(texts: list[str]) -> None:
    """The names of a paper are folded at once, and each has its own words."""
    assert words_of_each(texts) == [" ".join(words(text)) for text in texts]


@given(st.text())
def test_characters_fold_whatever_stands_beside_them(text: str) -> None:
    """To fold a text is to fold its characters beyond ASCII run by run."""
    whole = unicodedata.normalize("NFKD", text).lower()
    whole = terms._ACCENTS.sub("", whole).translate(terms._LETTERS)  # noqa: SLF001 - the two are compared
    assert fold(text) == terms.named(whole)


@given(st.text())
def test_words_stay_as_they_are(text: str) -> None:
    """The words of words are the words themselves: a query may be read twice."""
    found = words(text)
    assert words(" ".join(found)) == found


def test_stop_words_are_words() -> None:
    """A stop word that the tokenizer cannot give would never be left out."""
    assert [word for word in STOP_WORDS if words(word) != [word]] == []


def differences(page: Page, texts: list[str]) -> list[str]:
    """Return those of ``texts`` that have other words in the browser."""
    # As one text: to hand over many takes longer than to read them.
    said = (
        "(all) => all.split('\\0').map((text) => gazetteSearch.words(text).join(' ')).join('\\0')"
    )
    theirs = page.evaluate(said, "\0".join(texts)).split("\0")
    return [
        text for text, found in zip(texts, theirs, strict=True) if found != " ".join(words(text))
    ]


@pytest.mark.browser
def test_the_browser_has_the_same_words(client: Page) -> None:
    """The examples above and every word of many papers are the same in JavaScript."""
    texts = [text for text, _ in TEXTS]
    assert differences(client, texts + sorted(set(queries.tokens(papers.papers(400))))) == []


@pytest.mark.browser
def test_the_browser_reads_every_letter_alike(client: Page) -> None:
    """Every character but no. 0 that Python's Unicode knows, between two letters: the same."""
    known = (
        chr(code)
        for code in range(sys.maxunicode + 1)
        if code and unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
    )
    assert differences(client, [f"a{character}b" for character in known]) == []


@pytest.mark.browser
def test_the_browser_leaves_out_the_same_words(client: Page) -> None:
    """The index tells the client its stop words."""
    assert set(client.evaluate("[...gazetteSearch.stop]")) == STOP_WORDS
