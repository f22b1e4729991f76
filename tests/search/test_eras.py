"""The index of very many papers: cut into eras, each of a bounded size, that never change."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.commands.checks import shards
from generator.search import LISTS, NEW, OLD, build, listed, parted
from generator.search.eras import spans
from tests.search.papers import A_DAY, FIRST, papers

ERA = 2 * A_DAY
DAY = timedelta(days=1)
SOME = papers(60)


def days(*counts: int) -> list[date]:
    """Return dates from FIRST on: of each day as many as its number says."""
    return [FIRST + at * DAY for at, count in enumerate(counts) for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((), ["old", "new"]),
        ((73,), ["old", "new"]),
        ((10,) * 21, ["old 0", "new 20"]),
        ((10,) * 23, ["old0 0", "old 10", "new 22"]),
        ((10,) * 46, ["old0 0", "old1 10", "old2 20", "old3 30", "old 40", "new 45"]),
        # A day is in one segment, however many papers it has.
        ((10, 500, 10, 10), ["old0 0", "old 1", "new 3"]),
        ((500,), ["old", "new 0"]),
    ],
)
def test_where_the_cuts_are(counts: tuple[int, ...], expected: list[str]) -> None:
    """Of 100 papers an era: beyond 200, those are closed that leave 25 to the old segment."""
    found = spans(days(*counts), 100)
    assert [span.name for span in found] == [one.split()[0] for one in expected]
    for span, one in zip(found, expected, strict=True):
        if " " in one:
            assert span.first == FIRST + int(one.split()[1]) * DAY


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(4, 64))
def test_every_paper_is_in_one_segment_in_order(counts: list[int], era: int) -> None:
    """No segment but the newest is empty where there are eras, and none is much larger than two."""
    some = [replace(one, date=day) for one, day in zip(SOME * 30, days(*counts), strict=False)]
    segments = parted(some, era)
    assert [one.date for _, members in segments for one in members] == [one.date for one in some]
    for span, members in segments:
        assert len(members) < 2 * era + max(counts, default=0) + 1
        assert all(one.date >= span.first for one in members)
        assert members or len(segments) == 2
    assert [span.name for span, _ in segments[-2:]] == [OLD, NEW]


def test_few_papers_have_no_eras() -> None:
    """Their index says nothing of any."""
    files = dict(build(papers(400), 60))
    assert {path.split("/")[1] for path in files} == {OLD, NEW}
    assert len(contents(files[f"search/{OLD}/list.js"])) == 12


def contents(file: bytes) -> list[object]:
    """Return what a file of the index holds."""
    found = json.loads(b"[" + file.removeprefix(b"searchData(").removesuffix(b")\n") + b"]")
    assert isinstance(found, list)
    return found


def test_the_old_segment_says_which_eras_there_are() -> None:
    """Of each its first day, its papers and its files of exact names; of itself at last."""
    some = papers(10 * A_DAY)
    files = dict(build(some, 60, ERA))
    segments = parted(some, ERA)
    eras = [[first.isoformat(), count, 1] for first, count in listed(segments)]
    assert len(eras) == 5
    assert contents(files[f"search/{OLD}/list.js"])[12:] == [eras]
    assert not any(contents(files[path])[12:] for path in files if path.endswith("0/list.js"))
    assert set(LISTS) < set(files)


@pytest.mark.parametrize("more", [1, 2, 5, 20])
def test_days_to_come_leave_eras_alone(more: int) -> None:
    """Not one byte of a closed era changes with them."""
    earlier = dict(build(papers(10 * A_DAY), 60, ERA))
    later = dict(build(papers((10 + more) * A_DAY), 60, ERA))
    closed = {path for path in earlier if path.split("/")[1] not in {OLD, NEW}}
    names = {f"old{number}" for number in range(4)}
    assert {path.split("/")[1] for path in closed} == names
    assert all(earlier[path] == later[path] for path in closed)
    assert closed == {path for path in later if path.split("/")[1] in names}


def test_the_same_papers_give_the_same_bytes() -> None:
    """Whatever the order in which they come."""
    some = papers(400)
    mixed = random.Random(1).sample(some, len(some))  # noqa: S311  # it only has to be another order
    assert dict(build(some, 60, ERA)) == dict(build(mixed, 60, ERA))


def test_the_check_knows_eras(tmp_path: Path) -> None:
    """An era whose files are gone, or one of which is of another build, is named."""
    files = {"search.html": b"", "search/search.js": b"", **dict(build(papers(480), 60, 100))}
    assert list(shards.check(tmp_path, files)) == []
    gone = {path: data for path, data in files.items() if not path.startswith("search/old1/")}
    [error] = shards.check(tmp_path, gone)
    assert "old1/list.js" in str(error)
    files["search/old0/0.js"] = files["search/old0/0.js"].replace(b'0",', b'0","x",', 1)
    assert any("old0/0.js" in str(error) for error in shards.check(tmp_path, files))
