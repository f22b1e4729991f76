"""content/site.yaml: everything a curator changes without touching code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
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
    feed_items: int = 100
    page_size: int = 100
    newsletter: str = ""
    repository: str = ""
    footer: str = ""
    logo: str = ""
    nav: Mapping[str, str] = field(default_factory=dict)
    card: tuple[str, ...] = ("authors", "topics", "votes", "links", "abstract")
    paper_links: tuple[str, ...] = ("arxiv", "pdf", "doi", "code", "project", "huggingface")
    giscus: Mapping[str, str] = field(default_factory=dict)
    analytics: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Any] = field(default_factory=dict)
