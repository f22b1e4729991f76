"""Texts too large for the memory, one behind the other in a file that goes with its user."""

from __future__ import annotations

import tempfile
import weakref
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

_IN_MEMORY = 1 << 22  # bytes that need no file


class Texts:
    """Texts of ASCII by their numbers; where they are many, in a file below ``folder``."""

    def __init__(self, folder: Path | None = None) -> None:
        place = str(folder) if folder else None
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=place)  # noqa: SIM115  # it ends with its user
        weakref.finalize(self, self._file.close)
        self._ends = array("Q", [0])

    def extend(self, texts: Sequence[str]) -> None:
        """Add ``texts``."""
        self._file.seek(self._ends[-1])
        self._file.write("".join(texts).encode("ascii"))
        ends = accumulate(map(len, texts), initial=self._ends.pop())
        self._ends.extend(ends)

    def sizes(self) -> Iterator[int]:
        """Yield how long each is."""
        return (end - start for start, end in pairwise(self._ends))

    def joined(self, start: int, end: int) -> str:
        """Return the texts from ``start`` to before ``end`` as one."""
        self._file.seek(self._ends[start])
        return self._file.read(self._ends[end] - self._ends[start]).decode("ascii")
