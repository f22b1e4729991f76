"""TeX: out of prose, and in maths.

``spans`` finds the maths between dollars, ``to_mathml`` and ``to_unicode`` show it.
``repair`` and ``repair_title`` undo what TeX left in a source's text; ``leftovers`` names what they
left.
"""

from generator.text.tex.maths import is_too_much, spans, to_mathml
from generator.text.tex.plain import to_unicode
from generator.text.tex.to_markdown import escape, leftovers, repair, repair_title

__all__ = [
    "escape",
    "is_too_much",
    "leftovers",
    "repair",
    "repair_title",
    "spans",
    "to_mathml",
    "to_unicode",
]
