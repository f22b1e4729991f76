"""The files of a build beside those of the last one: what is stale is staged, the rest stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from generator.pipeline.manifest import Before, Manifest, Paths
from generator.pipeline.output import Output
from generator.pipeline.stale import claimed_twice
from generator.system import timing
from generator.system.errors import GazetteError
from generator.system.fingerprints import fingerprint


class Staging:
    """Gathers every file that the site is to have beside its ``pages``; all that is made anew.

    ``others`` has the keys of those files by path, ``staged`` the paths of what is new.
    """

    def __init__(self, output: Output, before: Before, pages: Manifest) -> None:
        self.output = output
        self.before = before
        self.pages = pages
        self.others: dict[str, bytes] = {}
        self.staged = Paths()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and the key of every file, pages before others."""
        return chain(self.pages.items(), self.others.items())

    def offer(self, path: str, key: bytes, make: Callable[[], bytes]) -> None:
        """Enter the file ``path``; ``make`` gives its bytes, and is asked only if it is stale.

        Raises GazetteError where there is another one.
        """
        if path in self.others:
            raise _covered(path)
        self.others[path] = key
        if not self.before.has(path, key) and self.output.write(path, make()):
            self.staged.add([path])

    def offer_all(self, files: Iterable[tuple[str, bytes]], seed: bytes) -> None:
        """Enter ``files``, paths with their bytes, of a kind that depends on ``seed``."""
        for path, data in files:
            self.offer(path, fingerprint(seed, data), partial(bytes, data))

    def take(self, keys: Mapping[str, bytes], staged: Collection[str]) -> None:
        """Enter files that were staged elsewhere: the keys of all, the paths of those made anew."""
        self.others |= keys
        self.staged.add(staged)

    def commit(self, note: Callable[[Iterable[str]], None]) -> list[str]:
        """Move what is staged into place, all at once; return the files that are gone.

        ``note`` is told before of all files that this touches. Raises GazetteError where two files
        claim one path, and changes nothing then.
        """
        with timing.charge("write"):
            made = self._claimed()
            return self.output.commit(made, self.staged, set(self.before), note)

    def _claimed(self) -> set[str]:
        """Return the paths of all files; raises GazetteError where two claim one path."""
        made: set[str] = set()
        for path in self.pages:
            if path in self.others:
                raise _covered(path)
            if path in made:
                raise claimed_twice(path)
            made.add(path)
        made.update(self.others)
        return made


def _covered(path: str) -> GazetteError:
    """Return the error that a static file is to stand where the site has something of its own."""
    return GazetteError(
        f"theme/static/{path}: the site has a page there; a template of that name in "
        "theme/templates/ would change it"
    )
