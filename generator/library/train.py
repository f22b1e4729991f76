"""Make a table of word vectors: latent semantic analysis of titles and abstracts.

    python -m generator.library.train OUTPUT PAPERS.jsonl[.xz]... [--before 2025-12-22]

Papers are JSON Lines with `title` and `abstract` (or `summary`), or Markdown entries of a content
folder. What the table is made of, and how, stands in its first line.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import msgspec
import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds

from generator import __version__
from generator.content import folder
from generator.library import vectors
from generator.library.vectors import DIMENSIONS, FORMAT, SATURATION, TELLING, Head
from generator.search.terms import STOP_WORDS
from generator.system.errors import GazetteError

LEAST = 8  # papers that have a word of the table
MOST = 24_000  # words, so that a table stays small
CENTROIDS = 256
ROUNDS = 25
IDF_STEPS = 256
RARE = 4  # papers that a word which the table lacks is taken to be in

Floats = npt.NDArray[np.float64]


class Text(NamedTuple):
    """What is read of a paper."""

    title: str
    abstract: str
    date: str


def read(path: Path) -> Iterator[Text]:
    """Yield the papers of a file of JSON Lines, or of a content folder.

    Raises GazetteError with the line where a paper has no title.
    """
    if path.is_dir():
        for paper in folder.load(path).papers.values():
            yield Text(paper.title, paper.abstract, paper.date.isoformat())
        return
    with _lines(path) as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
                title = record["title"]
            except (ValueError, TypeError, KeyError) as error:
                raise GazetteError(f"{path}:{number}: expected JSON with a `title`") from error
            abstract = record.get("abstract") or record.get("summary") or ""
            yield Text(title, abstract, record.get("digest_date") or record.get("date") or "")


def _lines(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def train(texts: Iterable[Text], provenance: dict[str, Any]) -> bytes:
    """Return the table of ``texts``; ``provenance`` goes into its head with figures of ours."""
    counts = []
    dates = []
    for text in texts:
        found = vectors.counted(text.title, text.abstract)
        counts.append({w: n for w, n in found.items() if w not in STOP_WORDS and TELLING(w)})
        dates.append(text.date)
    frequency = Counter(word for each in counts for word in each)
    common = [word for word, papers in frequency.items() if papers >= LEAST]
    if len(common) <= DIMENSIONS * 2:
        raise GazetteError(
            f"{len(common)} words are in {LEAST} papers or more; "
            f"a table needs more than {DIMENSIONS * 2}, so more papers"
        )
    words = sorted(common, key=lambda word: (-frequency[word], word))[:MOST]
    idf = np.array([_rarity(len(counts), frequency[word]) for word in words])
    matrix = _matrix(counts, {word: number for number, word in enumerate(words)}, idf)
    least, scales = _words(matrix)
    papers = _papers(matrix, least, scales)
    body = b"".join(
        [
            "\n".join(words).encode(),
            idf.astype("<u2").tobytes(),
            scales.astype("<u2").tobytes(),
            least.tobytes(),
            _centroids(papers).tobytes(),
        ]
    )
    head = Head(
        format=FORMAT,
        dimensions=DIMENSIONS,
        words=len(words),
        bytes_of_words=len("\n".join(words).encode()),
        centroids=CENTROIDS,
        rare=_rarity(len(counts), RARE),
        provenance=provenance
        | {"papers": len(counts), "first": min(dates), "last": max(dates), "program": __version__},
    )
    return msgspec.json.encode(head) + b"\n" + body


def _rarity(papers: int, count: int) -> int:
    """Return the inverse document frequency in steps of 1/IDF_STEPS bit."""
    return max(1, round(IDF_STEPS * float(np.log2((papers + 1) / (count + 0.5)))))


def _matrix(
    counts: Sequence[dict[str, int]], numbers: dict[str, int], idf: npt.NDArray[np.int64]
) -> sparse.csr_matrix:
    """Return the weights of the words (columns) in the papers (rows), each row of length 1."""
    ends, columns, weights = [0], [], []
    for each in counts:
        for word, count in each.items():
            if (number := numbers.get(word)) is not None:
                columns.append(number)
                weights.append(SATURATION[min(count, 255)])
        ends.append(len(columns))
    values = np.array(weights, np.float64) * idf[columns]
    matrix = sparse.csr_matrix((values, columns, ends), shape=(len(counts), len(numbers)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-9)) @ matrix


def _words(matrix: sparse.csr_matrix) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    """Return the vector of each word in bytes, and its scale."""
    _, values, found = svds(matrix, k=DIMENSIONS, v0=np.ones(min(matrix.shape)))
    rows: Floats = found[np.argsort(-values)].T
    # A direction may come with either sign: the largest entry of each is to be positive.
    largest = np.abs(rows).argmax(axis=0)
    rows *= np.sign(rows[largest, np.arange(DIMENSIONS)])
    most = np.maximum(np.abs(rows).max(axis=1), 1e-12)
    scales = np.maximum(np.rint(most / most.max() * 65535), 1).astype(np.int64)
    return np.rint(rows / most[:, None] * 127).astype(np.int8), scales


def _papers(
    matrix: sparse.csr_matrix, least: npt.NDArray[np.int8], scales: npt.NDArray[np.int64]
) -> Floats:
    """Return the vectors of the papers, each of length 1."""
    found: Floats = matrix @ (least * scales[:, None].astype(np.float64))
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    is_known = lengths[:, 0] > 0
    papers: Floats = found[is_known] / lengths[is_known]
    return papers


def _centroids(papers: Floats) -> npt.NDArray[np.int8]:
    """Return CENTROIDS directions around which the papers lie: k-means on the sphere."""
    chance = np.random.default_rng(0)
    found = papers[chance.choice(len(papers), CENTROIDS, replace=len(papers) < CENTROIDS)]
    for _ in range(ROUNDS):
        nearest = (papers @ found.T).argmax(axis=1)
        sums = np.zeros_like(found)
        np.add.at(sums, nearest, papers)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        found = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), found)
    return np.array([vectors.unit(row) for row in found])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, and write the table."""
    parser = argparse.ArgumentParser(description="Make a table of word vectors of your own.")
    parser.add_argument("output", type=Path)
    parser.add_argument("papers", type=Path, nargs="+", help="JSON Lines, or a content folder")
    parser.add_argument("--before", default="", help="leave out the papers of this day and later")
    parser.add_argument("--about", default="", help="a line for the head: where they come from")
    asked = parser.parse_args(arguments)
    try:
        texts = [text for path in asked.papers for text in read(path)]
        wanted = [text for text in texts if not asked.before or text.date < asked.before]
        data = train(wanted, {"papers_from": asked.about or [path.name for path in asked.papers]})
    except GazetteError as error:
        sys.exit(str(error))
    asked.output.write_bytes(data)


if __name__ == "__main__":
    main()
