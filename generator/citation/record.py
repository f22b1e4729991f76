"""What there is to cite of a paper, read once for all formats; and a citation as a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from generator.citation.names import Name, key_of, keys_of, split_name
from generator.model import Paper
from generator.text import partial_dates
from generator.text.markup import to_text
from generator.text.tex import spans

MOST_AUTHORS = 6


def sentence(citation: Citation) -> str:
    """Return "Authors (year). Title. Where. Address", with no part that is not known."""
    names = [name.full for name in citation.authors]
    if len(names) > MOST_AUTHORS or (citation.others and names):
        shown = names[:1] if len(names) > MOST_AUTHORS else names
        people = f"{', '.join(shown)} et al."
    elif len(names) > 1:
        people = f"{', '.join(names[:-1])} and {names[-1]}"
    else:
        people = "".join(names)
    year = f"({citation.issued[0]:04})." if citation.issued else ""
    title = citation.title if citation.title.endswith((".", "?", "!")) else f"{citation.title}."
    where = venue(citation) or (f"arXiv:{citation.arxiv}" if citation.arxiv else "")
    url = f"https://doi.org/{citation.doi}" if citation.doi else citation.url
    if people and not year:
        people += "" if people.endswith(".") else "."
    opening = (people, year, title) if people else (title, year)
    return " ".join(filter(None, (*opening, f"{where}." if where else "", url)))


def venue(work: Citation | Paper) -> str:
    """Return where the work came out, "Journal of Examples 12(3), pp. 1–2"; "" if nobody says."""
    if not work.venue:
        return "" if isinstance(work, Citation) else work.journal
    number = f"({work.number})" if work.number else ""
    where = f"{work.venue} {work.volume}{number}".rstrip()
    return f"{where}, pp. {work.pages}" if work.pages else where


RANGE = re.compile(r"\s*(?:–|—|--?)\s*")
# No format has a place for control characters, lone surrogates or noncharacters.
UNPRINTABLE = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
NEW_ID = re.compile(r"(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\.\d{4,5}")
OLD_ID = re.compile(
    r"(?P<archive>[a-z-]+)(?:\.[A-Z]{2})?/(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\d{3}"
)
CATEGORY = re.compile(
    r"(?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)\.[A-Za-z-]{2,}"
    r"|astro-ph|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph"
)
FIRST_YEAR = 91  # arXiv began in 1991: a smaller number is a year after 1999.
# Everything RFC 3986 lets stand in an address; the rest would break out of a field.
ADDRESS = "!#$%&'()*+,/:;=?@[]~"
CLEAN = re.compile(rf"[\w.{re.escape(ADDRESS)}-]*", re.ASCII)


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A paper's data for reference managers: plain text, one line each, nothing escaped.

    ``parts`` is the title again, cut into (is maths, text), maths as the TeX between the
    dollars. ``issued`` is (year,), (year, month) or (year, month, day), and empty where nobody
    knows: the day of a digest is no answer. ``others`` says that there are more authors than
    ``authors`` names. ``type`` is one of CSL's; ``venue`` is what the work came out in. ``page``
    is the paper's address on this site, "" where the site has none; ``url`` the best address
    that there is.
    """

    key: str
    title: str
    parts: tuple[tuple[bool, str], ...]
    issued: tuple[int, ...]
    authors: tuple[Name, ...] = ()
    others: bool = False
    arxiv: str = ""
    primary: str = ""
    doi: str = ""
    url: str = ""
    pdf: str = ""
    page: str = ""
    type: str = "article"
    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    topics: tuple[str, ...] = ()

    @property
    def page_range(self) -> tuple[str, str]:
        """The first and the last page; the last is empty where there is only one."""
        first, *last = RANGE.split(self.pages, maxsplit=1)
        return first, "".join(last)

    def date(self, between: str) -> str:
        """Return when the work came out: its year and, as far as known, its month and day."""
        return _date(self.issued, between)


@lru_cache(1024)
def _date(issued: tuple[int, ...], between: str) -> str:
    return between.join([f"{part:0{2 + 2 * (not at)}}" for at, part in enumerate(issued)])


def cite(paper: Paper, *, page: str = "", text: Callable[[str], str] = to_text) -> Citation:
    """Return what there is to cite of ``paper``, whose page on this site is ``page``.

    ``text`` makes Markdown plain text: a caller that has done so already may answer from that.
    """
    title = plain(text(paper.title))
    authors = tuple([name for name in map(split_name, map(plain, paper.authors)) if name.family])
    issued = _issued(paper)
    arxiv, doi = plain(paper.arxiv), plain(paper.doi)
    return Citation(
        key=key_of(authors[0].last if authors else "", issued[0] if issued else None, title),
        title=title,
        parts=_parts(paper.title, title, text),
        issued=issued,
        authors=authors,
        others=paper.others and bool(authors),
        arxiv=arxiv,
        primary=_primary(paper),
        doi=doi,
        url=_url(paper, arxiv, doi) or address(page),
        pdf=_pdf(paper, arxiv),
        page=address(page),
        type=_type(paper),
        venue=plain(paper.venue or paper.journal),
        volume=plain(paper.volume),
        number=plain(paper.number),
        pages=plain(paper.pages),
        publisher=plain(paper.publisher),
        topics=tuple(map(plain, paper.topics)),
    )


def key(paper: Paper, title: str) -> str:
    """Return the BibTeX key that ``paper`` has unless another takes it; ``title`` is plain text."""
    names = (split_name(plain(author)) for author in paper.authors)
    first = next((name for name in names if name.family), None)
    issued = _issued(paper)
    return key_of(first.last if first else "", issued[0] if issued else None, plain(title))


def _pdf(paper: Paper, arxiv: str) -> str:
    """Return where the paper's PDF is; of one that was withdrawn there is none."""
    if paper.withdrawn:
        return ""
    own = web(paper.links.get("pdf", ""))
    return own or (arxiv and address(f"https://arxiv.org/pdf/{arxiv}"))


def plain(text: str) -> str:
    """Return ``text`` in one line, without the characters that no format can hold."""
    if text.isprintable() and "  " not in text:  # the same, sooner: the space is all that matches
        return text.strip()
    return UNPRINTABLE.sub(" ", text).strip()


def address(url: str) -> str:
    """Return ``url`` with every character that an address may not hold percent-encoded."""
    url = url.strip()
    return url if CLEAN.fullmatch(url) else quote(url, safe=ADDRESS, errors="replace")


def web(url: str) -> str:
    """Return ``url`` encoded, or "" unless it is an address of the web."""
    return address(url) if url.startswith(("https://", "http://")) else ""


def unique(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return ``citations`` with keys no two alike, told apart by more words of the titles.

    A key once taken stays with the first that has it, so a paper keeps the key it has alone
    unless an earlier one has the same.
    """
    taken: set[str] = set()
    result: list[Citation] = []
    for citation in citations:
        key = citation.key
        if key in taken:
            key = next(each for each in keys_of(key, citation.title) if each not in taken)
        taken.add(key)
        result.append(citation if key == citation.key else replace(citation, key=key))
    return tuple(result)


def _issued(paper: Paper) -> tuple[int, ...]:
    """Return when the paper came out, as exactly as is known: its date, its arXiv month, or ()."""
    if paper.published:
        return partial_dates.parts(paper.published)
    if match := NEW_ID.match(paper.arxiv) or OLD_ID.match(paper.arxiv):
        year, month = int(match["year"]), int(match["month"])
        return year + (1900 if year >= FIRST_YEAR else 2000), month
    return ()


def _type(paper: Paper) -> str:
    """Return the type that the paper says; else an article, of a journal where one is named."""
    return paper.type or ("article-journal" if paper.venue or paper.journal else "article")


def _primary(paper: Paper) -> str:
    """Return the paper's primary arXiv category, "" where none is known.

    Sources give the categories among the paper's own topics, the primary one first.
    """
    if not paper.arxiv:
        return ""
    if match := OLD_ID.match(paper.arxiv):
        return match["archive"]
    return next(filter(CATEGORY.fullmatch, paper.topics), "")


def _url(paper: Paper, arxiv: str, doi: str) -> str:
    """Return the address of the work itself: arXiv, its DOI, or the first link that is known."""
    if arxiv:
        return address(f"https://arxiv.org/abs/{arxiv}")
    if doi:
        return address(f"https://doi.org/{doi}")
    return next(filter(None, map(web, paper.links.values())), "")


def _parts(markdown: str, title: str, text: Callable[[str], str]) -> tuple[tuple[bool, str], ...]:
    """Return the title cut at its maths; with a span whose braces do not match, all is text."""
    found = list(spans(markdown)) if "$" in markdown else []
    if not found or not all(balanced(span[0]) for span in found):
        return ((False, title),)
    parts: list[tuple[bool, str]] = []
    end = 0
    for span in found:
        parts += [(False, _piece(markdown[end : span.start()], text))]
        parts += [(True, plain(span[0].strip("$")))]
        end = span.end()
    parts.append((False, _piece(markdown[end:], text)))
    return tuple(part for part in parts if part[1])


def _piece(markdown: str, text: Callable[[str], str]) -> str:
    """Return a piece of a title as plain text, a space at either end kept."""
    inner = plain(text(markdown))
    if not inner:
        return " " * (markdown != "")
    return f"{' ' * markdown[0].isspace()}{inner}{' ' * markdown[-1].isspace()}"


def balanced(tex: str) -> bool:
    """Tell whether every brace of ``tex`` has its partner, as BibTeX counts: escaped ones too."""
    depth = 0
    for char in tex:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0
