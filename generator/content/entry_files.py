"""One entry's file: read, or known from before; packed for the cache, and back."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator import urls
from generator.content import entries, front_matter
from generator.content.entries import Listing
from generator.model import Paper
from generator.system import files, fingerprints, records, timing
from generator.system.errors import SourceError
from generator.system.fingerprints import Signature
from generator.system.records import Records

PAPERS = "papers"
DIGESTS = "digests"


class Entry(NamedTuple):
    """What one file held when it was last read, and how to tell that it still does.

    ``edited`` says whether a person has changed what the program wrote.
    """

    signature: Signature
    read_at: int
    sha256: str
    edited: bool
    value: Paper | Listing

    @property
    def extra(self) -> Mapping[str, Any]:
        """The front-matter keys that are not ours."""
        held = self.value.digest if isinstance(self.value, Listing) else self.value
        return held.extra

    def with_extra(self, extra: Mapping[str, Any]) -> Entry:
        """Return the same entry with other such keys."""
        if isinstance(self.value, Listing):
            digest = dataclasses.replace(self.value.digest, extra=extra)
            return self._replace(value=self.value._replace(digest=digest))
        return self._replace(value=dataclasses.replace(self.value, extra=extra))


class _Packed(NamedTuple):
    """An entry and its path in a form that keeps every type: keys that are not ours are YAML."""

    path: str
    entry: Entry
    extra: str


_PACKED = msgspec.msgpack.Decoder(_Packed)


def read(root: Path, path: str, known: Entry | None) -> Entry:
    """Return the entry of the file ``path``; ``known`` saves the work where the bytes are equal."""
    file = os.path.join(root, path)  # noqa: PTH118  # fast, and called for every file
    read_at = time.time_ns()
    data, signature = fingerprints.read(file)
    sha256 = _sha256(data)
    if known and known.sha256 == sha256:
        return known._replace(signature=signature, read_at=read_at)
    text = files.decode(file, data)
    with timing.charge_closely("yaml"):
        value = _parse(file, path, text)
    edited = value.edited if isinstance(value, Listing) else entries.is_edited(text)
    return Entry(signature, read_at, sha256, edited, value)


def _parse(file: str, path: str, text: str) -> Paper | Listing:
    """Return what the entry says; SourceError where its file's name does not fit it."""
    name = path.rpartition("/")[2].removesuffix(".md")
    if path.startswith(f"{PAPERS}/"):
        if urls.SLUG.fullmatch(name) is None:
            message = f"the file's name becomes an address: {urls.slugify(name)}.md would do"
            raise SourceError(file, 0, message)
        return entries.paper_from_text(file, name, text)
    listing = entries.digest_from_text(file, text)
    if name != listing.digest.date.isoformat():
        line = front_matter.line_of(text, ("date",))
        message = f"the date is {listing.digest.date}, but the file's name says {name}"
        raise SourceError(file, line, message)
    return listing


def entry_of(path: Path, text: str, value: Paper | Listing, *, edited: bool = False) -> Entry:
    """Return the entry of the file ``path``, just written with ``text``, which means ``value``."""
    return Entry(fingerprints.of(path), time.time_ns(), _sha256(text.encode()), edited, value)


def pack(found: Mapping[str, Entry]) -> bytes:
    """Return ``found``, entries by path, as records that ``unpack`` turns back into the same."""
    packed = []
    for path, entry in found.items():
        extra = front_matter.dump_yaml(entry.extra) if entry.extra else ""
        plain = entry.with_extra({}) if extra else entry
        packed.append(msgspec.msgpack.encode(_Packed(path, plain, extra)))
    return records.pack(packed)


def unpack(data: bytes | memoryview) -> dict[str, Entry]:
    """Return what was packed; raises Damaged where ``data`` is something else."""
    return dict(map(_unpacked, Records(data)))


def opened(data: bytes | memoryview) -> Callable[[int], Paper]:
    """Return what unpacks one paper of what was packed, by its number: the others stay as they are.

    It raises Damaged where that is not what was packed.
    """
    held = Records(data)

    def paper(number: int) -> Paper:
        path, entry = _unpacked(held[number])
        if not isinstance(entry.value, Paper):
            raise TypeError(f"{path}: no paper")
        return entry.value

    return paper


def _unpacked(data: memoryview) -> tuple[str, Entry]:
    """Return an entry that was packed, and its path."""
    path, entry, extra = _PACKED.decode(data)
    return path, entry.with_extra(front_matter.load_yaml(path, extra)) if extra else entry


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
