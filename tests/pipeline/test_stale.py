"""Which pages are to be made: those that are not made of what they were made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest

from generator.model import Bundle, Page
from generator.pipeline import stale as stale_pages
from generator.pipeline.manifest import Before, Manifest
from generator.pipeline.stale import Planner
from generator.system.errors import GazetteError

SEED = b"program, settings, templates"


def page(path: str, made_of: object = 1, late: object = None) -> Page:
    """Return a page that is ``made_of`` something, some of it known late."""
    return Page(path, "page.html", made_of, dict, lambda: late)


def bundle(made_of: object = 1, late: object = 1, pages: tuple[Page, ...] = ()) -> Bundle:
    """Return a bundle of ``pages``."""
    return Bundle("day", made_of, lambda: pages, lambda: late)


def built(*plan: Page | Bundle) -> Before:
    """Return what a build of ``plan`` leaves."""
    planner = Planner(SEED, Before())
    made = {page.path for page in chain.from_iterable(planner.stale(plan))}
    assert made == set(planner.keys)
    return Before(planner.keys, bundles=planner.bundles)


def keys_of(before: Before) -> list[tuple[str, bytes]]:
    """Return the path and the key of every file that a build left."""
    return list(before.items())


def stale(before: Before, *plan: Page | Bundle) -> list[str]:
    """Return the paths of the pages that are to be made after ``before``."""
    return [page.path for page in chain.from_iterable(Planner(SEED, before).stale(plan))]


ONE, TWO = page("one.html"), page("two.html", 2, 2)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ((ONE, TWO), []),
        ((page("one.html", 2), TWO), ["one.html"]),
        ((ONE, page("two.html", 2, 3)), ["two.html"]),
        ((ONE, TWO, page("three.html")), ["three.html"]),
        ((TWO,), []),
    ],
)
def test_a_page_is_made_when_what_it_is_made_of_has_changed(
    plan: tuple[Page, ...], expected: list[str]
) -> None:
    """What is known early, and what is known late."""
    assert stale(built(ONE, TWO), *plan) == expected


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (bundle(1, 1, (page("one.html", 9), page("two.html", 9))), []),
        (bundle(2, 1, (page("one.html", 9), TWO)), ["one.html"]),
        (bundle(1, 2, (ONE, page("two.html", 2, 9))), ["two.html"]),
        (bundle(2, 2, (ONE, TWO)), []),
        (bundle(2, 1, (TWO, page("three.html"))), ["three.html"]),
    ],
)
def test_a_bundle_is_looked_into_where_it_has_changed(again: Bundle, expected: list[str]) -> None:
    """And only there: it is what says whether its pages can be others."""
    assert stale(built(bundle(1, 1, (ONE, TWO))), again) == expected


@pytest.mark.parametrize("late", range(2, 10))
def test_a_bundle_is_looked_into_whatever_it_has_become(late: int) -> None:
    """Keys are compared as what they are: none is more than another."""
    for before, after in ((1, late), (late, 1)):
        again = bundle(1, after, (ONE, page("two.html", 2, 9)))
        assert stale(built(bundle(1, before, (ONE, TWO))), again) == ["two.html"]


@pytest.mark.parametrize("made_of", range(2, 10))
def test_a_bundle_is_looked_into_whatever_it_is_made_of(made_of: int) -> None:
    """The same of what is known early."""
    again = bundle(made_of, 1, (ONE, page("two.html", 2, 9)))
    assert stale(built(bundle(1, 1, (ONE, TWO))), again) == ["two.html"]


def test_a_bundle_is_not_looked_into_for_what_stands_beside_it() -> None:
    """Its own pages have to be there, and whatever others there are says nothing of it."""
    before = built(bundle(1, 1, (ONE, TWO)), page("three.html"))
    assert stale(before, bundle(1, 1, (page("one.html", 9), page("two.html", 9)))) == []


def test_a_bundle_with_a_file_lost_is_looked_into() -> None:
    """A page that somebody removed is made again, whatever its bundle says."""
    whole = bundle(1, 1, (ONE, TWO))
    before = built(whole)
    lost = Before(Manifest.of(dict(keys_of(before))), lost=["two.html"], bundles=before.bundles)
    assert stale(lost, whole) == ["two.html"]


def test_what_is_planned_is_in_the_order_of_the_plan() -> None:
    """Whether it was looked into or not: the sitemap has that order."""
    plan = (page("a.html"), bundle(1, 1, (ONE, TWO)), page("z.html"))
    again = Planner(SEED, built(*plan))
    assert list(again.stale(plan)) == [[]]
    assert list(again.keys) == ["a.html", "one.html", "two.html", "z.html"]


def test_what_is_late_is_asked_for_last() -> None:
    """All that does not need it is planned by then."""
    said: list[str] = []

    def pages() -> Iterator[Page]:
        said.append("pages")
        yield page("later.html")

    def late() -> None:
        said.append("late")

    plan: list[Page | Bundle] = [
        Page("soon.html", "page.html", 1, dict, late),
        Bundle("day", 1, pages, late),
    ]
    assert list(map(len, Planner(SEED, Before()).stale(plan))) == [2]
    assert said == ["pages", "late", "late"]


@pytest.mark.parametrize("other", [ONE, bundle(1, 1, (ONE, TWO))])
@pytest.mark.parametrize("is_known", [False, True])
def test_two_pages_of_one_path_are_an_error(other: Page | Bundle, *, is_known: bool) -> None:
    """In a bundle or not, known from before or not."""
    before = built(bundle(1, 1, (ONE, TWO))) if is_known else Before()
    with pytest.raises(GazetteError, match=r"one\.html is claimed twice"):
        stale(before, ONE, other)


@pytest.mark.parametrize(("most", "heavy", "lists"), [(2, 999, [2, 1]), (9, 1, [1, 1, 1])])
def test_pages_come_in_lists(
    most: int, heavy: int, lists: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of so many pages, or made of so much; each is there once, and known the next time."""
    monkeypatch.setattr(stale_pages, "MOST", most)
    monkeypatch.setattr(stale_pages, "HEAVY", heavy)
    plan = (page("one.html"), page("two.html"), page("three.html"))
    planner = Planner(SEED, Before())
    assert [len(found) for found in planner.stale(plan) if found] == lists
    assert list(planner.keys) == ["one.html", "two.html", "three.html"]
    assert stale(built(*plan), *plan) == []


@pytest.mark.parametrize("most", range(1, 6))
def test_a_bundle_may_lie_in_several_lists(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same as in one: the next build knows its pages, wherever a list ended."""
    monkeypatch.setattr(stale_pages, "MOST", most)
    plan = (page("first.html"), bundle(1, 1, (ONE, TWO, page("three.html"))), page("last.html"))
    before = built(*plan)
    assert stale(before, *plan) == []
    again = bundle(2, 1, (ONE, page("two.html", 9), page("three.html")))
    assert stale(before, again) == ["two.html"]
    assert stale(before, bundle(1, 1, (page("one.html", 9),))) == []
