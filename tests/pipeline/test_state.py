"""What is remembered of a site: which files are as they were left, and which are not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline import state
from generator.pipeline.manifest import Before, Made, Manifest
from generator.pipeline.state import EMPTY, State

PATHS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1)
FILES = st.dictionaries(PATHS, st.binary(min_size=12, max_size=12), max_size=9)
KEY = b"k" * 12


@given(st.lists(FILES, max_size=3))
def test_a_manifest_has_what_was_added(lists: list[dict[str, bytes]]) -> None:
    """In its order, whatever the paths, however it was cut."""
    made = Manifest()
    for files in lists:
        made.add(files)
    expected = [item for files in lists for item in files.items()]
    assert list(made.items()) == list(Manifest(made.parts).items()) == expected
    assert (list(made), len(made)) == ([path for path, _ in expected], len(expected))


NOTHING = Made(
    pages=Manifest(),
    others=Manifest(),
    bundles={},
    staged=[],
    removed=[],
    papers=0,
    digests=0,
    warnings=(),
)


def left(root: Path, pages: int, others: int) -> tuple[State, Before]:
    """Write a site of so many files; return what is remembered of it."""
    made = dataclasses.replace(
        NOTHING,
        pages=Manifest.of({f"{number}.html": KEY for number in range(pages)}),
        others=Manifest.of({f"{number}.css": KEY for number in range(others)}),
    )
    for path in made.files():
        (root / path).write_text(path, "utf-8")
    signatures = state.signatures(root, made, EMPTY, Before())
    kept = EMPTY._replace(pages=made.pages.parts, others=made.others.parts, signatures=signatures)
    return kept, Before(made.pages, made.others)


@pytest.mark.parametrize("at_once", [1, 2, 4096])
@pytest.mark.parametrize(
    "part", [slice(None), slice(3), slice(3, None), slice(2, 4), slice(9, None)]
)
def test_a_file_that_was_touched_is_found(
    tmp_path: Path, part: slice, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changed or gone, a page or not, in the part that is looked at, however many at once."""
    monkeypatch.setattr(state, "_AT_ONCE", at_once)
    kept, _ = left(tmp_path, 3, 2)
    assert (kept.files, kept.size) == (5, 3 * len("0.html") + 2 * len("0.css"))
    assert state.touched(tmp_path, kept, part) == set()
    (tmp_path / "1.html").write_text("another", "utf-8")
    (tmp_path / "2.html").unlink()
    (tmp_path / "1.css").unlink()
    paths = ["0.html", "1.html", "2.html", "0.css", "1.css"]
    expected = {"1.html", "2.html", "1.css"} & set(paths[part])
    assert state.touched(tmp_path, kept, part) == expected


def test_a_file_behind_a_link_is_not_as_the_build_left_it(tmp_path: Path) -> None:
    """Though it is the same file: somebody has moved its folder, and linked to it."""
    site, outside = tmp_path / "site", tmp_path / "outside"
    made = Manifest.of({"papers/a.html": KEY, "papers/more/b.html": KEY, "c.html": KEY})
    for path in made:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(path, "utf-8")
    found = dataclasses.replace(NOTHING, pages=made)
    signatures = state.signatures(site, found, EMPTY, Before())
    kept = EMPTY._replace(pages=made.parts, signatures=signatures)
    assert state.touched(site, kept, slice(None)) == set()
    (site / "papers").rename(outside)
    (site / "papers").symlink_to(outside)
    assert state.touched(site, kept, slice(None)) == {"papers/a.html", "papers/more/b.html"}


@pytest.mark.parametrize("many", [0, 100])
def test_signatures_are_taken_over_where_nothing_was_done(
    tmp_path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of files that are new, or that somebody touched, are those of now.

    Whether one process looks, or two.
    """
    monkeypatch.setattr(state, "MANY", many)
    kept, before = left(tmp_path, 3, 2)
    for path in ("0.html", "1.html", "2.html"):
        (tmp_path / path).write_text("something longer", "utf-8")
    made = dataclasses.replace(
        NOTHING,
        pages=Manifest.of({"2.html": KEY, "0.html": KEY}),
        others=Manifest.of({"1.css": KEY}),
        staged=["2.html"],
    )
    signatures = state.signatures(tmp_path, made, kept, before)
    again = EMPTY._replace(pages=made.pages.parts, others=made.others.parts, signatures=signatures)
    assert state.touched(tmp_path, again, slice(None)) == {"0.html"}
    lost = Before(Manifest(kept.pages), Manifest(kept.others), lost=["0.html"])
    signatures = state.signatures(tmp_path, made, kept, lost)
    assert state.touched(tmp_path, again._replace(signatures=signatures), slice(None)) == set()
