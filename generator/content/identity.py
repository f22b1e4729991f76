"""When two papers are the same: by arXiv id, else by DOI, else by title folded to letters.

Two papers with different arXiv ids are two papers, whatever their titles.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from generator.model import Paper


def fold(text: str) -> str:
    """Return the letters and digits of ``text`` without case and accents: what people compare."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, plain))


class Register:
    """Looks papers up by identity; holds one paper for each, the latest that was put in."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self._slugs: dict[str, str] = {}
        self._papers: dict[str, Paper] = {}
        for paper in papers:
            self.put(paper)

    def get(self, slug: str) -> Paper | None:
        """Return the paper of that slug, if it is known."""
        return self._papers.get(slug)

    def put(self, paper: Paper) -> None:
        """Make ``paper`` known, in place of the one that had its slug."""
        self._papers[paper.slug] = paper
        for key in _keys(paper):
            self._slugs.setdefault(key, paper.slug)

    def find(self, paper: Paper) -> Paper | None:
        """Return the paper known that is the same as ``paper``, if there is one."""
        for key in _keys(paper):
            slug = self._slugs.get(key)
            if slug is None:
                continue
            known = self._papers[slug]
            if not differ(paper, known):
                return known
        return None


def differ(one: Paper, other: Paper) -> bool:
    """Say whether their arXiv ids make them two papers, whatever else they share."""
    return bool(one.arxiv and other.arxiv and one.arxiv != other.arxiv)


def _keys(paper: Paper) -> Iterable[str]:
    """Yield what ``paper`` is known by, the surest first."""
    if paper.arxiv:
        yield f"arxiv:{paper.arxiv}"
    if paper.doi:
        yield f"doi:{paper.doi.lower()}"
    # The source's own title first: a repair may turn letters into signs.
    for title in dict.fromkeys((paper.original.get("title", paper.title), paper.title)):
        yield f"title:{fold(title)}"
