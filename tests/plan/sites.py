"""Small sites that a test makes up, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.content import front_matter
from tests.building import built

SITE = "title: Gazette\nurl: https://site.example/path/\ntimezone: America/New_York\n"
Paper = Mapping[str, object]


def add(content: Path, day: str, papers: Sequence[Paper]) -> None:
    """Write a digest of ``papers``: of each its front matter, with ``slug`` and ``abstract``."""
    slugs = []
    for paper in papers:
        given = dict(paper)
        slug, abstract = str(given.pop("slug")), str(given.pop("abstract", ""))
        slugs.append(slug)
        path = content / "papers" / day[:7] / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = {"title": slug.replace("-", " ").capitalize(), "date": day, **given}
        path.write_text(front_matter.dump(head, abstract), encoding="utf-8")
    path = content / "digests" / f"{day}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"date": day, "title": "Daily Papers", "papers": slugs}
    path.write_text(front_matter.dump(head, ""), encoding="utf-8")


def new(root: Path, settings: str = "", topics: str = "", searches: str = "") -> Path:
    """Return a content folder below ``root`` without papers."""
    content = root / "content"
    content.mkdir(parents=True)
    (content / "site.yaml").write_text(SITE + settings, encoding="utf-8")
    (content / "topics.yaml").write_text(topics, encoding="utf-8")
    if searches:
        (content / "feeds.yaml").write_text(searches, encoding="utf-8")
    return content


def site(content: Path) -> Path:
    """Build the folder ``content``; return where the site is."""
    return built(content, content.parent / "site")


def numbered(day: str, count: int, **more: object) -> list[Paper]:
    """Return ``count`` papers of a day."""
    return [{"slug": f"paper-{day}-{number}", **more} for number in range(1, count + 1)]
