"""Pages into files: rendered in batches, in several processes where there are many."""

from __future__ import annotations

import contextlib
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2

from generator.content.settings import Settings
from generator.model import Bundle, Page
from generator.pipeline.manifest import Before, Paths
from generator.pipeline.output import Output
from generator.pipeline.stale import Planner
from generator.system import asides, parallel, timing
from generator.system.crews import Crew
from generator.system.errors import SourceError
from generator.system.parallel import Jobs
from generator.system.progress import Progress
from generator.theme.overlay import Overlay
from generator.theme.render import Renderer, SiteTheme

BATCH, MOST = 100, 500  # pages that one process renders before it answers: at least, at most
FAR = 250  # pages that a crew renders before it answers, at least: to ask it takes longer
SHARES = 8  # no batch is more than one of so many of the pages that are left
LAST = 16  # pages of the smallest batches
WORTH = 1 << 12  # stale pages that are gathered, out of however many that are planned
ALONE = 100  # pages that one process renders faster than two can be started


class PageWriter:
    """Makes the pages of one site: renders into the stage of ``output`` what is stale.

    ``staged`` gathers the paths of the files that are new.
    """

    def __init__(
        self,
        overlay: Overlay,
        settings: Settings,
        site: SiteTheme,
        output: Output,
        planner: Planner,
    ) -> None:
        self.output = output
        self.staged = Paths()
        self._planner = planner
        self._overlay = overlay
        self._site = site
        self._settings = settings

    def __reduce__(self) -> tuple[Any, ...]:
        """Send to a worker what it renders with: neither the plan nor, ready made, the renderer."""
        nothing = Planner(b"", Before())
        return PageWriter, (self._overlay, self._settings, self._site, self.output, nothing)

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer, one a process."""
        return Renderer(self._overlay.templates, self._settings, self._site)

    def make(
        self,
        plans: Iterable[Iterable[Page | Bundle]],
        shown: tuple[object, ...],
        jobs: Jobs,
        progress: Progress,
        busy: Callable[[], int] = asides.nobody,
    ) -> None:
        """Make the pages of ``plans``, one after the other, by ``jobs`` where that pays.

        ``shown`` is what many of them are filled from: a crew is sent it once. ``busy`` says how
        many of the jobs are at other work. Raises GazetteError if two pages claim one path.
        """
        lists = self._lists(plans)
        if isinstance(jobs, Crew):
            self._make_elsewhere(lists, shown, jobs, progress)
        else:
            self._make_beside(lists, lambda: max(1, jobs - busy()), progress)

    def make_here(self, plan: Iterable[Page | Bundle], progress: Progress) -> None:
        """Make the pages of ``plan``, which are few, in this process."""
        for stale in self._lists([plan]):
            _end(self._make(stale, 1, progress))

    def _lists(self, plans: Iterable[Iterable[Page | Bundle]]) -> Iterator[Sequence[Page]]:
        """Yield the stale pages of each of ``plans``, in lists worth starting processes for.

        None waits for the next plan, which may wait for something itself.
        """
        for plan in plans:
            yield from gathered(_charged(self._planner.stale(plan)))

    def _make_beside(
        self, lists: Iterable[Sequence[Page]], free: Callable[[], int], progress: Progress
    ) -> None:
        """Make the pages of ``lists``, each while the next one is planned."""
        making: Generator[None, None, None] = (None for _ in ())
        try:
            for stale in lists:
                _end(making)
                making = self._make(stale, free(), progress)
                next(making, None)
            _end(making)
        finally:
            making.close()

    def _make(
        self, stale: Sequence[Page], jobs: int, progress: Progress
    ) -> Generator[None, None, None]:
        """Make the pages ``stale``; yield after each batch, when others are being made."""
        batches = list(batches_of(stale))
        if len(stale) > ALONE:
            # Compiled before the processes part, templates are compiled once. What is wrong with
            # one is said of the page that it is for.
            with timing.charge("render"), contextlib.suppress(jinja2.TemplateSyntaxError):
                self.renderer.prepare()
        with progress.stage("render", len(stale)) as step:
            rendered = parallel.each(
                _render_batch,
                (self, stale),
                batches,
                jobs if len(stale) > ALONE else 1,
                ahead=len(batches),
            )
            for batch, paths in zip(batches, rendered, strict=True):
                self.staged.add(paths)
                step(len(batch))
                yield

    def _make_elsewhere(
        self,
        lists: Iterable[Sequence[Page]],
        shown: tuple[object, ...],
        crew: Crew,
        progress: Progress,
    ) -> None:
        """Have ``crew`` render while the next pages are planned here, and sent."""
        sizes: deque[int] = deque()

        def batches() -> Iterator[list[Page]]:
            for stale in lists:
                if len(stale) <= ALONE:
                    _end(self._make(stale, 1, progress))
                    continue
                sizes.append(len(stale))
                for batch in batches_of(stale, FAR, min(FAR, len(stale) // SHARES)):
                    yield [stale[number] for number in batch]

        shared: Shared = self, *shown
        rendered = parallel.each(_render_pages, shared, batches(), crew)
        for first in rendered:
            left = sizes.popleft()
            with progress.stage("render", left) as step:
                for count, paths in chain([first], rendered):
                    self.staged.add(paths)
                    step(count)
                    left -= count
                    if not left:
                        break

    def stage(self, pages: Iterable[Page]) -> list[str]:
        """Render ``pages`` into the stage; return the paths of those that are new."""
        staged: list[str] = []
        with timing.charge("render"):
            for page in pages:
                data = self.render(page)
                with timing.charge_closely("write"):
                    if self.output.write(page.path, data):
                        staged.append(page.path)
        return staged

    def render(self, page: Page) -> bytes:
        """Return the bytes of ``page``; raises SourceError with the template's line."""
        try:
            return self.renderer.render(page)
        except jinja2.TemplateSyntaxError as error:
            place = error.filename or error.name or page.template
            raise SourceError(place, error.lineno, error.message or "") from None
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            folders = self._overlay.template_folders
            inside = [frame for frame in frames if Path(frame.filename).parent in folders]
            if not inside:
                raise
            message = f"{type(error).__name__} for the page {page.path}: {_said(error)}"
            raise SourceError(inside[-1].filename, inside[-1].lineno or 0, message) from error


Shared = tuple[PageWriter, *tuple[object, ...]]
"""What a crew has for all pages: what renders them, and what they are filled from."""


def gathered(lists: Iterable[Iterable[Page]], worth: int = WORTH) -> Iterator[list[Page]]:
    """Yield the pages of ``lists`` in longer ones, of ``worth`` pages or more but for the last."""
    held: list[Page] = []
    for pages in lists:
        held += pages
        if len(held) >= worth:
            yield held
            held = []
    if held:
        yield held


def _charged(lists: Iterator[list[Page]]) -> Iterator[list[Page]]:
    """Yield ``lists``, and charge the time that they take to the plan."""
    while True:
        with timing.charge("plan"):
            stale = next(lists, None)
        if stale is None:
            return
        yield stale


def _end(making: Iterable[None]) -> None:
    """Go on with what is being made until it is."""
    for _ in making:
        pass


def _said(error: Exception) -> str:
    """Return what is wrong, for whoever writes templates."""
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name!r}"
    if isinstance(error, KeyError):
        return f"there is no text or key {error}"
    if isinstance(error, (jinja2.UndefinedError, AttributeError)):
        return f"there is no such name: {error}"
    return str(error)


def batches_of(pages: Sequence[Page], least: int = BATCH, last: int = LAST) -> Iterator[range]:
    """Cut ``pages`` where the template changes, so that a digest stays with its papers.

    They show the same texts, which one process then converts only once. Toward the end batches
    become smaller, down to ``last``: processes are to be done at the same time.
    """
    start = 0
    for end in range(1, len(pages) + 1):
        size = end - start
        share = max((len(pages) - start) // SHARES, last)
        is_cut = end == len(pages) or pages[end].template != pages[end - 1].template
        if size >= min(MOST, share) or (size >= min(least, share) and is_cut) or end == len(pages):
            yield range(start, end)
            start = end


def _render_batch(shared: tuple[PageWriter, Sequence[Page]], numbers: Iterable[int]) -> list[str]:
    writer, pages = shared
    return writer.stage([pages[number] for number in numbers])


def _render_pages(shared: Shared, pages: Sequence[Page]) -> tuple[int, list[str]]:
    return len(pages), shared[0].stage(pages)
