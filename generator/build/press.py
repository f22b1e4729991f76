"""Pages into files: rendered in batches, in several processes where there are many."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import jinja2
import msgspec

from generator.build.before import Before, key_of
from generator.build.output import Output
from generator.errors import GazetteError, SourceError
from generator.model import Page
from generator.render import Renderer
from generator.settings import Settings
from generator.system import ledger, parallel
from generator.system.progress import Progress

BATCH, MOST = 100, 500  # pages that one process renders before it answers: at least, at most
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
SHARES = 8  # batches there are at least, so that no process is left with too much in the end
ALONE = 100  # pages that one process renders faster than two can be started


class Press:
    """Makes the pages of one site: renders into the stage of ``output`` what ``before`` lacks.

    ``seed`` is a key of what every page depends on. ``keys`` gathers the fingerprints of all pages
    by path, ``staged`` the paths of the files that are new.
    """

    def __init__(
        self, templates: Path, settings: Settings, output: Output, before: Before, seed: bytes
    ) -> None:
        self.output = output
        self.keys: dict[str, bytes] = {}
        self.staged: list[str] = []
        self._templates = templates
        self._settings = settings
        self._before = before
        self._seed = seed

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer, one a process."""
        return Renderer(self._templates, self._settings)

    def make(self, pages: Iterable[Page], jobs: int, progress: Progress) -> None:
        """Make ``pages``, in ``jobs`` processes where that pays.

        Raises GazetteError if two pages claim one path.
        """
        with ledger.charge("plan"):
            # The fingerprint says what a page is made of, and is small.
            stale = [page._replace(made_of=None, late=None) for page in self._stale(pages)]
        batches = list(_batches(stale))
        if len(stale) > ALONE:
            # Compiled before the processes part, templates are compiled once. What is wrong with
            # one is said of the page that it is for.
            with ledger.charge("render"), contextlib.suppress(jinja2.TemplateSyntaxError):
                self.renderer.prepare()
        with progress.stage("render", len(stale)) as step:
            rendered = parallel.each(
                _render_batch, (self, stale), batches, jobs if len(stale) > ALONE else 1
            )
            for batch, paths in zip(batches, rendered, strict=True):
                self.staged += paths
                step(len(batch))

    def _stale(self, pages: Iterable[Page]) -> Iterator[Page]:
        """Enter the keys of ``pages``; yield those that are not there as they are to be."""
        planned: list[Page] = []
        for page in pages:
            if page.path in self.keys:
                message = f"{page.path} is claimed twice: rename the topic or paper it is of"
                raise GazetteError(message)
            self.keys[page.path] = _key(self._seed, page.path, page.template, page.made_of)
            planned.append(page)
        for page in planned:
            if page.late:
                self.keys[page.path] = _key(self.keys[page.path], page.late())
            if not self._before.has(page.path, self.keys[page.path]):
                yield page

    def render(self, page: Page) -> bytes:
        """Return the bytes of ``page``; raises SourceError with the template's line."""
        try:
            return self.renderer.render(page).encode()
        except jinja2.TemplateSyntaxError as error:
            place = self._templates / (error.name or page.template)
            raise SourceError(place, error.lineno, error.message or "") from None
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            inside = [frame for frame in frames if Path(frame.filename).parent == self._templates]
            if not inside:
                raise
            message = f"{type(error).__name__} for the page {page.path}: {error}"
            raise SourceError(inside[-1].filename, inside[-1].lineno or 0, message) from error


def _key(seed: bytes, *made_of: object) -> bytes:
    return key_of(seed, _ENCODER.encode(made_of))


def _batches(pages: Sequence[Page]) -> Iterator[range]:
    """Cut ``pages`` where the template changes, so that a digest stays with its papers.

    They show the same texts, which one process then converts only once.
    """
    least = min(BATCH, len(pages) // SHARES)
    start = 0
    for end in range(1, len(pages) + 1):
        size = end - start
        is_cut = end == len(pages) or pages[end].template != pages[end - 1].template
        if size >= MOST or (size >= least and is_cut) or end == len(pages):
            yield range(start, end)
            start = end


def _render_batch(shared: tuple[Press, Sequence[Page]], numbers: Iterable[int]) -> list[str]:
    press, pages = shared
    staged: list[str] = []
    with ledger.charge("render"):
        for number in numbers:
            page = pages[number]
            data = press.render(page)
            with ledger.charge_closely("write"):
                if press.output.write(page.path, data):
                    staged.append(page.path)
    return staged
