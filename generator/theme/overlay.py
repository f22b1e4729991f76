"""The folder theme/ of a site: templates, static files and a style sheet that go before ours.

theme/templates/    a file here is taken in the place of ours of the same name
theme/static/       files that are added to the site, or take the place of ours
theme/site.css      a style sheet that every page links after ours
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

STYLE = "site.css"
PUBLISHED = "theme.css"  # at the root of the site: url(...) in it is a path below theme/static/


class Overlay(NamedTuple):
    """The templates and static files of a site: its own in the folder ``own``, and ours."""

    own: Path
    templates: Path
    static: Path

    @property
    def template_folders(self) -> tuple[Path, Path]:
        """Where a template is looked for, first place first."""
        return self.own / "templates", self.templates

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders that the look of the site is made of."""
        return self.own, self.templates, self.static

    @property
    def style(self) -> str:
        """The path, in the site, of its own style sheet, or nothing where it has none."""
        return PUBLISHED if (self.own / STYLE).is_file() else ""

    @property
    def is_own(self) -> bool:
        """Whether the site has files or a style sheet of its own."""
        return bool(self.style) or (self.own / "static").is_dir()

    def static_files(self) -> Mapping[str, Path]:
        """Return the static files by their paths in the site, sorted."""
        found = dict(_files(self.static)) | dict(_files(self.own / "static"))
        if self.style:
            found[self.style] = self.own / STYLE
        return dict(sorted(found.items()))

    def template_files(self) -> Iterator[tuple[str, Path]]:
        """Yield every file that pages are made with, by a name of its own; in a fixed order."""
        for number, folder in enumerate(self.template_folders):
            yield from ((f"{number}/{name}", path) for name, path in _files(folder))


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files below ``root`` by their paths below it; nothing hidden, in order."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, path
