"""Exact names of a paper: arXiv id, DOI, BibTeX key, its page, the addresses of its links.

A key is text that a reader may paste, brought to one form; ``static/js/search-pasted.js`` brings
what is pasted to the same. The index keeps of each a checksum, in files that the checksum itself
names, so that one is found with one download.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from zlib import crc32

from generator.search.coding import SIGNS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PAPERS = 128
"""Papers to a file of keys, about."""
_BASE = 89  # signs that no mark is
_VERSION = re.compile(r"v\d+$")
_OF_ARXIV = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)

_NUMBER_BITS = 32  # behind the checksum


def arxiv(identifier: str) -> str:
    """Return the key of an arXiv id, of whatever version."""
    return "arxiv:" + _VERSION.sub("", identifier.strip().lower())


def doi(identifier: str) -> str:
    """Return the key of a DOI, in small letters as DOIs are compared."""
    return "doi:" + identifier.strip().lower()


def citation(key: str) -> str:
    """Return the key of a BibTeX key."""
    return "key:" + key.lower()


def page(slug: str) -> str:
    """Return the key of the page of a paper."""
    return "page:" + slug


def link(address: str) -> str:
    """Return the key of an address, without what addresses of one page differ in."""
    return "link:" + _SCHEME.sub("", address.strip()).split("#")[0].rstrip("/").lower()


def of_paper(
    slugs: Iterable[str], identifier: str, its_doi: str, cited: str, links: Iterable[str]
) -> tuple[str, ...]:
    """Return the keys of a paper with these slugs, arXiv id, DOI, BibTeX key and links."""
    found = [*map(page, slugs), citation(cited), *map(link, links)]
    if identifier:
        found.append(arxiv(identifier))
    if its_doi:
        found.append(doi(its_doi))
        if match := _OF_ARXIV.match(its_doi):
            found.append(arxiv(its_doi[match.end() :]))
    return tuple(dict.fromkeys(found))


def numbered(keys: Iterable[tuple[int, Sequence[str]]]) -> bytes:
    """Return ``keys``, given by the numbers of their papers, packed: the checksum of each first."""
    found = (crc32(key.encode()) << _NUMBER_BITS | number for number, each in keys for key in each)
    return array("Q", found).tobytes()


def files(blocks: Iterable[tuple[int, bytes]], papers: int) -> Iterator[str]:
    """Yield the text of each file: five signs for a checksum, three for a paper, in order.

    ``blocks`` are keys that were ``numbered``, with the number of the first paper of each.
    """
    import numpy as np  # noqa: PLC0415  # it takes long to load

    count = files_for(papers)
    listed = [array("Q") for _ in range(count)]
    for first, packed in blocks:
        for key in memoryview(packed).cast("Q"):
            listed[(key >> _NUMBER_BITS) % count].append(key + first)
    for each in listed:
        yield _signs(np.sort(np.frombuffer(each, np.uint64)))


def files_for(papers: int) -> int:
    """Return how many files the keys of so many papers take."""
    return -(-papers // PAPERS) if papers else 0


def _signs(keys: npt.NDArray[np.uint64]) -> str:
    """Return ``keys`` as text, the greater digits first."""
    import numpy as np  # noqa: PLC0415  # it takes long to load

    checks, numbers = keys >> np.uint64(_NUMBER_BITS), keys & np.uint64((1 << _NUMBER_BITS) - 1)
    digits = [checks // _BASE**place for place in (4, 3, 2, 1, 0)]
    digits += [numbers // _BASE**place for place in (2, 1, 0)]
    signs = np.frombuffer(SIGNS.encode(), np.uint8)[np.stack(digits, axis=1) % _BASE]
    text: bytes = signs.tobytes()
    return text.decode()
