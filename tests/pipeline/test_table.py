"""A curator's own table of word vectors: named in site.yaml, and refused where it is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.library import vectors
from generator.system.errors import GazetteError
from tests.browser import sites
from tests.building import built
from tests.plan import sites as plan_sites
from tests.trees import shown

NAMES = ("ours", "own")
SUBJECTS = (
    "speech-recognition",
    "protein-folding",
    "graph-networks",
    "differential-privacy",
    "robot-grasping",
    "machine-translation",
    "point-clouds",
)


def test_a_table_of_the_same_bytes_makes_the_same_site(tmp_path: Path) -> None:
    """Wherever it lies, it is what it says that counts."""
    sites.write(tmp_path / "ours", "en")
    sites.write(tmp_path / "own", "en")
    shutil.copy(vectors.OURS, tmp_path / "own/words.bin")
    with (tmp_path / "own/site.yaml").open("a", encoding="utf-8") as file:
        file.write("vectors: words.bin\n")
    one, other = (shown(built(tmp_path / name, tmp_path / f"{name}-site")) for name in NAMES)
    made_of_vectors = [path for path in one if path.startswith(("vectors/", "papers/", "months/"))]
    assert any(path.startswith("vectors/near-") for path in made_of_vectors)
    assert all(one[path] == other[path] for path in made_of_vectors)


def test_another_table_in_the_same_place_is_noticed(tmp_path: Path) -> None:
    """Every file that vectors are in is made anew, as a clean build would make it."""
    content = plan_sites.new(tmp_path, "vectors: words.bin\n")
    papers = [{"slug": slug, "abstract": f"We study {slug}."} for slug in SUBJECTS]
    plan_sites.add(content, "2025-09-22", papers)
    plan_sites.add(content, "2025-09-23", [{"slug": "last"}])
    table = vectors.OURS.read_bytes()
    (content / "words.bin").write_bytes(table)
    before = shown(plan_sites.site(content))
    middle = slice(len(table) // 3, len(table))
    (content / "words.bin").write_bytes(table[: middle.start] + table[middle][::-1])
    after = shown(plan_sites.site(content))
    changed = {path.partition("/")[0] for path in before if before[path] != after.get(path)}
    assert {"vectors", "months"} <= changed
    assert after == shown(built(content, tmp_path / "clean"))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("words.bin", None, r"words\.bin: cannot be read"),
        ("words.bin", b"no table", r"words\.bin: is no table of word vectors"),
        ("../words.bin", None, r"site\.yaml:\d+: `vectors` has to be the path of a table"),
    ],
)
def test_what_is_no_table_stops_the_build(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    """With what would be right."""
    sites.write(tmp_path / "own", "en")
    if data is not None:
        (tmp_path / "own" / name).write_bytes(data)
    with (tmp_path / "own/site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"vectors: {name}\n")
    with pytest.raises(GazetteError, match=message):
        built(tmp_path / "own", tmp_path / "site")
