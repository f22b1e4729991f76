"""What the last changes of the content folder replaced, so that they can be taken back.

Each change is a file in a folder of its own, numbered: what it was, and of each file that it
wrote or removed the text before, and a hash of the text after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.content.editing import Edits
from generator.system import files
from generator.system.errors import GazetteError

KEPT = 20  # changes that can be taken back, one after the other


class Replaced(NamedTuple):
    """A file's text before a change, None where there was none, and the hash of that after."""

    before: str | None
    after: str


class Record(NamedTuple):
    """One change: the command, and what it replaced, by path below the content folder."""

    command: str
    replaced: dict[str, Replaced]


def apply(root: Path, edits: Edits, memory: Path, command: str) -> None:
    """Make ``edits`` in the content folder ``root``, and remember in ``memory`` what was there."""
    before = {path: _read(root / path) for path in edits}
    _write(root, edits)
    remember(root, before, memory, command)


def remember(root: Path, before: Mapping[str, str | None], memory: Path, command: str) -> None:
    """Remember a change that has been made: ``before`` has the texts of the files it touched."""
    replaced = {
        path: Replaced(text, _hash(now))
        for path, text in before.items()
        if (now := _read(root / path)) != text
    }
    if not replaced:
        return
    numbers = [int(path.stem) for path in _records(memory)]
    for path in _records(memory)[: -KEPT + 1]:
        path.unlink()
    number = max(numbers, default=0) + 1
    data = msgspec.json.encode(Record(command, replaced)).decode()
    files.write_text(memory / f"{number:06}.json", data)


def last(memory: Path) -> tuple[Path, Record]:
    """Return the last change that can be taken back, and its file; GazetteError without one."""
    records = _records(memory)
    if not records:
        raise GazetteError("there is nothing to take back: no change is remembered")
    try:
        return records[-1], msgspec.json.decode(records[-1].read_bytes(), type=Record)
    except msgspec.DecodeError:
        raise GazetteError(f"{records[-1]}: is damaged; delete it") from None


def undone(root: Path, record: Record) -> Edits:
    """Return the edits that take ``record`` back.

    Raises GazetteError where a file has been changed since: nobody's later work is lost.
    """
    changed = list(_changed(root, record))
    if changed:
        raise GazetteError(
            f"{root / changed[0]}: was changed after `{record.command}`, so it stays"
        )
    return {path: replaced.before for path, replaced in record.replaced.items()}


def take_back(root: Path, edits: Edits, record_file: Path) -> None:
    """Make the ``edits`` of a change that is taken back, and forget that change."""
    _write(root, edits)
    record_file.unlink()


def _changed(root: Path, record: Record) -> Iterator[str]:
    for path, replaced in record.replaced.items():
        if _hash(_read(root / path)) != replaced.after:
            yield path


def _records(memory: Path) -> list[Path]:
    return sorted(memory.glob("[0-9]*.json"))


def _write(root: Path, edits: Edits) -> None:
    for path, text in edits.items():
        if text is not None:
            files.write_text(root / path, text)
    for path, text in edits.items():
        if text is None:
            (root / path).unlink(missing_ok=True)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None


def _hash(text: str | None) -> str:
    return "" if text is None else hashlib.sha256(text.encode()).hexdigest()
