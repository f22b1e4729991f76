"""RIS, the tagged format that every reference manager imports."""

from __future__ import annotations

from generator.citation.record import Citation
from generator.citation.types import form_of


def ris(citation: Citation) -> str:
    """Return one record, lines ended by CRLF, of the type that RIS has for the work.

    A value is one line by the making of a Citation, so no text can open a tag of its own.
    """
    issued = citation.issued
    first, last = citation.page_range
    pairs = [
        ("TY", form_of(citation.type).ris),
        ("ID", citation.key),
        ("TI", citation.title),
        *(("AU", name.inverted) for name in citation.authors),
        ("AU", "et al." if citation.others else ""),
        ("PY", f"{issued[0]:04}" if issued else ""),
        ("DA", citation.date("/")),
        ("JO" if citation.type == "article-journal" else "T2", citation.venue),
        ("VL", citation.volume),
        ("IS", citation.number),
        ("SP", first),
        ("EP", last),
        ("PB", citation.publisher or ("arXiv" if citation.arxiv else "")),
        ("AN", f"arXiv:{citation.arxiv}" if citation.arxiv else ""),
        ("DO", citation.doi),
        ("UR", citation.url),
    ]
    lines = [f"{tag}  - {value}\r\n" for tag, value in pairs if value]
    return "".join([*lines, "ER  - \r\n"])
