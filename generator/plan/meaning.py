"""What browsers are told of what papers mean: files of vectors, small and loaded one by one.

    vectors/days.js             the days, how many new papers each has, how the rest is cut
    vectors/2025-09-23.js       the new papers of a day: a key of the slug and a vector each
    vectors/2025-09-23-0.js     title, authors and page of the first NAMES of them
    vectors/topics.js           the topics that have papers: slug and name of each
    vectors/topic-agents.js     the papers of a topic: the keys of their slugs
    vectors/slugs-0.js          the number of a paper by the key of its slug
    vectors/near-7.js           the papers nearest to the centroid 7: number and vector each
    vectors/centroids.js        the centroids, and where each file of words begins
    vectors/words-0.js          words, what each is worth, and its vector

A paper's number is its place in the order in which papers were first listed: what is new comes
last. A vector is its first SIDES dimensions, a sign of base64 each: it packs to half of that.
``static/js/meaning.js`` reads all of this.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any

from generator import urls
from generator.library.library import Library
from generator.library.vectors import Table
from generator.model import Bundle, Page
from generator.text import markup

SIDES = 48
NAMES = 32
AUTHORS = 3
SLUGS = 256  # in a file, more or less
WORDS = 256  # in a file
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_ZERO = 32  # the sign of 0: others are so far from it as their value says
_NUMBER, _WORTH = 4, 2  # signs
_PAIRS = ["".join(pair) for pair in product(SIGNS, repeat=2)]


def _signs(step: int) -> bytes:
    """Return what makes signed bytes into signs, a step of so much each."""
    values = [byte - 256 if byte > 127 else byte for byte in range(256)]  # noqa: PLR2004  # signed
    return "".join(
        SIGNS[_ZERO + max(-_ZERO + 1, min(_ZERO - 1, round(value / step)))] for value in values
    ).encode()


_OF_PAPERS, _OF_WORDS = _signs(2), _signs(4)


def vector(data: bytes, signs: bytes = _OF_PAPERS) -> str:
    """Return a vector (a signed byte a dimension) as browsers are told it."""
    return data[:SIDES].translate(signs).decode()


def number(value: int, width: int) -> str:
    """Return ``value`` in so many signs, an even number of them."""
    return "".join([_PAIRS[value >> 6 * place & 4095] for place in range(width - 2, -1, -2)])


def key(slug: str) -> str:
    """Return the key of a slug: 30 bits of its CRC-32."""
    value = zlib.crc32(slug.encode())
    return SIGNS[value >> 24 & 63] + _PAIRS[value >> 12 & 4095] + _PAIRS[value & 4095]


def pages(library: Library, table: Table, *, search: bool) -> Iterator[Page | Bundle]:
    """Yield the files of vectors; those that only a search asks for with ``search``."""
    new = [
        tuple([slug for slug in day.papers if library.listed[slug][0] == day.date])
        for day in library.digests
    ]
    parts = 1 << max(len(library.facts) // SLUGS, 1).bit_length() - 1
    counts = ",".join(
        f"{day.date.isoformat()}:{len(slugs)}"
        for day, slugs in zip(library.digests, new, strict=True)
    )
    near = _by_centroid(library) if search else {}
    centroids = "".join([number(centroid, _NUMBER) for centroid in near])
    yield _page("days", counts, parts, NAMES, centroids)
    for day, slugs in zip(library.digests, new, strict=True):
        name = day.date.isoformat()
        made_of = slugs, library.marks(slugs)
        yield Bundle(f"vectors {name}", made_of, partial(_day, library, name, slugs))
    everything = list(library.facts)
    yield from _slugs(everything, parts)
    yield from _topics(library)
    if search:
        yield from _near(library, everything, near)
        yield from _words(table)


def _page(name: str, *content: object) -> Page:
    """Return the file of content that is at hand."""
    return Page.of(urls.vectors(name), "vectors.js", {"name": name, "content": content})


def _late(name: str, made_of: object, content: partial[tuple[object, ...]]) -> Page:
    """Return the file of what ``content`` returns, which ``made_of`` settles."""
    return Page(urls.vectors(name), "vectors.js", made_of, partial(_fill, name, content))


def _fill(name: str, content: Callable[[], tuple[object, ...]]) -> Mapping[str, Any]:
    return {"name": name, "content": content()}


def _day(library: Library, day: str, slugs: Sequence[str]) -> Iterator[Page]:
    """Yield the vectors of the new papers of a day, and what they are called."""
    yield _late(day, (slugs, library.marks(slugs)), partial(_vectors, library, slugs))
    for start in range(0, len(slugs), NAMES):
        part = slugs[start : start + NAMES]
        name = f"{day}-{start // NAMES}"
        yield _late(name, library.marks(part), partial(_names, library, part))


def _vectors(library: Library, slugs: Sequence[str]) -> tuple[object, ...]:
    found = zip(slugs, library.facts.vectors(slugs), strict=True)
    return ("".join([key(slug) + vector(data) for slug, data in found]),)


def _names(library: Library, slugs: Iterable[str]) -> tuple[object, ...]:
    """Return title, authors and page of papers; of that no slug where the title gives it."""
    found = []
    for slug in slugs:
        facts = library.facts[slug]
        authors = ", ".join(facts.authors[:AUTHORS]) + ", …" * (len(facts.authors) > AUTHORS)
        title = markup.to_text(facts.title)
        page = urls.beyond_title(library.shelves.of(facts), slug, title)
        found.append([title, authors, *([page] if page else [])])
    return (found,)


def _slugs(slugs: Sequence[str], parts: int) -> Iterator[Page]:
    """Yield where the number of each slug is found: those whose keys end alike are one file."""
    held: list[list[str]] = [[] for _ in range(parts)]
    for place, slug in enumerate(slugs):
        held[zlib.crc32(slug.encode()) & parts - 1].append(key(slug) + number(place, _NUMBER))
    for part, found in enumerate(held):
        yield _page(f"slugs-{part}", "".join(found))


def _topics(library: Library) -> Iterator[Page]:
    """Yield the papers of each topic: a reader's rules go by them where a list names no topics."""
    yield _page("topics", [(slug, library.refs[slug].name) for slug in library.papers_under])
    for slug, papers in library.papers_under.items():
        yield _late(f"topic-{slug}", papers, partial(_keys, papers))


def _keys(slugs: Iterable[str]) -> tuple[object, ...]:
    return ("".join(map(key, slugs)),)


def _by_centroid(library: Library) -> dict[int, array[int]]:
    """Return the numbers of the papers of each centroid that has any, in their order."""
    held: dict[int, array[int]] = {}
    for place, centroid in enumerate(library.facts.centroids()):
        held.setdefault(centroid, array("I")).append(place)
    return dict(sorted(held.items()))


def _near(library: Library, slugs: Sequence[str], near: Mapping[int, array[int]]) -> Iterator[Page]:
    """Yield the papers of each centroid that has any."""
    for centroid, places in near.items():
        held = [slugs[place] for place in places]
        made_of = places.tobytes(), library.marks(held)
        yield _late(f"near-{centroid}", made_of, partial(_listed, library, places, held))


def _listed(library: Library, places: Sequence[int], slugs: Sequence[str]) -> tuple[object, ...]:
    found = zip(places, library.facts.vectors(slugs), strict=True)
    return ("".join([number(place, _NUMBER) + vector(data) for place, data in found]),)


def _words(table: Table) -> Iterator[Page]:
    """Yield the centroids and the words, which are the same for every site of one table."""
    words = sorted(table.words)
    starts = range(0, len(words), WORDS)
    cuts = " ".join([words[start] for start in starts])
    yield _late("centroids", cuts, partial(_centroids, table, cuts))
    for part, start in enumerate(starts):
        held = words[start : start + WORDS]
        yield _late(f"words-{part}", held, partial(_worth, table, held))


def _centroids(table: Table, cuts: str) -> tuple[object, ...]:
    rows = table.centroids.astype("i1")
    return "".join([vector(row.tobytes()) for row in rows]), cuts


def _worth(table: Table, words: Sequence[str]) -> tuple[object, ...]:
    """Return words, and behind each other how much each pulls, of 4,095, and its vector."""
    pulls = table.idf * table.scales
    most = int(pulls.max())
    rows = [table.numbers[word] for word in words]
    found = [
        number(max(1, int(pulls[row]) * 4095 // most), _WORTH)
        + vector(table.vectors[row].tobytes(), _OF_WORDS)
        for row in rows
    ]
    return " ".join(words), "".join(found)
