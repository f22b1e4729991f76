"""Papers that have been taken back, as arXiv, bioRxiv and medRxiv say so.

A paper says it in its comment or in place of its abstract, in a sentence that begins there; one
that was withdrawn from a conference is still a paper.
"""

from __future__ import annotations

import re

_WORK = r"(?:article|draft|e-?print|manuscript|note|paper|preprint|report|submission|version|work)"
_DONE = r"(?:withdrawn|retracted|removed by arxiv)\b(?!\s+from\b)"
_SENTENCE = re.compile(
    rf"(?:this|the|our)\s+{_WORK}\s+(?:has\s+been|is|was)\s+(?:now\s+|temporarily\s+)?{_DONE}"
    rf"|the\s+authors?\s+(?:has|have)\s+withdrawn\s+(?:this|their|the)\s+{_WORK}"
    rf"|(?:bio|med)rxiv\s+has\s+withdrawn\s+this\s+{_WORK}",
    re.IGNORECASE,
)
# Comments put it shorter: `Withdrawn`, `paper withdrawn by the author`.
_BRIEF = re.compile(
    rf"(?:{_WORK}\s+)?(?:withdrawn|retracted)(?:\s+(?:as|because|by|due|for|since)\b.*|[.,;:!(].*)?",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(r"arxiv\s+admin(?:istrator)?\s+note\s*:\s*", re.IGNORECASE)
_TITLE = re.compile(r"\s*(?:withdrawn|retracted)\s*:", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=[.;,!)])\s+")


def is_withdrawn(*, title: str = "", abstract: str = "", remark: str = "") -> bool:
    """Say whether a paper with this title, abstract and comment has been taken back."""
    said = [_NOTE.sub("", sentence, count=1) for sentence in _BETWEEN.split(remark.strip())]
    return (
        _SENTENCE.match(abstract.strip()) is not None
        or any(map(_SENTENCE.match, said))
        or _BRIEF.fullmatch(_NOTE.sub("", remark.strip(), count=1)) is not None
        or _TITLE.match(title) is not None
    )
