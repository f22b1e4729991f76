"""A citation as a sentence, to paste into a mail."""

from __future__ import annotations

from generator.citation.record import Citation

MOST_AUTHORS = 6


def sentence(citation: Citation) -> str:
    """Return "Authors (year). Title. Where. Address", with no part that is not known."""
    names = [name.full for name in citation.authors]
    if len(names) > MOST_AUTHORS:
        people = f"{names[0]} et al."
    elif len(names) > 1:
        people = f"{', '.join(names[:-1])} and {names[-1]}"
    else:
        people = "".join(names)
    year = f"({citation.issued[0]:04})."
    title = citation.title if citation.title.endswith((".", "?", "!")) else f"{citation.title}."
    where = citation.journal or (f"arXiv:{citation.arxiv}" if citation.arxiv else "")
    url = f"https://doi.org/{citation.doi}" if citation.doi else citation.url
    opening = f"{people} {year} {title}" if people else f"{title} {year}"
    return " ".join(filter(None, (opening, f"{where}." if where else "", url)))
