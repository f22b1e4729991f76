"""Pages into files: rendered in batches, in several processes where there are many."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jinja2
import msgspec

from generator.build.before import key_of
from generator.build.output import Output
from generator.errors import SourceError
from generator.model import Page
from generator.render import Renderer
from generator.settings import Settings
from generator.system import ledger, parallel

BATCH, MOST = 100, 500  # pages that one process renders before it answers: at least, at most
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
ALONE = 300  # pages that one process renders faster than two can be started


@dataclass(frozen=True)
class Press:
    """Renders pages of one site into the stage of ``output``."""

    templates: Path
    settings: Settings
    output: Output
    pages: Sequence[Page]

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer, one a process."""
        return Renderer(self.templates, self.settings)

    def run(self, numbers: Sequence[int], jobs: int, progress: Callable[[int], None]) -> list[str]:
        """Render the pages of those ``numbers``; return the paths of the files that are new."""
        batches = list(self._batches(numbers))
        jobs = jobs if len(numbers) > ALONE else 1
        staged: list[str] = []
        rendered = parallel.each(_render_batch, self, batches, jobs)
        for batch, paths in zip(batches, rendered, strict=True):
            staged += paths
            progress(len(batch))
        return staged

    def _batches(self, numbers: Iterable[int]) -> Iterator[list[int]]:
        """Cut ``numbers`` where the template changes, so that a digest stays with its papers.

        They show the same texts, which one process then converts only once.
        """
        batch: list[int] = []
        template = ""
        for number in numbers:
            before, template = template, self.pages[number].template
            if len(batch) >= MOST or (len(batch) >= BATCH and before != template):
                yield batch
                batch = []
            batch.append(number)
        if batch:
            yield batch

    def render(self, page: Page) -> bytes:
        """Return the bytes of ``page``; raises SourceError with the template's line."""
        try:
            return self.renderer.render(page).encode()
        except jinja2.TemplateSyntaxError as error:
            place = self.templates / (error.name or page.template)
            raise SourceError(place, error.lineno, error.message or "") from None
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            inside = [frame for frame in frames if Path(frame.filename).parent == self.templates]
            if not inside:
                raise
            message = f"{type(error).__name__} for the page {page.path}: {error}"
            raise SourceError(inside[-1].filename, inside[-1].lineno or 0, message) from error


def fingerprint(seed: bytes, page: Page) -> bytes:
    """Return a key of all that makes ``page``: ``seed``, what it shows, and by which template."""
    return key_of(seed, _ENCODER.encode((page.path, page.template, page.made_of)))


def _render_batch(press: Press, numbers: Iterable[int]) -> list[str]:
    staged: list[str] = []
    with ledger.charge("render"):
        for number in numbers:
            page = press.pages[number]
            data = press.render(page)
            with ledger.charge_closely("write"):
                if press.output.write(page.path, data):
                    staged.append(page.path)
    return staged
