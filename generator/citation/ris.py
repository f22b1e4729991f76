"""RIS, the tagged format that every reference manager imports."""

from __future__ import annotations

from generator.citation.record import Citation


def ris(citation: Citation) -> str:
    """Return one record, lines ended by CRLF: JOUR with a journal, else UNPB (unpublished).

    A value is one line by the making of a Citation, so no text can open a tag of its own.
    """
    year, *rest = citation.issued
    day = "/".join([f"{year:04}", *(f"{part:02}" for part in rest)])
    pairs = [
        ("TY", "JOUR" if citation.journal else "UNPB"),
        ("ID", citation.key),
        ("TI", citation.title),
        *(("AU", name.inverted) for name in citation.authors),
        ("PY", f"{year:04}"),
        ("DA", day),
        ("JO", citation.journal),
        ("PB", "arXiv" if citation.arxiv else ""),
        ("AN", f"arXiv:{citation.arxiv}" if citation.arxiv else ""),
        ("DO", citation.doi),
        ("UR", citation.url),
    ]
    lines = [f"{tag}  - {value}\r\n" for tag, value in pairs if value]
    return "".join([*lines, "ER  - \r\n"])
