"""The pipeline: every step from the content to the new files of the site, in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import partial
from itertools import chain

from generator import search
from generator.content import setting_notices
from generator.content.settings import Settings
from generator.library import library, years
from generator.library.library import Library, Shelves
from generator.library.publication import Published, published
from generator.model import Page
from generator.pipeline import (
    cards,
    changes,
    downloads,
    index,
    inputs,
    load,
    prebuilt,
    related_papers,
)
from generator.pipeline.build import Options
from generator.pipeline.dependencies import seed
from generator.pipeline.inputs import Inputs
from generator.pipeline.load import Loaded
from generator.pipeline.manifest import Before, Made, Manifest
from generator.pipeline.output import Output
from generator.pipeline.rendering import PageWriter
from generator.pipeline.saved_searches import Finder
from generator.pipeline.staging import Staging
from generator.pipeline.stale import Planner
from generator.pipeline.study import StudyMaker
from generator.plan import authorship, feeds, following, meaning, offline, pages, searches
from generator.system import asides, parallel, signatures, timing
from generator.system.parallel import Jobs
from generator.system.progress import Progress
from generator.system.signatures import Signatures
from generator.theme import assets

CROWDED = 100_000
"""Papers that fill so much memory of each process that only as many work as keep a machine busy."""


def produce(
    options: Options,
    before: Before,
    scanned: Signatures,
    progress: Progress,
    jobs: Jobs,
) -> Made:
    """Make every file of the site that ``before`` does not have, and commit.

    ``scanned`` has the signatures of all files below the content folder, and is cleared when these
    are read. Each step charges its time to its name (system/timing.py). Raises GazetteError, and
    leaves the output as it was then.
    """
    given = inputs.read(options)
    site = given.site
    loaded, shown, papers = _papers(given, scanned, progress, jobs, indexed=given.indexed)
    facts = papers.facts
    known = papers.everywhere()
    planner = Planner(seed("page", given), before)
    staging = Staging(Output(options.output), before, planner.keys)
    writer = PageWriter(given.overlay, site, given.theme, staging.output, planner)
    source = index.Source(known, loaded.analyses, papers.shelves)
    words = source if site.search else None, seed("index", given)
    indexing = index.make, (options.content, staging.output, before, *words)
    texts = papers if prebuilt.wanted(papers, site) else None
    classic = prebuilt.make, (texts, staging.output, before, seed("lunr", given))
    likening = related_papers.find, (options.content, known, loaded.subjects, given.table)
    # What pages wait for goes before what nobody does.
    calls = likening, indexing, classic
    with staging.output.staged(), asides.begun(*calls, jobs=jobs) as beside:
        related, search_index, prebuilt_index = beside.results
        # Plan and render meanwhile: what says nothing of related papers first.
        found = related_papers.ReadSingly(related)
        papers = dataclasses.replace(papers, related=found, authors=authorship.find(papers, site))
        find = Finder(options.content, papers.facts, loaded.analyses)
        saved = searches.answer(papers, given.searches, find)
        lists = chain(
            pages.lists(papers, site, given.pages),
            following.all_of(papers, site, saved),
            meaning.pages(papers, given.table, search=site.search),
        )
        plans = lists, pages.days(papers, site)
        busy = beside.running if len(facts) > CROWDED else asides.nobody
        writer.make(plans, (papers, given.table), jobs, progress, busy)
        writer.make_here(feeds.sitemaps(pages.places(planner.keys, papers)), progress)
        with timing.charge("assets"):
            staging.offer_all(assets.files(given.static, search=site.search), seed("asset", given))
        if cards.wanted(site):
            cards.draw(papers, site, given.overlay, seed("card", given), staging)
        staging.take(*search_index())
        staging.take(*prebuilt_index())
        if site.search:
            writer.make_here([_search_page(papers, given, staging.output)], progress)
        # Last, as the service worker has a list of the others.
        own = offline.pages(staging.files(), staging.output.size, papers, site)
        writer.make_here(own, progress)
        staging.staged.extend(writer.staged)
        downloads.stage(staging, papers, site, writer.renderer, seed("page", given))
        removed = staging.commit(partial(changes.begin, options.content, options.period))
    return Made(
        pages=planner.keys,
        others=Manifest.of(staging.others),
        bundles=planner.bundles,
        staged=staging.staged,
        removed=removed,
        papers=len(facts),
        digests=len(papers.digests),
        warnings=(
            *setting_notices.notices(options.content, site),
            *_crowded(papers, site),
            *loaded.warnings,
        ),
        unpublished=str(shown),
        next_day=inputs.opens(shown, given),
    )


def _crowded(papers: Library, site: Settings) -> Iterator[str]:
    """Yield a line where there are many papers; it goes by the day of the last one."""
    slugs = tuple(papers.facts)
    if slugs:
        yield from setting_notices.crowded(site, len(slugs), papers.facts[slugs[-1]].date)


def _search_page(papers: Library, given: Inputs, output: Output) -> Page:
    """Return the search page, which has a part of the index: that is there by now."""
    lists = [output.read(path) for path in search.LISTS]
    return pages.search(papers, assets.head(assets.sources(given.static), lists))


def library_of(
    options: Options, progress: Progress, *, related: bool = False
) -> tuple[Library, Inputs]:
    """Return all that is published, and what else a site is made of.

    For what makes something else of the content than the site. Where ``related``, the papers know
    their authors' pages and which of them are related, as those of the site do.
    """
    given = inputs.read(options)
    scanned = signatures.scan(options.content)
    jobs = options.jobs or parallel.cores()
    loaded, _, papers = _papers(given, scanned, progress, jobs, indexed=False)
    papers = dataclasses.replace(papers, authors=authorship.find(papers, given.site))
    if related:
        known = papers.everywhere()
        near = related_papers.find(options.content, known, loaded.subjects, given.table)
        papers = dataclasses.replace(papers, related=related_papers.ReadSingly(lambda: near))
    return papers, given


def _papers(
    given: Inputs,
    scanned: Signatures,
    progress: Progress,
    jobs: Jobs,
    *,
    indexed: bool,
) -> tuple[Loaded, Published, Library]:
    """Load and study entries, in batches; of those that are as they were, only the facts.

    Return all that there is, what of it is published, and that grouped, but for the authors.
    """
    study = StudyMaker(given.topics, given.table, indexed=indexed)
    loaded = load.load(given.options.content, scanned, study, progress, jobs)
    scanned.clear()  # nobody asks for them again
    period = given.options.period
    chosen = [day for day in loaded.digests if f"{day.date:%Y-%m}".startswith(period)]
    shown = published(chosen, loaded.facts, given.today, drafts=given.options.drafts)
    here, elsewhere = years.parted(shown.digests, given.site.years)
    papers = library.build(here, loaded.facts, loaded.papers, given.topics)
    papers = dataclasses.replace(
        papers,
        shelves=Shelves(given.site.papers_by_month, elsewhere),
        others=loaded.facts.only(elsewhere),
    )
    return loaded, shown, papers
