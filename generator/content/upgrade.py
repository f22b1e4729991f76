"""Formats of the content folder: what a later program writes otherwise, and how to get there.

``format`` in site.yaml says which one a folder has; without it, the first. A step is a pure
function from the text of one file to that in the next format; the sum of the steps is what
``gazette upgrade`` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.content import entries, front_matter, settings
from generator.content.entry_files import DIGESTS, PAPERS
from generator.content.site_pages import FOLDER as PAGES
from generator.system import files
from generator.system.errors import SourceError

Step = Callable[[str, str], str]
"""Takes the path of a file and its text, returns its text in the next format."""

_BARE_COLOUR = re.compile(r"^(accent:[ \t]+)(#[0-9a-fA-F]{3,8})[ \t]*$", re.MULTILINE)
_FORMAT = re.compile(r"^format:.*\n?", re.MULTILINE)


class Change(NamedTuple):
    """A file that is to be rewritten: its path below the content folder, its text then and now."""

    path: str
    before: str
    after: str


def changes(root: Path) -> Iterator[Change]:
    """Yield what has to be rewritten in the folder ``root`` for the format of this program.

    Raises SourceError for a format that it does not know.
    """
    path = root / settings.FILE
    site = files.read_text(path) if path.exists() else ""
    held = format_of(str(path), site)
    paths = [path, *(each for kind in (PAPERS, DIGESTS, PAGES) for each in _entries(root / kind))]
    for file in paths:
        name = file.relative_to(root).as_posix()
        before = files.read_text(file) if file.exists() else ""
        after = before
        for number in range(held, settings.FORMAT):
            after = STEPS[number](name, after)
        if file == path and held < settings.FORMAT:
            after = with_format(after)
        if after != before:
            yield Change(name, before, after)


def format_of(path: str, site: str) -> int:
    """Return the format that site.yaml's text ``site`` names; SourceError if it is not known."""
    number = front_matter.load_yaml(path, site).get("format", 1)
    if type(number) is int and 1 <= number <= settings.FORMAT:
        return number
    line = front_matter.line_of(site, ("format",), first_line=1)
    raise SourceError(path, line, settings.format_problem(number))


def with_format(site: str) -> str:
    """Return the text of site.yaml with the format of this program, behind its first comments."""
    wanted = f"format: {settings.FORMAT}\n"
    if _FORMAT.search(site):
        return _FORMAT.sub(wanted, site, count=1)
    lines = site.splitlines(keepends=True)
    at = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join([*lines[:at], wanted, *lines[at:]])


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.md"))


def _to_second(path: str, text: str) -> str:
    """Return ``text`` in the second format.

    A colour without quotes was a comment to YAML, and so not there. `draft` and `aliases` were a
    curator's own keys of any kind, and now are ours: true or false, and a list.
    """
    if path == settings.FILE:
        return _BARE_COLOUR.sub(r'\1"\2"', text)
    if not path.startswith(PAPERS):
        return text
    data, _ = front_matter.load(path, text)
    ours = {key: fixed for key, fixed in _own_keys(data).items() if fixed != data[key]}
    if not ours:
        return text
    rewritten = front_matter.insert(text, ours)
    return rewritten if entries.is_edited(text) else entries.signed(rewritten)


def _own_keys(data: Mapping[str, object]) -> dict[str, object]:
    """Return what `draft` and `aliases` of an entry are in the second format."""
    found: dict[str, object] = {}
    if isinstance(draft := data.get("draft"), str | int) and not isinstance(draft, bool):
        found["draft"] = str(draft).lower() in {"true", "yes", "1", "on"}
    if isinstance(aliases := data.get("aliases"), str):
        found["aliases"] = aliases.replace(",", " ").split()
    return found


STEPS: Mapping[int, Step] = {1: _to_second}
"""The step from each format to the next."""
