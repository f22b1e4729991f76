"""Entries and what is known of them, packed in batches: a file a folder in the cache.

A batch is read where it lies, and unpacked when one of its papers is asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Generic, NamedTuple, TypeVar

import msgspec

from generator.pipeline.cache import cache_folder, header, replacing
from generator.system.fingerprints import BYTES, fingerprint
from generator.system.records import Damaged

T = TypeVar("T")
V = TypeVar("V")
OPEN = 32  # batches that stay unpacked
KEPT = 4096  # values that stay unpacked, where each is for itself
_LENGTH_BYTES = 8
_AROUND = 1 << 16  # bytes that Linux maps with the one that is read


class Blob(NamedTuple):
    """Packed data and its digest; where it lies, if in a file: there any process finds it."""

    digest: bytes
    data: bytes | memoryview
    path: Path | None = None
    start: int = 0

    @classmethod
    def of(cls, data: bytes) -> Blob:
        """Return ``data`` with its digest."""
        return cls(fingerprint(data), data)

    def checked(self) -> bytes | memoryview:
        """Return the data; raises Damaged where the digest is another one."""
        if fingerprint(self.data) != self.digest:
            raise Damaged(self.path)
        return self.data

    def let_go(self) -> None:
        """Take no memory for what has been read of the file, until it is read again."""
        if self.path:
            _let_go(self.data, self.start, self.start + len(self.data))

    def __reduce__(self) -> tuple[Any, ...]:
        """Send to another process the place alone."""
        if self.path is None:
            return Blob, (self.digest, bytes(self.data))
        return _found, (self.digest, self.path, self.start, len(self.data))


def _found(digest: bytes, path: Path, start: int, size: int) -> Blob:
    """Return the blob that another process has at a place."""
    try:
        status = path.stat()
        data = _mapped(path, status.st_ino, status.st_mtime_ns)
    except (OSError, ValueError):
        raise Damaged(path) from None
    return Blob(digest, data[start : start + size], path, start)


def _view(file: IO[bytes]) -> memoryview:
    """Return the whole of an open file, read where it lies; ValueError if it is empty."""
    return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _let_go(data: bytes | memoryview, start: int, end: int) -> None:
    """Unmap what lies from ``start`` to ``end`` of the mapped file that ``data`` is of.

    With what the system has mapped around it, which is of other batches, and stays otherwise.
    """
    mapped = data.obj if isinstance(data, memoryview) else None
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        begin = max(start - _AROUND, 0) // mmap.PAGESIZE * mmap.PAGESIZE
        mapped.madvise(mmap.MADV_DONTNEED, begin, min(end + _AROUND, len(mapped)) - begin)


@lru_cache(maxsize=64)
def _mapped(path: Path, *_state: int) -> memoryview:
    with path.open("rb") as file:
        return _view(file)


@dataclass(frozen=True, slots=True)
class FolderBatches(Generic[T]):
    """The batches of one folder, and for each of them what is known of it unopened."""

    index: Sequence[T]
    blobs: Sequence[Blob]


class BatchCache(Generic[T]):
    """The batches of one kind (``name``), one a folder; an index holds values of type ``of``."""

    def __init__(self, content: Path, name: str, of: type[T]) -> None:
        self._made_of = content, name, of
        self._root = cache_folder(content) / name
        self._decoder: msgspec.msgpack.Decoder[tuple[list[T], list[tuple[bytes, int]]]]
        self._decoder = msgspec.msgpack.Decoder(tuple[list[of], list[tuple[bytes, int]]])  # type: ignore[valid-type]  # the type is a value here

    def __reduce__(self) -> tuple[Any, ...]:
        """Send no decoder to another process, which makes its own."""
        return BatchCache, self._made_of

    def get(self, folder: str) -> FolderBatches[T]:
        """Return the batches of ``folder``; an empty one where there is none that fits."""
        try:
            with self._path(folder).open("rb") as file:
                data = _view(file)
        except (OSError, ValueError):  # there is none; or an empty file, which cannot be mapped
            return FolderBatches([], [])
        head = header()
        start = len(head) + _LENGTH_BYTES + BYTES
        if data[: len(head)] != head or len(data) < start:
            return FolderBatches([], [])
        end = start + int.from_bytes(data[len(head) : len(head) + _LENGTH_BYTES], "big")
        if fingerprint(data[start:end]) != data[start - BYTES : start]:
            return FolderBatches([], [])
        index, sizes = self._decoder.decode(data[start:end])
        _let_go(data, 0, end)
        return FolderBatches(index, _blobs(data, sizes, self._path(folder), end))

    def put(self, folder: str, batches: FolderBatches[T]) -> FolderBatches[T]:
        """Keep ``batches`` for ``folder``; return it as kept: its batches take no memory unopened.

        Where no file can be written, nothing is kept, and what was given is returned.
        """
        sizes = [(blob.digest, len(blob.data)) for blob in batches.blobs]
        index = msgspec.msgpack.encode((batches.index, sizes))
        path = self._path(folder)
        try:
            with replacing(path) as file:
                file.write(header() + len(index).to_bytes(_LENGTH_BYTES, "big"))
                file.write(fingerprint(index) + index)
                start = file.tell()
                for blob in batches.blobs:
                    file.write(blob.data)
                file.flush()
                data = _view(file)
        except OSError:
            # A read-only folder, a full disk: the next build then does more of its work.
            return batches
        return FolderBatches(batches.index, _blobs(data, sizes, path, start))

    def keep_only(self, folders: Iterable[str]) -> None:
        """Remove the batches of all other folders."""
        wanted = {self._path(folder).name for folder in folders}
        with contextlib.suppress(OSError):
            for path in self._root.iterdir():
                if path.name not in wanted:
                    path.unlink(missing_ok=True)

    def _path(self, folder: str) -> Path:
        return self._root / hashlib.sha256(folder.encode()).hexdigest()[:16]


def _blobs(
    data: memoryview, sizes: Iterable[tuple[bytes, int]], path: Path, start: int
) -> list[Blob]:
    """Return the batches in the file ``path`` from ``start`` on, of each its digest and size given.

    ``data`` is the whole file.
    """
    blobs = []
    for digest, size in sizes:
        blobs.append(Blob(digest, data[start : start + size], path, start))
        start += size
    return blobs


class _InBatches(Mapping[str, V]):
    """Values by slug that lie packed in batches.

    ``places`` has the number of the batch of each, and its number there.
    """

    def __init__(self, places: Mapping[str, tuple[int, int]], blobs: Sequence[Blob]) -> None:
        self._places = places
        self._blobs = blobs

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Unpacked(_InBatches[V]):
    """Values by slug, unpacked batch by batch when one of a batch is asked for.

    Only the batches that were unpacked last stay so: whoever goes through the values by their days
    needs those of a month or two at a time.
    """

    def __init__(
        self,
        places: Mapping[str, tuple[int, int]],
        blobs: Sequence[Blob],
        unpack: Callable[[bytes | memoryview], Mapping[str, V]],
    ) -> None:
        super().__init__(places, blobs)
        self._unpack = unpack
        self._open: dict[int, Mapping[str, V]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Send what is packed: another process unpacks for itself."""
        return {**self.__dict__, "_open": {}}

    def __getitem__(self, slug: str) -> V:
        number, _ = self._places[slug]
        found = self._open.get(number)
        if found is None:
            if len(self._open) == OPEN:
                del self._open[next(iter(self._open))]
            blob = self._blobs[number]
            found = self._open[number] = self._unpack(blob.checked())
            blob.let_go()
        return found[slug]


class Singly(_InBatches[V]):
    """Values by slug, of which each is unpacked when it is asked for: in whatever order that is.

    ``opened`` makes of a batch what unpacks one value of it. At most KEPT values stay at hand.
    """

    def __init__(
        self,
        places: Mapping[str, tuple[int, int]],
        blobs: Sequence[Blob],
        opened: Callable[[bytes | memoryview], Callable[[int], V]],
    ) -> None:
        super().__init__(places, blobs)
        self._opened = opened
        self._open: dict[int, Callable[[int], V]] = {}
        self._kept: dict[str, V] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Send what is packed: another process unpacks for itself."""
        return {**self.__dict__, "_open": {}, "_kept": {}}

    def __getitem__(self, slug: str) -> V:
        found = self._kept.get(slug)
        if found is None:
            if len(self._kept) == KEPT:
                self._let_go()
            number, place = self._places[slug]
            one = self._open.get(number)
            if one is None:
                one = self._open[number] = self._opened(self._blobs[number].data)
            found = self._kept[slug] = one(place)
        return found

    def _let_go(self) -> None:
        self._kept.clear()
        for number in self._open:
            self._blobs[number].let_go()
