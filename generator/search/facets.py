"""What search results are filtered and sorted by, beside their words."""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub

from generator.search.bits import RICE, pack, parameter
from generator.search.documents import Analysis


def facets(documents: Sequence[Analysis]) -> tuple[list[str], str, str, dict[str, list[object]]]:
    """Return days, the day of each document, which have code, and the documents of each topic.

    Days are ISO dates, rising; the day of a document is its place among them, in as many bits as
    the last place takes; code is one bit; the documents of a topic are their number and the
    Rice codes of the gaps between them.
    """
    days = sorted({document.date for document in documents})
    place = {day: number for number, day in enumerate(days)}
    width = max(1, (len(days) - 1).bit_length())
    topics: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for topic in document.topics:
            topics.setdefault(topic, []).append(number)
    return (
        [day.isoformat() for day in days],
        pack("".join(f"{place[document.date]:0{width}b}" for document in documents)),
        pack("".join("01"[document.code] for document in documents)),
        {
            topic: [len(numbers), _gaps(numbers, len(documents))]
            for topic, numbers in sorted(topics.items())
        },
    )


def _gaps(numbers: list[int], total: int) -> str:
    codes = RICE[parameter(total, len(numbers))]
    gaps = map(sub, numbers, (-1, *numbers))
    return pack("".join(codes[gap] for gap in gaps))
