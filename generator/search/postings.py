"""Where words stand: one field of the papers of a block, inverted."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from operator import add, sub
from typing import Any, NamedTuple

from generator.search.coding import NUMBERS

Row = tuple[str, str, str, int]


class Postings(NamedTuple):
    """One field of some documents, inverted.

    ``cells[word]`` holds the number of the document for each time that the word stands there, and
    then for each of these times its place, counted from 0, as text. Words come in the order in
    which they are first met. ``lengths[document]`` counts words.
    """

    cells: dict[str, list[Any]]
    lengths: list[int]


def invert(texts: Sequence[str]) -> Postings:
    """Return the postings of ``texts``: words with a space between, some places empty.

    All is done for each time that a word stands somewhere, some hundred times a paper, so that
    every loop here is one of C.
    """
    split = [text.split(" ") for text in texts]
    sizes = list(map(len, split))
    cells: defaultdict[str, list[Any]] = defaultdict(list)
    found = list(map(cells.__getitem__, chain.from_iterable(split)))
    documents = chain.from_iterable(map(repeat, range(len(split)), sizes))
    signs = [NUMBERS[place] for place in range(max(sizes, default=0))]
    places = chain.from_iterable(map(signs.__getitem__, map(slice, sizes)))
    for values in (documents, places):
        deque(map(list.append, found, values), maxlen=0)
    cells.pop("", None)
    return Postings(dict(cells), [len(words) - words.count("") for words in split])


def rows(postings: Postings, is_by_length: bool) -> Iterator[Row]:
    """Yield each word with its row, its places and the number of its documents.

    A row gives for each time the gap to the document of the time before (0 if it stands there
    again), and, unless the documents are in the order of their lengths, the length.
    """
    sign = NUMBERS.__getitem__
    lengths = [NUMBERS[length] for length in postings.lengths]
    for word, cell in postings.cells.items():
        times = len(cell) // 2
        first = cell[0]
        if times == 1:
            row = sign(first + 1) if is_by_length else sign(first + 1) + lengths[first]
            yield word, row, cell[1], 1
            continue
        gaps = [first + 1, *map(sub, cell[1:times], cell)]
        signs = map(sign, gaps)
        if not is_by_length:
            signs = map(add, signs, map(lengths.__getitem__, cell))
        yield word, "".join(signs), "".join(cell[times:]), times - gaps.count(0)


def ranks(fields: Sequence[Mapping[str, list[Any]]]) -> dict[str, int]:
    """Return the rank of every word among those first met in the same field of one document.

    ``fields`` are the cells of each field, in the order in which Lunr reads them.
    """
    met: dict[str, int] = {}
    for field, cells in enumerate(fields):
        for word, cell in cells.items():
            place = cell[0] * len(fields) + field
            before = met.get(word)
            if before is None:
                met[word] = place
            elif place < before:
                # It is to stand where it is met now.
                del met[word]
                met[word] = place
    found: dict[str, int] = {}
    here, rank = -1, 0
    for word in sorted(met, key=met.__getitem__):
        rank = rank + 1 if met[word] == here else 0
        here = met[word]
        found[word] = rank
    return found
