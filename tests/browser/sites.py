"""A small site that has every kind of page and everything a page can show, in any language."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from tests import building

SITE = """
title: Gazette
tagline: The day's papers
language: {language}
page_size: 2
repository: https://code.example/gazette
newsletter: https://mail.example/
footer: Made by hand.
"""
TOPICS = """
Routing: [routing, experts]
Proteins: [protein]
"""
# Slug -> front matter and abstract: with everything, with nothing, and with what is odd.
PAPERS = {
    "sparse-routing": """title: Sparse Routing of $k$ Experts
date: 2025-09-22
authors: [Ada Lovelace, Søren Ås, 王小明, Alan Turing, Grace Hopper]
arxiv: '2509.00001'
doi: 10.1000/182
published: 2025-09-20
links: {code: https://code.example/routing, project: https://routing.example}
votes: 41
comments: 3
---

We route tokens to $k$ experts with $\\mathcal{O}(n \\log n)$ work, *fast*. """
    + "A long abstract says more than four lines can hold. " * 12,
    "dense-routing": """title: Dense routing of experts, with experts & gates <again>
date: 2025-09-23
authors: [Ada Lovelace]
votes: 7
---

Routing experts and gates again: `code`, a [link](https://example.org) and

$$\\int_0^1 x^2 \\, dx = \\tfrac{1}{3}$$
""",
    "protein-folds": "title: Protein folds\ndate: 2025-09-22\n---\n",
    "another-protein": "title: 另一种 protein\ndate: 2025-09-23\n---\n\nA protein, shortly.\n",
}
DIGITS = str.maketrans("0123456789", "0" * 10)
VIEW = re.compile(r"-(?:votes|code)(?=[.-])")
DIGESTS = {
    "2025-09-21": "title: Daily Papers\npapers: []",
    "2025-09-22": "title: Daily Papers\nbyline: AK\npapers: [sparse-routing, protein-folds]",
    "2025-09-23": "title: Daily Papers\nsource: huggingface\n"
    "papers: [dense-routing, another-protein, sparse-routing]",
}


def write(content: Path, language: str) -> None:
    """Write the content of the site below ``content``."""
    (content / "papers" / "2025-09").mkdir(parents=True)
    (content / "digests").mkdir()
    (content / "site.yaml").write_text(SITE.format(language=language), encoding="utf-8")
    (content / "topics.yaml").write_text(TOPICS, encoding="utf-8")
    for slug, text in PAPERS.items():
        path = content / "papers" / "2025-09" / f"{slug}.md"
        path.write_text(f"---\n{text}", encoding="utf-8")
    for day, text in DIGESTS.items():
        note = "A word from the *curator*.\n" if day.endswith("23") else ""
        path = content / "digests" / f"{day}.md"
        path.write_text(f"---\ndate: {day}\n{text}\n---\n\n{note}", encoding="utf-8")


def built(folder: Path, language: str) -> Path:
    """Write and build the site below ``folder``; return where it stands."""
    write(folder / "content", language)
    return building.built(folder / "content", folder / "site")


def kinds(
    site: Path,
    papers: Collection[str] = ("papers/sparse-routing.html", "papers/protein-folds.html"),
) -> list[str]:
    """Return one page of each kind, and these ``papers``: one with everything, one with nothing.

    Pages of a folder are of one kind if their names differ in digits alone, and so are the views
    (most votes, with code) of days, weeks, months and topics.
    """
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    found: dict[str, str] = {}
    for page in pages:
        view = VIEW.search(page)
        if not page.startswith("papers/") or page in papers:
            found.setdefault(view[0] if view else page.translate(DIGITS), page)
    return list(found.values())
