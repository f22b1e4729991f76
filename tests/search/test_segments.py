"""The files of the index: cut by time and by word, the same for the same papers."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from generator.search import (
    NEW,
    OLD,
    Analysis,
    Document,
    analyse,
    build,
    newest,
    segment_key,
)
from generator.search.bits import RICE
from generator.search.postings import arrange, invert
from generator.search.shards import cut, encode, in_order, separators
from generator.search.vocabulary import parts
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


def test_the_key_is_that_of_the_content() -> None:
    """It changes with any part of any paper, and not with their order."""
    one, other = map(analyse, papers(2))
    assert segment_key([one, other]) == segment_key([other, one]) != segment_key([one])


def test_no_papers() -> None:
    """An empty site has an index too."""
    assert {path for path, _ in build([])} == {
        f"search/{name}/{part}.js" for name in (OLD, NEW) for part in ("list", "rare", "facets")
    }


def test_a_paper_of_a_title_only() -> None:
    """A paper may lack all but its title; the index has its words."""
    document = Document(slug="key", title="Key", date=date(2025, 9, 23))
    files = dict(build([document]))
    assert b'"AkeyB' not in files["search/new/0.js"]
    assert b"key" in files["search/new/0.js"]


def found(count: int) -> list[Analysis]:
    """Return the analyses of made-up papers in the order of the index."""
    return arrange(map(analyse, papers(count)))


def test_arranged_by_length() -> None:
    """The lengths of abstracts rise with the number, so that postings need not say them."""
    lengths = invert(found(200)).lengths[2]
    assert lengths == sorted(lengths)


def test_shards_hold_every_word_once_and_separators_find_them() -> None:
    """Every word lies between the separator of its shard and the next."""
    postings = invert(found(300))
    shards = cut(encode(postings))
    assert [word for shard in shards for word in shard.words] == in_order(postings.ranks)
    marks = [*separators(shards), "\uffff"]
    assert all(before < after for before, after in pairwise(marks))
    for shard, (mark, after) in zip(shards, pairwise(marks), strict=True):
        assert all(mark <= word < after for word in shard.words)


def test_shards_are_small() -> None:
    """No shard of several words is much larger than another; one word may be."""
    shards = cut(encode(invert(found(300))))
    sizes = [len(shard.bits) for shard in shards if len(shard.words) > 1]
    assert max(sizes) < 3 * sum(sizes) / len(sizes)
    assert all(shard.weight == 0 for shard in shards if len(shard.words) > 1)


def test_words_sort_as_in_the_browser() -> None:
    """By units of UTF-16: what takes two of them comes before the last of those that take one."""
    assert in_order(["\uffee", "𠀀", "b", "a"]) == ["a", "b", "𠀀", "\uffee"]


def test_places_are_as_many_as_the_words() -> None:
    """Each word stands in as many places as its postings count."""
    postings = invert(found(50))
    for rows, places in zip(postings.rows, postings.places, strict=True):
        assert {word: sum(row[1::2]) for word, row in rows.items()} == {
            word: len(where) for word, where in places.items()
        }


def test_the_vocabulary_is_cut_between_letters() -> None:
    """A first letter is never in two parts, and all beyond z go with z."""
    words = [(f"{letter}{number}", 2) for letter in "0abz" for number in range(1000)]
    cuts = parts([*words, ("é", 2), ("注", 2)])
    assert [(part[0][0], len(part)) for part in cuts] == [("00", 2000), ("b0", 2002)]


def test_codes_are_remembered() -> None:
    """A code is made once."""
    assert RICE[5][1234] is RICE[5][1234]
