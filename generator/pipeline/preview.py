"""A few pages made before all others: those that somebody looks at while a template is edited.

A template is part of every page, and to make ten thousand anew takes a while. The pages asked for
are planned and rendered by themselves and put into the site at once; the build that follows makes
the rest, and finds these as it would make them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

import filelock

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
    # Only papers say which others are related to them.
    of_papers = {path for path in wanted if path.startswith("papers/")}
    papers, given = stages.library_of(options, progress, related=bool(of_papers))
    site = given.site
    output = Output(options.output)
    writer = PageWriter(given.overlay, site, given.theme, output, Planner(b"", Before()))
    left = set(wanted)
    lists = pages.single(pages.lists(papers, site, given.pages))
    days = pages.of_days(papers, site)
    for page in chain(days, lists) if of_papers else chain(lists, days):
        if page.path in left:
            files.write_text(options.output / page.path, writer.render(page).decode())
            yield page.path
            left.remove(page.path)
            if not left:
                return
