"""What a build remembers for the next one, in ``.gazette/`` beside the content: safe to delete.

A file that is damaged, or that another version of the program or of Python wrote, counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import mmap
import platform
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from generator import __version__
from generator.system.fingerprints import BYTES, fingerprint

FOLDER = ".gazette"
MAIL = "mail"  # who got which edition: not to be made again, and so no cache
S = TypeVar("S")
_CRC_BYTES = 4


def cache_folder(content: Path) -> Path:
    """Return the folder of all that is remembered of the folder ``content``."""
    return content.resolve().parent / FOLDER


def forget(content: Path) -> None:
    """Remove all that is remembered of the folder ``content``, but for what was sent by mail."""
    with contextlib.suppress(OSError):
        for path in cache_folder(content).iterdir():
            if path.is_dir() and path.name != MAIL:
                shutil.rmtree(path, ignore_errors=True)
            elif path.is_file():
                path.unlink(missing_ok=True)


class CacheFile(Generic[S]):
    """One file of the cache, holding one value of the type ``of``."""

    def __init__(self, content: Path, name: str, of: type[S]) -> None:
        self._path = cache_folder(content) / name
        self._decoder = msgspec.msgpack.Decoder(of)

    def get(self) -> S | None:
        """Return what was put, or None where there is nothing that fits."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return None
        begin = header()
        start = len(begin) + _CRC_BYTES
        body = memoryview(data)[start:]
        if data[:start] != begin + zlib.crc32(body).to_bytes(_CRC_BYTES, "big"):
            return None
        try:
            return self._decoder.decode(body)
        except msgspec.DecodeError:
            return None

    def put(self, value: S) -> None:
        """Keep ``value``, in place of what was kept; does nothing where no file can be written."""
        body = msgspec.msgpack.encode(value)
        part = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(exist_ok=True)
            with part.open("wb") as file:
                file.write(header() + zlib.crc32(body).to_bytes(_CRC_BYTES, "big"))
                file.write(body)
            part.replace(self._path)
        except OSError:
            # A read-only folder, a full disk: the next build then does all of its work.
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


@cache
def program() -> str:
    """Return a key of all that turns content into a site: this program, Python, the libraries."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(path.read_bytes())
    libraries = (
        *("jinja2", "markdown", "markupsafe", "math-core", "msgspec", "nh3"),
        *("properdocs", "pyyaml", "rjsmin"),
    )
    versions = [f"{name} {metadata.version(name)}" for name in libraries]
    digest.update(repr((__version__, platform.python_version(), versions)).encode())
    return digest.hexdigest()[:16]


def header() -> bytes:
    """Return how a file of the cache begins that this program may read."""
    return f"gazette {program()}\n".encode()


T = TypeVar("T")
V = TypeVar("V")
OPEN = 32  # batches that stay unpacked
KEPT = 4096  # values that stay unpacked, where each is for itself
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
        return cls(fingerprint(data), data)

    def checked(self) -> bytes | memoryview:
        """Return the data; raises Damaged where the digest is another one."""
        if fingerprint(self.data) != self.digest:
            raise Damaged
        return self.data


@dataclass(frozen=True, slots=True)
class FolderBatches(Generic[T]):
    """The batches of one folder, and for each of them what is known of it unopened."""

    index: Sequence[T]
    blobs: Sequence[Blob]


class BatchCache(Generic[T]):
    """The batches of one kind (``name``), one a folder; an index holds values of type ``of``."""

    def __init__(self, content: Path, name: str, of: type[T]) -> None:
        self._root = cache_folder(content) / name
        self._decoder: msgspec.msgpack.Decoder[tuple[list[T], list[tuple[bytes, int]]]]
        self._decoder = msgspec.msgpack.Decoder(tuple[list[of], list[tuple[bytes, int]]])  # type: ignore[valid-type]  # the type is a value here

    def get(self, folder: str) -> FolderBatches[T]:
        """Return the batches of ``folder``; an empty one where there is none that fits."""
        try:
            with self._path(folder).open("rb") as file:
                data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
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
        return FolderBatches(index, _blobs(data[end:], sizes))

    def put(self, folder: str, batches: FolderBatches[T]) -> FolderBatches[T]:
        """Keep ``batches`` for ``folder``; return it as kept: its batches take no memory unopened.

        Where no file can be written, nothing is kept, and what was given is returned.
        """
        sizes = [(blob.digest, len(blob.data)) for blob in batches.blobs]
        index = msgspec.msgpack.encode((batches.index, sizes))
        path = self._path(folder)
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("w+b") as file:
                file.write(header() + len(index).to_bytes(_LENGTH_BYTES, "big"))
                file.write(fingerprint(index) + index)
                start = file.tell()
                for blob in batches.blobs:
                    file.write(blob.data)
                file.flush()
                data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            part.replace(path)
        except OSError:
            # A read-only folder, a full disk: the next build then does more of its work.
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            return batches
        return FolderBatches(batches.index, _blobs(data[start:], sizes))

    def keep_only(self, folders: Iterable[str]) -> None:
        """Remove the batches of all other folders."""
        wanted = {self._path(folder).name for folder in folders}
        with contextlib.suppress(OSError):
            for path in self._root.iterdir():
                if path.name not in wanted:
                    path.unlink(missing_ok=True)

    def _path(self, folder: str) -> Path:
        return self._root / hashlib.sha256(folder.encode()).hexdigest()[:16]


def _blobs(data: memoryview, sizes: Iterable[tuple[bytes, int]]) -> list[Blob]:
    """Return the batches that ``data`` begins with, of each its digest and size given."""
    blobs = []
    start = 0
    for digest, size in sizes:
        blobs.append(Blob(digest, data[start : start + size]))
        start += size
    return blobs


class Unpacked(Mapping[str, V]):
    """Values by slug, unpacked batch by batch when one of a batch is asked for.

    Only the batches that were unpacked last stay so: whoever goes through the values by their days
    needs those of a month or two at a time.
    """

    def __init__(
        self,
        batches: Iterable[tuple[Iterable[str], Blob]],
        unpack: Callable[[bytes | memoryview], Mapping[str, V]],
    ) -> None:
        self._blob_of = {slug: blob for slugs, blob in batches for slug in slugs}
        self._unpack = unpack
        self._open: dict[bytes, Mapping[str, V]] = {}

    def __getitem__(self, slug: str) -> V:
        blob = self._blob_of[slug]
        found = self._open.get(blob.digest)
        if found is None:
            if len(self._open) == OPEN:
                del self._open[next(iter(self._open))]
            found = self._open[blob.digest] = self._unpack(blob.checked())
        return found[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._blob_of)

    def __len__(self) -> int:
        return len(self._blob_of)


class Singly(Mapping[str, V]):
    """Values by slug, of which each is unpacked when it is asked for: in whatever order that is.

    ``opened`` makes of a batch what unpacks one value of it. The last KEPT values stay at hand.
    """

    def __init__(
        self,
        batches: Iterable[tuple[Iterable[str], Blob]],
        opened: Callable[[bytes | memoryview], Callable[[str], V]],
    ) -> None:
        self._blob_of = {slug: blob for slugs, blob in batches for slug in slugs}
        self._opened = opened
        self._open: dict[bytes, Callable[[str], V]] = {}
        self._kept: dict[str, V] = {}

    def __getitem__(self, slug: str) -> V:
        found = self._kept.get(slug)
        if found is None:
            blob = self._blob_of[slug]
            one = self._open.get(blob.digest)
            if one is None:
                one = self._open[blob.digest] = self._opened(blob.checked())
            found = one(slug)
            if len(self._kept) == KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[slug] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._blob_of)

    def __len__(self) -> int:
        return len(self._blob_of)
