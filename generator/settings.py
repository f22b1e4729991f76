"""content/site.yaml: everything a curator changes without touching code."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.content import frontmatter, typed
from generator.errors import SourceError
from generator.system import files

FILE = "site.yaml"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one site, each with the default that holds when site.yaml is silent."""

    title: str = "Gazette"
    tagline: str = ""
    url: str = ""
    language: str = "en"
    timezone: str = "UTC"
    description: str = ""
    byline: str = ""
    accent: str = ""
    search: bool = True
    feed_items: int = 100
    page_size: int = 100
    newsletter: str = ""
    repository: str = ""
    footer: str = ""
    logo: str = ""
    nav: Mapping[str, str] = dataclasses.field(default_factory=dict)
    card: tuple[str, ...] = ("authors", "topics", "pdf", "code", "votes", "abstract")
    paper_links: tuple[str, ...] = ("arxiv", "pdf", "doi", "code", "project", "huggingface")
    giscus: Mapping[str, str] = dataclasses.field(default_factory=dict)
    analytics: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sources: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def load(folder: Path) -> Settings:
    """Return the settings of the content folder ``folder``; no file means all defaults.

    Raises SourceError for an unknown key, a value of the wrong type, an address that is none.
    """
    path = folder / FILE
    if not path.exists():
        return Settings()
    text = files.read_text(path)
    data = frontmatter.load_yaml(str(path), text)
    known = [field.name for field in dataclasses.fields(Settings)]
    for key in data:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            advice = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"
            line = frontmatter.line_of(text, (key,), first_line=1)
            raise SourceError(path, line, f"`{key}` is no setting; {advice}")
    given = {key: value for key, value in data.items() if value is not None}
    settings = typed.convert(str(path), text, given, Settings, first_line=1)
    if settings.url and (problem := url_problem(settings.url)):
        raise SourceError(path, frontmatter.line_of(text, ("url",), first_line=1), problem)
    return settings


def url_problem(url: str) -> str:
    """Return what is wrong with ``url`` as the site's address, or nothing."""
    if re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", url):
        return ""
    return f"`url` has to be the site's address, like https://name.github.io/digest/; found {url!r}"
