"""What a build remembers of one folder of content: an index, and packed batches of entries.

The index is read at once; a batch is read, checked and unpacked when it is wanted, so that what
has not changed costs next to nothing. ``cache`` says where such files are and when they count.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from generator.build import cache

T = TypeVar("T")
V = TypeVar("V")
_DIGEST_BYTES = 12
_LENGTH_BYTES = 8


class Damaged(Exception):
    """A batch in the cache is not what was put there."""


class Blob(NamedTuple):
    """Packed data and its digest."""

    digest: bytes
    data: bytes | memoryview

    @classmethod
    def of(cls, data: bytes) -> Blob:
        """Return ``data`` with its digest."""
        return cls(_digest(data), data)

    def checked(self) -> bytes | memoryview:
        """Return the data; raises Damaged where the digest is another one."""
        if _digest(self.data) != self.digest:
            raise Damaged
        return self.data


@dataclass(frozen=True, slots=True)
class Volume(Generic[T]):
    """The batches of one folder, and for each of them what is known of it unopened."""

    index: Sequence[T]
    blobs: Sequence[Blob]


class Shelf(Generic[T]):
    """The volumes of one kind (``name``), one a folder; an index holds values of type ``of``."""

    def __init__(self, content: Path, name: str, of: type[T]) -> None:
        self._root = cache.folder(content) / name
        self._decoder: msgspec.msgpack.Decoder[tuple[list[T], list[tuple[bytes, int]]]]
        self._decoder = msgspec.msgpack.Decoder(tuple[list[of], list[tuple[bytes, int]]])  # type: ignore[valid-type]  # the type is a value here

    def get(self, folder: str) -> Volume[T]:
        """Return the volume of ``folder``; an empty one where there is none that fits."""
        try:
            with self._path(folder).open("rb") as file:
                data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError):  # there is none; or an empty file, which cannot be mapped
            return Volume([], [])
        head = cache.head()
        start = len(head) + _LENGTH_BYTES + _DIGEST_BYTES
        if data[: len(head)] != head or len(data) < start:
            return Volume([], [])
        end = start + int.from_bytes(data[len(head) : len(head) + _LENGTH_BYTES], "big")
        if _digest(data[start:end]) != data[start - _DIGEST_BYTES : start]:
            return Volume([], [])
        index, sizes = self._decoder.decode(data[start:end])
        blobs = []
        for digest, size in sizes:
            blobs.append(Blob(digest, data[end : end + size]))
            end += size
        return Volume(index, blobs)

    def put(self, folder: str, volume: Volume[T]) -> None:
        """Keep ``volume`` for ``folder``; does nothing where no file can be written."""
        sizes = [(blob.digest, len(blob.data)) for blob in volume.blobs]
        index = msgspec.msgpack.encode((volume.index, sizes))
        path = self._path(folder)
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(cache.head() + len(index).to_bytes(_LENGTH_BYTES, "big"))
                file.write(_digest(index) + index)
                for blob in volume.blobs:
                    file.write(blob.data)
            part.replace(path)
        except OSError:
            # A read-only folder, a full disk: the next build then does more of its work.
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def keep_only(self, folders: Iterable[str]) -> None:
        """Remove the volumes of all other folders."""
        wanted = {self._path(folder).name for folder in folders}
        with contextlib.suppress(OSError):
            for path in self._root.iterdir():
                if path.name not in wanted:
                    path.unlink(missing_ok=True)

    def _path(self, folder: str) -> Path:
        return self._root / hashlib.sha256(folder.encode()).hexdigest()[:16]


class Unpacked(Mapping[str, V]):
    """Values by slug, unpacked batch by batch when one of a batch is first asked for."""

    def __init__(
        self,
        batches: Iterable[tuple[Iterable[str], Blob]],
        unpack: Callable[[bytes | memoryview], Mapping[str, V]],
    ) -> None:
        self._blob_of = {slug: blob for slugs, blob in batches for slug in slugs}
        self._unpack = unpack
        self._open: dict[str, V] = {}

    def __getitem__(self, slug: str) -> V:
        found = self._open.get(slug)
        if found is None:
            self._open |= self._unpack(self._blob_of[slug].checked())
            found = self._open[slug]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._blob_of)

    def __len__(self) -> int:
        return len(self._blob_of)


def _digest(data: bytes | memoryview) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()
