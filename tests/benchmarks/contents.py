"""Content to measure with: the first papers of a corpus, written by the program's own code."""

from __future__ import annotations

import dataclasses
import datetime as dt
import lzma
import os
import shutil
from itertools import islice
from pathlib import Path

from generator import sources, urls
from generator.content import folder
from generator.content.ingest import Ingest
from generator.model import Digest
from generator.pipeline.build import ROOT
from generator.sources import Document
from tests.building import SEED

DAY = 200
"""How many papers the new day has, where nothing else is said."""


def corpus() -> Path:
    """Return the corpus: what GAZETTE_CORPUS names, else the one beside the repository."""
    if named := os.environ.get("GAZETTE_CORPUS"):
        return Path(named)
    found = sorted((ROOT.parent / "shared" / "corpus").glob("*.jsonl.xz"))
    if not found:
        raise SystemExit("no corpus: name a .jsonl.xz of papers in GAZETTE_CORPUS")
    return found[-1]


def lines(path: Path, size: int) -> bytes:
    """Return the first ``size`` lines of the corpus at ``path``."""
    with lzma.open(path) as file:
        return b"".join(islice(file, size))


def write(root: Path, size: int) -> None:
    """Make ``root`` a content folder of the first ``size`` papers, unless it is there already."""
    if root.exists():
        return
    part = root.with_name(root.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    shutil.copy(SEED / "topics.yaml", part)
    (part / "site.yaml").write_text("title: Gazette\nurl: https://example.org/\n", "utf-8")
    ingest = Ingest(part, folder.load(part))
    data = lines(corpus(), size)
    today = dt.date(2026, 1, 1)  # it only dates what has no date
    for digest in sources.parse(Document("corpus.jsonl", data, None, today)).digests:
        ingest.add(digest)
    part.rename(root)


def add_day(root: Path, size: int = DAY) -> list[Path]:
    """Add a day of ``size`` papers after the last one of ``root``; return the files that are new.

    They have the words of papers of the corpus, the titles of some with the abstracts of others.
    """
    loaded = folder.load(root)
    last = loaded.digests[0].date
    known = list(loaded.papers.values())
    step = len(known) // size
    chosen = zip(known[::step], known[step // 2 :: step], strict=False)
    added = tuple(
        dataclasses.replace(
            one,
            slug=urls.slugify(f"{one.title} again"),
            title=f"{one.title}, again",
            abstract=other.abstract,
            date=last + dt.timedelta(days=1),
            arxiv=f"9901.{number:05}",
            doi="",
        )
        for number, (one, other) in enumerate(islice(chosen, size))
    )
    before = set(root.rglob("*.md"))
    Ingest(root, loaded).add(Digest(date=added[0].date, title="Papers", papers=added))
    return sorted(set(root.rglob("*.md")) - before)


def edit(root: Path, *, newest: bool) -> tuple[Path, bytes]:
    """Change the abstract of one paper, in the newest month or the oldest one.

    Return the file and what it held.
    """
    months = sorted(path for path in (root / "papers").iterdir())
    path = min((months[-1] if newest else months[0]).iterdir())
    held = path.read_bytes()
    words = b" It is a quite unexpected addition.\n"
    path.write_bytes(held.rstrip() + words)
    return path, held
