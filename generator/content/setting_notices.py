"""What site.yaml says to no effect: no error, but a curator wants to know, with the line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from generator.content import front_matter, settings
from generator.content.settings import Settings
from generator.system import files
from generator.system.errors import SourceError

MANY = 20_000
"""Files in one folder: what is more, file managers and some hosts do not list any more."""
_BARE = re.compile(r"^accent:[ \t]*$")


def notices(root: Path, site: Settings) -> Iterator[str]:
    """Yield a line for each setting of the folder ``root`` that has no effect in ``site``."""
    path = root / settings.FILE
    if not path.exists():
        return
    text = files.read_text(path)
    for number, line in enumerate(text.splitlines(), start=1):
        if _BARE.match(line):
            yield f'{path}:{number}: `accent` is empty; a colour stands in quotes: accent: "#06c"'
    if site.cards and not site.url:
        at = front_matter.line_of(text, ("cards",), first_line=1)
        yield (
            f"{path}:{at}: `cards` draws nothing without the site's address: set `url`, or build "
            "with --base-url"
        )


def crowded(site: Settings, papers: int, newest: dt.date) -> Iterator[str]:
    """Yield a line where many ``papers``, the newest of the day ``newest``, lie in one folder."""
    if papers > MANY and not site.papers_by_month:
        month = (newest.replace(day=28) + dt.timedelta(days=4)).strftime("%Y-%m")
        yield (
            f"papers/ has {papers:,} pages: with `papers_by_month: {month}` in {settings.FILE} "
            "those of the months to come lie in folders of their own"
        )


def logo(root: Path, site: Settings, held: frozenset[str]) -> None:
    """Raise SourceError where the logo of ``site`` is not among the static files ``held``."""
    if site.logo and site.logo not in held:
        path = root / settings.FILE
        line = front_matter.line_of(files.read_text(path), ("logo",), first_line=1)
        message = f"`logo` names no file: put {site.logo} below theme/static/"
        raise SourceError(path, line, message)
