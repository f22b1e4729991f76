"""Content larger than the corpus: its papers again, as others, in the years before.

Nobody wrote these papers. Each has the beginning of one title and the end of another, the abstract
of a third, the authors and topics of the first; its days lie whole years of 52 weeks earlier. So
there are as many papers a day as in the corpus, and every word stands in as many papers in
proportion: of words, the index has no more than that of the corpus.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.content import entries, folder
from generator.model import Digest, Paper
from tests.benchmarks import contents

CORPUS = 49_953
YEAR = dt.timedelta(weeks=52)
STEP = 7919  # a prime: how far from a paper the one lies whose abstract it gets


def write(root: Path, size: int) -> None:
    """Make ``root`` a content folder of ``size`` papers, unless it is there already."""
    if root.exists():
        return
    base = root.with_name("corpus")
    contents.write(base, min(size, CORPUS))
    part = root.with_name(root.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(base, part)
    loaded = folder.load(base)
    known = list(loaded.papers.values())
    left = size - len(known)
    for years in range(1, 2 + size // CORPUS):
        for digest in loaded.digests:
            papers = tuple(_others(digest.papers[: max(left, 0)], known, years))
            left -= len(papers)
            if papers:
                _write(part, dataclasses.replace(digest, date=papers[0].date, papers=papers))
    part.rename(root)


def _others(papers: Sequence[Paper], known: Sequence[Paper], years: int) -> Iterator[Paper]:
    """Yield a paper for each of ``papers``, so many years earlier."""
    for number, paper in enumerate(papers):
        place = (paper.date.toordinal() * 37 + number) * STEP * years
        title, text = known[place % len(known)], known[(place + STEP) % len(known)]
        words, others = paper.title.split(), title.title.split()
        yield dataclasses.replace(
            paper,
            slug=f"{paper.slug}-{years}",
            title=" ".join([*words[: (len(words) + 1) // 2], *others[len(others) // 2 :]]),
            abstract=text.abstract,
            date=paper.date - years * YEAR,
            published="",
            arxiv=f"{int(paper.arxiv[:2]) - years:02}{paper.arxiv[2:]}" if paper.arxiv else "",
            doi="",
            original={},
        )


def _write(root: Path, digest: Digest) -> None:
    for paper in digest.papers:
        path = root / folder.paper_path(paper)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(entries.paper_to_text(paper), "utf-8", newline="\n")
    text = entries.digest_to_text(digest, [paper.slug for paper in digest.papers])
    (root / folder.digest_path(digest)).write_text(text, "utf-8", newline="\n")
