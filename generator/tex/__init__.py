"""TeX: out of prose, and in maths.

``SPANS`` finds maths between dollars, ``to_mathml`` and ``to_unicode`` show it. ``repair`` and
``repair_title`` undo what TeX left in a source's text.
"""

from generator.tex.maths import SPANS, to_mathml, to_unicode
from generator.tex.repair import repair, repair_title

__all__ = ["SPANS", "repair", "repair_title", "to_mathml", "to_unicode"]
