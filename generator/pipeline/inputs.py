"""What a site is made of besides its papers: settings, topics, searches, its own look, the day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator import urls
from generator.content import saved_searches, setting_notices, settings, site_pages, topics
from generator.content.saved_searches import SavedSearch
from generator.content.settings import Settings
from generator.content.site_pages import SitePage
from generator.content.topics import Topic
from generator.library import vectors
from generator.library.publication import Published
from generator.library.vectors import Table
from generator.pipeline.build import Options
from generator.system.errors import GazetteError
from generator.theme.overlay import Overlay
from generator.theme.render import SiteTheme


class Inputs(NamedTuple):
    """All of it, read and checked.

    ``pages`` are the site's own, ``static`` the files that are served as they are, by their paths
    in the site; ``table`` has the word vectors, ``today`` is the day in the site's time zone.
    """

    options: Options
    site: Settings
    topics: Sequence[Topic]
    searches: Sequence[SavedSearch]
    table: Table
    pages: tuple[SitePage, ...]
    overlay: Overlay
    static: Mapping[str, Path]
    theme: SiteTheme
    today: dt.date

    @property
    def indexed(self) -> bool:
        """Whether words are looked up: by readers, or for a saved search."""
        return self.site.search or any(search.query for search in self.searches)


def read(options: Options) -> Inputs:
    """Return what ``options`` name, the command line's wishes put over the settings.

    Raises GazetteError for what is wrong in any of it.
    """
    site = _settings(options)
    rules = topics.load(options.content)
    static = options.overlay.static_files()
    setting_notices.logo(options.content, site, frozenset(static))
    pages = tuple(site_pages.load(options.content, drafts=options.drafts))
    return Inputs(
        options=options,
        site=site,
        topics=rules,
        searches=saved_searches.load(options.content, {one.name: one.slug for one in rules}),
        table=vectors.load(options.content / site.vectors) if site.vectors else vectors.load(),
        pages=pages,
        overlay=options.overlay,
        static=static,
        theme=_theme(options, pages, site),
        today=options.today or dt.datetime.now(ZoneInfo(site.timezone)).date(),
    )


def opens(shown: Published, given: Inputs) -> int:
    """Return when more is to be published (seconds since 1970), 0 if nothing waits for its day."""
    if shown.next_day is None or given.options.today:
        return 0
    begin = dt.datetime.combine(shown.next_day, dt.time(), ZoneInfo(given.site.timezone))
    return int(begin.timestamp())


def _settings(options: Options) -> Settings:
    site = settings.load(options.content)
    if not options.search:
        site = dataclasses.replace(site, search=False)
    if options.period:  # it knows of no other year, and is where those say that it is
        address = site.years.get(int(options.period[:4]), site.url)
        site = dataclasses.replace(site, url=address, years={})
    if not options.base_url:
        return site
    if problem := settings.url_problem(options.base_url):
        raise GazetteError(f"--base-url: {problem}")
    return dataclasses.replace(site, url=options.base_url)


def _theme(options: Options, pages: Sequence[SitePage], site: Settings) -> SiteTheme:
    """Return what every page shows of the site's own: links, style sheet; its templates."""
    overlay = options.overlay
    links = tuple(site_pages.navigation(pages, site.nav, options.content / settings.FILE))
    placed = {urls.ABOUT, *(target for _, target in links)}
    folders = overlay.template_folders[:1] if overlay.template_folders[0].is_dir() else ()
    return SiteTheme(
        templates=folders,
        style=overlay.style,
        is_own=overlay.is_own,
        navigation=links,
        unplaced=tuple((page.title, page.path) for page in pages if page.path not in placed),
    )
