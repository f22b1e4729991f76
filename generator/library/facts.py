"""What is known of a paper without opening it, and how that lies packed with that of others.

Who asks for a part of it alone, unpacks no more.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import msgspec

from generator.system import records
from generator.system.fingerprints import BYTES, fingerprint
from generator.system.records import Records


class Facts(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What is known of a paper without opening it: enough to plan every page that shows it.

    ``mark`` is a key of all that the paper says and of its topics, ``words`` one of what the index
    takes of it and related papers say of it. ``topics`` are the slugs of its topics, best first;
    ``code`` is where its code is, or empty. ``vector`` is what it means (a signed byte a
    dimension), ``place`` the number of the nearest centroid. ``draft``, ``aliases``, ``withdrawn``
    and ``folder`` are those of the paper.
    """

    slug: str
    mark: bytes
    words: bytes
    title: str
    date: date
    authors: tuple[str, ...]
    others: bool
    topics: tuple[str, ...]
    votes: int | None
    code: str
    arxiv: str
    vector: bytes
    place: int
    draft: bool = False
    aliases: tuple[str, ...] = ()
    withdrawn: bool = False
    folder: str = ""


class Title(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The first of the facts of a paper, up to its title: it takes a third of the time of all."""

    slug: msgspec.Raw
    mark: msgspec.Raw
    words: msgspec.Raw
    title: str


class Signed(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The first of the facts of a paper, up to its authors."""

    slug: msgspec.Raw
    mark: msgspec.Raw
    words: msgspec.Raw
    title: msgspec.Raw
    date: msgspec.Raw
    authors: tuple[str, ...]


class Meant(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a paper means, of its facts: it takes half the time of all."""

    slug: msgspec.Raw
    mark: msgspec.Raw
    words: msgspec.Raw
    title: msgspec.Raw
    date: msgspec.Raw
    authors: msgspec.Raw
    others: msgspec.Raw
    topics: msgspec.Raw
    votes: msgspec.Raw
    code: msgspec.Raw
    arxiv: msgspec.Raw
    vector: bytes


unpack = msgspec.msgpack.Decoder(Facts).decode
unpack_title = msgspec.msgpack.Decoder(Title).decode
unpack_signed = msgspec.msgpack.Decoder(Signed).decode
unpack_meant = msgspec.msgpack.Decoder(Meant).decode


class Held(Protocol):
    """Bytes that lie somewhere, in a file for one; ``let_go`` frees the memory they may take."""

    def checked(self) -> bytes | memoryview:
        """Return the bytes; raises Damaged where they are not what they were."""

    def let_go(self) -> None:
        """Take no memory until they are asked for again."""


class FactsIndex(NamedTuple):
    """Whose facts lie in some packed ones, and what is asked of all papers: none is opened for it.

    These are slugs, marks, keys of what links to each paper say and of its words (BYTES each), a
    key of all authors, the traits of each paper (a byte), the numbers of the nearest centroids (two
    bytes each), the days by their ordinals (four bytes each), the votes (eight bytes each), and by
    topic the numbers of those under it (four bytes each).
    """

    slugs: tuple[str, ...]
    marks: bytes
    links: bytes
    words: bytes
    authors: bytes
    traits: bytes
    centroids: bytes
    days: bytes
    votes: bytes
    topics: dict[str, bytes]


DRAFT, ALIASES, CODE, VOTES = 1, 2, 4, 8
"""Traits of papers."""


def pack(facts: Iterable[Facts]) -> tuple[FactsIndex, bytes]:
    """Return ``facts`` as records, and whose they are."""
    found = list(facts)
    index = FactsIndex(
        slugs=tuple([one.slug for one in found]),
        marks=_joined(one.mark for one in found),
        links=_joined(map(_links, found)),
        words=_joined(one.words for one in found),
        authors=fingerprint(msgspec.msgpack.encode([(one.slug, one.authors) for one in found])),
        traits=bytes(map(_traits, found)),
        centroids=array("H", [one.place for one in found]).tobytes(),
        days=array("i", [one.date.toordinal() for one in found]).tobytes(),
        votes=array("q", [one.votes or 0 for one in found]).tobytes(),
        topics=_under(found),
    )
    return index, records.pack(list(map(msgspec.msgpack.encode, found)))


def _joined(keys: Iterable[bytes]) -> bytes:
    return b"".join([key.ljust(BYTES, b"\0") for key in keys])


def _under(facts: Iterable[Facts]) -> dict[str, bytes]:
    under: dict[str, array[int]] = {}
    for number, one in enumerate(facts):
        for topic in one.topics:
            under.setdefault(topic, array("I")).append(number)
    return {topic: numbers.tobytes() for topic, numbers in under.items()}


def _links(facts: Facts) -> bytes:
    return fingerprint(msgspec.msgpack.encode((facts.title, facts.folder)))


def _traits(facts: Facts) -> int:
    found = DRAFT * facts.draft | ALIASES * bool(facts.aliases)
    return found | CODE * bool(facts.code) | VOTES * bool(facts.votes)


class PackedFacts:
    """The facts of some papers: their index, and the records that ``held`` has."""

    def __init__(self, index: FactsIndex, held: Held) -> None:
        self.index = index
        self._held = held

    def __reduce__(self) -> tuple[Any, ...]:
        """Send to another process the place, where it is one."""
        return PackedFacts, (self.index, self._held)

    @cached_property
    def record(self) -> Callable[[int], memoryview]:
        """What returns the facts of a paper, packed, by its number, counted from 0."""
        # Checked once for all: to check them paper by paper takes as long as to slice them. All of
        # it has been read then, of which few papers may be asked for.
        found = Records(self._held.checked())
        self._held.let_go()
        return found.at

    def __iter__(self) -> Iterator[Facts]:
        return map(unpack, map(self.record, range(len(self.index.slugs))))

    def let_go(self) -> None:
        """Take no memory for what lies in a file."""
        self._held.let_go()
