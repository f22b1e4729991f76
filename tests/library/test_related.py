"""Related papers: which, why, and that old pages stay as they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library.related import Document, Found
from generator.library.related import related as related_of
from generator.library.similarity import Related, Subject, subject
from generator.library.weights import (
    EMPTY,
    HEFT,
    MOST,
    TERMS,
    Memo,
    cut_points,
    profile,
    rarity,
    weights,
)

MONDAY = dt.date(2025, 9, 22)
TUESDAY = dt.date(2025, 9, 23)


@dataclass(frozen=True)
class Text:
    """A paper as these tests see it."""

    slug: str
    date: dt.date
    title: str
    abstract: str

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return subject(self.title, self.abstract)


def document(slug: str, title: str, abstract: str = "", date: dt.date = MONDAY) -> Text:
    """Return a paper of MONDAY, or of another day."""
    return Text(slug, date, title, abstract)


def related(texts: Iterable[Text], memo: Memo = EMPTY) -> Found:
    """Return the related papers of ``texts``."""
    by_slug = {text.slug: text for text in texts}
    documents = [
        Document(text.slug, text.date, repr((text.title, text.abstract)).encode())
        for text in by_slug.values()
    ]
    return related_of(documents, lambda slug: by_slug[slug].subject, memo)


SPARSE = document("sparse", "sparse routing of experts", "experts gate experts gate tokens")
DENSE = document("dense", "dense experts and routing", "gate gate layers layers", TUESDAY)
PROTEIN = document("protein", "protein folding", "folding protein structure structure")
COLLECTION = (SPARSE, DENSE, PROTEIN)


def test_a_paper_names_older_ones_and_the_words_they_share() -> None:
    """The newer paper points to the older one, with the reason; nothing points to the newer."""
    found = related(COLLECTION).papers
    assert found["dense"] == (Related("sparse", ("routing", "gate", "experts")),)
    assert found["sparse"] == found["protein"] == ()


def test_papers_of_one_day_name_each_other() -> None:
    """The same day is old enough, both ways."""
    same_day = [SPARSE, document("dense", DENSE.title, DENSE.abstract)]
    found = related(same_day).papers
    assert [one.slug for one in found["dense"]] == ["sparse"]
    assert [one.slug for one in found["sparse"]] == ["dense"]


def test_one_shared_word_is_no_likeness() -> None:
    """Two words at least have to be shared."""
    lone = document("lone", "experts on wine", "wine wine")
    assert related([SPARSE, lone]).papers["lone"] == ()


@pytest.mark.parametrize(
    "copy",
    [
        document("copy", SPARSE.title, "another abstract another abstract entirely", TUESDAY),
        document("copy", "on sparse routing of experts", SPARSE.abstract, TUESDAY),
    ],
    ids=["same title", "same words"],
)
def test_a_near_duplicate_is_not_related(copy: Text) -> None:
    """The same work under another slug is no suggestion; what is like both still is."""
    found = related([*COLLECTION, copy]).papers
    assert "sparse" not in {one.slug for one in found["copy"]}


@pytest.mark.parametrize(
    ("title", "abstract", "words"),
    [
        ("deep sums", "we sum deep sums of sums", {"deep": 3, "sums": 4}),
        ("GPT4 in 3D", "2025 2025 x x the the once", {"gpt4": 2}),
        ("大", "", {"大": 2}),
        ("", "", {}),
    ],
)
def test_what_a_paper_is_about(title: str, abstract: str, words: dict[str, int]) -> None:
    """The title's words and the abstract's repeated ones; no numbers, no lone letters."""
    assert dict(subject(title, abstract)) == words


@pytest.mark.parametrize(
    ("days", "ends"),
    [([], []), ([73], [73]), ([4, 2, 1, 3], [4, 7]), ([1, 1, 1, 1, 1], [1, 2, 4])],
)
def test_tables_are_cut_as_the_collection_grows(days: list[int], ends: list[int]) -> None:
    """After the first day, then each time there are more than half as many papers again."""
    assert cut_points(days) == ends


def test_a_rarer_word_weighs_more_up_to_a_bound() -> None:
    """Weights fall with frequency, from MOST to 1."""
    falling = [rarity(10_000, count) for count in (1, 5, 20, 100, 1_000, 10_000)]
    assert falling == sorted(falling, reverse=True)
    assert (falling[0], falling[-1]) == (MOST, 1)
    assert list(HEFT) == sorted(HEFT)


def test_a_profile_is_the_heaviest_words() -> None:
    """At most TERMS, heaviest first, and a word no table knows weighs as a rare one."""
    table = weights({"common": 4, "rare": 1}, 4)
    assert table.keys() == {"common"}
    assert list(profile([("common", 2), ("rare", 2)], table, 4)) == ["rare", "common"]
    assert len(profile([(f"w{number}", 1) for number in range(99)], table, 4)) == TERMS
    counted = profile([("common", 1), ("rare", 9)], table, 4, counted=True)
    assert list(counted) == ["common", "rare"]


WORDS = st.lists(
    st.sampled_from(
        ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(
        Text,
        slug=st.integers(0, 30).map("p{}".format),
        date=st.integers(0, 4).map(lambda day: MONDAY + dt.timedelta(days=day)),
        title=WORDS,
        abstract=WORDS,
    ),
    max_size=25,
    unique_by=lambda one: one.slug,
)


@given(DOCUMENTS)
def test_a_day_added_leaves_older_lists_as_they_are(documents: list[Text]) -> None:
    """Built day by day, no paper's list ever changes."""
    whole = related(documents).papers
    for day in {one.date for one in documents}:
        until = related(one for one in documents if one.date <= day).papers
        assert all(whole[slug] == near for slug, near in until.items())


@given(DOCUMENTS)
def test_what_is_named(documents: list[Text]) -> None:
    """Never the paper itself, a title twice or a later paper; always with words both are about."""
    papers = {one.slug: one for one in documents}
    for slug, near in related(documents).papers.items():
        own = papers[slug]
        assert len({one.slug for one in near}) == len(near)
        for one in near:
            other = papers[one.slug]
            assert one.slug != slug
            assert other.date <= own.date
            assert other.title != own.title
            assert len(one.terms) >= 2
            assert set(one.terms) <= dict(own.subject).keys() & dict(other.subject).keys()


@given(DOCUMENTS, DOCUMENTS)
def test_a_memo_changes_nothing_but_the_work(before: list[Text], after: list[Text]) -> None:
    """Papers added, changed, moved and gone since: the same as without a memo."""
    memo = Memo.load(related(before).memo.dump())
    anew, again = related(after), related(after, memo)
    assert again.papers == anew.papers
    assert Memo.load(again.memo.dump()) == Memo.load(anew.memo.dump())


@given(DOCUMENTS, st.randoms())
def test_order_of_input_is_no_matter(documents: list[Text], random: Random) -> None:
    """The same papers in another order have the same lists."""
    shuffled = list(documents)
    random.shuffle(shuffled)
    assert related(shuffled).papers == related(documents).papers


def test_only_what_a_change_reaches_is_compared_again() -> None:
    """Nothing for no change; the new day alone for a new day; an edit reaches its words only."""
    start = related(COLLECTION)
    assert start.compared == 3
    assert related(COLLECTION, start.memo).compared == 0
    assert related(COLLECTION, start.memo).memo is start.memo
    later = document("later", "routing packets", "packets packets", TUESDAY + dt.timedelta(days=1))
    assert related([*COLLECTION, later], start.memo).compared == 1


def test_the_cost_of_a_paper_does_not_grow_with_the_collection() -> None:
    """A word that every paper has brings no more than a bounded number of candidates."""
    days = [MONDAY + dt.timedelta(days=number // 50) for number in range(1000)]
    crowd = [
        document(f"p{number}", f"common words w{number} v{number % 7}", "", day)
        for number, day in enumerate(days)
    ]
    found = related(crowd)
    assert Counter(len(near) for near in found.papers.values()).most_common(1)[0][0] == 3


def test_words_of_one_paper_alone_give_way_to_those_it_shares() -> None:
    """On a first day most words are new; they must not crowd out the ones that relate papers."""
    day = [
        document(slug, "routing packets " + " ".join(f"{slug}{n}" for n in range(TERMS)), "")
        for slug in ("one", "two", "three")
    ]
    found = related(day).papers
    assert {near.slug for near in found["one"]} == {"two", "three"}
    assert set(found["one"][0].terms) == {"routing", "packets"}


def test_words_that_say_nothing_are_no_reason() -> None:
    """Two papers may be alike by such words too; they are shown only where there are no others."""
    one = document("one", "such time for routing experts", "")
    assert related([one, document("two", "such time and routing", "")]).papers["one"] == (
        Related("two", ("routing",)),
    )
    assert related([one, document("two", "such time", "")]).papers["one"] == (
        Related("two", ("time", "such")),
    )


def test_a_run_that_reads_the_same_words_again_keeps_what_it_had() -> None:
    """Another key for equal words costs reading them, not comparing."""
    start = related(COLLECTION)
    keys = [Document(text.slug, text.date, b"other") for text in COLLECTION]
    by_slug = {text.slug: text for text in COLLECTION}
    again = related_of(keys, lambda slug: by_slug[slug].subject, start.memo)
    assert (again.compared, again.papers) == (0, start.papers)
    assert set(again.memo.keys) == {b"other"}
