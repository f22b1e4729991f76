"""The index cut by time: the newest papers, and all before them.

A day then rewrites only the files of the newest, and the others stay in readers' caches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from generator.search.bits import GAMMA, RICE, front_code, pack, parameter
from generator.search.documents import ABSTRACT, Analysis
from generator.search.facets import facets
from generator.search.postings import arrange, invert
from generator.search.records import chunks
from generator.search.shards import cut, encode, separators
from generator.search.vocabulary import parts
from generator.search.words import STOP_WORDS

OLD, NEW = "old", "new"
_FORMAT = 1  # to be counted up when the files of the same papers change
PLACES = 8
"""How many shards have their places in one file: few phrases are asked for, and files cost."""


def newest(days: Iterable[date]) -> date:
    """Return the first day of the newest segment; ``days`` are those of all papers.

    Papers are counted from the oldest in steps, of the greatest power of two that is at most a
    twelfth of all; the last whole step says the day. So what is newest is small, and days to come
    seldom move the cut: every month or so, at fifty papers a day. date.min if there are none.
    """
    ordered = sorted(days)
    if not ordered:
        return date.min
    step = 1 << max(0, (len(ordered) // 12).bit_length() - 1)
    return ordered[min(len(ordered) // step * step, len(ordered) - 1)]


def segment_key(analyses: Sequence[Analysis]) -> str:
    """Return the key of a segment: the same papers, in whatever order, have the same key."""
    ordered = sorted(analyses, key=lambda analysis: analysis.slug)
    raw = msgspec.msgpack.encode((_FORMAT, sorted(STOP_WORDS), ordered))
    return hashlib.sha256(raw).hexdigest()[:8]


def segment(name: str, analyses: Sequence[Analysis]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one segment, by their paths below the site's root.

    ``name`` is OLD or NEW. Each file calls one function of the client with its own name, the
    key of the segment, and what it holds.
    """
    key = segment_key(analyses)

    def file(part: str, *content: object) -> tuple[str, bytes]:
        values = (f"{name}/{part}", key, *content)
        text = ",".join(msgspec.json.encode(value).decode() for value in values)
        return f"search/{name}/{part}.js", f"searchData({text})\n".encode()

    documents = arrange(analyses)
    postings = invert(documents)
    encoded = list(encode(postings))
    shards = cut(encoded)
    per_file, records = chunks(documents)
    vocabulary = parts((entry.word, entry.count) for entry in encoded if entry.count > 1)
    yield file(
        "list",
        len(documents),
        [sum(lengths) for lengths in postings.lengths],
        _lengths(postings.lengths[ABSTRACT]),
        front_code(
            (word, shard.weight) for word, shard in zip(separators(shards), shards, strict=True)
        ),
        "".join(words[0][0][0] for words in vocabulary),
        per_file,
        " ".join(sorted(STOP_WORDS)) if name == NEW else "",
    )
    for number, shard in enumerate(shards):
        words = front_code((word, 0) for word in shard.words)
        yield file(f"{number}", words, shard.bits)
    for number in range(0, len(shards), PLACES):
        near = shards[number : number + PLACES]
        yield file(f"p{number // PLACES}", [shard.places for shard in near])
    for number, record in enumerate(records):
        yield file(f"r{number}", record)
    for number, part in enumerate(vocabulary):
        yield file(f"words{number}", front_code((word, size.bit_length()) for word, size in part))
    yield file("rare", front_code((entry.word, 1) for entry in encoded if entry.count == 1))
    yield file("facets", *facets(documents))


def _lengths(lengths: Sequence[int]) -> str:
    """Return rising ``lengths`` packed: for each that occurs, the step to it and how often."""
    runs: dict[int, int] = {}
    for length in lengths:
        runs[length] = runs.get(length, 0) + 1
    mean = RICE[parameter(len(lengths), max(1, len(runs)))]
    parts = [GAMMA[len(runs)]]
    before = 0
    for length, times in runs.items():
        parts += (GAMMA[length - before], mean[times])
        before = length
    return pack("".join(parts))
