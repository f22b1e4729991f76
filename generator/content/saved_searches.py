"""content/feeds.yaml: searches that are kept, each a list of papers with feeds of its own."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from generator import urls
from generator.content import front_matter
from generator.system import files
from generator.system.errors import SourceError

FILE = "feeds.yaml"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """One search by its name: a paper has to answer to all that is given.

    ``query`` is what one types on the search page. ``topics``, ``authors`` and ``categories`` each
    name what a paper is to have one of, and behind a minus what it must not have; ``cs`` stands for
    all categories that begin with ``cs.``. ``code`` asks for papers with code, ``since`` and
    ``until`` for those listed between two days.
    """

    name: str
    slug: str
    query: str = ""
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    code: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    description: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Parted:
    """The items of a list parted: those a paper is to have one of, those it must not have."""

    wanted: frozenset[str]
    refused: frozenset[str]

    def takes(self, has: Collection[str]) -> bool:
        """Say whether a paper that ``has`` these items answers."""
        own = frozenset(has)
        return (not self.wanted or bool(self.wanted & own)) and not self.refused & own


def part(items: Iterable[str]) -> Parted:
    """Return ``items`` parted by their signs: none or a plus, or a minus."""
    wanted: set[str] = set()
    refused: set[str] = set()
    for item in items:
        (refused if item.startswith("-") else wanted).add(item.lstrip("+-").strip())
    return Parted(frozenset(wanted), frozenset(refused))


def load(root: Path, topics: Mapping[str, str]) -> tuple[SavedSearch, ...]:
    """Return the searches of the content folder ``root``; no file means that there are none.

    ``topics`` has the slug of each name of a topic; a search may name either. Raises SourceError
    with the line of what is wrong.
    """
    path = root / FILE
    if not path.exists():
        return ()
    text = files.read_text(path)
    found: dict[str, SavedSearch] = {}
    for name, given in front_matter.load_yaml(str(path), text).items():
        search = _search(path, text, name, given)
        if search.slug in found:
            other = found[search.slug].name
            raise _wrong(path, text, (name,), f"has the address of {other!r}: give it a `slug`")
        slugs = []
        for topic in search.topics:
            bare = topic.lstrip("+-").strip()
            slug = topics.get(bare, bare)
            if slug not in topics.values():
                known = ", ".join(sorted(topics.values())) or "none"
                raise _wrong(path, text, (name, "topics"), f"no topic {bare!r}; known: {known}")
            slugs.append(f"-{slug}" if topic.startswith("-") else slug)
        found[search.slug] = dataclasses.replace(search, topics=tuple(slugs))
    return tuple(found.values())


def _search(path: Path, text: str, name: str, given: Any) -> SavedSearch:  # noqa: ANN401  # YAML is untyped
    """Return the search ``name`` that YAML describes: a query alone, or a mapping."""
    fields = {"query": given} if isinstance(given, str) else given
    if not isinstance(fields, dict) or not fields:
        raise _wrong(path, text, (name,), "expected a query, or lines like `query: words`")
    known = {field.name for field in dataclasses.fields(SavedSearch)} - {"name"}
    if unknown := next((key for key in fields if key not in known), None):
        message = f"{unknown!r} is nothing to search by; known: {', '.join(sorted(known))}"
        raise _wrong(path, text, (name, unknown), message)
    slug = fields.get("slug", urls.slugify(name))
    if not isinstance(slug, str) or slug != urls.slugify(slug):
        raise _wrong(path, text, (name, "slug"), f"slug {slug!r} should be letters a-z, digits, -")
    data = {**fields, "name": name, "slug": slug}
    try:
        search = front_matter.convert(str(path), text, data, SavedSearch, first_line=1)
    except SourceError as error:
        raise _wrong(path, text, (name,), error.message) from None
    if not (any(getattr(search, key) for key in known - {"slug", "description"})):
        raise _wrong(path, text, (name,), "asks for nothing: give a query, a topic, an author")
    return search


def _wrong(path: Path, text: str, keys: tuple[str, ...], message: str) -> SourceError:
    line = front_matter.line_of(text, keys, first_line=1)
    return SourceError(path, line, f"search {keys[0]!r}: {message}")
