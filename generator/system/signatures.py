"""The signatures of all files below a folder, packed by folder: as objects they would fill memory.

Who goes through them folder by folder, unpacks one folder at a time.
"""

from __future__ import annotations

import os
import stat
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.system import files
from generator.system.errors import SourceError, SourceErrors
from generator.system.fingerprints import Signature, fingerprint, of_status

_BETWEEN = "/"  # stands between names, as no name has it in it


class _Folder(NamedTuple):
    """The names of the files of one folder, sorted, and the numbers of their signatures."""

    names: bytes
    numbers: array[int]


class Signatures(Mapping[str, Signature]):
    """The signature of each file by its path, ``/`` between folders, folder by folder.

    ``settled`` is the moment (ns) after which a change to any of them would have given that one
    another signature.
    """

    def __init__(self, folders: Iterable[tuple[str, Mapping[str, Signature]]]) -> None:
        """Pack ``folders``: the path of each ("" is the uppermost), and its files by name."""
        packed: dict[str, _Folder] = {}
        self.settled = 0
        for folder, held in folders:
            if not held:
                continue
            found = sorted(held.items())
            self.settled = max(self.settled, *[one.settled for one in held.values()])
            packed[folder] = _Folder(
                _BETWEEN.join([name for name, _ in found]).encode(),
                array("q", [number for _, one in found for number in one]),
            )
        self._folders = dict(sorted(packed.items()))
        self._count = sum(len(numbers) for _, numbers in packed.values()) // 3
        self._unpacked: tuple[str, dict[str, Signature]] = "", {}

    @cached_property
    def key(self) -> bytes:
        """A fingerprint of all paths and signatures."""
        parts: list[bytes] = []
        for folder, (names, numbers) in self._folders.items():
            parts += (f"{folder}\n{len(numbers)}\n".encode(), names, numbers.tobytes())
        return fingerprint(*parts)

    @property
    def folders(self) -> tuple[str, ...]:
        """The paths of all folders that have files, sorted."""
        return tuple(self._folders)

    def of_folder(self, folder: str) -> dict[str, Signature]:
        """Return the signatures of the files of ``folder`` itself by their paths, sorted."""
        if self._unpacked[0] != folder or not self._unpacked[1]:
            names, numbers = self._folders.get(folder) or _Folder(b"", array("q"))
            before = f"{folder}/" if folder else ""
            paths = [before + name for name in names.decode().split(_BETWEEN)] if names else []
            signatures = map(Signature, numbers[0::3], numbers[1::3], numbers[2::3])
            self._unpacked = folder, dict(zip(paths, signatures, strict=True))
        return self._unpacked[1]

    def clear(self) -> None:
        """Forget all files: their signatures would take memory. ``key`` and ``settled`` stay."""
        _ = self.key
        self._folders.clear()
        self._count = 0
        self._unpacked = "", {}

    def __getstate__(self) -> dict[str, object]:
        """Send what is packed."""
        return {**self.__dict__, "_unpacked": ("", {})}

    def __getitem__(self, path: str) -> Signature:
        return self.of_folder(path.rpartition("/")[0])[path]

    def __iter__(self) -> Iterator[str]:
        for folder in self._folders:
            yield from self.of_folder(folder)

    def __len__(self) -> int:
        return self._count


def scan(root: Path) -> Signatures:
    """Return the signature of every file below ``root``.

    Hidden files and folders are passed over; a ``root`` that does not exist has no files. Raises
    SourceErrors for all that is neither file nor folder, for links that lead out of ``root`` or to
    a folder, and for names that are not UTF-8.
    """
    errors: list[SourceError] = []
    found = Signatures(_folders(root, errors))
    if errors:
        raise SourceErrors(errors)
    return found


def _folders(root: Path, errors: list[SourceError]) -> Iterator[tuple[str, dict[str, Signature]]]:
    """Yield every folder below ``root`` with its files by name; add to ``errors`` what is wrong."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            items = os.scandir(os.path.join(root, folder))  # noqa: PTH118  # fast, and called often
        except FileNotFoundError:
            continue
        except OSError as error:
            errors.append(SourceError(root / folder, 0, f"cannot be read: {error.strerror}"))
            continue
        held: dict[str, Signature] = {}
        with items:
            for item in items:
                if item.name.startswith("."):
                    continue
                try:
                    signature = _of_item(root, item)
                except SourceError as error:
                    errors.append(error)
                    continue
                if signature is None:
                    pending.append(f"{folder}/{item.name}" if folder else item.name)
                else:
                    held[item.name] = signature
        yield folder, held


def _of_item(root: Path, item: os.DirEntry[str]) -> Signature | None:
    """Return the signature of a file that a folder below ``root`` holds, or None of a folder.

    Raises SourceError where it is neither, or not to be trusted.
    """
    try:
        item.name.encode()
        if item.is_symlink():
            files.refuse_outside(Path(item.path), root)
        elif item.is_dir():
            return None
        status = item.stat()
    except UnicodeEncodeError:
        name = os.fsencode(item.path).decode(errors="backslashreplace")
        raise SourceError(name, 0, "its name is not UTF-8; give it another") from None
    except OSError as error:
        raise SourceError(item.path, 0, f"cannot be read: {error.strerror}") from None
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(item.path, 0, f"cannot be read: {files.kind_of(Path(item.path))}")
    return of_status(status)
