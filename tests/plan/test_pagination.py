"""How a long list is cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan import pagination
from generator.plan.pagination import Part
from tests.plan import sites
from tests.trees import shown

Cut = Callable[[list[int], str, int], Iterator[Part[int]]]


@pytest.mark.parametrize("cut", [pagination.newest_first, pagination.in_parts])
@given(count=st.integers(0, 60), size=st.integers(1, 20))
def test_parts_of_a_list_hold_it_whole(cut: Cut, count: int, size: int) -> None:
    """Every item once and in order, no part too long, each linked with its neighbours."""
    items = list(range(count))
    found = list(cut(items, "topics/a.html", size))
    assert [item for part in found for item in part.items] == items
    assert all(len(part.items) <= size for part in found)
    assert found[0].path == "topics/a.html"
    assert len({part.path for part in found}) == len(found)
    places = [part.place for part in found if part.place]
    assert len(places) == (len(found) if found[1:] else 0)
    here = [place.here for place in places]
    assert [place.before for place in places] == [None, *here[:-1]][: len(here)]
    assert [place.after for place in places] == [*here[1:], None][: len(here)]
    ends = [(part.items[0] + 1, part.items[-1] + 1) for part in found[: len(here)]]
    if cut is pagination.newest_first:
        ends = [(count - last + 1, count - first + 1) for first, last in ends]
    assert [(one.first, one.last) for one in here] == ends


@given(st.integers(0, 60), st.integers(1, 20))
def test_a_new_paper_changes_two_parts_at_most(count: int, size: int) -> None:
    """What stands at an older address stays there: only its link to what is newer may change."""
    items = list(range(count, -1, -1))
    before = {part.path: part.items for part in pagination.newest_first(items[1:], "a.html", size)}
    after = {part.path: part.items for part in pagination.newest_first(items, "a.html", size)}
    assert sum(before.get(path) != found for path, found in after.items()) <= 2
    assert before.keys() <= after.keys()


@given(st.integers(10, 60), st.integers(1, 3))
def test_older_parts_stay_whole(count: int, size: int) -> None:
    """With all that they say of where they are, but for the third, which leads to the second."""
    items = list(range(count, -1, -1))
    before = {part.path: part for part in pagination.newest_first(items[1:], "a.html", size)}
    after = {part.path: part for part in pagination.newest_first(items, "a.html", size)}
    older = list(before)[3:]
    assert older
    # Where a page is added, the third of before is the fourth, and leads to another one.
    assert all(after[path] == before[path] for path in older)


def test_a_ranked_list_is_cut_from_its_head() -> None:
    """The first part is full, and the address says how many parts come before."""
    items = list(range(5))
    found = [(part.path, len(part.items)) for part in pagination.in_parts(items, "a.html", 2)]
    assert found == [("a.html", 2), ("a-2.html", 2), ("a-3.html", 1)]


def test_a_new_paper_leaves_the_older_pages_of_a_list_alone(tmp_path: Path) -> None:
    """Those of a topic and of an author, byte by byte; the first says how many there are."""
    content = sites.new(tmp_path, "page_size: 3\n", topics="Birds:\n- birdsong\n")
    more = {"authors": ["Ada Lovelace"], "abstract": "On birdsong."}
    sites.add(content, "2025-09-22", sites.numbered("2025-09-22", 12, **more))
    before = shown(sites.site(content))
    sites.add(content, "2025-09-23", sites.numbered("2025-09-23", 1, **more))
    after = shown(sites.site(content))
    for home in ("topics/birds", "authors/ada-lovelace"):
        assert b"13 papers" in after[f"{home}.html"]
        older = [f"{home}-{number}.html" for number in (1, 2)]
        assert [before[path] for path in older] == [after[path] for path in older]
        head, _, links = after[older[0]].partition(b"<h2")
        assert b"Papers 1\xe2\x80\x933" in head
        assert b"Papers 4\xe2\x80\x936" in links
