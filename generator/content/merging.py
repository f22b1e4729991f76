"""What a paper that comes again adds to the one that is known; a new one with its TeX undone."""

from __future__ import annotations

import dataclasses
from typing import Any

from generator.content import entries, front_matter
from generator.model import Paper
from generator.text import tex

FACTS = (
    "abstract",
    "authors",
    "arxiv",
    "doi",
    "topics",
    "summary",
    "organization",
    "submitter",
    "type",
    "venue",
    "volume",
    "number",
    "pages",
    "publisher",
    "journal",
    "remark",
)


def bare_title(arxiv: str, doi: str) -> str:
    """Return what a paper is called of which only an id is known."""
    return f"arXiv:{arxiv}" if arxiv else f"doi:{doi}" if doi else ""


def merge(known: Paper, paper: Paper) -> Paper:
    """Return ``known`` with the facts it lacks, the higher counts and the earlier date."""
    changes: dict[str, Any] = {
        key: getattr(paper, key) for key in FACTS if not getattr(known, key) and getattr(paper, key)
    }
    if "abstract" in changes:
        changes["abstract"] = tex.repair(paper.abstract)
    for key in entries.COUNTS:
        counts = [
            count for count in (getattr(known, key), getattr(paper, key)) if count is not None
        ]
        changes[key] = max(counts, default=None)
    if known.title == bare_title(known.arxiv, known.doi):
        changes["title"] = tex.repair_title(paper.title)  # so far, nothing but its id was known
    if paper.published.startswith(known.published):
        changes["published"] = paper.published  # the same, but known better
    if "authors" in changes or (known.others and not paper.others and paper.authors):
        changes["authors"], changes["others"] = paper.authors, paper.others
    links = {**paper.links, **known.links}
    if links != known.links:
        changes["links"] = {**known.links, **links}
    changes["withdrawn"] = known.withdrawn or paper.withdrawn
    return dataclasses.replace(known, date=min(known.date, paper.date), **changes)


def repaired(paper: Paper) -> Paper:
    """Return ``paper`` with its TeX repaired, the text as it came kept where that changed it.

    How a source wraps its lines says nothing, and is not kept.
    """
    title, abstract = tex.repair_title(paper.title), tex.repair(paper.abstract)
    if title == paper.title and abstract == paper.abstract:  # as of most papers
        return paper
    came = {"title": " ".join(paper.title.split()), "abstract": " ".join(paper.abstract.split())}
    became = {"title": title, "abstract": abstract}
    original = {key: text for key, text in came.items() if text != " ".join(became[key].split())}
    return dataclasses.replace(
        paper, title=title, abstract=abstract, original={**paper.original, **original}
    )


def with_facts(text: str, known: Paper, merged: Paper) -> str:
    """Return the edited entry ``text`` with lines for what ``merged`` has more than ``known``."""
    for key in entries.PAPER_KEYS:
        old, new = getattr(known, key), getattr(merged, key)
        if old == new:
            continue
        if key == "links" and old:
            for name in new.keys() - old.keys():
                text = front_matter.insert(text, {name: new[name]}, under=key)
        else:
            text = front_matter.insert(text, {key: entries.as_yaml(key, new)})
    if merged.abstract != known.abstract:
        text = f"{text.rstrip()}\n\n{merged.abstract}\n"
    return text
