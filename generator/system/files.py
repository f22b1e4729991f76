"""Files: read as text, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from generator.system.errors import SourceError


def read_text(path: Path) -> str:
    """Return the text of ``path``, each line end one newline; SourceError where not UTF-8."""
    return decode(path, path.read_bytes())


def decode(path: Path | str, data: bytes) -> str:
    """Return ``data``, read from ``path``, as text; SourceError names the line of a bad byte."""
    try:
        return data.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8: save the file as UTF-8"
        raise SourceError(path, line, message) from None


def write_text(path: Path, text: str) -> bool:
    """Make ``path`` hold ``text``, at once or not at all; return whether that changed anything."""
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return True
