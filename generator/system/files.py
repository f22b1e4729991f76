"""Files: read as text, written whole or not at all; what is no file of ours is not opened."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from generator.system.errors import GazetteError, SourceError

_PART = re.compile(r"\..+\.[0-9]+\.part")
# What a shell gives for `-` and `<(command)`: pipes that somebody writes to.
_DEVICES = "/dev/"


def read_bytes(path: Path) -> bytes:
    """Return what the file ``path`` holds; SourceError where it cannot be read, or is no file.

    A named pipe that nobody writes to would be waited for until the end of days.
    """
    try:
        if not str(path).startswith(_DEVICES) and not stat.S_ISREG(path.stat().st_mode):
            raise SourceError(path, 0, f"cannot be read: {kind_of(path)}")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, 0, f"cannot be read: {error.strerror or error}") from None


def kind_of(path: Path) -> str:
    """Return what ``path`` is that is no regular file."""
    return "it is a folder" if path.is_dir() else "it is a pipe, a socket or a device, and no file"


def read_text(path: Path) -> str:
    """Return the text of ``path``, each line end one newline; SourceError where not UTF-8."""
    return decode(path, read_bytes(path))


def decode(path: Path | str, data: bytes) -> str:
    """Return ``data``, read from ``path``, as text; SourceError names the line of a bad byte."""
    try:
        return data.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8: save the file as UTF-8"
        raise SourceError(path, line, message) from None


def write_text(path: Path, text: str) -> bool:
    """Make ``path`` hold ``text``, at once or not at all; return whether that changed anything.

    Raises GazetteError where that is not possible: a full disk, a folder that is not ours.
    """
    data = text.encode()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            if path.read_bytes() == data:
                return False
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(data)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise GazetteError(f"{path}: cannot be written: {error.strerror or error}") from None
    return True


def is_part(name: str) -> bool:
    """Say whether a file of that name is one that ``write_text`` had not finished."""
    return _PART.fullmatch(name) is not None


def refuse_outside(path: Path, root: Path) -> None:
    """Raise SourceError where the file ``path`` of the folder ``root`` is a link that leads out.

    What it holds would stand in messages and on pages, whoever may read it.
    """
    try:
        target, home = path.resolve(strict=True), root.resolve(strict=True)
    except (OSError, RuntimeError):
        raise SourceError(path, 0, "is a link that leads nowhere; put the file here") from None
    if not target.is_relative_to(home):
        raise SourceError(path, 0, "is a link that leads out of the folder; put the file here")
