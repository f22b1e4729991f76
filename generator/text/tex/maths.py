"""Maths between dollars: where it is, and as MathML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
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
      | \$ (?=[^$]*(?:\\[A-Za-z]|[_^])|[-+<>=~/|&±×≤≥≈]+\$) (?!\s)
        (?:[^$\\\n]|\\.|\n(?!\s*\n))+? (?<!\s) \$
      )
    """,
    re.VERBOSE | re.DOTALL,
)
_FIRST = re.compile(r"[\\`$]")

# What the converter does not know and authors use.
_MACROS = {
    "Bar": r"\bar{#1}",
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "euro": r"\text{€}",
    "hbox": r"\text{#1}",
    "mbox": r"\text{#1}",
    "textdegree": r"{}^\circ",
    "upmu": r"\mu",
    "xspace": "",
}
_CONVERTER = LatexToMathML(macros=_MACROS, fancy_error=False, allow_unreliable_rendering=True)
# Slips that TeX would stumble over and readers do not, tried only where the first attempt failed.
_SLIPS = (
    (re.compile(r"\\unicode\{x([0-9A-Fa-f]{1,5})\}"), lambda m: chr(int(m[1], 16))),
    (re.compile(r"\\(href|hyperref)\{[^{}]*\}"), lambda _: ""),
    (re.compile(r"\\(?:small|large|footnotesize|scriptsize|tiny|xspace)\b\s*"), lambda _: ""),
    (re.compile(r"(\\text[a-z]*\{[^{}]*?)(?<!\\)_"), lambda m: rf"{m[1]}\_"),
    (re.compile(r"\\tt\b\s*([A-Za-z0-9]+)"), lambda m: rf"\mathtt{{{m[1]}}}"),
)
_FRACTION = re.compile(r'</mfrac>|<mfrac(?P<style> displaystyle="[a-z]+")?(?P<rest>[^>]*)>')
_PERCENT = re.compile(r"(?<!\\)%")
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


def spans(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of SPANS that are maths, tried only where one can begin."""
    sign = _FIRST.search(text)
    while sign:
        end = sign.end()
        if span := SPANS.match(text, sign.start()):
            end = span.end()
            if span["maths"] is not None:
                yield span
        sign = _FIRST.search(text, end)


@lru_cache(maxsize=4096)
def to_mathml(source: str, *, display: bool = False) -> str:
    """Return TeX maths, without its dollars, as MathML; what cannot be converted as it came."""
    result = _convert(source, display=display)
    if result is None:
        mark = "$$" if display else "$"
        return f'<code class="tex">{html.escape(mark + source + mark, quote=False)}</code>'
    return _validated(_CLEANER.clean(result))


def _validated(mathml: str) -> str:
    """Return ``mathml`` with the style of a fraction around it: validators know none within."""
    if "<mfrac displaystyle=" not in mathml:
        return mathml
    ends: list[str] = []

    def moved(tag: re.Match[str]) -> str:
        if tag[0] == "</mfrac>":
            return ends.pop()
        ends.append("</mfrac></mstyle>" if tag["style"] else "</mfrac>")
        style = f"<mstyle{tag['style']}>" if tag["style"] else ""
        return f"{style}<mfrac{tag['rest']}>"

    return _FRACTION.sub(moved, mathml)


def is_maths(source: str) -> bool:
    """Say whether ``source``, without dollars, is TeX maths that can be shown as MathML."""
    return _convert(source, display=False) is not None


def _convert(source: str, *, display: bool) -> str | None:
    """Return unsanitized MathML, or None; a per cent sign begins no comment here."""
    source = _PERCENT.sub(r"\\%", source)
    for attempt in (source, _without_slips(source)):
        try:
            result: str = _CONVERTER.convert_with_local_state(attempt, displaystyle=display)
        except LatexError:
            continue
        return result
    return None


def _without_slips(source: str) -> str:
    for pattern, replacement in _SLIPS:
        source = pattern.sub(replacement, source)
    return source
