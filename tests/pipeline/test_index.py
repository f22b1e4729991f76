"""The search index over several blocks: an edit touches little, and what is kept is never wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.library.catalogue import Catalogue
from generator.library.facts import Facts
from generator.library.library import Shelves
from generator.pipeline import index
from generator.pipeline.manifest import Before, Manifest
from generator.pipeline.output import Output
from generator.search import BLOCK, ERA, Document, analyse
from tests import shelves
from tests.search.papers import papers
from tests.trees import tree

COUNT = BLOCK + 300


def facts(document: Document) -> Facts:
    """Return what a build knows of ``document`` without opening it."""
    mark = hashlib.blake2b(repr(document).encode(), digest_size=12).digest()
    return shelves.facts(
        slug=document.slug,
        mark=mark,
        words=mark,
        title=document.title,
        date=document.date,
        authors=document.authors,
        code=document.code,
    )


class Site:
    """An index that is made again and again."""

    def __init__(self, root: Path) -> None:
        (root / "content").mkdir(parents=True)
        self.root = root
        self.output = Output(root / "site")
        self.fingerprints: dict[str, bytes] = {}

    def make(self, documents: Sequence[Document], era: int = ERA) -> set[str]:
        """Make the index of ``documents``; return the paths of the files that are new."""
        before = Before(others=Manifest.of(self.fingerprints))
        analyses = {document.slug: analyse(document) for document in documents}
        known = Catalogue.of(map(facts, documents))
        with self.output.staged():
            source = index.Source(known, analyses, Shelves())
            made, staged = index.make(
                self.root / "content", self.output, before, source, b"seed", era
            )
            self.output.commit(made.keys(), staged)
        self.fingerprints = made
        return set(staged)


def edited(documents: Sequence[Document], number: int) -> list[Document]:
    """Return ``documents`` with another abstract in one of them."""
    changed = list(documents)
    changed[number] = replace(changed[number], abstract="Quite another abstract, and no longer.")
    return changed


EDITS: dict[str, Callable[[list[Document]], list[Document]]] = {
    "nothing": lambda some: some,
    "an old abstract": lambda some: edited(some, 5),
    "a new abstract": lambda some: edited(some, COUNT - 1),
    "an old paper gone": lambda some: some[:5] + some[6:],
    "a day more": lambda some: [
        *some,
        *(replace(one, slug=f"{one.slug}-more", date=date(2026, 1, 1)) for one in some[:40]),
    ],
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_kept_of_blocks_gives_the_same_index(tmp_path: Path, edit: str) -> None:
    """Made again after an edit, the index is that of a site which was never built before."""
    site, clean = Site(tmp_path / "site"), Site(tmp_path / "clean")
    some = papers(COUNT)
    site.make(some)
    site.make(EDITS[edit](some))
    clean.make(EDITS[edit](some))
    assert tree(site.root / "site") == tree(clean.root / "site")


def test_an_edit_leaves_other_blocks_alone(tmp_path: Path) -> None:
    """No record of another block is written, and nothing at all of the other segment."""
    site = Site(tmp_path)
    some = papers(COUNT)
    site.make(some)
    new = site.make(edited(some, COUNT - 1))
    assert new
    assert not {path for path in new if path.startswith("search/old/")}
    old = site.make(edited(edited(some, COUNT - 1), 5))
    assert not {path for path in old if path.startswith("search/new/")}
    records = {path for path in old if re.fullmatch(r"search/old/[ar]\d+\.js", path)}
    assert 0 < len(records) <= BLOCK // 3


def test_a_day_more_leaves_eras_alone(tmp_path: Path) -> None:
    """Of them no file is written; where one is closed, the index is that of a clean build."""
    site, clean = Site(tmp_path / "site"), Site(tmp_path / "clean")
    site.make(papers(400), 80)
    written = {path.split("/")[1] for path in site.make(papers(440), 80)}
    assert written <= {"old", "new"}
    written = {path.split("/")[1] for path in site.make(papers(520), 80)}
    assert written == {"new", "old", "old4"}
    clean.make(papers(520), 80)
    assert tree(site.root / "site") == tree(clean.root / "site")


def test_an_edit_in_an_era_leaves_the_others_alone(tmp_path: Path) -> None:
    """The paper is found as it is now."""
    site, clean = Site(tmp_path / "site"), Site(tmp_path / "clean")
    some = papers(400)
    site.make(some, 80)
    assert {path.split("/")[1] for path in site.make(edited(some, 100), 80)} == {"old1"}
    clean.make(edited(some, 100), 80)
    assert tree(site.root / "site") == tree(clean.root / "site")
