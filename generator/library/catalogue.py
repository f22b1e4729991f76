"""What is known of every paper without opening it, packed: unpacked it would fill the memory.

A build looks at papers by their days, a few thousand at a time. Those are unpacked, and forgotten
when others are asked for; so a process that was forked copies little of what it shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import msgspec

from generator.system import records
from generator.system.fingerprints import BYTES, fingerprint
from generator.system.records import Records

KEPT = 1 << 14  # papers whose facts are read before those that were are let go
_PLACE_BITS = 24  # of the number of a paper in its part
_PLACE = (1 << _PLACE_BITS) - 1


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


class Beginning(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The first of the facts of a paper, up to its topics."""

    slug: msgspec.Raw
    mark: msgspec.Raw
    words: msgspec.Raw
    title: msgspec.Raw
    date: msgspec.Raw
    authors: tuple[str, ...]
    others: msgspec.Raw
    topics: tuple[str, ...]


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
    place: int


_unpack = msgspec.msgpack.Decoder(Facts).decode
_unpack_title = msgspec.msgpack.Decoder(Title).decode
_unpack_beginning = msgspec.msgpack.Decoder(Beginning).decode
_unpack_meant = msgspec.msgpack.Decoder(Meant).decode


class Held(Protocol):
    """Bytes that lie somewhere, in a file for one; ``let_go`` frees the memory they may take."""

    def checked(self) -> bytes | memoryview:
        """Return the bytes; raises Damaged where they are not what they were."""

    def let_go(self) -> None:
        """Take no memory until they are asked for again."""


class FactsIndex(NamedTuple):
    """Whose facts lie in some packed ones: slugs, marks (BYTES each), a key of their authors."""

    slugs: tuple[str, ...]
    marks: bytes
    authors: bytes


def pack(facts: Iterable[Facts]) -> tuple[FactsIndex, bytes]:
    """Return ``facts`` as records, and whose they are."""
    found = list(facts)
    marks = b"".join([one.mark.ljust(BYTES, b"\0") for one in found])
    authors = fingerprint(msgspec.msgpack.encode([(one.slug, one.authors) for one in found]))
    index = FactsIndex(tuple([one.slug for one in found]), marks, authors)
    return index, records.pack(list(map(msgspec.msgpack.encode, found)))


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
        # Checked once for all: to check them paper by paper takes as long as to slice them.
        return Records(self._held.checked()).at

    def __iter__(self) -> Iterator[Facts]:
        return map(_unpack, map(self.record, range(len(self.index.slugs))))

    def let_go(self) -> None:
        """Take no memory for what lies in a file."""
        self._held.let_go()


class _InMemory(NamedTuple):
    """Facts that lie nowhere else."""

    data: bytes

    def checked(self) -> bytes:
        """Return them: nothing can have changed them."""
        return self.data

    def let_go(self) -> None:
        """Do nothing: they would be gone."""


class Catalogue(Mapping[str, Facts]):
    """The facts of papers by their slugs, out of ``parts``; the KEPT last ones stay unpacked."""

    def __init__(self, parts: Iterable[PackedFacts]) -> None:
        self._parts = list(parts)
        # The number of the part, and that in it: one dict for all that is kept of papers.
        self._places = {
            slug: number << _PLACE_BITS | place
            for number, part in enumerate(self._parts)
            for place, slug in enumerate(part.index.slugs)
        }
        self._chosen: Mapping[str, Any] = self._places
        self._at_hand: dict[str, Facts] = {}
        self._read = 0  # since what was read takes no memory

    @classmethod
    def of(cls, facts: Iterable[Facts]) -> Catalogue:
        """Return the catalogue of ``facts``."""
        index, data = pack(facts)
        return cls([PackedFacts(index, _InMemory(data))])

    def only(self, chosen: Mapping[str, Any]) -> Catalogue:
        """Return a catalogue of the papers ``chosen``, in their order, that shares all it has."""
        other = Catalogue(())
        other._parts, other._places, other._chosen = self._parts, self._places, chosen
        return other

    def places(self) -> Places:
        """Return the number of the part that each paper is in, and its number there."""
        return Places(self._places)

    def __getstate__(self) -> dict[str, Any]:
        """Send what is packed: another process unpacks for itself."""
        return {**self.__dict__, "_at_hand": {}}

    def __getitem__(self, slug: str) -> Facts:
        found = self._at_hand.get(slug)
        if found is None:
            if slug not in self._chosen:
                raise KeyError(slug)
            found = self._at_hand[slug] = _unpack(self._record(slug))
        return found

    def _record(self, slug: str) -> memoryview:
        """Return the facts of a paper, chosen or not, packed."""
        self._read += 1
        if self._read > KEPT:
            self._read = 1
            self._at_hand.clear()
            for part in self._parts:
                part.let_go()
        place = self._places[slug]
        return self._parts[place >> _PLACE_BITS].record(place & _PLACE)

    def marks(self, slugs: Iterable[str]) -> bytes:
        """Return the marks of the papers ``slugs``, one behind the other."""
        parts, found = self._parts, []
        for place in map(self._places.__getitem__, slugs):
            start = (place & _PLACE) * BYTES
            found.append(parts[place >> _PLACE_BITS].index.marks[start : start + BYTES])
        return b"".join(found)

    def authors_key(self) -> bytes:
        """Return a key of all that ``authors`` yields."""
        parts = [part.index.authors for part in self._parts]
        return fingerprint(*parts, "\n".join(self._chosen).encode())

    def authors(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each paper with its authors."""
        for slug in self._chosen:
            yield slug, self.beginning(slug).authors

    def beginning(self, slug: str) -> Facts | Beginning:
        """Return the first of the facts of a paper, chosen or not; it does not stay unpacked."""
        return self._at_hand.get(slug) or _unpack_beginning(self._record(slug))

    def titles(self, slugs: Iterable[str]) -> list[str]:
        """Return the titles of the papers ``slugs``, chosen or not."""
        held, record = self._at_hand.get, self._record
        return [(held(slug) or _unpack_title(record(slug))).title for slug in slugs]

    def vectors(self, slugs: Iterable[str]) -> list[bytes]:
        """Return the vectors of the papers ``slugs``."""
        return [self._meant(slug).vector for slug in slugs]

    def centroids(self) -> Iterator[int]:
        """Yield the number of the centroid nearest to each paper."""
        for slug in self._chosen:
            yield self._meant(slug).place

    def _meant(self, slug: str) -> Facts | Meant:
        return self._at_hand.get(slug) or _unpack_meant(self._record(slug))

    def __contains__(self, slug: object) -> bool:
        return slug in self._chosen

    def __iter__(self) -> Iterator[str]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)


class Places(Mapping[str, tuple[int, int]]):
    """The number of the part of a catalogue that each paper is in, and its number there."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places

    def __getitem__(self, slug: str) -> tuple[int, int]:
        place = self._places[slug]
        return place >> _PLACE_BITS, place & _PLACE

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
