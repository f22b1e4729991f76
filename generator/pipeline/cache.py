"""What a build remembers for the next one, in ``.gazette/`` beside the content: safe to delete.

A file that is damaged, or that another version of the program or of Python wrote, counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import platform
import shutil
import zlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import IO, Generic, TypeVar

import msgspec

from generator import __version__

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
        # A read-only folder, a full disk: the next build then does all of its work.
        with contextlib.suppress(OSError), replacing(self._path) as file:
            file.write(header() + zlib.crc32(body).to_bytes(_CRC_BYTES, "big"))
            file.write(body)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to be written, which takes the place of the one at ``path`` once it is whole.

    Raises OSError where none can be written, and leaves nothing of it.
    """
    part = path.with_suffix(".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("w+b") as file:
            yield file
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


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
