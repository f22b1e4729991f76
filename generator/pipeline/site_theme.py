"""What the site has of its own for its look: theme/, content/pages/, links in the navigation."""

from __future__ import annotations

from typing import NamedTuple

from generator import urls
from generator.content import setting_notices, settings, site_pages
from generator.content.settings import Settings
from generator.content.site_pages import SitePage
from generator.pipeline.build import Options
from generator.theme.render import SiteTheme


class OwnLook(NamedTuple):
    """The site's own pages, and what every page shows of its own."""

    pages: tuple[SitePage, ...]
    theme: SiteTheme


def load(options: Options, site: Settings) -> OwnLook:
    """Return what the site has of its own.

    Raises SourceError for a page that is wrong, and a setting that names what is not there.
    """
    overlay = options.overlay
    setting_notices.logo(options.content, site, frozenset(overlay.static_files()))
    pages = site_pages.load(options.content, drafts=options.drafts)
    links = tuple(site_pages.navigation(pages, site.nav, options.content / settings.FILE))
    placed = {urls.ABOUT, *(target for _, target in links)}
    folders = overlay.template_folders[:1] if overlay.template_folders[0].is_dir() else ()
    theme = SiteTheme(
        templates=folders,
        style=overlay.style,
        is_own=overlay.is_own,
        navigation=links,
        unplaced=tuple((page.title, page.path) for page in pages if page.path not in placed),
    )
    return OwnLook(pages, theme)
