"""The pipeline: every step from the content to the new files of the site, in order."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from itertools import chain
from zoneinfo import ZoneInfo

from generator.content import saved_searches, setting_notices, settings, topics
from generator.content.settings import Settings
from generator.library import library, vectors
from generator.library.publication import Published, published
from generator.library.vectors import Table
from generator.pipeline import cards, downloads, index, load, prebuilt, related_papers, site_theme
from generator.pipeline.build import Options
from generator.pipeline.dependencies import seed
from generator.pipeline.manifest import Before, Made
from generator.pipeline.output import Output
from generator.pipeline.rendering import PageWriter
from generator.pipeline.saved import Finder
from generator.pipeline.staging import Staging
from generator.pipeline.stale import Planner
from generator.pipeline.study import StudyMaker
from generator.plan import authors, feeds, following, meaning, offline, pages, searches
from generator.system import fingerprints, parallel, timing
from generator.system.errors import GazetteError
from generator.system.fingerprints import Signature, fingerprint
from generator.system.progress import Progress
from generator.theme import assets
from generator.theme.render import SiteTheme


def produce(
    options: Options, before: Before, scanned: Mapping[str, Signature], progress: Progress
) -> Made:
    """Make every file of the site that ``before`` does not have, and commit.

    ``scanned`` has the signatures of all files below the content folder. Each step charges its time
    to its name (system/timing.py). Raises GazetteError, and then leaves the output as it was.
    """
    jobs = options.jobs or parallel.cores()
    site = _settings(options)
    rules = topics.load(options.content)

    searched_for = saved_searches.load(options.content, {one.name: one.slug for one in rules})

    # Load and study: entries in batches; of those that are as they were, only the facts.
    table = _table(options, site)
    indexed = site.search or any(search.query for search in searched_for)
    study = StudyMaker(rules, table, indexed=indexed)
    loaded = load.load(options.content, scanned, study, progress, jobs)
    shown = _published(loaded, options, site)
    papers = library.build(shown.digests, loaded.facts, loaded.papers, rules)
    papers = dataclasses.replace(papers, authors=authors.find(papers, site))
    facts = papers.facts.values()
    with timing.charge("plan"):
        find = Finder(options.content, papers.facts, loaded.analyses)
        saved = searches.answer(papers, searched_for, find)

    own = site_theme.load(options, site)
    staging = Staging(Output(options.output, before.fingerprints), before)
    planner = Planner(seed("page", options, site, own.theme), before)
    writer = PageWriter(options.overlay, site, own.theme, staging.output, planner)
    searched = (facts if site.search else None, loaded.analyses, seed("index", options, site))
    classic = (papers, site, staging.output, before, seed("lunr", options, site))
    likened = (options.content, facts, loaded.subjects, table)
    with (
        staging.output.staged(),
        # Index and related papers are made in processes aside while pages are planned and rendered.
        parallel.aside(
            index.make, options.content, staging.output, before, *searched, jobs=jobs
        ) as searchable,
        parallel.aside(prebuilt.make, *classic, jobs=jobs) as prebuilt_index,
        parallel.aside(related_papers.find, *likened, jobs=jobs) as related,
    ):
        papers = dataclasses.replace(papers, related=related_papers.Unpacked(related))
        # Plan and render: what says nothing of related papers first.
        lists = chain(
            pages.lists(papers, site, own.pages),
            following.all_of(papers, site, saved),
            meaning.pages(papers, table, search=site.search),
        )
        writer.make(lists, jobs, progress)
        writer.make(pages.days(papers, site), jobs, progress)
        writer.make(feeds.sitemaps(pages.places(planner.keys, papers)), jobs, progress)
        staging.take(planner.keys, writer.staged)
        with timing.charge("assets"):
            for path, data in assets.files(options.overlay.static_files(), search=site.search):
                _refuse_page(path, staging, options)
                staging.offer(path, fingerprint(seed("asset", options, site), data), lambda: data)  # noqa: B023  # asked at once
        if cards.wanted(site):
            cards.draw(papers, site, options.overlay, seed("card", options, site), staging)
        staging.take(*searchable())
        staging.take(*prebuilt_index())
        # Last, as the service worker has a list of the others.
        before_last = len(writer.staged)
        worker = offline.pages(staging.keys, staging.output.size, papers, site)
        writer.make(worker, jobs, progress)
        staging.take(planner.keys, writer.staged[before_last:])
        downloads.stage(
            staging, papers, site, writer.renderer, seed("page", options, site, own.theme)
        )
        removed = staging.commit()
    return Made(
        fingerprints=staging.keys,
        bundles=planner.bundles,
        staged=staging.staged,
        removed=removed,
        papers=len(papers.facts),
        digests=len(papers.digests),
        warnings=(*setting_notices.notices(options.content, site), *loaded.warnings),
        unpublished=str(shown),
        next_day=_opens(shown, options, site),
    )


def library_of(
    options: Options, progress: Progress, *, related: bool = False
) -> tuple[library.Library, Settings, SiteTheme]:
    """Return all that is published, the settings, and what the site has of its own for its look.

    For what makes something else of the content than the site. Where ``related``, the papers know
    their authors' pages and which of them are related, as those of the site do.
    """
    site = _settings(options)
    rules = topics.load(options.content)
    scanned = fingerprints.scan(options.content)
    jobs = options.jobs or parallel.cores()
    table = _table(options, site)
    study = StudyMaker(rules, table, indexed=False)
    loaded = load.load(options.content, scanned, study, progress, jobs)
    shown = _published(loaded, options, site)
    papers = library.build(shown.digests, loaded.facts, loaded.papers, rules)
    if related:
        facts = papers.facts.values()
        near = related_papers.find(options.content, facts, loaded.subjects, table)
        papers = dataclasses.replace(
            papers,
            authors=authors.find(papers, site),
            related=related_papers.Unpacked(lambda: near),
        )
    return papers, site, site_theme.load(options, site).theme


def _published(loaded: load.Loaded, options: Options, site: Settings) -> Published:
    """Return what of the content is published on the day that it is, or is taken to be."""
    today = options.today or dt.datetime.now(ZoneInfo(site.timezone)).date()
    chosen = [day for day in loaded.digests if f"{day.date:%Y-%m}".startswith(options.month)]
    return published(chosen, loaded.facts, today, drafts=options.drafts)


def _opens(shown: Published, options: Options, site: Settings) -> int:
    """Return when more is to be published (seconds since 1970), 0 if nothing waits for its day."""
    if shown.next_day is None or options.today:
        return 0
    begin = dt.datetime.combine(shown.next_day, dt.time(), ZoneInfo(site.timezone))
    return int(begin.timestamp())


def _refuse_page(path: str, staging: Staging, options: Options) -> None:
    """Raise GazetteError where the static file ``path`` would take the place of a page."""
    if path in staging.keys:
        own = options.overlay.own
        raise GazetteError(
            f"{own}/static/{path}: the site has a page there; a template of that name in "
            f"{own}/templates/ would change it"
        )


def _settings(options: Options) -> Settings:
    """Return the settings of the site, with what the command line asks put over them."""
    site = settings.load(options.content)
    if not options.search:
        site = dataclasses.replace(site, search=False)
    if not options.base_url:
        return site
    if problem := settings.url_problem(options.base_url):
        raise GazetteError(f"--base-url: {problem}")
    return dataclasses.replace(site, url=options.base_url)


def _table(options: Options, site: Settings) -> Table:
    """Return the table of word vectors that the curator names, or ours."""
    return vectors.load(options.content / site.vectors) if site.vectors else vectors.load()
