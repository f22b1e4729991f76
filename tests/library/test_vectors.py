"""The table of word vectors: what it holds, what a paper is by it, and how one is made."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library import train, vectors
from generator.library.vectors import DIMENSIONS, STRANGE, TERMS, WEIGHT
from generator.system.errors import GazetteError


def test_our_table_says_where_it_comes_from_and_is_small() -> None:
    """Under 3 MB, its first line told by any editor."""
    assert vectors.OURS.stat().st_size < 3_000_000
    head = json.loads(vectors.OURS.read_bytes().partition(b"\n")[0])
    assert head["format"] == vectors.FORMAT
    assert {"papers", "papers_from", "first", "last", "program"} <= head["provenance"].keys()


def likeness(one: str, other: str) -> float:
    """Return the cosine of two texts."""
    both = [
        np.frombuffer(found.vector, np.int8).astype(float)
        for found in vectors.load().meanings([(one, ""), (other, "")])
    ]
    lengths = np.linalg.norm(both[0]) * np.linalg.norm(both[1])
    return float(both[0] @ both[1] / lengths)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("speech recognition", "audio transcription", "image segmentation"),
        ("protein folding", "molecular dynamics", "robot grasping"),
        ("graph neural networks", "node classification", "machine translation"),
        ("differential privacy", "federated learning", "point clouds"),
    ],
)
def test_texts_on_one_subject_are_near_without_a_common_word(
    text: str, near: str, far: str
) -> None:
    """That is what vectors are for."""
    assert likeness(text, near) > likeness(text, far) + 0.2


@given(st.lists(st.tuples(st.text(), st.text()), max_size=6))
def test_a_paper_is_the_same_whatever_is_beside_it(texts: list[tuple[str, str]]) -> None:
    """One by one or together, in any text of any script."""
    table = vectors.load()
    together = table.meanings(texts)
    assert together == [table.meanings([text])[0] for text in texts]
    for vector, place, subject in together:
        assert len(vector) == DIMENSIONS
        assert 0 <= place < table.head.centroids
        assert len(subject.terms) == 4 * len(subject.weights) <= 4 * TERMS
        numbers = np.frombuffer(subject.terms, "<u4")
        assert len(subject.strange) == (numbers >= STRANGE).sum()
        weights = [weight * weight for weight in subject.weights]
        assert sum(weights) <= (WEIGHT + TERMS) ** 2


@pytest.mark.parametrize("data", [b"", b"{}", b"{}\n", b'{"format": "other"}\nx'])
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes) -> None:
    """With its path and what would be right."""
    path = tmp_path / "own.bin"
    path.write_bytes(data)
    with pytest.raises(GazetteError, match=r"own\.bin: is no table of word vectors"):
        vectors.load(path)
    with pytest.raises(GazetteError, match=r"none\.bin: cannot be read"):
        vectors.load(tmp_path / "none.bin")


def test_a_table_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    """Its size is told in its head."""
    path = tmp_path / "own.bin"
    path.write_bytes(vectors.OURS.read_bytes()[:-1])
    with pytest.raises(GazetteError, match="is no table"):
        vectors.load(path)


def write_papers(path: Path, count: int) -> None:
    """Write papers of two fields, whose words never meet."""
    chance = Random(5)  # noqa: S311  # made-up papers are no secret
    fields = [[f"{field}{number}word" for number in range(120)] for field in ("sea", "sky")]
    lines = []
    for number in range(count):
        words = chance.sample(fields[number % 2], 25)
        lines.append(
            json.dumps({"title": " ".join(words[:5]), "abstract": " ".join(words), "date": ""})
        )
    path.write_text("\n".join(lines), encoding="utf-8")


def test_a_curator_trains_a_table_of_his_own(tmp_path: Path) -> None:
    """From JSON Lines; words of one field are then near each other, and far from the other's."""
    write_papers(tmp_path / "papers.jsonl", 400)
    train.main([str(tmp_path / "own.bin"), str(tmp_path / "papers.jsonl"), "--about", "sea, sky"])
    table = vectors.load(tmp_path / "own.bin")
    assert table.head.words == 240
    assert table.head.provenance["papers_from"] == "sea, sky"
    assert table.head.provenance["papers"] == 400
    rows = table.vectors[[table.numbers[word] for word in ("sea1word", "sea2word", "sky1word")]]
    unit = rows / np.linalg.norm(rows.astype(float), axis=1, keepdims=True)
    assert unit[0] @ unit[1] > unit[0] @ unit[2]
    again = tmp_path / "again.bin"
    train.main([str(again), str(tmp_path / "papers.jsonl"), "--about", "sea, sky"])
    assert again.read_bytes() == (tmp_path / "own.bin").read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"title": "Few"}', "needs more than 128, so more papers"),
        ('{"name": 1}', r"papers\.jsonl:1: expected JSON with a `title`"),
        ("7", r"papers\.jsonl:1: expected JSON with a `title`"),
    ],
)
def test_what_no_table_can_be_made_of(tmp_path: Path, text: str, message: str) -> None:
    """The trainer says what is wrong, and writes nothing."""
    (tmp_path / "papers.jsonl").write_text(text)
    with pytest.raises(SystemExit, match=message):
        train.main([str(tmp_path / "own.bin"), str(tmp_path / "papers.jsonl")])
    assert not (tmp_path / "own.bin").exists()
