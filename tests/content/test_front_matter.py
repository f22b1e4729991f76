"""Front matter: changing one value leaves every other byte as a person wrote it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.content import front_matter

ENTRY = """\
---
# a curator's remark, ünïcode
title:   "Pointer Networks"   # spaced
links:
    code:  https://a.example/x
votes: 3
authors: [Oriol Vinyals, 'Meire Fortunato']
---

Body: votes: 3
"""


@pytest.mark.parametrize(
    ("data", "under", "old", "new"),
    [
        ({"votes": 12}, "", "votes: 3\nauthors", "votes: 12\nauthors"),
        ({"doi": "10.1/x"}, "", "'Meire Fortunato']\n", "'Meire Fortunato']\ndoi: 10.1/x\n"),
        (
            {"topics": ["cs.CL"]},
            "",
            "'Meire Fortunato']\n",
            "'Meire Fortunato']\ntopics:\n- cs.CL\n",
        ),
        (
            {"project": "https://b.example"},
            "links",
            "/x\n",
            "/x\n    project: https://b.example\n",
        ),
        ({"x": "y"}, "authors", "", ""),
    ],
)
def test_insert(data: dict[str, Any], under: str, old: str, new: str) -> None:
    """A known key gets its new value in place; a new one goes to the end of its mapping."""
    if under == "authors":
        entry = ENTRY.replace("authors: [Oriol Vinyals, 'Meire Fortunato']", "authors: {a: b}")
        assert front_matter.insert(entry, data, under) == entry
    else:
        assert old in ENTRY
        assert front_matter.insert(ENTRY, data, under) == ENTRY.replace(old, new, 1)


@pytest.mark.parametrize(
    ("keys", "line"),
    [(("title",), 3), (("links", "code"), 5), (("authors", 1), 7), (("missing",), 2)],
)
def test_line_of(keys: tuple[str | int, ...], line: int) -> None:
    """A message names the line a person has to look at."""
    assert front_matter.line_of(ENTRY, keys) == line
