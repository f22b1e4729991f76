"""CSL-JSON, the input of citation processors (Pandoc, citeproc, Zotero).

Names and shapes by the schema of CSL 1.0.2, csl-data.json.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from generator.citation.names import Name
from generator.citation.record import Citation


def csl_json(citations: Iterable[Citation]) -> str:
    """Return the array of items that a CSL-JSON file is."""
    return msgspec.json.encode([_item(citation) for citation in citations]).decode()


def _item(citation: Citation) -> dict[str, Any]:
    """Return one item; without more said, "article-journal" with a journal, else "article"."""
    names = [_name(name) for name in citation.authors]
    in_journal = citation.type.startswith("article")
    item: dict[str, Any] = {
        "id": citation.key,
        "type": citation.type,
        "title": citation.title,
        "author": [*names, {"literal": "others"}] if citation.others else names,
        "issued": {"date-parts": [list(citation.issued)]} if citation.issued else {},
        "container-title": citation.venue,
        "volume": citation.volume,
        "issue": citation.number if in_journal else "",
        "page": citation.pages,
        "publisher": citation.publisher or ("arXiv" if citation.arxiv else ""),
        "number": ("" if in_journal else citation.number)
        or (f"arXiv:{citation.arxiv}" if citation.arxiv else ""),
        "DOI": citation.doi,
        "URL": citation.url,
    }
    return {name: value for name, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    """Return the parts of a name, or its one string where it has no parts."""
    if not name.given:
        return {"literal": name.full}
    if not name.particle and not name.suffix:
        return {"family": name.family, "given": name.given}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}
