"""Documents to postings: each time that a word stands in one, by words, as the text of runs.

A block has hundreds of thousands of them. They are kept in columns, and a step is one over all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, chain, groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.search.coding import AUTHORS_MARK, NUMBERS, TITLE_MARK, VENUE_MARK, WORD, in_order
from generator.search.documents import ABSTRACT, AUTHORS, FIELDS, TITLE, VENUE
from generator.search.runs import Run

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Column = npt.NDArray[np.int32]
    Texts = npt.NDArray[np.bytes_]

NEAR = 2  # letters: words that begin with the same are kept together
_ORDER = {ABSTRACT: "", TITLE: TITLE_MARK, AUTHORS: AUTHORS_MARK, VENUE: VENUE_MARK}
"""The fields in the order in which a row has them, and what stands before each."""
_BITS = 32  # of a place
_LOW = (1 << _BITS) - 1
_EMPTY = 0  # the number of an empty place, as if it were a word
_beginning = itemgetter(slice(NEAR))


class Times(NamedTuple):
    """Each time that a word stands somewhere: in which field of which document, at what place."""

    words: Column
    fields: Column
    documents: Column
    places: Column

    def at(self, chosen: npt.NDArray[Any]) -> Times:
        """Return those that are ``chosen``."""
        return Times(*[column[chosen] for column in self])


def runs_of(documents: Sequence[Sequence[str]]) -> tuple[list[Run], list[list[int]]]:
    """Return the runs of ``documents``, and for each of FIELDS how many words each document has.

    Of a document its FIELDS are given: words with a space between, some places empty.
    """
    import numpy as np  # noqa: PLC0415  # it takes long to load

    words, times = _read(documents)
    shape = len(FIELDS), len(documents)
    where = times.fields * len(documents) + times.documents
    lengths = np.bincount(where, minlength=shape[0] * shape[1]).reshape(shape)
    return _written(words, times, lengths) if words else [], lengths.tolist()


def _read(documents: Sequence[Sequence[str]]) -> tuple[list[str], Times]:
    """Return the words in the order of their beginnings, and their times in the order of rows."""
    import numpy as np  # noqa: PLC0415  # it takes long to load

    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    numbers[""] = _EMPTY
    parts = []
    for field in _ORDER:
        texts = [document[field] for document in documents]
        sizes = np.array([text.count(" ") + 1 for text in texts])
        total = int(sizes.sum())
        starts = (np.cumsum(sizes) - sizes).astype(np.int32)
        # Text by text: the words of all would fill the memory.
        every = chain.from_iterable(text.split(" ") for text in texts)
        parts.append(
            Times(
                words=np.fromiter(map(numbers.__getitem__, every), np.int32, total),
                fields=np.full(total, field, np.int32),
                documents=np.repeat(np.arange(len(texts), dtype=np.int32), sizes),
                places=np.arange(total, dtype=np.int32) - np.repeat(starts, sizes),
            )
        )
    # The words and the method that counts them would keep each other: a build collects no garbage.
    numbers.default_factory = None
    times = Times(*map(np.concatenate, zip(*parts, strict=True)))
    times = times.at(times.words != _EMPTY)
    _, *words = numbers
    beginnings = in_order(set(map(_beginning, words)))
    place_of = {beginning: place for place, beginning in enumerate(beginnings)}
    by_beginning = np.argsort([place_of[one] for one in map(_beginning, words)], kind="stable")
    numbered = np.argsort(by_beginning).astype(np.int32)[times.words - 1]
    # By words, and those of each as they came. Small numbers are sorted in less time.
    order = np.argsort(numbered.astype(np.min_scalar_type(len(words))), kind="stable")
    times = times._replace(words=numbered).at(order)
    return [words[number] for number in by_beginning.tolist()], times


def _written(words: Sequence[str], times: Times, lengths: npt.NDArray[np.int64]) -> list[Run]:
    """Return the runs of ``words``, given their ``times`` and how long the fields are.

    A row gives for each time the gap to the document of the time before (0 if the word stands
    there again), and, but for the abstracts, which are in the order of their lengths, the length.
    """
    import numpy as np  # noqa: PLC0415  # it takes long to load

    _, fields, documents, places = times
    is_first = np.diff(times.words, prepend=-1) != 0
    is_field = is_first | (np.diff(fields, prepend=-1) != 0)
    gaps = np.where(is_field, documents + 1, np.diff(documents, prepend=0))
    starts = np.flatnonzero(is_first)
    counts = np.add.reduceat((gaps > 0).astype(np.int64), starts).tolist()
    # The first document of a word has the least of these, and there the first field, and place.
    firsts = ((documents * len(FIELDS) + fields).astype(np.int64) << _BITS) + places
    ranks = np.minimum.reduceat(firsts, starts) & _LOW
    most = max(int(column.max()) for column in (gaps, places, lengths))
    signs = np.array([NUMBERS[number] for number in range(most + 1)], "S")
    field_marks = np.array([_ORDER[field] for field in range(len(FIELDS))], "S")
    word_marks = np.where(is_first, WORD.encode(), b"")
    edges = [0, *accumulate(len(list(group)) for _, group in groupby(words, _beginning))]
    between = np.append(starts, len(is_first))[edges].tolist()
    columns = zip(
        _texts(edges, word_marks[starts], signs[ranks]),
        _texts(
            between,
            word_marks,
            np.where(is_field, field_marks[fields], b""),
            signs[gaps],
            np.where(fields == ABSTRACT, b"", signs[lengths[fields, documents]]),
        ),
        _texts(between, word_marks, signs[places]),
        strict=True,
    )
    return [
        Run(_beginning(words[start]), " ".join(words[start:end]), *texts, counts[start:end])
        for (start, end), texts in zip(pairwise(edges), columns, strict=True)
    ]


def _texts(edges: Sequence[int], *columns: Texts) -> list[str]:
    """Return what stands in ``columns``, side by side, from each of ``edges`` to the next."""
    import numpy as np  # noqa: PLC0415  # it takes long to load

    lines = np.hstack([column.view(np.uint8).reshape(len(column), -1) for column in columns])
    return [
        lines[start:end].tobytes().translate(None, b"\0").decode("ascii")
        for start, end in pairwise(edges)
    ]
