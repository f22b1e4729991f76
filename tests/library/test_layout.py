"""Maps: near papers near, nothing over anything else, the same bytes on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.library import layout, vectors

ROOT = Path(__file__).parent.parent.parent
FIELDS = {
    "speech": "speech recognition audio acoustic speaker transcription",
    "graph": "graph neural networks node classification edges",
    "robot": "robot manipulation grasping gripper locomotion",
    "protein": "protein folding structure molecules docking",
}


def texts(count: int) -> list[tuple[str, str]]:
    """Return title and abstract of so many papers, of each field in turn."""
    names = list(FIELDS)
    return [
        (f"{names[number % 4]} of kind {number}", FIELDS[names[number % 4]])
        for number in range(count)
    ]


def drawn(papers: list[tuple[str, str]]) -> tuple[layout.Group, ...]:
    """Return the map of papers."""
    found = vectors.load().meanings(papers)
    return layout.place(b"".join([one.vector for one in found]), [title for title, _ in papers])


def test_papers_of_one_field_lie_together_under_its_word() -> None:
    """Whatever groups there are, each is of one field, and says which."""
    papers = texts(60)
    for group in drawn(papers):
        fields = {papers[point.paper][0].split()[0] for point in group.points}
        assert len(fields) == 1
        assert fields <= set(group.label)


WORDS = " ".join(FIELDS.values()).split()
PAPERS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), max_size=80)


@given(PAPERS)
def test_every_paper_is_on_the_map_once_and_nothing_overlaps(papers: list[tuple[str, str]]) -> None:
    """Points in their discs, discs apart, all within the picture; the same papers, the same map."""
    groups = drawn(papers)
    assert groups == drawn(papers)
    points = [point for group in groups for point in group.points]
    assert sorted(point.paper for point in points) == list(range(len(papers)))
    assert len({(point.x, point.y) for point in points}) == len(points)
    for group in groups:
        assert group.x >= group.radius
        assert group.y >= group.radius
        for point in group.points:
            reach = (point.x - group.x) ** 2 + (point.y - group.y) ** 2
            assert reach <= group.radius**2
        for other in groups:
            apart = (group.x - other.x) ** 2 + (group.y - other.y) ** 2
            assert other is group or apart > (group.radius + other.radius) ** 2


@pytest.mark.parametrize("count", [0, 1, 2, 7, 300])
def test_any_number_of_papers(count: int) -> None:
    """None, few and many."""
    groups = drawn(texts(count))
    assert sum(len(group.points) for group in groups) == count
    assert len(groups) <= layout.MOST_GROUPS


def test_every_kernel_draws_the_same() -> None:
    """All numbers are whole."""
    script = "from tests.library.test_layout import drawn, texts; print(drawn(texts(90)))"
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "OPENBLAS_CORETYPE": kernel, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for kernel in ("Prescott", "Haswell")
    }
    assert len(found) == 1
