"""content/pages/: pages of the site's own, each a Markdown file with a head.

title: Imprint      the heading, and the name in the navigation
nav: 2              its place among the own links of the navigation; `true` for the last place;
                    without it, the foot of every page links it
draft: true         not published
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator import urls
from generator.content import front_matter
from generator.system import files
from generator.system.errors import SourceError, SourceErrors

FOLDER = "pages"
ABOUT = "about"
LAST = 1_000_000  # the place of `nav: true`, after all that have a number
KEYS = ("title", "description", "nav", "draft")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A page of the site's own; ``nav`` is its place in the navigation, 0 for none."""

    slug: str
    title: str
    text: str = ""
    description: str = ""
    nav: int = 0
    draft: bool = False

    @property
    def path(self) -> str:
        """Where the page stands in the site."""
        return f"{self.slug}.html"


def load(root: Path, *, drafts: bool = False) -> tuple[SitePage, ...]:
    """Return the pages of the content folder ``root`` in the navigation's order.

    Raises SourceErrors with all that is wrong with their files.
    """
    pages: list[SitePage] = []
    errors: list[SourceError] = []
    for path in sorted((root / FOLDER).glob("*.md")):
        try:
            pages.append(_read(path))
        except SourceError as error:
            errors.append(error)
    if errors:
        raise SourceErrors(errors)
    shown = (page for page in pages if drafts or not page.draft)
    return tuple(sorted(shown, key=lambda page: (page.nav or LAST, page.slug)))


def _read(path: Path) -> SitePage:
    name, text = str(path), files.read_text(path)
    data, body = front_matter.load(name, text)
    if not urls.SLUG.fullmatch(path.stem):
        message = f"the file's name becomes an address: {urls.slugify(path.stem)}.md would do"
        raise SourceError(path, 0, message)
    if f"{path.stem}.html" in urls.RESERVED_PAGES:
        raise SourceError(path, 0, "the site has a page of this name; give the file another")
    if not data.get("title"):
        raise SourceError(path, 1, "`title` is missing: add a line `title: ...`")
    for key in data:
        if key not in KEYS:
            line = front_matter.line_of(text, (key,))
            message = f"`{key}` is no key of a page; there are {', '.join(KEYS)}"
            raise SourceError(path, line, message)
    place = data.get("nav")
    if isinstance(place, bool):
        data["nav"] = LAST if place else 0
    given = {key: value for key, value in data.items() if value is not None}
    return front_matter.convert(name, text, {**given, "slug": path.stem, "text": body}, SitePage)


def navigation(
    pages: Iterable[SitePage], links: Mapping[str, str], path: Path
) -> Iterator[tuple[str, str]]:
    """Yield the own links of the navigation as (name, target): the pages, then those of site.yaml.

    A target is a whole address or the path of a page. ``path`` is that of site.yaml. Raises
    SourceError, with its line, where a link leads to no page.
    """
    known = {page.slug: page.path for page in pages}
    placed = [page for page in pages if page.nav and page.slug != ABOUT]
    named = {name: _target(name, link, known, path) for name, link in links.items()}
    yield from ((page.title, page.path) for page in placed if page.path not in named.values())
    yield from named.items()


def _target(name: str, link: str, known: Mapping[str, str], path: Path) -> str:
    """Return where a link of site.yaml's ``nav`` leads."""
    if ":" in link or not link:
        return link
    slug = link.removeprefix(f"{FOLDER}/").removesuffix(".md").removesuffix(".html")
    if found := known.get(slug):
        return found
    if f"{slug}.html" in urls.LINKABLE:
        return f"{slug}.html"
    names = ", ".join(dict.fromkeys([*known, *(each[:-5] for each in urls.LINKABLE)]))
    line = front_matter.line_of(files.read_text(path), ("nav", name), first_line=1)
    message = f"`nav: {name}` leads to no page {link!r}; there are {names}, and whole addresses"
    raise SourceError(path, line, message)


def as_plain(pages: Iterable[SitePage]) -> list[Any]:
    """Return ``pages`` as data that a key can be made of."""
    return [dataclasses.astuple(page) for page in pages]
