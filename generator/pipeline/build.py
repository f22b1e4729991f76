"""A build, from the content folder to the site: load, plan, find what is stale, render, commit.

What a file of the site is made of has a fingerprint; a file whose fingerprint is that of the last
build, and that nobody has touched since, is not made again. Without the cache all is made, and
the bytes are the same.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import filelock

from generator.pipeline import cache, changes, state
from generator.pipeline.manifest import Before, Made, Manifest
from generator.pipeline.output import check_place
from generator.pipeline.state import EMPTY, State
from generator.system import asides, signatures, timing
from generator.system.errors import GazetteError
from generator.system.fingerprints import fingerprint
from generator.system.progress import Progress
from generator.system.records import Damaged
from generator.system.signatures import Signatures
from generator.theme.overlay import Overlay

LOCK = ".gazette-lock"
# What GitHub Pages takes, and how near to that a site is told of it.
SITE_BYTES = 1_000_000_000
DEPLOY_MINUTES = 10
DEPLOY_FILES = 250_000  # an estimate: what ten minutes of packing and unpacking small files are
NEAR = 0.8
ENTRY = 3  # files of the site that take as long to look at as an entry, which is to be found first


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did, and what became of its time (seconds by kind of work)."""

    papers: int
    digests: int
    files: int
    size: int
    written: int
    removed: int
    seconds: float
    output: Path
    spent: Mapping[str, float]
    warnings: tuple[str, ...]
    unpublished: str = ""

    def __str__(self) -> str:
        """Return one line for a person."""
        changed = f"{self.written:,} written" if self.written else "nothing changed"
        if self.removed:
            changed += f", {self.removed:,} removed"
        return (
            f"{self.papers:,} papers in {self.digests:,} digests: {self.files:,} files in "
            f"{self.output} ({self.size / 1e6:,.1f} MB), {changed}, in {self.seconds:.2f} s"
            + (f"; {self.unpublished}" if self.unpublished else "")
        )


def build(options: Options, progress: Progress) -> Report:
    """Build the site; raises GazetteError, and then leaves the output as it was.

    One build at a time has an output; another waits for it, and says so.
    """
    check_place(options.output, (options.content, *options.overlay.folders))
    if not options.content.is_dir():
        raise GazetteError(f"{options.content}: no such folder; --content names the entries")
    lock = filelock.FileLock(options.output / LOCK)
    try:
        options.output.mkdir(parents=True, exist_ok=True)
        _acquire(lock, options.output, progress)
    except OSError as error:
        raise GazetteError(f"{options.output}: cannot be written: {error.strerror}") from None
    try:
        return _build(options, progress)
    finally:
        lock.release()


def _acquire(lock: filelock.BaseFileLock, output: Path, progress: Progress) -> None:
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        progress.say(f"{output}: waiting for another build to finish")
        lock.acquire()


def _build(options: Options, progress: Progress) -> Report:
    began = time.perf_counter()
    started = time.time_ns()
    timing.take()
    with timing.charge("look"):
        request = _request(options)
        name = hashlib.sha256(str(options.output.resolve()).encode()).hexdigest()[:12]
        kept_file = cache.CacheFile(options.content, f"site-{name}", State)
        last = kept_file.get() or EMPTY
        half = (last.files + ENTRY * last.papers) // 2
        first, rest = slice(half), slice(half, None)
        look = state.touched, (options.output, last, first)
        with asides.begun(look, jobs=state.jobs_for(last.files)) as looking:
            inputs = _inputs(options)
            lost = state.touched(options.output, last, rest) | looking.results[0]()
    keys = {name: found.key for name, found in inputs.items()}
    is_settled = all(found.settled < last.started for found in inputs.values())
    if not lost and is_settled and _is_current(last, request, keys):
        written = removed = 0
        changes.write(options.content, options.period, options.output, (), ())
    else:
        before = Before(Manifest(last.pages), Manifest(last.others), lost, last.bundles)
        made = _produce(options, before, inputs["content"], progress)
        left = state.signatures(options.output, made, last, before)
        last = State(
            *(started, request, keys, made.pages.parts, made.others.parts, left, made.bundles),
            *(made.papers, made.digests, made.warnings, made.unpublished, made.next_day),
        )
        kept_file.put(last)
        written, removed = len(made.staged), len(made.removed)
        place = options.content, options.period, options.output
        changes.write(*place, made.staged, made.removed)
    count, size = last.files, last.size
    return Report(
        papers=last.papers,
        digests=last.digests,
        files=count,
        size=size,
        written=written,
        removed=removed,
        seconds=time.perf_counter() - began,
        output=options.output,
        spent=timing.take(),
        unpublished=last.unpublished,
        warnings=(*last.warnings, *limits(options.output, count, size)),
    )


def limits(output: Path, count: int, size: int) -> Iterator[str]:
    """Yield a warning where a site of ``count`` files and ``size`` bytes nears what Pages takes."""
    if size > NEAR * SITE_BYTES:
        yield (
            f"{output}: {size / 1e6:,.0f} MB; GitHub Pages takes {SITE_BYTES / 1e6:,.0f} MB. Less "
            "to publish: `search: false`, `cards: false` in site.yaml, or a site a year"
        )
    if count > NEAR * DEPLOY_FILES:
        yield (
            f"{output}: {count:,} files; a deployment to GitHub Pages may take {DEPLOY_MINUTES} "
            f"minutes, which is about {DEPLOY_FILES:,} files. `search: false` in site.yaml leaves "
            "out the index, the part with the most files beside the papers"
        )


def _produce(options: Options, before: Before, content: Signatures, progress: Progress) -> Made:
    """Make what is not there; once more from the start where the cache proves damaged."""
    # What takes long to load, where it is needed.
    from generator.pipeline import executors  # noqa: PLC0415

    with executors.opened(options, progress) as (asked, jobs):
        from generator.pipeline import stages  # noqa: PLC0415

        try:
            return stages.produce(asked, before, content, progress, jobs)
        except Damaged:
            progress.say(f"{cache.cache_folder(options.content)}: damaged, so all is read again")
            cache.forget(options.content)
            again = signatures.scan(options.content)
            return stages.produce(asked, before, again, progress, jobs)


def _inputs(options: Options) -> dict[str, Signatures]:
    """Return the signature of every file that the site is made of, by folder."""
    return {
        "content": signatures.scan(options.content),
        **{str(folder): signatures.scan(folder) for folder in options.overlay.folders},
    }


def _request(options: Options) -> bytes:
    """Return a key of what was asked for, and of the program that is to do it."""
    day = options.today.isoformat() if options.today else ""
    asked = (
        *(cache.program(), options.base_url, options.search, options.drafts, day),
        *(str(options.content.resolve()), options.period),
    )
    return fingerprint(repr(asked).encode())


def _is_current(last: State, request: bytes, inputs: Mapping[str, bytes]) -> bool:
    """Say whether the files that the last build left are what a build would make."""
    return (
        last.request == request
        and last.inputs == inputs
        and last.started <= time.time_ns()  # else the clock goes backwards, and with it the day
        and not 0 < last.next_day <= time.time()
    )


_PACKAGE = Path(__file__).parent.parent
ROOT = _PACKAGE.parent


def shipped(name: str) -> Path:
    """Return the folder ``name`` of the repository's top, which a wheel has below the package."""
    inside = _PACKAGE / name.removeprefix(".")
    return inside if inside.is_dir() else ROOT / name


TEMPLATES, STATIC = shipped("templates"), shipped("static")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The folders, and what goes over site.yaml; ``jobs`` of 0 means one process a core.

    ``scheduler`` is the address of a Dask cluster that is to do the work instead.
    What is to come after the day ``today``, and what is a draft, is left out but for ``drafts``;
    without a day, nothing is to come. ``period`` (2025, 2025-09) leaves out all other days.
    """

    content: Path
    output: Path
    base_url: str = ""
    search: bool = True
    jobs: int = 0
    scheduler: str = ""
    today: dt.date | None = None
    drafts: bool = False
    period: str = ""
    templates: Path = TEMPLATES
    static: Path = STATIC

    @property
    def overlay(self) -> Overlay:
        """The templates and static files, those of the site in theme/ beside its content."""
        content = self.content if self.content.name else self.content.resolve()
        return Overlay(content.parent / "theme", self.templates, self.static)
