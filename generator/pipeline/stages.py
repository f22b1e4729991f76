"""The pipeline: every step from the content to the new files of the site, in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from generator.content import settings, topics
from generator.content.settings import Settings
from generator.library import library
from generator.pipeline import cache, cards, index, load, related_papers
from generator.pipeline.build import Options
from generator.pipeline.manifest import Before, Made
from generator.pipeline.output import Output
from generator.pipeline.rendering import PageWriter
from generator.pipeline.stale import Planner
from generator.pipeline.study import StudyMaker
from generator.plan import feeds, pages
from generator.system import parallel, timing
from generator.system.errors import GazetteError
from generator.system.fingerprints import Signature, fingerprint
from generator.system.progress import Progress
from generator.theme import assets
from generator.theme.assets import shrunk


def produce(
    options: Options, before: Before, content: Mapping[str, Signature], progress: Progress
) -> Made:
    """Make every file of the site that ``before`` does not have, and commit.

    ``content`` has the stamps of all files below the content folder.

    Raises GazetteError, and then leaves the output as it was.
    """
    jobs = options.jobs or parallel.cores()
    site = _settings(options)
    rules = topics.load(options.content)
    student = StudyMaker(rules, indexed=site.search)
    held = load.load(options.content, content, student, progress, jobs)
    shelf = library.build(held.digests, held.facts, held.papers, rules)
    facts = shelf.facts.values()
    output = Output(options.output)
    planner = Planner(_site_key(options, site), before)
    press = PageWriter(options.templates, site, output, planner)
    with (
        output.staged(),
        parallel.aside(
            index.make,
            options.content,
            output,
            before,
            facts if site.search else (),
            held.analyses,
            jobs=jobs,
        ) as indexed,
        parallel.aside(
            related_papers.find, options.content, facts, held.subjects, jobs=jobs
        ) as related,
    ):
        shelf = dataclasses.replace(shelf, related=related_papers.Unpacked(related))
        # What says nothing of related papers is made while these are looked for.
        press.make(pages.lists(shelf, site), jobs, progress)
        press.make(pages.days(shelf, site), jobs, progress)
        press.make(feeds.sitemaps(pages.places(planner.keys)), jobs, progress)
        keys, staged = planner.keys, press.staged
        for path, data in _static(options.static, site):
            keys[path] = fingerprint(data)
            if not before.has(path, keys[path]) and output.write(path, data):
                staged.append(path)
        drawn, new_cards = cards.stage(shelf, site, options.templates, output, before)
        found, new = indexed()
        keys |= drawn | found
        with timing.charge("write"):
            staged += new_cards + new
            removed = output.commit(keys, staged)
    return Made(
        fingerprints=keys,
        bundles=planner.bundles,
        staged=staged,
        removed=removed,
        papers=len(shelf.facts),
        digests=len(shelf.digests),
        warnings=held.warnings,
    )


def _settings(options: Options) -> Settings:
    site = settings.load(options.content)
    if not options.search:
        site = dataclasses.replace(site, search=False)
    if not options.base_url:
        return site
    if problem := settings.url_problem(options.base_url):
        raise GazetteError(f"--base-url: {problem}")
    return dataclasses.replace(site, url=options.base_url)


def _site_key(options: Options, site: Settings) -> bytes:
    """Return a key of what every page depends on: program, settings, templates."""
    parts = [cache.program().encode(), msgspec.msgpack.encode(site, order="deterministic")]
    for path in sorted(options.templates.rglob("*")):
        if path.is_file():
            parts += (path.relative_to(options.templates).as_posix().encode(), path.read_bytes())
    return fingerprint(*parts)


def _static(root: Path, site: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the files below static, shrunk, and of the search client."""
    sources = {f"js/{name}" for name in assets.SOURCES}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not path.name.startswith(".") and name not in sources:
            yield name, shrunk(name, path.read_bytes())
    if site.search:
        scripts = {name: (root / "js" / name).read_text("utf-8") for name in assets.SOURCES}
        yield from assets.client(scripts)
    yield ".nojekyll", b""
