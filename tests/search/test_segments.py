"""The files of the index: cut by time and by word, the same for the same papers."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from generator.search import NEW, OLD, Block, Document, analyse, arrange, build, cut, invert, newest
from generator.search.coding import NUMBERS, WORD, in_order
from generator.search.forms import key_of
from generator.search.shards import Lexicon, merge, parts, separators
from generator.search.shards import cut as cut_words
from tests.search.papers import papers


def days(*spans: tuple[str, int]) -> list[date]:
    """Return dates: each as often as its number says."""
    return [date.fromisoformat(day) for day, times in spans for _ in range(times)]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (days(), date.min),
        (days(("2025-09-23", 73)), date(2025, 9, 23)),
        (days(("2025-09-22", 1), ("2025-09-23", 1)), date(2025, 9, 23)),
        (days(("2025-09-01", 96), ("2025-09-22", 3), ("2025-09-23", 4)), date(2025, 9, 22)),
        (days(("2025-09-01", 96), ("2025-09-22", 3), ("2025-09-23", 5)), date(2025, 9, 23)),
        (days(("2025-09-01", 97), ("2025-09-22", 3), ("2025-09-23", 3)), date(2025, 9, 1)),
    ],
)
def test_newest(dates: list[date], expected: date) -> None:
    """The day of the last whole step: of 8 papers while they are 96 to 191."""
    assert newest(dates) == expected


def test_the_same_papers_give_the_same_bytes() -> None:
    """Whatever the order in which they come."""
    some = papers(120)
    mixed = random.Random(1).sample(some, len(some))  # noqa: S311  # it only has to be another order
    assert dict(build(some)) == dict(build(mixed))


def test_a_new_day_leaves_the_old_segment_alone() -> None:
    """Of 400 papers of June and a few of July, a day more changes only what is newest."""
    june = [replace(one, date=date(2025, 6, 1 + at % 30)) for at, one in enumerate(papers(400))]
    july = [replace(one, date=date(2025, 7, 1 + at // 10)) for at, one in enumerate(papers(30, 1))]
    earlier = dict(build([*june, *july[:20]]))
    later = dict(build([*june, *july]))
    old = {path for path in earlier if path.startswith(f"search/{OLD}/")}
    assert old == {path for path in later if path.startswith(f"search/{OLD}/")}
    assert all(earlier[path] == later[path] for path in old)
    assert earlier[f"search/{NEW}/list.js"] != later[f"search/{NEW}/list.js"]


@pytest.mark.parametrize(("count", "a_day"), [(2000, 20), (10_000, 100), (50_000, 200)])
def test_a_new_day_seldom_moves_the_cut(count: int, a_day: int) -> None:
    """Of the days of a year, two in three leave the cut; what is newest is small."""
    dates = [date(2025, 3, 18) + timedelta(days=at // a_day) for at in range(count)]
    cuts = [newest(dates[: count - back * a_day]) for back in range(20)]
    assert sum(one == other for one, other in pairwise(cuts)) >= 13
    assert sum(day >= cuts[0] for day in dates) <= count // 6


def test_an_edit_leaves_the_records_of_other_blocks_alone() -> None:
    """Shards change with any paper; what results show only where a paper of the block has."""
    some = papers(384)
    some[7] = replace(some[7], abstract="Another abstract, of other words.")
    earlier, later = dict(build(papers(384), 60)), dict(build(some, 60))
    changed = {path for path in earlier if earlier[path] != later[path]}
    records = {path for path in changed if path.startswith(f"search/{OLD}/r")}
    assert 0 < len(records - {f"search/{OLD}/rare.js"}) <= 60


def test_the_key_is_that_of_the_content() -> None:
    """It changes with any part of any paper."""
    one, other = map(analyse, papers(2))
    assert invert([one, other]).head.key != invert([one]).head.key != invert([other]).head.key


def test_no_papers() -> None:
    """An empty site has an index too."""
    assert {path for path, _ in build([])} == {
        f"search/{name}/{part}.js" for name in (OLD, NEW) for part in ("list", "rare", "facets")
    }


def test_a_paper_of_a_title_only() -> None:
    """A paper may lack all but its title; the index has its words."""
    document = Document(slug="key", title="Key", date=date(2025, 9, 23))
    files = dict(build([document]))
    assert b"key" in files["search/new/0.js"]


def blocks(count: int, size: int) -> list[Block]:
    """Return the blocks of made-up papers."""
    return [invert(arrange(part)) for part in cut(map(analyse, papers(count)), size)]


def postings(row: str, size: int) -> tuple[int, list[tuple[str, int]]]:
    """Return what a row over blocks of ``size`` says: the rank, field and document each time."""
    numbers = {NUMBERS[number]: number for number in range(2200)}
    skips = {chr(code): code - ord("p") + 1 for code in range(ord("p"), ord("{"))}
    assert row[0] == WORD
    found: list[tuple[str, int]] = []
    start, document, field, text = 0, -1, "abstract", ""
    read: list[int] = []
    for sign in row[1:]:
        if not text and sign in skips:
            start, field = start + skips[sign] * size, "abstract"
            document = start - 1
        elif not text and sign in "|}~":
            field = {"|": "title", "}": "authors", "~": "venue"}[sign]
            document = start - 1
        elif (text := text + sign) in numbers:
            read.append(numbers[text])
            text = ""
            if len(read) == 1:
                continue  # the rank
            if field == "abstract" or len(read) % 2 == 0:
                document += read[-1]
                found.append((field, document))
                read = read[:1] if field == "abstract" else read
            else:
                read = read[:1]
    return read[0], found


@pytest.mark.parametrize("size", [64, 4096])
def test_rows_say_where_words_stand(size: int) -> None:
    """Every word of every document comes out of the rows, as often as it stands there."""
    parts = [arrange(part) for part in cut(map(analyse, papers(300)), size)]
    ordered = [one for part in parts for one in part]
    expected: dict[str, list[tuple[str, int]]] = {}
    for start in range(0, len(ordered), size):
        for field in ("abstract", "title", "authors", "venue"):
            for number, one in enumerate(ordered[start : start + size], start):
                text = one.fields[("title", "authors", "abstract", "venue").index(field)]
                for word in text.split():
                    expected.setdefault(word, []).append((field, number))
    found = rows(merge([invert(part).runs for part in parts]))
    assert {word: postings(row, size)[1] for word, row in found.items()} == expected


def test_the_rank_is_the_place_where_a_word_is_first_met() -> None:
    """In the first document that has it, and there in the first field, as Lunr reads them."""
    one = Document(slug="a", title="x b", date=date(2025, 9, 23), abstract="c b", authors=("d x",))
    other = Document(slug="b", title="e c", date=date(2025, 9, 23), abstract="f f x e")
    found = rows(merge([invert([analyse(one), analyse(other)]).runs]))
    ranks = {word: row[1] for word, row in found.items()}
    expected = {"x": 0, "b": 1, "c": 0, "d": 0, "e": 0, "f": 0}
    expected |= {"d.": 2, "x.": 3}  # the initials of a name stand behind it
    assert ranks == {word: NUMBERS[place] for word, place in expected.items()}


def test_the_order_in_a_block() -> None:
    """The lengths of abstracts rise with the number, so that rows need not say them."""
    lengths = [len(one.fields[2].split()) for one in arrange(map(analyse, papers(200)))]
    assert lengths == sorted(lengths)


def test_blocks_are_cut_from_the_oldest() -> None:
    """Papers of later days leave the whole blocks as they are."""
    first, second, rest = cut(map(analyse, papers(200)), 80)
    assert [len(first), len(second), len(rest)] == [80, 80, 40]
    assert cut(map(analyse, papers(240)), 80)[:2] == [first, second]


def lexicon(count: int) -> Lexicon:
    """Return the words of made-up papers."""
    return merge([block.runs for block in blocks(count, 128)])


def rows(found: Lexicon) -> dict[str, str]:
    """Return the rows of ``found`` by their words."""
    each = [found.rows.joined(at, at + 1) for at in range(len(found.words))]
    return dict(zip(found.words, each, strict=True))


def test_shards_hold_every_word_once_and_separators_find_them() -> None:
    """The key of every word lies between the separator of its shard and the next."""
    shards = cut_words(lexicon(300))
    words = [word for shard in shards for word in shard.words]
    assert in_order(words) == in_order(set(words)) == in_order(lexicon(300).words)
    marks = [*separators(shards), "\uffff"]
    assert all(before < after for before, after in pairwise(marks))
    for shard, (mark, after) in zip(shards, pairwise(marks), strict=True):
        assert all(mark <= key_of(word) < after for word in shard.words)
        assert shard.rows.count(WORD) == shard.places.count(WORD) == len(shard.words)


def test_shards_are_small() -> None:
    """No shard of several keys is much larger than another; the forms of one word may be."""
    shards = cut_words(lexicon(300))
    sizes = [len(shard.rows) for shard in shards if shard.first != shard.last]
    assert max(sizes) < 3 * sum(sizes) / len(sizes)
    assert all(shard.weight == 0 for shard in shards if shard.first != shard.last)


def test_forms_of_a_word_are_in_one_shard() -> None:
    """Whoever asks for a word in any form loads one file."""
    keys = [key for shard in cut_words(lexicon(300)) for key in set(map(key_of, shard.words))]
    assert len(keys) == len(set(keys))


def test_the_vocabulary_is_cut_between_letters() -> None:
    """A first letter is never in two parts, and all beyond z go with z."""
    words = [(f"{letter}{number}", 2) for letter in "0abz" for number in range(1000)]
    cuts = parts([*words, ("é", 2), ("注", 2)])
    assert [(part[0][0], len(part)) for part in cuts] == [("00", 2000), ("b0", 2002)]
