"""What is known of files, packed: it is what was given, whatever the parts and the process."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline.manifest import Before, Bundled, Manifest, Paths
from generator.system.fingerprints import fingerprint

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


def keyed(paths: Sequence[str]) -> dict[str, bytes]:
    """Return a fingerprint for each path."""
    return {path: fingerprint(path.encode()) for path in paths}


def parted(paths: Sequence[str], size: int) -> Manifest:
    """Return the manifest of ``paths``, added so many at a time."""
    made = Manifest()
    for start in range(0, len(paths), size):
        made.add(keyed(paths[start : start + size]))
    return made


@given(st.lists(st.lists(NAMES)))
def test_paths_are_those_added(parts: list[list[str]]) -> None:
    """In their order, and as often as they were; others are added as they are."""
    paths, others = Paths(), Paths()
    for part in parts:
        paths.add(part)
        others.extend(paths)
    whole = [path for part in parts for path in part]
    assert (list(paths), len(paths)) == (whole, len(whole))
    assert len(list(others)) == len(others)
    assert not whole or whole[0] in others
    assert "\0" not in others


@given(st.lists(NAMES, unique=True), st.integers(1, 5), st.data())
def test_files_are_found(paths: list[str], size: int, data: st.DataObject) -> None:
    """By their paths, by their numbers, and those of a bundle."""
    half = len(paths) // 2
    before = Before(parted(paths[:half], size), parted(paths[half:], size))
    assert list(before) == paths
    assert dict(before.items()) == keyed(paths)
    for number, path in enumerate(paths):
        assert before.place(path) == number
        assert before.key(number) == fingerprint(path.encode())
        assert before.has(path, fingerprint(path.encode()))
        assert not before.has(path, fingerprint(b"another"))
    first = data.draw(st.integers(0, len(paths)))
    end = data.draw(st.integers(first, len(paths)))
    assert before.pages(Bundled(b"", None, first, end)) == keyed(paths[first:end])


@given(st.lists(NAMES, unique=True), st.lists(NAMES), st.sets(NAMES), st.sets(NAMES))
def test_many_files_are_found_at_once(
    paths: list[str], asked: list[str], lost: set[str], but: set[str]
) -> None:
    """As one by one, but for those that somebody has touched since, and those left out."""
    before = Before(parted(paths, 3), lost=lost)
    asked += paths
    known = {path: number for number, path in enumerate(paths) if path not in lost | but}
    assert before.places(asked, but).tolist() == [known.get(path, -1) for path in asked]


@pytest.mark.parametrize("paths", [[], ["a"], ["a", "b"]])
def test_what_was_not_left_is_not_there(paths: list[str]) -> None:
    """Nor is what somebody has touched since as it was."""
    before = Before(parted(paths, 1), lost=["a"])
    assert before.place("c") is None
    assert not before.has("c", fingerprint(b"c"))
    assert not before.has("a", fingerprint(b"a"))
    assert before.has_all(["b"])
    assert not before.has_all(["b", "a"])


def test_another_process_finds_the_same() -> None:
    """Its hashes are others."""
    paths = [f"papers/{number}.html" for number in range(50)]
    sent = pickle.dumps(Before(parted(paths, 7), lost=["papers/3.html"]))
    asked = (
        "import pickle, sys; before = pickle.load(sys.stdin.buffer);"
        "print([before.place(path) for path in before], before.has_all(['papers/3.html']))"
    )
    for seed in ("1", "2"):
        answer = subprocess.run(
            [sys.executable, "-c", asked],
            input=sent,
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        )
        assert answer.stdout.decode().strip() == f"{list(range(50))} False"
