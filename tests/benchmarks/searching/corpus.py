"""The corpus of the search benchmark, and the queries that are asked of it."""

from __future__ import annotations

import json
import lzma
import os
import random
import re
import string
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from generator.pipeline.build import ROOT
from generator.search import Document, keys
from generator.search.terms import STOP_WORDS
from generator.urls import slugify

WORD = re.compile(r"[^\W_]+")
CODE = re.compile(r"github\.com/[\w.-]+(?:/[\w-]+)?")
PLAIN = re.compile(r"[a-z]{3,}")
FUNCTION_WORDS = STOP_WORDS | set(
    WORD.findall(
        """
        about across after all almost also among because cannot dear either else ever every get
        got hers him just least let like likely may might most must neither no nor not off often
        only other own rather said say says should since some then there tis too twas us wants
        whom while would yet
        """
    )
)
"""What is no content word: the stop words of the index and those of Lunr's own list."""


def path() -> Path:
    """Return where the corpus is: GAZETTE_CORPUS, or the one beside the repository."""
    if named := os.environ.get("GAZETTE_CORPUS"):
        return Path(named)
    found = sorted((ROOT.parent / "shared/corpus").glob("*.jsonl.xz"))
    if not found:
        raise SystemExit("no corpus: set GAZETTE_CORPUS to a .jsonl.xz of arXiv records")
    return found[0]


def read(count: int | None = None) -> list[Document]:
    """Return the first ``count`` papers of the corpus, or all."""
    documents: list[Document] = []
    seen: set[str] = set()
    with lzma.open(path(), "rt", encoding="utf-8") as lines:
        for record in map(json.loads, islice(lines, count)):
            slug = slugify(record["title"])
            while slug in seen:
                slug += "-2"
            seen.add(slug)
            text = " ".join(record["summary"].split())
            identifier = record["id"]
            documents.append(
                Document(
                    slug=slug,
                    title=" ".join(record["title"].split()),
                    date=date.fromisoformat(record["digest_date"]),
                    abstract=text,
                    authors=tuple(record["authors"]),
                    topics=tuple(record["categories"]),
                    venue=(str(record["digest_date"][:4]),),
                    arxiv=identifier,
                    keys=keys.of_paper((slug,), identifier, record.get("doi") or "", slug, ()),
                    code=_code(f"{text} {record['comment']}"),
                )
            )
    return documents


def _code(text: str) -> str:
    """Return the first address of a repository in ``text``, or nothing."""
    found = CODE.search(text)
    return f"https://{found[0]}" if found else ""


def content(text: str, shortest: int = 3) -> list[str]:
    """Return the distinct content words of ``text``, as they are typed in small letters."""
    found = dict.fromkeys(WORD.findall(text.lower()))
    return [
        word
        for word in found
        if len(word) >= shortest and PLAIN.fullmatch(word) and word not in FUNCTION_WORDS
    ]


def known_items(
    documents: Sequence[Document], seed: int, count: int
) -> dict[str, list[tuple[str, str]]]:
    """Return for each kind of known-item search ``count`` queries and the slugs to be found."""
    chance = random.Random(seed)  # noqa: S311  # it only has to be the same each time
    found: dict[str, list[tuple[str, str]]] = {"title": [], "abstract": [], "typos": []}
    while len(found["title"]) < count:
        one = chance.choice(documents)
        title, abstract = content(one.title), content(one.abstract)
        long = content(one.title, 4)
        if len(long) < 3 or len(abstract) < 4:
            continue
        typos = [typo(word, chance) for word in chance.sample(long, 3)]
        found["title"].append((" ".join(chance.sample(title, 3)), one.slug))
        found["abstract"].append((" ".join(chance.sample(abstract, 4)), one.slug))
        found["typos"].append((" ".join(typos), one.slug))
    return found


def typo(word: str, chance: random.Random) -> str:
    """Return ``word`` with one slip: a letter left out, put in, changed, or two exchanged."""
    at = chance.randrange(len(word))
    letter = chance.choice(string.ascii_lowercase)
    slips: list[Callable[[], str]] = [
        lambda: word[:at] + word[at + 1 :],
        lambda: word[:at] + letter + word[at:],
        lambda: word[:at] + letter + word[at + 1 :],
        lambda: word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ]
    return chance.choice(slips)()


def readers_queries(documents: Sequence[Document], seed: int, count: int) -> list[str]:
    """Return ``count`` queries of one to three content words, each out of one title."""
    chance = random.Random(seed)  # noqa: S311  # it only has to be the same each time
    found: list[str] = []
    while len(found) < count:
        words = content(chance.choice(documents).title)
        size = 1 + len(found) % 3
        if len(words) >= size:
            found.append(" ".join(chance.sample(words, size)))
    return found
