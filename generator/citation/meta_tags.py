"""What a paper's page says of itself in its head, for Zotero and for search engines."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.citation.names import Name
from generator.citation.record import Citation, address

# Where Zotero looks for what a work of that type came out in.
_VENUES = {"paper-conference": "citation_conference_title", "chapter": "citation_inbook_title"}
NO_BREAK = "\u00a0"
# What could end the element or the line that a script's JSON stands in.
ESCAPED = [(char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029"]


def highwire(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Return the (name, content) pairs of the page's citation_* meta tags, but for the title's.

    They are the ones that Zotero's Embedded Metadata translator and Google Scholar read. The
    template writes the title, which one tag can give to them and to Open Graph.
    """
    first, last = citation.page_range
    pairs = [
        *[("citation_author", _highwire_name(name)) for name in citation.authors],
        ("citation_publication_date", citation.date("/")),
        (_VENUES.get(citation.type, "citation_journal_title"), citation.venue),
        ("citation_volume", citation.volume),
        ("citation_issue", citation.number),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_publisher", citation.publisher),
        ("citation_doi", citation.doi),
        ("citation_arxiv_id", citation.arxiv),
        ("citation_pdf_url", citation.pdf),
        ("citation_keywords", "; ".join(citation.topics)),
    ]
    return tuple([pair for pair in pairs if pair[1]])


def _highwire_name(name: Name) -> str:
    """Return "Last, First".

    Zotero takes a comma with a space on either side of it for one between two people, and a
    semicolon always: so a family name of several words is held together by no-break spaces.
    """
    inverted = name.inverted
    if ";" in inverted:
        inverted = inverted.replace(";", " ")
    if " " in name.given and " " in name.last:
        last, comma, rest = inverted.partition(", ")
        return last.replace(" ", NO_BREAK) + comma + rest
    return inverted


def json_ld(citation: Citation) -> dict[str, Any]:
    """Return the page's schema.org ScholarlyArticle: the work, by its own address.

    The page's address is its canonical link.
    """
    doi = address(f"https://doi.org/{citation.doi}") if citation.doi else ""
    item: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": citation.title,
        "author": [{"@type": "Person", "name": name.full} for name in citation.authors],
        "datePublished": citation.date("-"),
        "url": citation.url,
        "sameAs": doi if doi != citation.url else "",
        "isPartOf": {"@type": "Periodical", "name": citation.venue} if citation.venue else "",
        "pagination": citation.pages,
    }
    return {name: value for name, value in item.items() if value}


def more(citation: Citation) -> str:
    """Return, as JSON, what the page's script needs for an export and no meta tag says; or ""."""
    default = "article-journal" if citation.venue else "article"
    facts = {
        "type": citation.type if citation.type != default else "",
        "venue": citation.venue if citation.type in _VENUES else "",
        "pages": citation.pages,
        "others": citation.others,
    }
    said = {name: value for name, value in facts.items() if value}
    return msgspec.json.encode(said).decode() if said else ""


def script(data: dict[str, Any]) -> str:
    """Return ``data`` as JSON that may stand in a <script>: no text in it can close the element."""
    text = msgspec.json.encode(data).decode()
    for char, code in ESCAPED:  # sooner than by a table
        text = text.replace(char, code)
    return text
