"""Related papers: which older papers share the most telling words with a paper, and which words.

    found = related(documents, subject_of)                 # all anew
    found = related(documents, subject_of, found.memo)     # only what changed is done again

A paper names papers of its own day or older ones, and its weights come from the papers up to its
own time, so its list stays as it is when later papers are added.
"""

from generator.related.likeness import Related
from generator.related.memo import EMPTY, Memo
from generator.related.run import Document, Found, related
from generator.related.subject import Subject, subject

__all__ = ["EMPTY", "Document", "Found", "Memo", "Related", "Subject", "related", "subject"]
