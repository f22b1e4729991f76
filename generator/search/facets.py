"""What search results are filtered and sorted by, beside their words."""

from __future__ import annotations

from collections.abc import Sequence

from generator.search.coding import NUMBERS, rising
from generator.search.documents import Analysis

Facets = tuple[list[str], str, str, dict[str, str]]


def facets(documents: Sequence[Analysis]) -> Facets:
    """Return days, the day of each document, which have code, and the documents of each topic.

    Days are ISO dates, rising; the day of a document is its place among them.
    """
    days = sorted({document.date for document in documents})
    place = {day: NUMBERS[number] for number, day in enumerate(days)}
    topics: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for topic in document.topics:
            topics.setdefault(topic, []).append(number)
    return (
        [day.isoformat() for day in days],
        "".join(place[document.date] for document in documents),
        rising([number for number, document in enumerate(documents) if document.code]),
        {topic: rising(numbers) for topic, numbers in sorted(topics.items())},
    )
