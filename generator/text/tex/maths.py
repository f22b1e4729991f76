"""Maths between dollars: where it is, and as MathML."""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import nh3
from math_core import LatexError, LatexToMathML

from generator.text import converter_limits
from generator.text.tex import fences, tables

# Pandoc's rule: no space just inside the dollars, no digit after the closing one. A digit may
# follow when a TeX command or a bare operator stands between the dollars: ``$\sim$10``, ``$>$5``
# are how authors write, and no sum of money looks like them.
_SPAN = re.compile(
    r"""
    \$\$ (?!\$) (?:[^$\\]|\\.)+? \$\$
    | \$ (?![\s$]) (?:[^$\\\n]|\\.|\n(?!\s*\n))+? (?<!\s) \$ (?![0-9])
    | \$ (?=[^$]*(?:\\[A-Za-z]|[_^])|[-+<>=~/|&±×≤≥≈]+\$) (?!\s)
      (?:[^$\\\n]|\\.|\n(?!\s*\n))+? (?<!\s) \$
    """,
    re.VERBOSE | re.DOTALL,
)
# What may hold a dollar that begins nothing, or a dollar.
_FIRST = re.compile(r"\\.?|`+|\$", re.DOTALL)

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
# Commands that take nothing: they nest in no other.
_FLAT = frozenset(tables.SYMBOLS.keys() | tables.FUNCTIONS | tables.LETTERS.keys()) - {"sqrt"}
# A space so wide, or a rule so thick, that it takes the page apart.
_FAR = re.compile(r'="-?[0-9]{3,}[0-9.]*(?:em|rem|pt|px|ex)')
_TICKS = re.compile(r"`+")
_FRACTION = re.compile(r'</mfrac>|<mfrac(?P<style> displaystyle="[a-z]+")?(?P<rest>[^>]*)>')
_PERCENT = re.compile(r"\\.|%", re.DOTALL)
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
    """Yield the matches of _SPAN, in order; escapes and `code` are passed over."""
    closing: dict[int, list[int]] | None = None
    sign = _FIRST.search(text)
    while sign:
        end = sign.end()
        if sign[0] == "$":
            if span := _SPAN.match(text, sign.start()):
                end = span.end()
                yield span
        elif sign[0][0] == "`" and not text.endswith("`", 0, sign.start()):
            if closing is None:
                closing = _runs(text)
            end = _end_of_code(closing, len(sign[0]), end)
        sign = _FIRST.search(text, end)


def _runs(text: str) -> dict[int, list[int]]:
    """Return where the runs of backticks begin, by their length."""
    found: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        found.setdefault(run.end() - run.start(), []).append(run.start())
    return found


def _end_of_code(runs: Mapping[int, Sequence[int]], length: int, start: int) -> int:
    """Return where the code ends that a run of ``length`` backticks before ``start`` opens."""
    same = runs.get(length, ())
    following = bisect.bisect_left(same, start)
    return same[following] + length if following < len(same) else start


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


def is_too_much(source: str) -> bool:
    """Say whether the maths ``source`` is more than the converter is given."""
    return _is_too_much(_PERCENT.sub(_escaped_percent, source))


def _is_too_much(source: str) -> bool:
    return converter_limits.is_too_deep(source, _FLAT) or fences.has_too_many_open(source)


def _convert(source: str, *, display: bool) -> str | None:
    """Return unsanitized MathML, or None; a per cent sign begins no comment here.

    None too for what is nested deeper than the converter may be given, which would end the process,
    and for what would keep it for ever.
    """
    if len(source) > converter_limits.MATHS_LENGTH:
        return None
    for attempt in (source, _without_slips(source)):
        without_comments = _PERCENT.sub(_escaped_percent, attempt)
        if _is_too_much(without_comments):
            return None
        try:
            result: str = _CONVERTER.convert_with_local_state(
                without_comments, displaystyle=display
            )
        except LatexError:
            continue
        return None if _FAR.search(result) else result
    return None


def _escaped_percent(sign: re.Match[str]) -> str:
    return r"\%" if sign[0] == "%" else sign[0]


def _without_slips(source: str) -> str:
    for pattern, replacement in _SLIPS:
        source = pattern.sub(replacement, source)
    return source
