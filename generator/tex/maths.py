"""Maths between dollars: where it is, as MathML, and as plain Unicode."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3
from math_core import LatexError, LatexToMathML

# Pandoc's rule: no space just inside the dollars, no digit after the closing one. A digit may
# follow when a TeX command or a bare operator stands between the dollars: ``$\sim$10``, ``$>$5``
# are how authors write, and no sum of money looks like them. Escapes and code are matched, to be
# passed over; the group ``maths`` tells the spans.
SPANS = re.compile(
    r"""
    \\.                                                     # \$ is a dollar
    | (?<!`)(`+)(?!`).*?(?<!`)\1(?!`)                       # `code`
    | (?P<maths>
        \$\$ (?!\$) (?:[^$\\]|\\.)+? \$\$
      | \$ (?![\s$]) (?:[^$\\\n]|\\.|\n(?!\s*\n))+? (?<!\s) \$ (?![0-9])
      | \$ (?=[^$]*\\[A-Za-z]|[-+<>=~/|&±×≤≥≈]+\$) (?!\s)
        (?:[^$\\\n]|\\.|\n(?!\s*\n))+? (?<!\s) \$
      )
    """,
    re.VERBOSE | re.DOTALL,
)

_CONVERTER = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)
# The converter escapes what it is given. This is a second wall behind it.
_TAGS = (
    "b i math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts "
    "mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover"
)
_ATTRIBUTES = (
    "accent accentunder class columnspan depth display displaystyle fence form height largeop "
    "linethickness lspace mathvariant maxsize minsize movablelimits notation rowspan rspace "
    "scriptlevel separator stretchy symmetric voffset width"
)
_CLEANER = nh3.Cleaner(
    tags=frozenset(_TAGS.split()), attributes={"*": frozenset(_ATTRIBUTES.split())}
)


@lru_cache(maxsize=4096)
def to_mathml(source: str, *, display: bool) -> str:
    """Return TeX maths, without its dollars, as MathML; what cannot be converted as it came."""
    try:
        result: str = _CONVERTER.convert_with_local_state(source, displaystyle=display)
    except LatexError:
        mark = "$$" if display else "$"
        return f'<code class="tex">{html.escape(mark + source + mark, quote=False)}</code>'
    return _CLEANER.clean(result)


def to_unicode(source: str) -> str:
    """Return TeX maths, without its dollars, as readable plain text."""
    return re.sub(r"\\([A-Za-z]+|.)\s*|[{}]", r"\1", source)
