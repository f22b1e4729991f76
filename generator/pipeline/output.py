"""The output folder: changed all at once, at the end, and only where it is ours.

New files are staged in a hidden folder inside the output, on the same file system, and moved into
place when the last of them is there: a build that fails before leaves the site as it was, and no
file is ever half written. A list of the files made (``.gazette``) says what is ours to remove.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.system.errors import GazetteError

MANIFEST = ".gazette"
STAGE = ".gazette-stage"


class Output:
    """The folder a site is built into. Use ``staged()`` around a build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stage = root / STAGE
        self._held: set[str] = set()

    @contextlib.contextmanager
    def staged(self) -> Iterator[None]:
        """Prepare the stage; remove it, and whatever was not moved from it, at the end."""
        shutil.rmtree(self._stage, ignore_errors=True)
        self._stage.mkdir(parents=True)
        self._held = set(os.listdir(self.root))  # noqa: PTH208  # names are all that is wanted
        try:
            yield
        finally:
            shutil.rmtree(self._stage, ignore_errors=True)

    def write(self, path: str, data: bytes) -> bool:
        """Stage ``data`` as the file ``path``; return False where the site has it already."""
        is_held = path.partition("/")[0] in self._held
        if is_held and _holds(f"{self.root}/{path}", data):
            return False
        target = f"{self._stage}/{path}"
        try:
            try:
                _write(target, data)
            except FileNotFoundError:
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                _write(target, data)
        except OSError as error:
            raise GazetteError(f"{target}: cannot be written: {error.strerror}") from None
        return True

    def commit(self, made: Iterable[str], staged: Iterable[str]) -> list[str]:
        """Move ``staged`` into place, remove what is ours and not in ``made``; return what that is.

        Interrupted, it leaves whole files and a list that still names all that are ours.
        """
        wanted = set(made)
        ours = self.manifest()
        if not wanted <= ours:
            self._write_manifest(ours | wanted)
        for path in self._without_new_folders(staged):
            source, target = f"{self._stage}/{path}", f"{self.root}/{path}"
            try:
                os.replace(source, target)  # noqa: PTH105  # called as often as there are files
            except FileNotFoundError:
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                Path(source).replace(target)
        gone = ours - wanted
        for path in gone:
            self._remove(path)
        if gone:
            self._write_manifest(wanted)
        return sorted(gone)

    def _without_new_folders(self, staged: Iterable[str]) -> Iterator[str]:
        """Move folders that the site does not have as a whole; yield the paths that are left."""
        moved: dict[str, bool] = {}
        for path in staged:
            folder, below, _ = path.partition("/")
            if folder not in moved:
                moved[folder] = bool(below) and folder not in self._held
                if moved[folder]:
                    (self._stage / folder).rename(self.root / folder)
            if not moved[folder]:
                yield path

    def manifest(self) -> set[str]:
        """Return the files that earlier builds made here."""
        try:
            lines = (self.root / MANIFEST).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return set()
        return {line for line in lines if _is_below(line)}

    def _remove(self, path: str) -> None:
        """Remove the file ``path`` and the folders that this leaves empty."""
        (self.root / path).unlink(missing_ok=True)
        for folder in (self.root / path).relative_to(self.root).parents:
            if folder == Path():
                return
            try:
                (self.root / folder).rmdir()
            except OSError:
                return

    def _write_manifest(self, paths: Iterable[str]) -> None:
        text = "".join(f"{path}\n" for path in sorted(paths))
        part = self._stage / MANIFEST
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(self.root / MANIFEST)


def _holds(path: str, data: bytes) -> bool:
    """Say whether the file ``path`` is there and holds ``data``."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # called for every file
            return os.fstat(file.fileno()).st_size == len(data) and file.readall() == data
    except OSError:
        return False


def _write(path: str, data: bytes) -> None:
    """Write a new file."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        done = os.write(file, data)
        while done < len(data):
            done += os.write(file, data[done:])
    finally:
        os.close(file)


def check_place(output: Path, inputs: Iterable[Path]) -> None:
    """Raise GazetteError where ``output`` cannot be a folder of its own beside ``inputs``."""
    if output.exists() and not output.is_dir():
        raise GazetteError(f"{output}: is a file; --output takes a folder")
    place = output.resolve()
    for folder in inputs:
        source = folder.resolve()
        if place == source or source in place.parents or place in source.parents:
            raise GazetteError(
                f"{output}: the site needs a folder of its own, neither in {folder} nor around it"
            )


def _is_below(path: str) -> bool:
    """Say whether a line of the manifest, which anybody can edit, stays inside the folder."""
    parts = path.split("/")
    return bool(path) and "\\" not in path and not {"", ".", ".."} & set(parts)
