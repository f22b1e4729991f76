"""The files of a segment of the index, which has the papers of some time.

A day rewrites only the files of the newest, and the others stay in readers' caches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from generator.search import documents, keys
from generator.search.blocks import BLOCK, Block
from generator.search.coding import front_code
from generator.search.documents import FIELDS, RECORDS, Analysis, is_large, texts_per_file
from generator.search.eras import NEW, OLD, Era
from generator.search.shards import cut, merge, parts, separators
from generator.search.terms import STOP_WORDS

LISTS = tuple(f"search/{name}/list.js" for name in (OLD, NEW))
"""The files that say which shards a first search has, and which eras there are."""
PLACES = 8
"""How many shards have their places in one file: few phrases are asked for, and files cost."""
File = tuple[str, bytes]


def segment(
    name: str,
    blocks: Sequence[Block],
    size: int = BLOCK,
    folder: Path | None = None,
    eras: Sequence[Era] = (),
) -> Iterator[File]:
    """Yield the files of one segment, but for its records, by their paths below the site's root.

    ``name`` is OLD, NEW or that of an era; every one of ``blocks`` but the last has ``size``
    papers. Each file calls one function of the client with its own name, the key of the segment,
    and what it holds. What is too large for the memory lies in ``folder`` meanwhile. OLD says which
    ``eras`` there are, itself the last of them, if there are others.
    """
    heads = [block.head for block in blocks]
    key = _joined(head.key for head in heads)
    lexicon = merge([block.runs for block in blocks], folder)
    shards = cut(lexicon)
    total = sum(head.size for head in heads)
    firsts = ""
    for number, part in enumerate(parts(each for each in lexicon.counted() if each[1] > 1)):
        firsts += part[0][0][0]
        words = front_code((word, count.bit_length()) for word, count in part)
        yield _file(f"{name}/words{number}", key, words)
    rare = front_code(each for each in lexicon.counted() if each[1] == 1)
    yield _file(f"{name}/rare", key, rare)
    named = [(first, papers, keys.files_for(papers)) for first, papers in eras]
    yield _file(
        f"{name}/list",
        key,
        total,
        [sum(head.totals[field] for head in heads) for field in range(len(FIELDS))],
        "".join(head.lengths for head in heads),
        front_code(
            (word, shard.weight) for word, shard in zip(separators(shards), shards, strict=True)
        ),
        firsts,
        [RECORDS, texts_per_file(large=is_large(total))],
        " ".join(sorted(STOP_WORDS)) if name == NEW else "",
        size,
        "".join(head.key for head in heads),
        keys.files_for(total),
        *([named] if len(named) > 1 else []),
    )
    for number, shard in enumerate(shards):
        words = front_code((word, 0) for word in shard.words)
        yield _file(f"{name}/{number}", key, words, shard.rows)
    for number in range(0, len(shards), PLACES):
        near = shards[number : number + PLACES]
        yield _file(f"{name}/p{number // PLACES}", key, [shard.places for shard in near])
    yield _file(f"{name}/facets", key, [head.facets for head in heads])
    exact = ((place * size, head.keys) for place, head in enumerate(heads))
    for number, text in enumerate(keys.files(exact, total)):
        yield _file(f"{name}/k{number}", key, text)


def records(
    name: str, first: int, key: str, block: Sequence[Analysis], *, large: bool
) -> Iterator[File]:
    """Yield the files of what results show of the papers of one block.

    ``first`` is the number of the first document of the block in its segment, ``key`` that of the
    block; ``large`` says whether the segment is.
    """
    for number, chunk in enumerate(documents.records(block), first // RECORDS):
        yield _file(f"{name}/r{number}", key, chunk)
    texts = documents.texts(block, large=large)
    for number, abstracts in enumerate(texts, first // texts_per_file(large=large)):
        yield _file(f"{name}/a{number}", key, abstracts)


def _joined(keys: Iterable[str]) -> str:
    return hashlib.sha256("".join(keys).encode()).hexdigest()[:8]


def _file(name: str, *content: object) -> File:
    values = (msgspec.json.encode(value) for value in (name, *content))
    return f"search/{name}.js", b"searchData(" + b",".join(values) + b")\n"
