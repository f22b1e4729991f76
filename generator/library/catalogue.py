"""What is known of every paper without opening it, packed: unpacked it would fill the memory.

A build looks at papers by their days, a few thousand at a time. Those are unpacked, and forgotten
when others are asked for; so a process that was forked copies little of what it shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from generator.system.fingerprints import BYTES

KEPT = 1 << 14  # papers whose facts stay unpacked
_LENGTH_BYTES = 4
_HEAD = _LENGTH_BYTES + BYTES
_PLACE_BITS = 32
_START = (1 << _PLACE_BITS) - 1


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


_unpack = msgspec.msgpack.Decoder(Facts).decode


class PackedFacts(NamedTuple):
    """The facts of some papers, one behind the other, and their slugs.

    Before the facts of each stand their length and, to be had without unpacking them, the mark.
    """

    slugs: tuple[str, ...]
    data: bytes

    @classmethod
    def of(cls, facts: Iterable[Facts]) -> PackedFacts:
        """Return ``facts`` packed."""
        slugs: list[str] = []
        parts: list[bytes] = []
        for one in facts:
            packed = msgspec.msgpack.encode(one)
            slugs.append(one.slug)
            mark = one.mark.ljust(BYTES, b"\0")
            parts += (len(packed).to_bytes(_LENGTH_BYTES, "big"), mark, packed)
        return cls(tuple(slugs), b"".join(parts))

    def starts(self) -> Iterator[int]:
        """Yield where the facts of each paper start, its length before them."""
        start = 0
        for _ in self.slugs:
            yield start
            start += _HEAD + _length(self.data, start)

    def unpacked(self) -> Iterator[Facts]:
        """Yield the facts of each paper."""
        return map(self.at, self.starts())

    def at(self, start: int) -> Facts:
        """Return the facts that start at ``start``."""
        begin = start + _HEAD
        return _unpack(self.data[begin : begin + _length(self.data, start)])

    def mark_at(self, start: int) -> bytes:
        """Return the mark of the paper whose facts start at ``start``."""
        return self.data[start + _LENGTH_BYTES : start + _HEAD]


def _length(data: bytes, start: int) -> int:
    return int.from_bytes(data[start : start + _LENGTH_BYTES], "big")


class Catalogue(Mapping[str, Facts]):
    """The facts of papers by their slugs, out of ``parts``; the KEPT last ones stay unpacked."""

    def __init__(self, parts: Iterable[PackedFacts]) -> None:
        self._parts = list(parts)
        # The number of the part, and where in it: one dict for all that is kept of papers.
        self._places = {
            slug: number << _PLACE_BITS | start
            for number, part in enumerate(self._parts)
            for slug, start in zip(part.slugs, part.starts(), strict=True)
        }
        self._chosen: Mapping[str, Any] = self._places
        self._at_hand: dict[str, Facts] = {}

    @classmethod
    def of(cls, facts: Iterable[Facts]) -> Catalogue:
        """Return the catalogue of ``facts``."""
        return cls([PackedFacts.of(facts)])

    def only(self, chosen: Mapping[str, Any]) -> Catalogue:
        """Return a catalogue of the papers ``chosen``, in their order, that shares all it has."""
        other = Catalogue(())
        other._parts, other._places, other._chosen = self._parts, self._places, chosen
        return other

    def numbers(self) -> PartNumbers:
        """Return the number of the part that each paper is in."""
        return PartNumbers(self._places)

    def __getstate__(self) -> dict[str, Any]:
        """Send what is packed: another process unpacks for itself."""
        return {**self.__dict__, "_at_hand": {}}

    def __getitem__(self, slug: str) -> Facts:
        found = self._at_hand.get(slug)
        if found is None:
            if slug not in self._chosen:
                raise KeyError(slug)
            if len(self._at_hand) >= KEPT:
                self._at_hand.clear()
            place = self._places[slug]
            found = self._parts[place >> _PLACE_BITS].at(place & _START)
            self._at_hand[slug] = found
        return found

    def marks(self, slugs: Iterable[str]) -> bytes:
        """Return the marks of the papers ``slugs``, one behind the other."""
        parts, places = self._parts, self._places
        return b"".join(
            [
                parts[place >> _PLACE_BITS].mark_at(place & _START)
                for place in map(places.__getitem__, slugs)
            ]
        )

    def __contains__(self, slug: object) -> bool:
        return slug in self._chosen

    def __iter__(self) -> Iterator[str]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)


class PartNumbers(Mapping[str, int]):
    """The number of the part of a catalogue that each paper is in."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places

    def __getitem__(self, slug: str) -> int:
        return self._places[slug] >> _PLACE_BITS

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
