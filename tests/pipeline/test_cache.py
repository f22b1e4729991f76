"""The cache of a folder: what was put is got, and what is damaged is never taken for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.pipeline import build
from generator.pipeline.build import ROOT, Options
from generator.pipeline.packed import BatchCache, Blob, FolderBatches, Unpacked
from generator.system.progress import Progress
from generator.system.records import Damaged
from tests.trees import tree

FOLDER = "papers/2025-09"


def shelf(root: Path) -> BatchCache[dict[str, int]]:
    """Return the shelf of a content folder in ``root``."""
    return BatchCache(root / "content", "numbers", dict[str, int])


def put(root: Path) -> Path:
    """Keep a volume of two batches; return its file."""
    shelf(root).put(
        FOLDER, FolderBatches([{"a": 1}, {"b": 2}], [Blob.of(b"first"), Blob.of(b"second")])
    )
    (path,) = (root / ".gazette/numbers").iterdir()
    return path


def test_what_was_put_is_got(tmp_path: Path) -> None:
    """Index and batches, in their order."""
    put(tmp_path)
    found = shelf(tmp_path).get(FOLDER)
    assert found.index == [{"a": 1}, {"b": 2}]
    assert [bytes(blob.checked()) for blob in found.blobs] == [b"first", b"second"]


def test_a_folder_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    """Only what is still wanted stays."""
    path = put(tmp_path)
    shelf(tmp_path).keep_only([FOLDER])
    assert path.exists()
    shelf(tmp_path).keep_only([])
    assert not path.exists()


@pytest.mark.parametrize("place", ["first byte", "index"])
def test_a_volume_whose_index_is_damaged_is_none(tmp_path: Path, place: str) -> None:
    """So is one of another version, one cut short, one that was never put."""
    path = put(tmp_path)
    data = bytearray(path.read_bytes())
    at = 0 if place == "first byte" else data.index(b"\xa1a")
    data[at] ^= 1
    for damaged in (bytes(data), bytes(data[:20]), b""):
        path.write_bytes(damaged)
        assert shelf(tmp_path).get(FOLDER).index == []
    assert shelf(tmp_path).get("papers/elsewhere").index == []


def test_a_batch_that_is_damaged_says_so(tmp_path: Path) -> None:
    """Where it is opened; the others are not touched by it."""
    path = put(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"second", b"secand"))
    first, second = shelf(tmp_path).get(FOLDER).blobs
    assert first.checked() == b"first"
    with pytest.raises(Damaged):
        second.checked()


def test_values_are_unpacked_batch_by_batch() -> None:
    """One that is asked for brings its batch; the others stay packed."""
    opened: list[bytes] = []

    def unpack(data: bytes | memoryview) -> dict[str, str]:
        opened.append(bytes(data))
        return {chr(byte): chr(byte).upper() for byte in bytes(data)}

    places = {"a": (0, 0), "b": (0, 1), "c": (1, 0), "d": (1, 1)}
    values = Unpacked(places, [Blob.of(b"ab"), Blob.of(b"cd")], unpack)
    assert list(values) == ["a", "b", "c", "d"]
    assert (values["c"], values["d"], opened) == ("C", "D", [b"cd"])
    with pytest.raises(KeyError):
        values["e"]


def test_a_build_goes_on_where_its_cache_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so, reads everything again, and makes the same site."""
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    options = Options(
        content=tmp_path / "content",
        output=tmp_path / "site",
        templates=tmp_path / "templates",
        static=tmp_path / "static",
    )
    build.build(options, Progress(quiet=True))
    clean = tree(options.output)
    for path in (tmp_path / ".gazette/entries").iterdir():
        data = bytearray(path.read_bytes())
        data[-10] ^= 1
        path.write_bytes(data)
    shutil.rmtree(options.output)
    build.build(options, Progress())
    assert tree(options.output) == clean
    assert "damaged, so all is read again" in "".join(capsys.readouterr())
