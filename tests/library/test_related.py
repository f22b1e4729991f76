"""Related papers: which, why, and that old pages stay as they are."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library import renewal, vectors
from generator.library.catalogue import Catalogue
from generator.library.related import BySlug, Near, Papers, Related, is_of
from generator.library.vectors import Meaning
from generator.system.fingerprints import fingerprint
from generator.system.sections import Sections
from tests import shelves

MONDAY = dt.date(2025, 9, 22)
TUESDAY = dt.date(2025, 9, 23)
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Text:
    """A paper as these tests see it."""

    slug: str
    title: str
    abstract: str = ""
    date: dt.date = MONDAY
    authors: tuple[str, ...] = ()
    code: str = ""
    arxiv: str = ""


@cache
def meaning(title: str, abstract: str) -> Meaning:
    """Return what a text is by the table that comes with the program."""
    return vectors.load().meanings([(title, abstract)])[0]


@dataclass(frozen=True)
class Found:
    """What a run leaves, as a file, and how many papers it has compared."""

    data: bytes
    compared: int

    def sections(self) -> Sections:
        """Return the file, opened."""
        found = Sections.opened(io.BytesIO(self.data))
        assert found is not None
        return found


def catalogue(texts: Iterable[Text]) -> Catalogue:
    """Return the facts of ``texts``."""
    facts = []
    for text in texts:
        vector, place, _ = meaning(text.title, text.abstract)
        facts.append(
            shelves.facts(
                slug=text.slug,
                words=fingerprint(repr(text).encode()),
                title=text.title,
                date=text.date,
                authors=text.authors,
                code=text.code,
                arxiv=text.arxiv,
                vector=vector,
                place=place,
            )
        )
    return Catalogue.of(facts)


def related(texts: Iterable[Text], before: Found | None = None) -> Found:
    """Return the related papers of ``texts``."""
    by_slug = {text.slug: text for text in texts}

    def subject_of(slug: str) -> vectors.Subject:
        return meaning(by_slug[slug].title, by_slug[slug].abstract).subject

    facts, file = catalogue(by_slug.values()), io.BytesIO()
    papers, anew = Papers.of(facts), Sections.begun(file)
    known = before.sections() if before else None
    compared = renewal.renew(facts, papers, subject_of, vectors.load(), known, anew)
    anew.end()
    return Found(file.getvalue(), compared)


def papers_of(found: Found) -> dict[str, Near]:
    """Return the related papers of each paper."""
    return dict(BySlug(found.sections()))


SPARSE = Text("sparse", "Sparse routing of experts", "A gate sends tokens to a few experts.")
DENSE = Text("dense", "Dense experts and routing", "Experts without any gate.", TUESDAY)
PROTEIN = Text("protein", "Protein folding", "The structure of proteins, predicted.")
LONG = (
    "Each layer of the mixture has a router, and what it drops is lost: capacity is a hard bound."
)
COLLECTION = (SPARSE, DENSE, PROTEIN)


def slugs(found: Found, slug: str) -> list[str]:
    """Return the papers related to one."""
    return [one.slug for one in papers_of(found)[slug]]


def test_a_paper_names_the_older_ones_most_like_it_and_the_words_they_share() -> None:
    """The nearest comes first, with the reason; nothing points to what is newer."""
    found = related(COLLECTION)
    assert slugs(found, "dense") == ["sparse"]
    assert papers_of(found)["dense"][0].terms == ("routing", "experts", "gate")
    assert slugs(found, "sparse") == []


def test_papers_of_one_day_name_each_other() -> None:
    """The same day is old enough, both ways."""
    found = related([SPARSE, Text("dense", DENSE.title, DENSE.abstract)])
    assert slugs(found, "dense") == ["sparse"]
    assert slugs(found, "sparse") == ["dense"]


def test_shared_authors_and_code_are_said_as_such() -> None:
    """They stand beside the words, by name."""
    code = "https://example.org/code"
    one = Text("one", "Routing of experts", authors=("Ann Lee", "B. Ode"), code=code)
    two = Text("two", "A gate for tokens", authors=("Carl Z", "Ann Lee"), code=code)
    assert papers_of(related([one, two]))["two"] == (Related("one", (), ("Ann Lee",), code=True),)


@pytest.mark.parametrize(
    "other",
    [
        Text("copy", SPARSE.title, "Another text about protein.", TUESDAY),
        Text("copy", "On gates", f"{SPARSE.abstract} {SPARSE.title}. {LONG} Protein.", TUESDAY),
        Text("copy", "Sparse routing of experts, part two", "Protein", TUESDAY, ("Ann Lee",)),
        Text("copy", "Rivers and protein", "Experts.", TUESDAY, arxiv="2501.1v3"),
    ],
    ids=["same title", "same text", "near title and author", "same arXiv id"],
)
def test_another_version_of_the_same_work_is_not_related(other: Text) -> None:
    """The same work under another slug is no suggestion."""
    first = Text(
        "sparse",
        SPARSE.title,
        f"{SPARSE.abstract} {LONG}",
        MONDAY,
        ("Ann Lee", "B. Ode"),
        arxiv="2501.1v1",
    )
    assert slugs(related([first, PROTEIN, other]), "copy") == ["protein"]


def test_versions_of_one_work_are_named_once() -> None:
    """Of several papers that are one work, the one most alike stands for all."""
    versions = [
        Text(f"v{number}", "Sparse routing of experts", f"Tokens and experts{' x' * number}.")
        for number in range(4)
    ]
    found = related([*versions, PROTEIN, DENSE])
    assert len(set(slugs(found, "dense")) & {"v0", "v1", "v2", "v3"}) == 1


def test_a_word_that_the_table_lacks_relates_papers_too() -> None:
    """Where a table knows nothing of a field, its words are all there is."""
    fields = [Text(f"f{n}", f"zzqx{n % 3}a zzqx{n % 3}b zzqx{n % 3}c") for n in range(9)]
    same = [Text(f"f{n}", f"zzqx{n % 3}a zzqx{n % 3}b w{n}w zzqx{n % 3}d") for n in range(9)]
    found = papers_of(related(same))
    assert all(int(near[0].slug[1:]) % 3 == int(slug[1:]) % 3 for slug, near in found.items())
    assert found["f8"][0].terms == ("zzqx2d", "zzqx2b", "zzqx2a") or set(found["f8"][0].terms) == {
        "zzqx2a",
        "zzqx2b",
        "zzqx2d",
    }
    assert not papers_of(related(fields[:1]))["f0"]


WORDS = st.lists(
    st.sampled_from(
        ["attention", "graph", "protein", "robot", "speech", "privacy", "quantum", "zzqx", "the"]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(
        Text,
        slug=st.integers(0, 30).map("p{}".format),
        title=WORDS,
        abstract=WORDS,
        date=st.integers(0, 4).map(lambda day: MONDAY + dt.timedelta(days=day)),
        authors=st.sampled_from([(), ("Ann Lee",), ("B. Ode", "Ann Lee")]),
    ),
    max_size=25,
    unique_by=lambda one: one.slug,
)


@given(DOCUMENTS)
def test_a_day_added_leaves_older_lists_as_they_are(documents: list[Text]) -> None:
    """Built day by day, no paper's list ever changes."""
    whole = papers_of(related(documents))
    for day in {one.date for one in documents}:
        until = papers_of(related(one for one in documents if one.date <= day))
        assert all(whole[slug] == near for slug, near in until.items())


@given(DOCUMENTS)
def test_what_is_named(documents: list[Text]) -> None:
    """Never the paper itself, a title twice or a later paper; only words that both have."""
    papers = {one.slug: one for one in documents}
    for slug, near in papers_of(related(documents)).items():
        own = papers[slug]
        assert len({one.slug for one in near}) == len(near) <= 3
        for one in near:
            other = papers[one.slug]
            assert one.slug != slug
            assert other.date <= own.date
            assert other.title != own.title
            both = [set(f"{text.title} {text.abstract}".split()) for text in (own, other)]
            assert set(one.terms) <= both[0] & both[1]
            assert set(one.authors) == set(own.authors) & set(other.authors)


@given(DOCUMENTS, DOCUMENTS)
def test_a_memo_changes_nothing_but_the_work(before: list[Text], after: list[Text]) -> None:
    """Papers added, changed, moved and gone since: the same as without a memo."""
    assert related(after, related(before)).data == related(after).data


@given(DOCUMENTS, st.randoms())
def test_order_of_input_is_no_matter(documents: list[Text], random: Random) -> None:
    """The same papers in another order have the same lists."""
    shuffled = list(documents)
    random.shuffle(shuffled)
    assert papers_of(related(shuffled)) == papers_of(related(documents))


def crowd(size: int) -> list[Text]:
    """Return so many papers over many days, more than the first that a paper looks at."""
    chance = Random(7)  # noqa: S311  # made-up papers are no secret
    words = vectors.load().words[200:3000]
    return [
        Text(
            f"p{number}",
            " ".join(chance.sample(words, 6)),
            " ".join(chance.sample(words, 30)),
            MONDAY + dt.timedelta(days=number // 50),
        )
        for number in range(size)
    ]


def test_only_what_a_change_reaches_is_compared_again() -> None:
    """Nothing for no change; the new day alone for a new day; for an edit what it matters to."""
    papers = crowd(1500)
    start = related(papers[:1450])
    assert is_of(start.sections(), Papers.of(catalogue(papers[:1450])), vectors.load())
    assert not is_of(start.sections(), Papers.of(catalogue(papers)), vectors.load())
    whole = related(papers)
    added = related(papers, start)
    assert (added.compared, added.data) == (50, whole.data)
    edited = [*papers[:700], Text("p700", "Protein folding", "", papers[700].date), *papers[701:]]
    again = related(edited, whole)
    assert again.data == related(edited).data
    assert again.compared < 400


def test_a_day_has_a_key_of_what_is_told_of_its_papers() -> None:
    """Another one where anything else is told of one, and only there."""
    papers = crowd(300)
    whole = BySlug(related(papers).sections()).by_day
    assert sorted(whole) == sorted({text.date.toordinal() for text in papers})
    assert len(set(whole.values())) == len(whole)
    fewer = BySlug(related(papers[:250]).sections()).by_day
    assert fewer == {day: key for day, key in whole.items() if day < max(whole)}
    edited = [replace(text, abstract="") if text.slug == "p299" else text for text in papers]
    changed = BySlug(related(edited).sections()).by_day
    assert {day for day, key in whole.items() if changed[day] != key} == {max(whole)}


def test_each_paper_is_found_by_its_slug() -> None:
    """One of a few, one of many; and nothing by a name that no paper has."""
    for size in (0, 1, 7, 8, 300):
        texts = crowd(size)
        found = BySlug(related(texts).sections())
        assert len(found) == size
        assert set(found) == {text.slug for text in texts}
        assert "p300" not in found


def test_every_paper_that_has_an_older_one_has_related_ones() -> None:
    """Three of them, once there are so many."""
    words = vectors.load().words[200:260]
    papers = [
        Text(f"p{number}", " ".join([f"x{number}y", *words[number % 40 : number % 40 + 5]]))
        for number in range(300)
    ]
    found = papers_of(related(papers))
    assert all(len(near) == 3 for near in found.values())


KERNELS = """
from tests.library.test_related import crowd, related
import hashlib
print(hashlib.sha256(related(crowd(600)).data).hexdigest())
"""


def test_every_kernel_gives_the_same_bytes() -> None:
    """Whatever multiplies: all numbers are whole, and none too large."""
    found = {
        subprocess.run(
            [sys.executable, "-c", KERNELS],
            env={**os.environ, "OPENBLAS_CORETYPE": kernel, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for kernel in ("Prescott", "Haswell")
    }
    assert len(found) == 1


def test_nothing_changed_needs_no_numpy() -> None:
    """To load it takes longer than a small build."""
    script = (
        "import io, sys\n"
        "from generator.library.related import BySlug, DAYS, LINES, Papers, TABLE, is_of\n"
        "from generator.library import vectors\n"
        "from generator.library.catalogue import Catalogue\n"
        "from generator.pipeline import related_papers\n"
        "from generator.system.sections import Sections\n"
        "table = vectors.load()\n"
        "found = Sections.begun(io.BytesIO())\n"
        "found.add(TABLE, table.key)\n"
        "assert is_of(found, Papers.of(Catalogue([])), table)\n"
        "assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
