"""Maths between TeX's delimiters, and maths that a page has robbed of them: both get our dollars.

What stands between dollars is told from money. Without them (``mathcal{O}(n)``, ``2^k - 1``) a
stretch of text is taken for maths only where it holds something that prose never does (a sub- or
superscript on one letter, braces after a TeX name, ``m gg n``), only as far as letters, numbers and
signs go, and only if it converts. Names that English has too (``times``, ``alpha``, ``sim``) are
nothing by themselves.
"""

from __future__ import annotations

import re

from generator.text.tex import maths, tables
from generator.text.tex.plain import raised
from generator.text.tex.reader import Placeholders

# TeX's own dollars, wider than Pandoc's: spaces inside, a digit after.
_MATHS = re.compile(
    r"""
    \\(?P<bracket>[(\[])                       # as far as the bracket that closes it
    | \$\$ (?P<double>(?:[^$\\]|\\.)+?) \$\$
    | \\.                                          # an escape is passed over
    | \$ (?P<single>(?:[^$\\]|\\.)+?) \$
    """,
    re.VERBOSE | re.DOTALL,
)
_TEXISH = re.compile(r"\\[A-Za-z]|[_^]")
_TEXT = re.compile(r"\\[A-Za-z]+\s*\{[^{}]*\}")
_PROSE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,}[\s,;]+[A-Za-z]{2,}(?![A-Za-z])")
_OPERATORS = re.compile(r"[-+<>=~/|&±×≤≥≈]+")
# A text that stands between dollars for its look only: as maths it could not wrap.
_SET_TEXT = re.compile(
    r"\\(?:text(?:bf|it|tt|sf|sc|rm)?|emph|underline)\{[^{}]{40,}\}|\\(?:href|url)\{.*"
)
_BRACE_OR_DOLLAR = re.compile(r"[{}$]")
_NEAR = 400  # how far from a dollar the one may stand that a text's braces have hidden
_FARTHEST = 2000  # the bracket that ends maths from the one that begins it
_SLIPS = 100  # hidden dollars that are looked for: a text that has more is none that a person wrote
_BRACKETS = {"(": r"\)", "[": r"\]"}


def hold(text: str, held: Placeholders) -> str:
    """Return ``text`` with its maths put aside, between dollars as Markdown wants them."""
    pieces: list[str] = []
    done = slips = 0
    while match := _MATHS.search(text, done):
        start = match.start()
        pieces.append(text[done:start])
        done = match.end()
        source = match["single"]
        following = text[done : done + 1]
        if match["bracket"]:
            end = text.find(_BRACKETS[match["bracket"]], done + 1, done + _FARTHEST + 2)
            if end < 0:
                pieces.append(match[0])
                continue
            dollars = "$" if match["bracket"] == "(" else "$$"
            pieces.append(_between(text[done:end], dollars, held))
            done = end + 2
        elif match["double"]:
            pieces.append(_between(match["double"], "$$", held))
        elif source is None:
            pieces.append(match[0])
        elif (slips := slips + _is_cut(source)) < _SLIPS and (end := _hidden(text, start, source)):
            text = text[:start] + text[start + 1 : end] + text[end + 1 :]
            done = start
        elif not _is_maths(source, following):
            pieces.append(held.hold(r"\$") if _pandoc_would(source, following) else "$")
            done = start + 1
        elif _SET_TEXT.fullmatch(source.strip()):
            pieces.append(source)
        else:
            pieces.append(_between(source, "$", held))
    return "".join([*pieces, text[done:]])


def _between(source: str, dollars: str, held: Placeholders) -> str:
    """Put maths on the held between ``dollars``, on one line; return what stands for it."""
    return held.hold(f"{dollars}{' '.join(held.release(source).split())}{dollars}")


def _is_maths(source: str, following: str) -> bool:
    """Say whether what stands between two dollars is maths, by what it is and what follows."""
    if not source.strip():
        return False
    texish = _TEXISH.search(source) is not None
    if _PROSE.search(_TEXT.sub("", source)) and (not texish or source.lstrip()[0].isdigit()):
        return False
    return texish or _pandoc_would(source, following) or bool(_OPERATORS.fullmatch(source))


def _pandoc_would(source: str, following: str) -> bool:
    """Say whether Pandoc's rule takes this for maths."""
    return not source[0].isspace() and not source[-1].isspace() and not following.isdigit()


def _is_cut(source: str) -> bool:
    """Say whether a dollar within an argument has ended the maths too early."""
    return source.count("{") > source.count("}")


def _hidden(text: str, start: int, source: str) -> int:
    """Return where the dollar is that ends the maths that the one at ``start`` begins.

    0 where ``source``, up to the next dollar, is the whole of it, or none is near.
    """
    if not _is_cut(source):
        return 0
    depth = 0
    for sign in _BRACE_OR_DOLLAR.finditer(text, start + 1, start + _NEAR):
        if sign[0] == "$" and not depth:
            return sign.start()
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
    return 0


_BRACED = r"\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}"
_GREEK = "|".join(sorted(tables.GREEK, key=len, reverse=True))
_WRAPPERS = (
    r"math(?:cal|bb|bf|rm|sf|tt|frak|it|scr)|boldsymbol|bm|text|operatorname|sqrt|widehat|hat|"
    r"widetilde|tilde|overline|bar|vec"
)
# Between two things, these mean what TeX means by them: no English word is spelled like them.
_RELATIONS = (
    r"gg|ll|leq|geq|neq|leqslant|geqslant|approx|equiv|simeq|circ|cdot|propto|oplus|otimes|"
    r"subseteq|rightarrow|leftarrow|setminus"
)
_WRAPPED = rf"(?:\\?(?:{_WRAPPERS})\s?{_BRACED}|\\?[dt]?frac(?:{_BRACED}{_BRACED}|[0-9]{{2}}))"
_SCRIPT = (
    rf"[_^](?:{_BRACED}|\\?(?:{_GREEK})(?![A-Za-z])|[*′†]|-?[0-9]+(?![A-Za-z])|[^\W\d_](?!\w))"
)
_NAME = rf"(?:\\?(?:{_GREEK}|ell|infty|nabla|partial)|[A-Za-zͰ-Ͽ])"
_THING = rf"(?:{_WRAPPED}|(?<![A-Za-z\\]){_NAME}(?![A-Za-z])|[0-9]+(?:\.[0-9]+)?)(?:{_SCRIPT})*"
_SIGN = rf"\s*(?:[-+=<>/≤≥≈∈×·]|\\?(?:{_RELATIONS})(?![A-Za-z]))\s*"

# What gives maths away.
_SEED = re.compile(
    rf"{_WRAPPED}(?:{_SCRIPT})*|(?<![\w\\^.-])(?:{_NAME}|[0-9]+)(?:{_SCRIPT})+"
    rf"|(?<![\w\\])[A-Za-z]\s+\\?(?:{_RELATIONS})\s+[A-Za-z0-9](?!\w)"
)
_MORE = re.compile(rf"{_SIGN}(?!(?:a|A|I)(?!\w))({_THING})")
_BEFORE = re.compile(rf"(?:^|(?<=[\s(]))(?!(?:a|A|I)\s)({_THING}){_SIGN}$")
_ADJACENT = re.compile(rf"(?:{_WRAPPED}(?:{_SCRIPT})*|{_NAME}(?:{_SCRIPT})+)")
_ADJACENT_BEFORE = re.compile(rf"(?:^|(?<=[\s(~0-9]))\\(?:{_GREEK})$")
_BRACKETED = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_WORD = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{2,}")
_RUN = re.compile(r"(\\[A-Za-z]+)|[A-Za-z]{2,}")
_COMMANDS = re.compile(
    rf"(?:{_WRAPPERS}|{_RELATIONS}|frac|dfrac|tfrac|times|sim|pm|in|to|infty|ell|nabla|partial|"
    rf"log|exp|min|max|arg|sum|prod|int|mid|ldots|cdots|left|right|{_GREEK})"
)
_LONGEST_NAME = len("operatorname")  # of these
# One letter or number with digits above or below it needs no formula.
_SIMPLE = re.compile(r"([A-Za-zͰ-Ͽ]|[0-9]+|ell)([_^])(?:\{([-+]?[0-9]+)\}|(-?[0-9]+))")
_WORD_RAISED = re.compile(r"(?<=[A-Za-z])\^\{?([0-9]{1,2})\}?(?![a-z0-9_^{}])")
_LONE = (
    (re.compile(r"(?<![A-Za-z\\])sim ?(?=[0-9][0-9.,]*(?:[kKMBT]?\b|[%×]))"), "~"),
    (re.compile(r"(?<![A-Za-z\\])approx(?=[0-9])"), "≈"),
    (re.compile(r"(?<=[0-9])times(?![A-Za-z])"), "×"),
    (re.compile(r"(?<=[0-9]{2}) times (?=[0-9]{2})"), " × "),
    (re.compile(r"(?<=\.[0-9]) ?pm ?(?=[0-9])|(?<=\.[0-9]{2}) ?pm ?(?=[0-9])"), " ± "),
    (re.compile(r"(?<=[0-9]) ?\^?\{?circ\}?(?![A-Za-z])"), "°"),
    *(
        (re.compile(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])"), tables.SYMBOLS[name])
        for name in ("infty", "rightarrow", "leftrightarrow", "leq", "geq", "neq", "varepsilon")
    ),
)
# A text without any of these holds nothing of the kind. Plain searches: they are the fast path.
_WORDS = ("infty", "rightarrow", "leq", "geq", "neq", "varepsilon", " gg ", " ll ")
_SCRIPTED = re.compile(r"[_^]")
_NUMBERED = re.compile(r"[0-9] ?(?:times|pm|circ)")
_NUMBER_AFTER = re.compile(r"(?:sim ?|approx|frac)[0-9]")
_BRACED_NAME = re.compile(r"[a-z]\s?\{")


def may_hold_maths(text: str) -> bool:
    """Say whether ``text`` may hold what ``restore`` looks for."""
    return (
        _SCRIPTED.search(text) is not None
        or any(word in text for word in _WORDS)
        or _NUMBERED.search(text) is not None
        or _NUMBER_AFTER.search(text) is not None
        or ("{" in text and _BRACED_NAME.search(text) is not None)
    )


def restore(text: str, held: Placeholders) -> str:
    """Return ``text`` with its maths put aside, between dollars, and lone signs as such."""
    if not may_hold_maths(text):
        return text
    found = _regions(text)
    text, names = _between_dollars(text, found, held)
    for name in sorted(names):
        formula = held.hold(rf"$\{name}$")
        text = re.sub(rf"(?<![\w\\-]){name}(?![\w-])", formula, text)
    text = _WORD_RAISED.sub(lambda match: raised(match[1], tables.SUPERSCRIPTS, "^"), text)
    for pattern, sign in _LONE:
        text = pattern.sub(sign, text)
    return text


def _regions(text: str) -> list[tuple[int, int]]:
    """Return where maths stands, from the seeds outwards."""
    found: list[tuple[int, int]] = []
    done = 0
    while seed := _SEED.search(text, done):
        start, end = seed.span()
        floor = max(done, start - 60)
        while before := (
            _BEFORE.search(text[floor:start]) or _ADJACENT_BEFORE.search(text[floor:start])
        ):
            start = floor + before.start()
        while True:
            bracket = _BRACKETED.match(text, end)
            if bracket and _is_mathematical(bracket[0]):
                end = bracket.end()
            elif more := _MORE.match(text, end) or _ADJACENT.match(text, end):
                end = more.end()
            else:
                break
        found.append((start, end))
        done = end
    return found


def _is_mathematical(bracket: str) -> bool:
    """Say whether what stands in brackets is maths: no word in it but TeX's."""
    inner = re.sub(rf"(?:{_WRAPPERS})\s?{_BRACED}", "", bracket)
    return all(_pieces(word) for word in _WORD.findall(inner))


def _between_dollars(
    text: str, found: list[tuple[int, int]], held: Placeholders
) -> tuple[str, set[str]]:
    """Return ``text`` with the regions as maths, and the Greek capitals that were names there."""
    pieces: list[str] = []
    names: set[str] = set()
    done = 0
    for start, end in found:
        raw = text[start:end]
        pieces += [text[done:start], _formula(raw, held)]
        if pieces[-1] != raw:
            names.update(re.findall(r"(?<!\\)(?:Phi|Psi|Theta|Omega|Sigma|Lambda|Gamma)", raw))
        done = end
    return "".join([*pieces, text[done:]]), names


def _formula(raw: str, held: Placeholders) -> str:
    """Return a region as maths between dollars, or simple enough as Unicode, or as it came."""
    if simple := _SIMPLE.fullmatch(raw):
        signs = tables.SUPERSCRIPTS if simple[2] == "^" else tables.SUBSCRIPTS
        base = tables.SYMBOLS.get(simple[1], simple[1])
        return base + raised(simple[3] or simple[4], signs, simple[2])
    source = _RUN.sub(_renamed, raw)
    source = re.sub(r"([_^])(-[0-9]+)", r"\1{\2}", source)
    return held.hold(f"${source}$") if maths.is_maths(source) else raw


def _renamed(match: re.Match[str]) -> str:
    """Return a run of letters as TeX: its names as commands, a word upright."""
    run = match[0]
    if match[1]:
        return run
    pieces = _pieces(run)
    if not pieces:
        following = match.string[match.end() : match.end() + 1]
        inside = match.string[match.start() - 1 : match.start()] in ("{", "_", "^", ",")
        return rf"\mathrm{{{run}}}" if inside and following in ("}", "", ",") else run
    letter_follows = match.string[match.end() : match.end() + 1].isalpha()
    return "".join(f"\\{piece} " for piece in pieces).rstrip() + (" " if letter_follows else "")


def _pieces(run: str) -> list[str]:
    """Return the TeX names that ``run`` is, end to end; nothing where it is not."""
    pieces: list[str] = []
    place = 0
    while place < len(run):
        options = [
            end
            for end in range(min(len(run), place + _LONGEST_NAME), place, -1)
            if _COMMANDS.fullmatch(run, place, end)
        ]
        if not options:
            return []
        pieces.append(run[place : options[0]])
        place = options[0]
    return pieces
