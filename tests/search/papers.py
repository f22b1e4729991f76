"""Made-up papers to search in: any number, always the same, of the words of a real digest."""

from __future__ import annotations

import random
from datetime import date, timedelta

from generator.pipeline.build import ROOT
from generator.search import Document
from generator.urls import slugify

NAMES = (
    "Élodie Poincaré", "Łukasz Müller", "Søren Ångström", "Wei Zhang", "李 明", "Moreno D'Incà",
    "Anna Key", "Jean-Luc Survey", "T. S. O’Brien", "Zoë Constructor", "Ada Toy", "Ngô Bảo Châu",
)  # fmt: skip
TOPICS = ("Language models", "Robots", "Vision", "GPT-4 and others")
VENUES = ((), ("Gazette Labs", "2025"), ("Journal of Made-up Results 7", "2024", "2025"))
FIRST = date(2025, 7, 21)
A_DAY = 40


def papers(count: int, seed: int = 0) -> list[Document]:
    """Return ``count`` papers, A_DAY a day; the first of them are the same for any count."""
    lines = (ROOT / "tests/data/daily-papers-sep-23.txt").read_text("utf-8").splitlines()
    titles, abstracts = (" ".join(lines[start::4]).split() for start in (12, 14))
    chance = random.Random(seed)  # noqa: S311  # it only has to be the same each time
    found = []
    for number in range(count):
        title = " ".join(chance.sample(titles, chance.randint(3, 9)))
        found.append(
            Document(
                slug=f"{slugify(title)}-{number}",
                title=title,
                date=FIRST + timedelta(days=number // A_DAY),
                abstract=" ".join(chance.sample(abstracts, chance.randint(0, 90))),
                authors=tuple(chance.sample(NAMES, chance.randint(0, 5))),
                topics=tuple(chance.sample(TOPICS, chance.randint(0, 2))),
                venue=VENUES[number % 3],
                code="https://example.org/code" * (chance.random() < 1 / 4),
            )
        )
    return found
