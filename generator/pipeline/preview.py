"""A few pages made before all others: those that somebody looks at while a template is edited.

A template is part of every page, and to make ten thousand anew takes a while. The pages asked for
are planned and rendered by themselves and put into the site at once; the build that follows makes
the rest, and finds these as it would make them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

import filelock

from generator.model import Bundle, Page
from generator.pipeline import stages
from generator.pipeline.build import LOCK, Options
from generator.pipeline.manifest import Before
from generator.pipeline.output import Output
from generator.pipeline.rendering import PageWriter
from generator.pipeline.stale import Planner
from generator.plan import pages
from generator.system import files
from generator.system.progress import Progress


def preview(options: Options, wanted: Collection[str], progress: Progress) -> list[str]:
    """Make the pages at the paths ``wanted``, and return those that there are.

    None are made while another build has the output. Raises GazetteError as a build does.
    """
    try:
        with filelock.FileLock(options.output / LOCK, timeout=0):
            return list(_made(options, frozenset(wanted), progress))
    except filelock.Timeout:
        return []


def _made(options: Options, wanted: frozenset[str], progress: Progress) -> Iterator[str]:
    papers, given = stages.library_of(options, progress, related=True)
    site = given.site
    output = Output(options.output)
    writer = PageWriter(given.overlay, site, given.theme, output, Planner(b"", Before()))
    plan: Iterable[Page | Bundle] = chain(
        pages.lists(papers, site, given.pages), pages.days(papers, site)
    )
    for page in _pages(plan):
        if page.path in wanted:
            files.write_text(options.output / page.path, writer.render(page).decode())
            yield page.path


def _pages(plan: Iterable[Page | Bundle]) -> Iterator[Page]:
    """Yield the pages of ``plan``, those of bundles too; none is filled."""
    for each in plan:
        if isinstance(each, Bundle):
            yield from each.pages()
        else:
            yield each
