"""When two papers are the same: by arXiv id, else by DOI, else by title and year or first author.

Two papers with different arXiv ids are two papers, whatever their titles, and so are two with
different DOIs: every journal has a "Preface". A title is compared folded to letters, and decides
together with the year or the first author. Where one of two papers says neither (a page of titles
does not), there is nothing to tell them apart by, and they are one.
"""

from __future__ import annotations

import heapq
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from generator.model import Paper

# The DOI that arXiv gives to every paper says the same as its id: a journal's is another, not a
# different one.
_ARXIV_DOI = "10.48550/arxiv."
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_FIRST_YEAR = 91  # arXiv began in 1991: a smaller number is a year after 1999
_FEW = 16  # papers that are compared one by one; real titles are shared by fewer


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
        self._crowds: dict[str, _Crowd] = {}
        self._papers: dict[str, Paper] = {}
        for paper in papers:
            self.put(paper)

    def get(self, slug: str) -> Paper | None:
        """Return the paper of that slug, if it is known."""
        return self._papers.get(slug)

    def put(self, paper: Paper, slug: str = "") -> None:
        """Make ``paper`` known by ``slug`` or its own, in place of the one that had that."""
        slug = slug or paper.slug
        self._papers[slug] = paper
        for key in _keys(paper):
            known = self._slugs.get(key, ())
            if crowd := self._crowds.get(key):
                crowd.put(slug, paper)
            elif slug not in known:
                self._slugs[key] = (*known, slug)
                if len(known) == _FEW and key[0] != "a":  # an id is one paper's: the first will do
                    self._crowds[key] = crowd = _Crowd()
                    for each in self._slugs[key]:
                        crowd.put(each, self._papers[each])

    def find(self, paper: Paper) -> Paper | None:
        """Return the paper known that is the same as ``paper``, if there is one."""
        for key in _keys(paper):
            crowd = self._crowds.get(key)
            by_title = key[0] == "t"
            slugs = crowd.like(paper, by_title=by_title) if crowd else self._slugs.get(key, ())
            for slug in slugs:
                known = self._papers[slug]
                if not differ(paper, known) and (not by_title or _agree(paper, known)):
                    return known
        return None


class _Crowd:
    """Many papers of one title or DOI, which are not compared one by one.

    They stand by which ids they have and whether their year and author are known, and there once
    more by each of these two: what comes is compared with those that may be the same.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[object, ...], dict[str, int]] = {}
        self._count = 0

    def put(self, slug: str, paper: Paper) -> None:
        """Add a paper, known by ``slug``."""
        self._count += 1
        year, name = _year(paper), _first_author(paper)
        place = (bool(paper.arxiv), bool(_journal_doi(paper)), bool(year), bool(name))
        for each in (place, (*place, year), (*place, name)):
            self._places.setdefault(each, {}).setdefault(slug, self._count)

    def like(self, paper: Paper, *, by_title: bool) -> Iterator[str]:
        """Yield the slugs of those that may be ``paper``, in the order in which they came.

        None has an id of a kind that ``paper`` has: it would be another, or have been found by it.
        """
        year, name = _year(paper), _first_author(paper)
        places: list[tuple[object, ...]] = []
        for place in product((False, True), repeat=4):
            arxiv, doi, has_year, has_name = place
            if (arxiv and paper.arxiv) or (doi and by_title and _journal_doi(paper)):
                continue
            same_year, same_name = by_title and has_year and year, by_title and has_name and name
            places += [(*place, same) for same in (same_year, same_name) if same]
            places += [] if same_year or same_name else [place]
        held = (self._places.get(place, {}) for place in places)
        numbered = (((number, slug) for slug, number in each.items()) for each in held)
        return (slug for _, slug in heapq.merge(*numbered))


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
