"""Entries: the text of one paper or digest."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content import entries
from generator.model import Digest, Paper
from generator.system.errors import SourceError

HEAD = "---\ntitle: Pointer Networks\ndate: 2025-09-23\n"
# What YAML can hold: any character but lone surrogates; a body has no blank lines around it.
# Signs that nobody sees are not read: see tests/content/test_hostile_yaml.py.
SEEN = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"])
TEXT = st.text(SEEN)
LINE = TEXT.filter(lambda text: "\n" not in text)
BODY = st.text(SEEN | st.just("\n")).map(lambda text: text.strip("\n"))
KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(
    lambda key: key not in (*entries.PAPER_KEYS, entries.CHECKSUM)
)
COUNT = st.none() | st.integers(min_value=0, max_value=2**53)
EXTRA = st.dictionaries(
    KEYS, st.none() | st.integers(-(2**63) + 1, 2**63 - 1) | TEXT | st.lists(TEXT), max_size=3
)
DAY = st.dates(min_value=dt.date(1991, 1, 1))
PUBLISHED = (
    st.just("")
    | DAY.map(str)
    | DAY.map(lambda day: str(day)[:7])
    | DAY.map(lambda day: str(day)[:4])
)
PAPERS = st.builds(
    Paper,
    slug=st.just("a-slug"),
    title=LINE.filter(bool),
    date=DAY,
    abstract=BODY,
    authors=st.lists(TEXT, max_size=3).map(tuple),
    arxiv=LINE,
    published=PUBLISHED,
    others=st.booleans(),
    venue=LINE,
    pages=LINE,
    links=st.dictionaries(TEXT, st.just("https://a.example/x"), max_size=2),
    votes=COUNT,
    original=st.dictionaries(st.sampled_from(["title", "abstract"]), TEXT, max_size=2),
    extra=EXTRA,
)


@given(PAPERS)
def test_a_paper_is_read_as_it_was_written(paper: Paper) -> None:
    """read(write(paper)) == paper, whatever the text; and nobody has edited it."""
    text = entries.paper_to_text(paper)
    assert entries.paper_from_text("a-slug.md", "a-slug", text) == paper
    assert not entries.is_edited(text)
    assert entries.readable("a-slug.md", paper) == (text, paper)


@given(LINE.filter(bool), BODY, st.lists(st.just("pointer-networks"), max_size=2), EXTRA)
def test_a_digest_is_read_as_it_was_written(
    title: str, note: str, slugs: list[str], extra: dict[str, object]
) -> None:
    """The same holds for a digest, its list and its note."""
    extra = {key: value for key, value in extra.items() if key not in {"byline", "papers"}}
    digest = Digest(
        date=dt.date(2025, 9, 23), title=title, papers=(), note=note, extra=extra, source="x"
    )
    listing = entries.digest_from_text("d.md", entries.digest_to_text(digest, slugs))
    assert listing == entries.Listing(digest, tuple(slugs), edited=False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Pointer", "Painter"),
        ("We point.", "We point!"),
        ("We point.\n", "We point.\n\nAnd more.\n"),
        ("votes: 3\n", "votes: 4\n"),
        ("votes: 3\n", ""),
        ("checksum", "# checksum"),
    ],
)
def test_any_change_of_an_entry_shows(old: str, new: str) -> None:
    """Whatever a person changes, the checksum no longer fits."""
    day = dt.date(2025, 9, 23)
    paper = Paper(slug="p", title="Pointer Networks", date=day, abstract="We point.", votes=3)
    text = entries.paper_to_text(paper)
    assert old in text
    assert entries.is_edited(text.replace(old, new))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "expected front matter"),
        ("no fence\n", 1, "expected front matter"),
        ("---\ntitle: never closed\n", 1, "expected front matter"),
        ("---\ndate: 2025-09-23\n---\n", 1, "`title` is missing"),
        ("---\ntitle: ''\ndate: 2025-09-23\n---\n", 1, "`title` is missing"),
        ("---\ntitle: A\n---\n", 1, "`date` is missing"),
        ("---\ntitle: A\ndate: 2025-02-30\n---\n", 3, "`date` has to be a date"),
        ("---\ntitle: A\ndate: soon\n---\n", 3, "`date` has to be a date"),
        ("---\ntitle: 3\ndate: 2025-09-23\n---\n", 2, "`title` has to be text"),
        (HEAD + "arxiv: 2503.02130\n---\n", 4, "`arxiv` has to be text"),
        (HEAD + "authors: Vinyals\n---\n", 4, "`authors` has to be a list"),
        (HEAD + "authors:\n- Vinyals\n- 7\n---\n", 6, "an item of `authors`"),
        (HEAD + "votes: many\n---\n", 4, "`votes` has to be a whole number"),
        (HEAD + "votes: 99999999999999999999999\n---\n", 4, "`votes` has to be from 0 to 2^53"),
        (HEAD + "votes: -1\n---\n", 4, "`votes` has to be from 0 to 2^53"),
        (HEAD + "published: 1997-13\n---\n", 4, "`published` has to be a date like 1997"),
        (HEAD + "published: soon\n---\n", 4, "`published` has to be a date like 1997"),
        (HEAD + "links: x\n---\n", 4, "`links` has to be `name: value` lines"),
        (HEAD + "links:\n  code: javascript:alert(1)\n---\n", 5, "an http or https address"),
        (HEAD + "links:\n  code: //a.example\n---\n", 5, "an http or https address"),
        (HEAD + "title: again\n---\n", 4, "given twice"),
        (HEAD + "authors: [a\n---\n", 4, "broken YAML"),
        (HEAD + "a: &x [1]\nb: *x\n---\n", 5, "*x is not followed"),
        (HEAD + "a: &x [1]\nb: [ # c\n*x # c\n]\n---\n", 6, "*x is not followed"),
        (HEAD + "a: !!python/name:os.system\n---\n", 4, "broken YAML"),
        ("---\n- a list\n---\n", 2, "expected `key: value` lines"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(text: str, line: int, message: str) -> None:
    """An error names the file, the line and what would be right."""
    with pytest.raises(SourceError) as caught:
        entries.paper_from_text("papers/p.md", "p", text)
    assert caught.value.path == "papers/p.md"
    assert message in caught.value.message
    assert caught.value.line == line


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands between the fences, the reader answers or says what is wrong."""
    try:
        entries.paper_from_text("p.md", "p", f"---\n{text}\n---\n")
    except SourceError as error:
        assert error.message
