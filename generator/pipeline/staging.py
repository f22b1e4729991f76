"""The files of a build beside those of the last one: what is stale is staged, the rest stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from generator.pipeline.manifest import Before
from generator.pipeline.output import Output
from generator.system import timing
from generator.system.errors import GazetteError
from generator.system.fingerprints import fingerprint


class Staging:
    """Gathers every file that the site is to have: ``keys`` by path, ``staged`` those made anew."""

    def __init__(self, output: Output, before: Before) -> None:
        self.output = output
        self.before = before
        self.keys: dict[str, bytes] = {}
        self.staged: list[str] = []

    def offer(self, path: str, key: bytes, make: Callable[[], bytes]) -> None:
        """Enter the file ``path``; ``make`` gives its bytes, and is asked only if it is stale.

        Raises GazetteError where the site has a page there.
        """
        if path in self.keys:
            raise GazetteError(
                f"theme/static/{path}: the site has a page there; a template of that name in "
                "theme/templates/ would change it"
            )
        self.keys[path] = key
        if not self.before.has(path, key) and self.output.write(path, make()):
            self.staged.append(path)

    def offer_all(self, files: Iterable[tuple[str, bytes]], seed: bytes) -> None:
        """Enter ``files``, paths with their bytes, of a kind that depends on ``seed``."""
        for path, data in files:
            self.offer(path, fingerprint(seed, data), partial(bytes, data))

    def take(self, keys: Mapping[str, bytes], staged: Iterable[str]) -> None:
        """Enter files that were staged elsewhere: the keys of all, the paths of those made anew."""
        self.keys |= keys
        self.staged += staged

    def commit(self, note: Callable[[Iterable[str]], None]) -> list[str]:
        """Move what is staged into place, all at once; return the files that are gone.

        ``note`` is told before of all files that this touches.
        """
        with timing.charge("write"):
            return self.output.commit(self.keys, self.staged, note)
