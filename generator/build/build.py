"""A build, from the content folder to the site: load, plan, find what is stale, render, commit.

What a file of the site is made of has a fingerprint; a file whose fingerprint is that of the last
build, and that nobody has touched since, is not made again. Without the cache all is made, and
the bytes are the same.
"""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import filelock

from generator.build import cache
from generator.build.before import Before
from generator.build.options import Options
from generator.build.output import check_place
from generator.build.volumes import Damaged
from generator.errors import GazetteError
from generator.system import ledger, stamps
from generator.system.progress import Progress
from generator.system.stamps import Stamp

LOCK = ".gazette-lock"
HIDDEN = (".nojekyll",)
# What GitHub Pages takes, and how near to that a site is told of it.
SITE_BYTES = 1_000_000_000
DEPLOY_MINUTES = 10
DEPLOY_FILES = 250_000  # an estimate: what ten minutes of packing and unpacking small files are
NEAR = 0.8


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

    def __str__(self) -> str:
        """Return one line for a person."""
        changed = f"{self.written:,} written" if self.written else "nothing changed"
        if self.removed:
            changed += f", {self.removed:,} removed"
        return (
            f"{self.papers:,} papers in {self.digests:,} digests: {self.files:,} files in "
            f"{self.output} ({self.size / 1e6:,.1f} MB), {changed}, in {self.seconds:.2f} s"
        )


class File(NamedTuple):
    """A file of the site as the last build left it."""

    fingerprint: bytes
    stamp: Stamp


class State(NamedTuple):
    """What the last build of one output was made from, and what it made."""

    started: int
    request: bytes
    inputs: dict[str, Stamp]
    files: dict[str, File]
    papers: int
    digests: int
    warnings: tuple[str, ...]


def build(options: Options, progress: Progress) -> Report:
    """Build the site; raises GazetteError, and then leaves the output as it was.

    One build at a time has an output; another waits for it, and says so.
    """
    check_place(options.output, (options.content, options.templates, options.static))
    if not options.content.is_dir():
        raise GazetteError(f"{options.content}: no such folder; --content names the entries")
    options.output.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(options.output / LOCK)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        progress.say(f"{options.output}: waiting for another build to finish")
        lock.acquire()
    with lock:
        return _build(options, progress)


def _build(options: Options, progress: Progress) -> Report:
    began = time.perf_counter()
    started = time.time_ns()
    ledger.take()
    with ledger.charge("look"):
        inputs = _inputs(options)
        request = _request(options)
        name = hashlib.sha256(str(options.output.resolve()).encode()).hexdigest()[:12]
        drawer = cache.Drawer(options.content, f"site-{name}", State)
        state = drawer.get()
        there = _there(options.output)
    if state and _is_current(state, request, inputs, there):
        written = removed = 0
    else:
        from generator.build import production  # noqa: PLC0415  # what takes long to load, where needed

        before = Before()
        if state:
            known = {path: file.fingerprint for path, file in state.files.items()}
            same = (path for path, file in state.files.items() if there.get(path) == file.stamp)
            before = Before(fingerprints=known, intact=frozenset(same))
        try:
            made = production.produce(options, before, progress)
        except Damaged:
            progress.say(f"{cache.folder(options.content)}: damaged, so all is read again")
            cache.forget(options.content)
            made = production.produce(options, before, progress)
        there = _there(options.output)
        files = {path: File(key, there[path]) for path, key in made.fingerprints.items()}
        state = State(started, request, inputs, files, made.papers, made.digests, made.warnings)
        drawer.put(state)
        written, removed = made.written, made.removed
    size = sum(file.stamp.size for file in state.files.values())
    return Report(
        papers=state.papers,
        digests=state.digests,
        files=len(state.files),
        size=size,
        written=written,
        removed=removed,
        seconds=time.perf_counter() - began,
        output=options.output,
        spent=ledger.take(),
        warnings=(*state.warnings, *limits(options.output, len(state.files), size)),
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


def _inputs(options: Options) -> dict[str, Stamp]:
    """Return the stamp of every file that the site is made of."""
    folders = {"content": options.content, "templates": options.templates, "static": options.static}
    return {
        f"{name}/{path}": stamp
        for name, folder in folders.items()
        for path, stamp in stamps.scan(folder).items()
    }


def _request(options: Options) -> bytes:
    """Return a key of what was asked for, and of the program that is to do it."""
    asked = (cache.program(), options.base_url, options.search, str(options.content.resolve()))
    return hashlib.blake2b(repr(asked).encode(), digest_size=12).digest()


def _is_current(
    state: State, request: bytes, inputs: Mapping[str, Stamp], there: Mapping[str, Stamp]
) -> bool:
    """Say whether the site is what a build would make it."""
    return (
        state.request == request
        and state.inputs == inputs
        and all(stamp.settled_at(state.started) for stamp in inputs.values())
        and all(there.get(path) == file.stamp for path, file in state.files.items())
    )


def _there(output: Path) -> dict[str, Stamp]:
    """Return the stamps of the files in ``output``, the one hidden file of a site among them."""
    found = stamps.scan(output)
    for path in HIDDEN:
        if (output / path).exists():
            found[path] = stamps.of(output / path)
    return found
