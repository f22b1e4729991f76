"""Signatures of all files of a folder: packed, they are what they are by themselves."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from generator.system import fingerprints, signatures
from generator.system.errors import SourceErrors
from generator.system.fingerprints import Signature
from generator.system.signatures import Signatures


def test_all_files_of_a_folder_by_path(tmp_path: Path) -> None:
    """Those of its folders too; what is hidden is passed over."""
    for path in ("b", "a/c", "a/b/d", ".hidden", ".git/x", "a/.hidden/y"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(path.encode())
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a/c")
    found = signatures.scan(tmp_path)
    assert list(found) == ["b", "link", "a/c", "a/b/d"]
    assert found["a/b/d"] == fingerprints.of(tmp_path / "a/b/d")
    assert found["link"] == found["a/c"]
    assert dict(signatures.scan(tmp_path / "none")) == {}


def test_what_is_no_file_of_the_folder_is_named(tmp_path: Path) -> None:
    """All at once: a pipe, links out of the folder, to a folder and to nothing, an odd name."""
    root = tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "outside").write_bytes(b"")
    os.mkfifo(root / "pipe")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "to-folder").symlink_to(root / "folder")
    (root / "to-nothing").symlink_to(root / "none")
    (root / "good").write_bytes(b"")
    with open(os.fsencode(root) + b"/\xff", "wb"):  # noqa: PTH123  # a name that is no text
        pass
    with pytest.raises(SourceErrors) as refused:
        signatures.scan(root)
    said = "\n".join(map(str, refused.value.errors))
    assert len(refused.value.errors) == 5
    for name in ("pipe", "out", "to-folder", "to-nothing", "xff"):
        assert name in said
    assert "its name is not UTF-8" in said
    assert {each.line for each in refused.value.errors} == {0}
    assert "good" not in said


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    """It is said that it cannot be read."""
    (tmp_path / "root").write_bytes(b"")
    with pytest.raises(SourceErrors, match="cannot be read: Not a directory"):
        signatures.scan(tmp_path / "root")


ONE, TWO = Signature(1, 2_000_000_001, 3_000_000_001), Signature(4, 5, 6)


def test_they_are_packed_by_folder() -> None:
    """What comes out is what went in, sorted, whatever is asked for, in another process too."""
    found = Signatures([("b", {"z": ONE, "ü": TWO}), ("", {"x": TWO}), ("empty", {})])
    for each in (found, pickle.loads(pickle.dumps(found))):  # noqa: S301  # our own
        assert list(each.items()) == [("x", TWO), ("b/z", ONE), ("b/ü", TWO)]
        assert (len(each), each.folders) == (3, ("", "b"))
        assert each.of_folder("b") == {"b/z": ONE, "b/ü": TWO}
        assert each.of_folder("empty") == {}
        assert each["x"] == TWO
        assert "none" not in each
        assert "b/none" not in each


@pytest.mark.parametrize(
    "other",
    [
        [("b", {"z": ONE})],
        [("", {"z": ONE}), ("b", {"y": TWO})],
        [("b", {"z": TWO, "y": ONE})],
        [("c", {"z": ONE, "y": TWO})],
        [("b", {"zy": ONE, "": TWO})],
    ],
)
def test_others_have_another_key(other: list[tuple[str, dict[str, Signature]]]) -> None:
    """Other names, folders or signatures; the order in which they are found does not matter."""
    found = Signatures([("b", {"z": ONE, "y": TWO})])
    assert found.key == Signatures([("b", {"y": TWO, "z": ONE})]).key
    assert found.key != Signatures(other).key


def test_they_are_settled_when_the_last_one_is() -> None:
    """Each of them by its own clock."""
    assert Signatures([]).settled == 0
    assert Signatures([("", {"a": ONE, "b": TWO})]).settled == max(ONE.settled, TWO.settled)
    assert not ONE.settled_at(ONE.settled)
    assert ONE.settled_at(ONE.settled + 1)


def test_forgotten_files_leave_their_key(tmp_path: Path) -> None:
    """What was known of all of them together stays known."""
    (tmp_path / "a").write_bytes(b"a")
    found, same = signatures.scan(tmp_path), signatures.scan(tmp_path)
    found.clear()
    assert (dict(found), len(found), found.folders) == ({}, 0, ())
    assert (found.key, found.settled) == (same.key, same.settled)
