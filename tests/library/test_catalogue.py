"""The facts of all papers, packed: they come out as they went in."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass

import pytest
from msgspec import structs

from generator.library import catalogue, facts
from generator.library.catalogue import Catalogue
from generator.library.facts import ALIASES, CODE, DRAFT, VOTES, Facts, PackedFacts
from tests import shelves

DAY = dt.date(2025, 9, 23)
ROWS = [
    shelves.facts(slug="a", title="A", date=DAY, authors=("Ann", "Bob"), votes=3),
    shelves.facts(slug="b", title="", date=DAY, vector=bytes(64), aliases=("old",)),
    shelves.facts(slug="ü-注", title="注" * 99, date=DAY, draft=True, folder="2025-09"),
    shelves.facts(slug="many", title="Many", date=DAY, authors=("Somebody",) * 9000),
]


def by_slug(rows: list[Facts]) -> dict[str, Facts]:
    """Return ``rows`` by their slugs."""
    return {one.slug: one for one in rows}


@dataclass
class Lying:
    """Bytes that lie somewhere; counts how often their memory was let go."""

    data: bytes
    let_gos: int = 0

    def checked(self) -> bytes:
        """Return them."""
        return self.data

    def let_go(self) -> None:
        """Count."""
        self.let_gos += 1


def packed(rows: list[Facts]) -> PackedFacts:
    """Return ``rows`` packed."""
    index, data = facts.pack(rows)
    return PackedFacts(index, Lying(data))


def test_facts_come_out_as_they_went_in() -> None:
    """All of them, of any length, in their order, whatever part they are in."""
    parts = [packed(ROWS[:1]), packed([]), packed(ROWS[1:])]
    assert [one for part in parts for one in part] == ROWS
    found = Catalogue(parts)
    assert dict(found) == by_slug(ROWS)
    assert list(found) == list(by_slug(ROWS))
    assert dict(found.places()) == {"a": (0, 0), "b": (2, 0), "ü-注": (2, 1), "many": (2, 2)}
    assert dict(copy.copy(found)) == dict(found)  # by what is sent to another process
    with pytest.raises(KeyError):
        found["none"]


def test_more_papers_than_are_kept_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has been forgotten is unpacked again."""
    monkeypatch.setattr(catalogue, "KEPT", 2)
    monkeypatch.setattr(catalogue, "MAPPED", 2)
    index, data = facts.pack(ROWS)
    held = Lying(data)
    found = Catalogue([PackedFacts(index, held)])
    for _ in range(2):
        assert [found[slug] for slug in found] == ROWS
    # What lies in a file takes memory for as many papers as are kept, and while it is checked.
    assert held.let_gos == 4


def test_a_choice_has_what_is_chosen() -> None:
    """In the order of the choice; of the others it knows nothing."""
    found = Catalogue.of(ROWS)
    chosen = found.only(dict.fromkeys(("many", "a")))
    assert list(chosen.items()) == [("many", ROWS[3]), ("a", ROWS[0])]
    assert ("b" in chosen, chosen.get("b"), len(chosen)) == (False, None, 2)
    assert chosen.only(dict.fromkeys("b"))["b"] == ROWS[1]


def test_marks_are_had_without_the_facts() -> None:
    """Of any papers, in their order, each as long as all others."""
    rows = [
        shelves.facts(slug=slug, title=slug, date=DAY, mark=slug.encode() * 12) for slug in "abc"
    ]
    found = Catalogue([packed(rows[:1]), packed(rows[1:])])
    assert found.marks(["c", "a"]) == b"c" * 12 + b"a" * 12
    assert found.marks([]) == b""


def test_words_and_days_are_had_without_the_facts() -> None:
    """Of any papers, chosen or not, in the order they are asked for."""
    rows = [
        shelves.facts(
            slug=slug, title="", date=DAY + dt.timedelta(number), words=slug.encode() * 12
        )
        for number, slug in enumerate("abc")
    ]
    found = Catalogue([packed(rows[:1]), packed(rows[1:])]).only({"b": None})
    assert found.words(["c", "a"]) == b"c" * 12 + b"a" * 12
    assert list(found.days(["c", "a"])) == [DAY.toordinal() + 2, DAY.toordinal()]
    assert list(found.days(found)) == [DAY.toordinal() + 1]


def test_papers_under_their_topics() -> None:
    """Those that are chosen, in their order, under each topic that any paper has."""
    topics = {"a": ("vision", "robots"), "b": (), "c": ("robots",), "d": ("sound", "vision")}
    rows = [
        shelves.facts(slug=slug, title="", date=DAY, topics=own) for slug, own in topics.items()
    ]
    found = Catalogue([packed(rows[2:]), packed([]), packed(rows[:2])])
    assert found.under() == {"vision": ["d", "a"], "robots": ["c", "a"], "sound": ["d"]}
    few = found.only(dict.fromkeys("abc"))
    assert few.under() == {"vision": ["a"], "robots": ["a", "c"], "sound": []}


def test_keys_of_ones_own_lie_as_the_marks_do() -> None:
    """Of those that are chosen; nothing is known where nothing was given."""
    found = Catalogue([packed(ROWS[:1]), packed(ROWS[1:])]).only(dict.fromkeys(("many", "a")))
    own = found.marked((slug, slug.encode().ljust(12)) for slug in found)
    assert own.of(["a", "many", "b"]) == b"a           many        " + bytes(12)
    assert catalogue.Marks({}, ()).of(["a"]) == b""


@pytest.mark.parametrize(
    ("other", "is_another"),
    [({"title": "B"}, True), ({"folder": "2025-10"}, True), ({"mark": b"2" * 12}, False)],
)
def test_what_links_say(other: dict[str, object], *, is_another: bool) -> None:
    """The title of a paper, and where it lies; that of papers that are not chosen, too."""
    one, changed = (
        Catalogue([packed([row])]) for row in (ROWS[0], structs.replace(ROWS[0], **other))
    )
    few = one.only({})
    assert (one.links("a") != changed.links("a")) == is_another
    assert few.links("a") == one.links("a")


def test_nearest_centroids_and_traits_in_any_order() -> None:
    """Without the facts: as many as there are papers."""
    rows = [structs.replace(one, place=place) for place, one in enumerate(ROWS, 300)]
    found = Catalogue([packed(rows[2:]), packed(rows[:2])])
    assert list(found.centroids()) == [302, 303, 300, 301]
    assert list(found.traits(["b", "a", "many", "a"])) == [ALIASES, VOTES, 0, VOTES]
    assert list(found.votes(["b", "a", "many", "a"])) == [0, 3, 0, 3]


def test_authors_are_had_without_the_facts() -> None:
    """Of all that are chosen; their key is another one where an author, a paper or its place is."""
    found = Catalogue([packed(ROWS[:1]), packed(ROWS[1:])])
    assert dict(found.authors()) == {one.slug: one.authors for one in ROWS}
    other = [*ROWS[:2], structs.replace(ROWS[2], authors=("Ann",)), ROWS[3]]
    keys = {
        found.authors_key(),
        Catalogue([packed(ROWS[:1]), packed(other[1:])]).authors_key(),
        found.only(dict.fromkeys(("many", "a"))).authors_key(),
        found.only(dict.fromkeys(("a", "many"))).authors_key(),
    }
    assert len(keys) == 4
    same = [structs.replace(one, title="another", mark=b"2" * 12) for one in ROWS]
    assert Catalogue([packed(same[:1]), packed(same[1:])]).authors_key() in keys


def test_papers_that_have_a_trait() -> None:
    """Those that are chosen, in their order."""
    late = shelves.facts(slug="late", title="", date=DAY + dt.timedelta(1), code="https://x.org")
    parts = [packed(ROWS[2:]), packed([]), packed([late, *ROWS[:2]])]
    found = Catalogue(parts)
    assert found.having(DRAFT) == ["ü-注"]
    assert found.having(ALIASES) == ["b"]
    assert found.having(CODE) == ["late"]
    assert found.after(DAY) == ["late"]
    assert found.after(late.date) == []
    assert found.after(DAY - dt.timedelta(1)) == list(found)
    few = found.only(dict.fromkeys(["late", "a", "many"]))
    assert few.having(DRAFT | CODE) == ["late"]
    assert few.after(DAY - dt.timedelta(1)) == ["late", "a", "many"]
