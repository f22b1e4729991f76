"""The facts of all papers, packed: unpacked they would fill the memory.

A build looks at papers by their days, a few thousand at a time. Those are unpacked, and forgotten
when others are asked for; so a process that was forked copies little of what it shares.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from generator.library.facts import (
    Facts,
    PackedFacts,
    pack,
    unpack,
    unpack_meant,
    unpack_signed,
    unpack_title,
)
from generator.system.fingerprints import BYTES, fingerprint

KEPT = 1 << 14  # papers whose facts stay unpacked, at most
MAPPED = 1 << 10  # papers that are read before the memory that their files are mapped to is let go
_PLACE_BITS = 24  # of the number of a paper in its part
_PLACE = (1 << _PLACE_BITS) - 1


class _InMemory(NamedTuple):
    """Facts that lie nowhere else."""

    data: bytes

    def checked(self) -> bytes:
        """Return them: nothing can have changed them."""
        return self.data

    def let_go(self) -> None:
        """Do nothing: they would be gone."""


class Marks(NamedTuple):
    """A key of each paper of a catalogue, BYTES each: where it is, and the keys by part."""

    places: Mapping[str, int]
    keys: Sequence[bytes | bytearray]

    def of(self, slugs: Iterable[str]) -> bytes:
        """Return the keys of the papers ``slugs``, one behind the other, if there are any."""
        keys, found = self.keys, []
        if not keys:
            return b""
        for place in map(self.places.__getitem__, slugs):
            start = (place & _PLACE) * BYTES
            found.append(keys[place >> _PLACE_BITS][start : start + BYTES])
        return b"".join(found)


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
        self._read = 0  # papers, since no file takes memory
        self._mapped: set[int] = set()  # the numbers of the parts that these are in

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
            if len(self._at_hand) == KEPT:
                self._at_hand.clear()
            found = self._at_hand[slug] = unpack(self._record(slug))
        return found

    def _record(self, slug: str) -> memoryview:
        """Return the facts of a paper, chosen or not, packed."""
        if self._read == MAPPED:
            # The system maps a good deal more than is read.
            for number in self._mapped:
                self._parts[number].let_go()
            self._read = 0
            self._mapped.clear()
        self._read += 1
        place = self._places[slug]
        number = place >> _PLACE_BITS
        self._mapped.add(number)
        return self._parts[number].record(place & _PLACE)

    def marks(self, slugs: Iterable[str]) -> bytes:
        """Return the marks of the papers ``slugs``, one behind the other."""
        return self._marks.of(slugs)

    @cached_property
    def _marks(self) -> Marks:
        return Marks(self._places, [part.index.marks for part in self._parts])

    def links(self, slugs: Iterable[str]) -> bytes:
        """Return keys of what links to the papers ``slugs``, chosen or not, say."""
        return self._links.of(slugs)

    @cached_property
    def _links(self) -> Marks:
        return Marks(self._places, [part.index.links for part in self._parts])

    def words(self, slugs: Iterable[str]) -> bytes:
        """Return keys of the words of the papers ``slugs``, one behind the other."""
        return self._words.of(slugs)

    @cached_property
    def _words(self) -> Marks:
        return Marks(self._places, [part.index.words for part in self._parts])

    def marked(self, keys: Iterable[tuple[str, bytes]]) -> Marks:
        """Return ``keys``, which are some of each paper, packed as the marks are."""
        packed = [bytearray(len(part.index.marks)) for part in self._parts]
        for slug, key in keys:
            place = self._places[slug]
            start = (place & _PLACE) * BYTES
            packed[place >> _PLACE_BITS][start : start + BYTES] = key
        return Marks(self._places, packed)

    def traits(self, slugs: Iterable[str]) -> Iterator[int]:
        """Yield the traits of each of the papers ``slugs``."""
        return self._numbers(self._traits, slugs)

    @cached_property
    def _traits(self) -> list[bytes]:
        return [part.index.traits for part in self._parts]

    def having(self, trait: int) -> list[str]:
        """Return the papers that have a trait: DRAFT, ALIASES, CODE or VOTES."""
        found = {
            slug
            for part in self._parts
            for slug, traits in zip(part.index.slugs, part.index.traits, strict=True)
            if traits & trait
        }
        return self._ordered(found)

    def under(self) -> dict[str, list[str]]:
        """Return the papers under each topic that has any, in their order."""
        ordered = list(self._chosen)
        # The number in that order of each paper of a part, or -1 where it is not chosen.
        orders = [array("i", [-1]) * len(part.index.slugs) for part in self._parts]
        for order, place in enumerate(map(self._places.__getitem__, ordered)):
            orders[place >> _PLACE_BITS][place & _PLACE] = order
        found: dict[str, array[int]] = {}
        for own, part in zip(orders, self._parts, strict=True):
            for topic, numbers in part.index.topics.items():
                here = [own[number] for number in array("I", numbers)]
                found.setdefault(topic, array("i")).extend(here)
        return {
            topic: [ordered[order] for order in sorted(held) if order >= 0]
            for topic, held in found.items()
        }

    def after(self, day: date) -> list[str]:
        """Return the papers of days after ``day``."""
        after = day.toordinal()
        found = {
            slug
            for part, days in zip(self._parts, self._days, strict=True)
            for slug, ordinal in zip(part.index.slugs, days, strict=True)
            if ordinal > after
        }
        return self._ordered(found)

    def _ordered(self, found: set[str]) -> list[str]:
        """Return those of the papers ``found`` that are chosen, in their order."""
        return [slug for slug in self._chosen if slug in found] if found else []

    def authors_key(self) -> bytes:
        """Return a key of all that ``authors`` yields."""
        parts = [part.index.authors for part in self._parts]
        return fingerprint(*parts, "\n".join(self._chosen).encode())

    def authors(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each paper with its authors."""
        held, record = self._at_hand.get, self._record
        for slug in self._chosen:
            yield slug, (held(slug) or unpack_signed(record(slug))).authors

    def titles(self, slugs: Iterable[str]) -> list[str]:
        """Return the titles of the papers ``slugs``, chosen or not."""
        held, record = self._at_hand.get, self._record
        return [(held(slug) or unpack_title(record(slug))).title for slug in slugs]

    def vectors(self, slugs: Iterable[str]) -> list[bytes]:
        """Return the vectors of the papers ``slugs``."""
        held, record = self._at_hand.get, self._record
        return [(held(slug) or unpack_meant(record(slug))).vector for slug in slugs]

    def centroids(self) -> Iterator[int]:
        """Yield the number of the centroid nearest to each paper."""
        return self._numbers([array("H", part.index.centroids) for part in self._parts], self)

    def days(self, slugs: Iterable[str]) -> Iterator[int]:
        """Yield the ordinal of the day of each of the papers ``slugs``, chosen or not."""
        return self._numbers(self._days, slugs)

    def votes(self, slugs: Iterable[str]) -> Iterator[int]:
        """Yield how many votes each of the papers ``slugs`` has."""
        return self._numbers(self._votes, slugs)

    @cached_property
    def _votes(self) -> list[array[int]]:
        return [array("q", part.index.votes) for part in self._parts]

    @cached_property
    def _days(self) -> list[array[int]]:
        return [array("i", part.index.days) for part in self._parts]

    def _numbers(self, parts: Sequence[Sequence[int]], slugs: Iterable[str]) -> Iterator[int]:
        """Yield the number of each of ``slugs`` out of those of each part."""
        for place in map(self._places.__getitem__, slugs):
            yield parts[place >> _PLACE_BITS][place & _PLACE]

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
