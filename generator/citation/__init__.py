"""A paper as the reference managers want it: BibTeX, RIS, CSL-JSON, meta tags, a sentence.

``cite`` reads a paper once; every format is a view of the Citation it returns:

    citation = cite(paper, page="https://example.org/papers/x.html")
    bibtex(citation), ris(citation), csl_json([citation])                  # to download
    sentence(citation)                                                     # to copy
    highwire(citation), script(json_ld(citation))                          # for the page's head

``unique`` gives the keys of one export no two alike.
"""

from generator.citation.bibtex import bibtex, bibtex_title
from generator.citation.csl import csl_json
from generator.citation.meta_tags import highwire, json_ld, more, script
from generator.citation.record import Citation, cite, key, sentence, unique, venue
from generator.citation.ris import ris

__all__ = [
    "Citation",
    "bibtex",
    "bibtex_title",
    "cite",
    "csl_json",
    "highwire",
    "json_ld",
    "key",
    "more",
    "ris",
    "script",
    "sentence",
    "unique",
    "venue",
]
