"""When two papers are the same: by arXiv id, else by DOI, else by title and year or first author.

Two papers with different arXiv ids are two papers, whatever their titles, and so are two with
different DOIs: every journal has a "Preface". A title is compared folded to letters, and decides
together with the year or the first author. Where one of two papers says neither (a page of titles
does not), there is nothing to tell them apart by, and they are one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from generator.model import Paper

# The DOI that arXiv gives to every paper says the same as its id: a journal's is another, not a
# different one.
_ARXIV_DOI = "10.48550/arxiv."
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_FIRST_YEAR = 91  # arXiv began in 1991: a smaller number is a year after 1999


def fold(text: str) -> str:
    """Return the letters and digits of ``text`` without case and accents: what people compare."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, plain))


class Register:
    """Looks papers up by identity; holds one paper for each slug, the latest that was put in."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self._slugs: dict[str, tuple[str, ...]] = {}
        self._papers: dict[str, Paper] = {}
        for paper in papers:
            self.put(paper)

    def get(self, slug: str) -> Paper | None:
        """Return the paper of that slug, if it is known."""
        return self._papers.get(slug)

    def put(self, paper: Paper) -> None:
        """Make ``paper`` known, in place of the one that had its slug."""
        slug = paper.slug
        self._papers[slug] = paper
        for key in _keys(paper):
            known = self._slugs.get(key, ())
            if slug not in known:
                self._slugs[key] = (*known, slug)

    def find(self, paper: Paper) -> Paper | None:
        """Return the paper known that is the same as ``paper``, if there is one."""
        for key in _keys(paper):
            for slug in self._slugs.get(key, ()):
                known = self._papers[slug]
                if not differ(paper, known) and (key[0] != "t" or _agree(paper, known)):
                    return known
        return None


def differ(one: Paper, other: Paper) -> bool:
    """Say whether their ids make them two papers, whatever else they share."""
    if one.arxiv and other.arxiv:
        return one.arxiv != other.arxiv
    mine, its = _journal_doi(one), _journal_doi(other)
    return bool(mine and its and mine != its)


def _agree(one: Paper, other: Paper) -> bool:
    """Say whether year or first author are the same, or nothing there is tells the two apart."""
    years = _year(one), _year(other)
    names = _first_author(one), _first_author(other)
    if all(years) and years[0] == years[1]:
        return True
    if all(names):
        return names[0] == names[1]
    return not all(years)


def _keys(paper: Paper) -> Iterable[str]:
    """Yield what ``paper`` is known by, the surest first."""
    if paper.arxiv:
        yield f"arxiv:{paper.arxiv}"
    if paper.doi:
        yield f"doi:{paper.doi.lower()}"
    # The source's own title first: a repair may turn letters into signs.
    for title in dict.fromkeys((paper.original.get("title", paper.title), paper.title)):
        yield f"title:{fold(title)}"


def _journal_doi(paper: Paper) -> str:
    doi = paper.doi.lower()
    return "" if doi.startswith(_ARXIV_DOI) else doi


def _year(paper: Paper) -> int:
    """Return the year in which the paper came out, 0 where that is not known.

    The day of a digest is none: old papers are listed too.
    """
    if paper.published:
        return int(paper.published[:4])
    digits = paper.arxiv.rpartition("/")[2][:2]
    if not digits.isdecimal():
        return 0
    return int(digits) + (1900 if int(digits) >= _FIRST_YEAR else 2000)


def _first_author(paper: Paper) -> str:
    return _family(paper.authors[0]) if paper.authors else ""


@lru_cache(maxsize=1 << 12)
def _family(name: str) -> str:
    """Return the last word of a name, folded: given names are cut to initials or left out."""
    words = name.partition(",")[0].split()
    while len(words) > 1 and fold(words[-1]) in _SUFFIXES:
        words.pop()
    return fold(words[-1]) if words else ""
