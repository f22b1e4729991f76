"""TeX: out of prose, and in maths.

``SPANS`` finds maths between dollars, ``to_mathml`` and ``to_unicode`` show it.
"""

from generator.tex.maths import SPANS, to_mathml, to_unicode

__all__ = ["SPANS", "to_mathml", "to_unicode"]
