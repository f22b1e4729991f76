"""The output folder: changed all at once, at the end, and only where it is ours.

New files are staged in a hidden folder inside the output, on the same file system, and moved into
place when the last of them is there: a build that fails before leaves the site as it was, and no
file is ever half written. Each build has a stage of its own, as a process of one that was killed
may write a moment longer. A list of the files made (``.gazette``) says what is ours to remove.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import Path

from generator.pipeline.folders import Folders
from generator.system.errors import GazetteError

MANIFEST = ".gazette"
STAGE = ".gazette-stage"
# To read a file that is one: no link is followed, no pipe waited for.
_AS_IT_IS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


class Output:
    """The folder a site is built into. Use ``staged()`` around a build.

    ``stage`` is where new files wait.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._before: AbstractSet[str] = frozenset()
        self.stage = root / STAGE / secrets.token_hex(4)
        self._held: set[str] = set()
        self._folders = Folders(root)

    @contextlib.contextmanager
    def staged(self) -> Iterator[None]:
        """Prepare the stage; remove it, and whatever was not moved from it, at the end."""
        try:
            if (stages := self.stage.parent).is_symlink():
                stages.unlink()
            shutil.rmtree(stages, ignore_errors=True)
            self.stage.mkdir(parents=True)
            self._held = self._names()
        except OSError as error:
            raise _unwritable(self.stage, error) from None
        try:
            yield
        finally:
            shutil.rmtree(self.stage.parent, ignore_errors=True)

    def _names(self) -> set[str]:
        """Return what there is in the folder itself."""
        try:
            return set(os.listdir(self.root))  # noqa: PTH208  # names are all that is wanted
        except OSError as error:
            raise _unwritable(self.root, error) from None

    def write(self, path: str, data: bytes) -> bool:
        """Stage ``data`` as the file ``path``; return False where the site has it already."""
        is_held = path.partition("/")[0] in self._held
        is_there = is_held and not self._folders.link_of(path.rpartition("/")[0])
        if is_there and _holds(f"{self.root}/{path}", data):
            return False
        target = f"{self.stage}/{path}"
        try:
            try:
                _write(target, data)
            except FileNotFoundError:
                self.stage.stat()  # gone where another build has begun since
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                _write(target, data)
        except OSError as error:
            raise _unwritable(target, error) from None
        return True

    def size(self, path: str) -> int:
        """Return the bytes of the file ``path``, staged or there already."""
        try:
            return os.stat(f"{self.stage}/{path}").st_size  # noqa: PTH116  # called for every file
        except FileNotFoundError:
            return os.stat(f"{self.root}/{path}").st_size  # noqa: PTH116  # the same

    def read(self, path: str) -> bytes:
        """Return the file ``path``, staged or there already."""
        staged = self.stage / path
        return (staged if staged.is_file() else self.root / path).read_bytes()

    def commit(
        self,
        wanted: AbstractSet[str],
        new: Collection[str],
        known: AbstractSet[str] = frozenset(),
        note: Callable[[Iterable[str]], None] | None = None,
    ) -> list[str]:
        """Move ``new`` files into place, remove what is ours and not ``wanted``; return what it is.

        ``known`` are files that the last build is known to have made, for where somebody has
        deleted the list of them. Interrupted, it leaves whole files and a list that still names all
        that are ours. ``note`` is told the paths of all that is about to be written or removed.
        """
        self._held = self._names()  # somebody may have put something there since
        listed = self._listed()
        there = frozenset(listed)
        ours = self._before = known | set(filter(_is_below, there - known))
        gone = ours - wanted
        self._refuse_foreign(new, ours)
        if note:
            note([*new, *gone])
        try:
            self._remove_links(chain(new, gone))
            if not (known <= there and wanted <= there):
                self._write_manifest(ours | wanted, listed)
            for path in self._without_new_folders(new):
                self._move(path)
            for path in gone:
                self._remove(path)
            if gone or not (self.root / MANIFEST).is_file():
                self._write_manifest(wanted, listed)
        except OSError as error:
            raise _unwritable(error.filename or self.root, error) from None
        return sorted(gone)

    def _refuse_foreign(self, staged: Iterable[str], ours: Collection[str]) -> None:
        """Raise GazetteError where a file stands in the way that no build made."""
        for path in staged:
            if path in ours or path.partition("/")[0] not in self._held:
                continue
            if os.path.lexists(f"{self.root}/{path}"):
                raise self._foreign(path)

    def _remove_links(self, paths: Iterable[str]) -> None:
        """Remove the links in the place of folders of ``paths``: nothing is done behind them."""
        folders = {
            path.rpartition("/")[0] for path in paths if path.partition("/")[0] in self._held
        }
        for link in filter(None, set(map(Folders(self.root).link_of, folders))):
            (self.root / link).unlink()

    def _move(self, path: str) -> None:
        """Move the file ``path`` from the stage into its place, whatever has been put there."""
        source, target = f"{self.stage}/{path}", f"{self.root}/{path}"
        try:
            os.replace(source, target)  # noqa: PTH105  # called as often as there are files
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            Path(source).replace(target)
        except (IsADirectoryError, NotADirectoryError, PermissionError, FileExistsError):
            self._clear(path)
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            Path(source).replace(target)

    def _clear(self, path: str) -> None:
        """Remove the folder that is in the place of the file ``path``, or a file in its folder's.

        What was there is ours and has been replaced: see _refuse_foreign.
        """
        target = self.root / path
        if target.is_dir():
            shutil.rmtree(target)
        for folder in target.relative_to(self.root).parents:
            if os.path.lexists(self.root / folder) and not (self.root / folder).is_dir():
                self._refuse_foreign_folder(folder)
                (self.root / folder).unlink()

    def _refuse_foreign_folder(self, folder: Path) -> None:
        """Raise GazetteError where no build made the folder in whose place a file stands."""
        if not any(path.startswith(f"{folder.as_posix()}/") for path in self._before):
            raise self._foreign(folder.as_posix())

    def _foreign(self, path: str) -> GazetteError:
        return GazetteError(
            f"{self.root}/{path}: is there, and no build made it; move it away, or name another "
            "folder with --output"
        )

    def _without_new_folders(self, staged: Iterable[str]) -> Iterator[str]:
        """Move folders that the site does not have as a whole; yield the paths that are left."""
        moved: dict[str, bool] = {}
        for path in staged:
            folder, below, _ = path.partition("/")
            if folder not in moved:
                moved[folder] = bool(below) and folder not in self._held
                if moved[folder]:
                    (self.stage / folder).rename(self.root / folder)
            if not moved[folder]:
                yield path

    def manifest(self) -> set[str]:
        """Return the files that earlier builds made here."""
        return set(filter(_is_below, self._listed()))

    def _listed(self) -> list[str]:
        """Return the lines of the list of files, which anybody can edit."""
        try:
            return (self.root / MANIFEST).read_bytes().decode(errors="replace").splitlines()
        except OSError:
            return []

    def _remove(self, path: str) -> None:
        """Remove the file ``path`` and the folders that this leaves empty."""
        file = self.root / path
        if file.is_dir():
            shutil.rmtree(file)
        else:
            with contextlib.suppress(NotADirectoryError):
                file.unlink(missing_ok=True)
        for folder in (self.root / path).relative_to(self.root).parents:
            if folder == Path():
                return
            try:
                (self.root / folder).rmdir()
            except OSError:
                return

    def _write_manifest(self, paths: AbstractSet[str], listed: Iterable[str]) -> None:
        """List ``paths``, most of which have been ``listed`` in order: that need not be sorted."""
        held = list(filter(paths.__contains__, listed))
        text = "".join([f"{path}\n" for path in sorted([*held, *(paths - frozenset(held))])])
        part = self.stage / MANIFEST
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(self.root / MANIFEST)


def _holds(path: str, data: bytes) -> bool:
    """Say whether the file ``path`` is there and holds ``data``."""
    try:
        number = os.open(path, _AS_IT_IS)
    except OSError:
        return False
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode) or status.st_size != len(data):
            return False
        with os.fdopen(number, "rb", buffering=0, closefd=False) as file:
            return file.readall() == data
    finally:
        os.close(number)


def _unwritable(path: Path | str, error: OSError) -> GazetteError:
    return GazetteError(f"{path}: cannot be written: {error.strerror or error}")


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
