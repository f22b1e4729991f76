"""The pipeline: every step from the content to the new files of the site, in order."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from generator import urls
from generator.content import setting_notices, settings, site_pages, topics
from generator.content.settings import Settings
from generator.content.site_pages import SitePage
from generator.library import library
from generator.library.publication import published
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
from generator.theme.overlay import Overlay
from generator.theme.render import SiteTheme


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
    zone = ZoneInfo(site.timezone)
    today = options.today or dt.datetime.now(zone).date()
    shown = published(held.digests, held.facts, today, drafts=options.drafts)
    shelf = library.build(shown.digests, held.facts, held.papers, rules)
    facts = shelf.facts.values()
    output = Output(options.output)
    overlay = options.overlay
    static = overlay.static_files()
    setting_notices.logo(options.content, site, frozenset(static))
    own = site_pages.load(options.content, drafts=options.drafts)
    theme = _theme(overlay, own, site, options.content)
    planner = Planner(_site_key(overlay, site, theme), before)
    press = PageWriter(overlay, site, theme, output, planner)
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
        press.make(pages.lists(shelf, site, own), jobs, progress)
        press.make(pages.days(shelf, site), jobs, progress)
        press.make(feeds.sitemaps(pages.places(planner.keys, shelf)), jobs, progress)
        keys, staged = planner.keys, press.staged
        for path, data in _static(static, site):
            if path in keys:
                raise GazetteError(
                    f"{overlay.own}/static/{path}: the site has a page there; a template of that "
                    f"name in {overlay.own}/templates/ would change it"
                )
            keys[path] = fingerprint(data)
            if not before.has(path, keys[path]) and output.write(path, data):
                staged.append(path)
        drawn, new_cards = cards.stage(shelf, site, overlay, output, before)
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
        unpublished=str(shown),
        next_day=_midnight(shown.next_day, zone) if shown.next_day and not options.today else 0,
        warnings=(*setting_notices.notices(options.content, site), *held.warnings),
    )


def _midnight(day: dt.date, zone: ZoneInfo) -> int:
    """Return when ``day`` begins in ``zone``, in seconds since 1970."""
    return int(dt.datetime.combine(day, dt.time(), zone).timestamp())


def _settings(options: Options) -> Settings:
    site = settings.load(options.content)
    if not options.search:
        site = dataclasses.replace(site, search=False)
    if not options.base_url:
        return site
    if problem := settings.url_problem(options.base_url):
        raise GazetteError(f"--base-url: {problem}")
    return dataclasses.replace(site, url=options.base_url)


def _theme(overlay: Overlay, own: Iterable[SitePage], site: Settings, content: Path) -> SiteTheme:
    """Return what every page shows of the site's own: links, style sheet; its templates."""
    own = tuple(own)
    links = tuple(site_pages.navigation(own, site.nav, content / settings.FILE))
    placed = {urls.ABOUT, *(target for _, target in links)}
    folders = overlay.template_folders[:1] if overlay.template_folders[0].is_dir() else ()
    return SiteTheme(
        templates=folders,
        style=overlay.style,
        is_own=overlay.is_own,
        navigation=links,
        unplaced=tuple((page.title, page.path) for page in own if page.path not in placed),
    )


def _site_key(overlay: Overlay, site: Settings, theme: SiteTheme) -> bytes:
    """Return a key of what every page depends on: program, settings, navigation, templates."""
    shown = theme._replace(templates=())
    parts = [
        cache.program().encode(),
        msgspec.msgpack.encode((site, shown), order="deterministic"),
    ]
    for name, path in overlay.template_files():
        parts += (name.encode(), path.read_bytes())
    return fingerprint(*parts)


def _static(found: Mapping[str, Path], site: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the static files ``found``, shrunk, and of the search client."""
    sources = {f"js/{name}" for name in assets.SOURCES}
    for name, path in found.items():
        if name not in sources:
            yield name, shrunk(name, path.read_bytes())
    if site.search:
        scripts = {name: found[f"js/{name}"].read_text("utf-8") for name in assets.SOURCES}
        yield from assets.client(scripts)
    yield ".nojekyll", b""
