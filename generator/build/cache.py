"""What a build remembers for the next one, in ``.gazette/`` beside the content: safe to delete.

A file that is damaged, or that another version of the program or of Python wrote, counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import platform
import shutil
import zlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from generator import __version__

FOLDER = ".gazette"
T = TypeVar("T")
_CRC_BYTES = 4


def folder(content: Path) -> Path:
    """Return the folder of all that is remembered of the folder ``content``."""
    return content.resolve().parent / FOLDER


def forget(content: Path) -> None:
    """Remove all that is remembered of the folder ``content``."""
    shutil.rmtree(folder(content), ignore_errors=True)


class Drawer(Generic[T]):
    """One file of the cache, holding one value of the type ``of``."""

    def __init__(self, content: Path, name: str, of: type[T]) -> None:
        self._path = folder(content) / name
        self._decoder = msgspec.msgpack.Decoder(of)

    def get(self) -> T | None:
        """Return what was put, or None where there is nothing that fits."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return None
        begin = head()
        start = len(begin) + _CRC_BYTES
        body = memoryview(data)[start:]
        if data[:start] != begin + zlib.crc32(body).to_bytes(_CRC_BYTES, "big"):
            return None
        try:
            return self._decoder.decode(body)
        except msgspec.DecodeError:
            return None

    def put(self, value: T) -> None:
        """Keep ``value``, in place of what was kept; does nothing where no file can be written."""
        body = msgspec.msgpack.encode(value)
        part = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(exist_ok=True)
            with part.open("wb") as file:
                file.write(head() + zlib.crc32(body).to_bytes(_CRC_BYTES, "big"))
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


def head() -> bytes:
    """Return how a file of the cache begins that this program may read."""
    return f"gazette {program()}\n".encode()
