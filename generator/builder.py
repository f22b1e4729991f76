"""A build, from the content folder to the site: load, plan, render, stage, commit, report."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path

from generator import content, files, library, pages, settings, topics
from generator.errors import GazetteError
from generator.model import Page
from generator.output import Output, check_place
from generator.progress import Progress
from generator.render import Renderer
from generator.settings import Settings

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked for: the folders, and what goes over site.yaml."""

    content: Path
    output: Path
    base_url: str = ""
    templates: Path = TEMPLATES
    static: Path = STATIC


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did."""

    papers: int
    digests: int
    files: int
    written: int
    removed: int
    seconds: float
    output: Path
    warnings: tuple[str, ...]

    def __str__(self) -> str:
        """Return one line for a person."""
        changed = f"{self.written} written" + (f", {self.removed} removed" if self.removed else "")
        return (
            f"{self.papers:,} papers in {self.digests:,} digests: {self.files:,} files in "
            f"{self.output}, {changed}, in {self.seconds:.2f} s"
        )


def build(options: Options, progress: Progress) -> Report:
    """Build the site; raises GazetteError, and then leaves the output as it was."""
    started = time.perf_counter()
    check_place(options.output, (options.content, options.templates, options.static))
    if not options.content.is_dir():
        raise GazetteError(f"{options.content}: no such folder; --content names the entries")
    site = _settings(options)
    loaded = content.load(options.content)
    shelf = library.build(loaded.digests, _topics(options.content))
    planned = list(pages.plan(shelf, site))
    output = Output(options.output)
    made: list[str] = []
    written = 0
    with output.staged():
        with progress.stage("build", len(planned)) as step:
            for path, data in _files(options, site, planned):
                made.append(path)
                written += output.write(path, data)
                step(1)
        removed = output.commit(made)
    return Report(
        papers=len(shelf.papers),
        digests=len(shelf.digests),
        files=len(made),
        written=written,
        removed=removed,
        seconds=time.perf_counter() - started,
        output=options.output,
        warnings=loaded.warnings,
    )


def _settings(options: Options) -> Settings:
    site = settings.load(options.content)
    if not options.base_url:
        return site
    if problem := settings.url_problem(options.base_url):
        raise GazetteError(f"--base-url: {problem}")
    return dataclasses.replace(site, url=options.base_url)


def _topics(folder: Path) -> tuple[topics.Topic, ...]:
    path = folder / "topics.yaml"
    return topics.read(files.read_text(path), path) if path.exists() else ()


def _files(options: Options, site: Settings, planned: list[Page]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site, its path below the output and its bytes."""
    renderer = Renderer(options.templates, site)
    for page in planned:
        yield page.path, renderer.render(page).encode()
    for path in sorted(options.static.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(options.static).as_posix(), path.read_bytes()
    yield ".nojekyll", b""
