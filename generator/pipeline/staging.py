"""The files of a build beside those of the last one: what is stale is staged, the rest stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generator.pipeline.manifest import Before
from generator.pipeline.output import Output
from generator.system import timing


class Staging:
    """Gathers every file that the site is to have: ``keys`` by path, ``staged`` those made anew."""

    def __init__(self, output: Output, before: Before) -> None:
        self.output = output
        self.before = before
        self.keys: dict[str, bytes] = {}
        self.staged: list[str] = []

    def offer(self, path: str, key: bytes, make: Callable[[], bytes]) -> None:
        """Enter the file ``path``; ``make`` gives its bytes, and is asked only if it is stale."""
        self.keys[path] = key
        if not self.before.has(path, key) and self.output.write(path, make()):
            self.staged.append(path)

    def take(self, keys: Mapping[str, bytes], staged: Iterable[str]) -> None:
        """Enter files that were staged elsewhere: the keys of all, the paths of those made anew."""
        self.keys |= keys
        self.staged += staged

    def commit(self) -> list[str]:
        """Move what is staged into place, all at once; return the files that are gone."""
        with timing.charge("write"):
            return self.output.commit(self.keys, self.staged)
