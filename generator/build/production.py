"""What a build does when something has changed: from the content to the new files of the site."""

from __future__ import annotations

import dataclasses
import gc
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from generator import library, pages, settings, topics
from generator.build import cache, ledger, press
from generator.build.options import Options
from generator.build.output import Output
from generator.build.press import Press
from generator.content import folder, reading
from generator.content.folder import Content
from generator.errors import GazetteError
from generator.settings import Settings
from generator.system import files, parallel
from generator.system.progress import Progress


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What came of it: the fingerprint of every file of the site, and what was counted."""

    fingerprints: Mapping[str, bytes]
    written: int
    removed: int
    papers: int
    digests: int
    warnings: tuple[str, ...]


def produce(options: Options, intact: Mapping[str, bytes], progress: Progress) -> Made:
    """Make every file of the site whose fingerprint is not in ``intact``, and commit.

    ``intact`` has the fingerprints, by path, of the files that are as the last build left them.
    Raises GazetteError, and then leaves the output as it was.
    """
    jobs = options.jobs or parallel.cores()
    site = _settings(options)
    loaded = load(options.content, progress, jobs)
    with ledger.charge("plan"):
        shelf = library.build(loaded.digests, _topics(options.content))
        planned = list(pages.plan(shelf, site))
        seed = _site_key(options, site)
        keys = {page.path: _key(seed, press.fingerprint(page)) for page in planned}
    output = Output(options.output)
    stale = [
        number for number, page in enumerate(planned) if intact.get(page.path) != keys[page.path]
    ]
    workshop = Press(options.templates, site, output, planned)
    with output.staged():
        with progress.stage("render", len(stale)) as step:
            staged = workshop.run(stale, jobs, step)
        for path, key, data in _others(options):
            keys[path] = key
            if intact.get(path) != key and output.write(path, data):
                staged.append(path)
        with ledger.charge("write"):
            removed = output.commit(keys, staged)
    return Made(
        fingerprints=keys,
        written=len(staged),
        removed=removed,
        papers=len(shelf.papers),
        digests=len(shelf.digests),
        warnings=loaded.warnings,
    )


def load(root: Path, progress: Progress, jobs: int) -> Content:
    """Return what the folder ``root`` holds, remembered for the next time."""
    drawer = cache.Drawer(root, "entries", bytes)
    # A collector that looks at every paper again and again finds nothing, and takes its time.
    gc.disable()
    try:
        with ledger.charge("read"):
            packed = drawer.get()
            known = reading.unpack(packed) if packed else {}
            new = len(folder.scan(root)) - len(known)
            with progress.stage("read", max(new, 0)) as step:
                loaded = folder.load(root, known, step, jobs)
            if loaded.entries != known:
                drawer.put(reading.pack(loaded.entries))
    finally:
        gc.enable()
    return loaded


def _settings(options: Options) -> Settings:
    site = settings.load(options.content)
    if not options.base_url:
        return site
    if problem := settings.url_problem(options.base_url):
        raise GazetteError(f"--base-url: {problem}")
    return dataclasses.replace(site, url=options.base_url)


def _topics(root: Path) -> tuple[topics.Topic, ...]:
    path = root / "topics.yaml"
    return topics.read(files.read_text(path), path) if path.exists() else ()


def _site_key(options: Options, site: Settings) -> bytes:
    """Return a key of what every page depends on: program, settings, templates."""
    digest = hashlib.blake2b(cache.program().encode(), digest_size=12)
    digest.update(msgspec.msgpack.encode(site, order="deterministic"))
    for path in sorted(options.templates.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(options.templates).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.digest()


def _key(seed: bytes, special: bytes) -> bytes:
    return hashlib.blake2b(seed + special, digest_size=12).digest()


def _others(options: Options) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield path, fingerprint and bytes of the files that are served as they are."""
    for path in sorted(options.static.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            data = path.read_bytes()
            yield path.relative_to(options.static).as_posix(), _key(b"", data), data
    yield ".nojekyll", _key(b"", b""), b""
