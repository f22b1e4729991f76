"""Short keys of data, and the signatures by which a file is known to be as it was."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from generator.system import fingerprints
from generator.system.errors import SourceError, SourceErrors
from generator.system.fingerprints import BYTES, SECOND_NS, Signature, fingerprint

NOON = 1_700_000_000 * SECOND_NS
ODD = NOON + 1  # of a file system that keeps more than seconds


@pytest.mark.parametrize(
    ("parts", "data"),
    [((), b""), ((b"a",), b"a"), ((b"a", b"", b"bc"), b"abc"), ((memoryview(b"abc"),), b"abc")],
)
def test_it_is_the_beginning_of_a_hash(parts: tuple[bytes | memoryview, ...], data: bytes) -> None:
    """Of all parts, however they are cut."""
    assert fingerprint(*parts) == hashlib.sha256(data).digest()[:BYTES]
    assert BYTES == 12


@pytest.mark.parametrize(
    ("mtime", "ctime", "moment", "settled"),
    [
        (ODD, ODD, ODD + SECOND_NS // 20, False),
        (ODD, ODD, ODD + SECOND_NS // 20 + 1, True),
        (ODD - SECOND_NS, ODD, ODD + SECOND_NS // 20, False),
        (ODD, ODD - SECOND_NS, ODD + SECOND_NS // 20, False),
        (NOON, NOON, NOON + SECOND_NS, False),
        (NOON, NOON, NOON + 2 * SECOND_NS, False),
        (NOON, NOON, NOON + 2 * SECOND_NS + 1, True),
        (ODD, ODD, ODD - SECOND_NS, False),
    ],
)
def test_a_file_is_settled_once_a_change_would_show(
    mtime: int, ctime: int, moment: int, *, settled: bool
) -> None:
    """After a twentieth of a second; after two where whole seconds are kept."""
    assert Signature(1, mtime, ctime).settled_at(moment) is settled


@pytest.mark.parametrize("data", [b"", b"a", b"ab" * 50_000])
def test_a_file_is_read_with_its_signature(tmp_path: Path, data: bytes) -> None:
    """All of it."""
    file = tmp_path / "a"
    file.write_bytes(data)
    status = file.stat()
    signature = Signature(len(data), status.st_mtime_ns, status.st_ctime_ns)
    assert fingerprints.read(str(file)) == (data, signature)
    assert fingerprints.of(file) == fingerprints.find(str(file)) == signature


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Has no signature, and cannot be read."""
    assert fingerprints.find(str(tmp_path / "a")) is None
    with pytest.raises(SourceError, match=r"a: cannot be read: No such file"):
        fingerprints.read(str(tmp_path / "a"))


def test_all_files_of_a_folder_by_path(tmp_path: Path) -> None:
    """Those of its folders too; what is hidden is passed over."""
    for path in ("b", "a/c", "a/b/d", ".hidden", ".git/x", "a/.hidden/y"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(path.encode())
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a/c")
    found = fingerprints.scan(tmp_path)
    assert list(found) == ["a/b/d", "a/c", "b", "link"]
    assert found["a/b/d"] == fingerprints.of(tmp_path / "a/b/d")
    assert found["link"] == found["a/c"]
    assert fingerprints.scan(tmp_path / "none") == {}


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
        fingerprints.scan(root)
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
        fingerprints.scan(tmp_path / "root")
