"""Numbers and words as text: what goes in comes out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from generator.search.coding import (
    AUTHORS_MARK,
    NUMBERS,
    SIGNS,
    TITLE_MARK,
    VENUE_MARK,
    WORD,
    front_code,
    in_order,
    rising,
    skip,
)

EDGES = (0, 1, 53, 54, 142, 143, 2100, 2101, 2102, 9999, 89**4 + 2100)
MARKS = {WORD, TITLE_MARK, AUTHORS_MARK, VENUE_MARK}


@pytest.mark.parametrize(
    ("number", "length"), [(0, 1), (53, 1), (54, 2), (2100, 2), (2101, 5), (89**4 + 2100, 5)]
)
def test_small_numbers_are_short(number: int, length: int) -> None:
    """One sign for the gaps of a frequent word, two for any within a block."""
    assert len(NUMBERS[number]) == length


@given(st.integers(0, 60_000_000))
def test_no_number_holds_a_mark(number: int) -> None:
    """So that rows can be told apart without being read."""
    assert not MARKS & set(NUMBERS[number])


def test_signs_need_no_escape() -> None:
    """They stand in a string of JavaScript as they are."""
    assert SIGNS.isprintable()
    assert not {'"', "\\"} & set(SIGNS)


@pytest.mark.parametrize("blocks", [0, 1, 11, 12, 23, 40])
def test_skips_begin_no_number(blocks: int) -> None:
    """A skip is told from a number, and from a mark, by each of its signs."""
    firsts = {NUMBERS[number][0] for number in range(9999)}
    assert not (firsts | MARKS) & set(skip(blocks))


@pytest.mark.browser
def test_the_browser_reads_numbers(client: Page) -> None:
    """Numbers of every length come out as they went in, one behind the other."""
    script = """(text) => {
      const read = gazetteSearch.reader(text);
      const found = [];
      while (!read.isDone()) found.push(read.number());
      return found;
    }"""
    numbers = [*EDGES, *range(3000), *reversed(EDGES)]
    assert client.evaluate(script, "".join(NUMBERS[number] for number in numbers)) == numbers


@pytest.mark.browser
@pytest.mark.parametrize("numbers", [[], [0], [3], [0, 1, 2], [5, 2047, 9000]])
def test_the_browser_reads_rising_numbers(client: Page, numbers: list[int]) -> None:
    """Gaps are added up, from the base on."""
    script = "(text) => gazetteSearch.rising(text, 100)"
    assert client.evaluate(script, rising(numbers)) == [100 + number for number in numbers]


@pytest.mark.browser
@pytest.mark.parametrize("blocks", [0, 1, 11, 12, 23])
def test_the_browser_follows_skips(client: Page, blocks: int) -> None:
    """After a skip of so many blocks of 64, the first document is that many farther."""
    script = """(row) => {
      const segment = { base: 5, block: 64, lengths: [] };
      const { rank, count, ...columns } = gazetteSearch.walk(segment, row);
      const { fields, documents, lengths, isAgain } = columns;
      const all = [fields, documents, lengths, isAgain].map((one) => [...one.slice(0, count)]);
      return [rank, ...all];
    }"""
    row = NUMBERS[7] + skip(blocks) + NUMBERS[3] + NUMBERS[0] + TITLE_MARK + NUMBERS[1] + NUMBERS[9]
    first = 5 + 64 * blocks
    rank, fields, documents, lengths, again = client.evaluate(script, row)
    assert rank == 7
    assert fields == [2, 2, 0]
    assert documents == [first + 2, first + 2, first]
    assert lengths == [0, 0, 9]
    assert again == [0, 1, 0]


WEIGHTS = "!\"#$%&'()*+,-/:"
WORDS = st.lists(st.tuples(st.text("ab1.é𠀀", min_size=1, max_size=40), st.integers(0, 15)))


@given(WORDS)
def test_front_code(words: list[tuple[str, int]]) -> None:
    """Read as the client reads it, the code gives the words and weights back."""
    words.sort()
    found, word = [], b""
    for capital, rest, mark in re.findall("([A-Z])([^A-Z!-\\-/:]*)([!-\\-/:]?)", front_code(words)):
        # The client cuts strings by units of UTF-16.
        word = word[: (ord(capital) - 65) * 2] + rest.encode("utf-16-le")
        found.append((word.decode("utf-16-le"), WEIGHTS.index(mark) + 1 if mark else 0))
    assert found == words


def test_words_sort_as_in_the_browser() -> None:
    """By units of UTF-16: what takes two of them comes before the last of those that take one."""
    assert in_order(["\uffee", "𠀀", "b", "a"]) == ["a", "b", "𠀀", "\uffee"]
