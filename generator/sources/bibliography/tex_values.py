"""TeX in the values of a bibliography: what is not a title or an abstract becomes plain text.

Titles and abstracts keep their maths and are mended with all others (text.tex); only what reference
managers and biblatex make of TeX is undone here.
"""

from __future__ import annotations

import re

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from generator.sources import facts, tags

# Mendeley writes a backslash of its user's as maths, and every sign of TeX in braces.
_MENDELEY = re.compile(r"\$\\backslash\$ ?")
_SIGN = re.compile(r"\{\\([%&#_$~])\}")
_BIBLATEX = {"mkbibemph": "emph", "mkbibitalic": "textit", "mkbibbold": "textbf"}
_EMPHASIS = re.compile(r"\\(mkbibemph|mkbibitalic|mkbibbold)(?=\s*\{)")
_QUOTED = re.compile(r"\\(?:mkbibquote|enquote)\*?\s*\{([^{}]*)\}")
# A sign that means something to TeX, and in a bibliography itself.
_LITERAL = re.compile(r"(?<!\\)[%&#]")
_TOKEN = re.compile(r"\$[^$]*\$|\\[A-Za-z]+\*?\s*|\\.|[{}]|[^\\{}$]+|.", re.DOTALL)
# A group that is there for its command: an accent and its letter, a sign by its name, a font.
_GROUP = re.compile(
    r"\\[^A-Za-z\s]\s*(?:\{\s*\\?[A-Za-z]\s*\}|\\?[A-Za-z])\s*\}|\\[A-Za-z]+\s*\}"
    r"|\\[A-Za-z]\s*\{|\\(?:em|it|bf|sc|tt|rm|sl|sf|itshape|bfseries|scshape)\b"
)
_TEX = re.compile(r"\\.|[{}]|\$|``|''|~", re.DOTALL)
# Of what the library knows, the letters and signs: what sets a page (a title, today's date, a
# file) has no place in a field. Fonts show their text.
_FONTS = (
    *(
        "emph",
        "text",
        "textrm",
        "textit",
        "textbf",
        "textsc",
        "textsl",
        "textsf",
        "texttt",
        "textup",
    ),
    *(
        "textsuperscript",
        "textsubscript",
        "mbox",
        "uppercase",
        "MakeUppercase",
        "underline",
        "bibinfo",
    ),
)
_NAMES = ("TeX", "LaTeX", "BibTeX")


def _converter() -> LatexNodes2Text:
    """Return what makes TeX plain text; maths stay as they are."""
    known = get_default_latex_context_db().filter_context(
        keep_categories=["latex-base", "nonascii-specials", "advanced-symbols"]
    )
    ours = [
        *[MacroTextSpec(name, discard=False) for name in _FONTS],
        *[MacroTextSpec(name, simplify_repl=name) for name in _NAMES],
        *[MacroTextSpec(name, simplify_repl="") for name in ("today", "input", "include")],
    ]
    known.add_context_category("ours", prepend=True, macros=ours)
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True, latex_context=known)


_CONVERTER = _converter()
_LONGEST, _DEEPEST = 4000, 20
_BACKSLASHES = 10_000  # in one file: a conversion takes 20 microseconds for each


# Signs of an address that some managers write by their names, or as maths.
_NAMED = re.compile(
    r"\{?\\(textless|textgreater|textasciitilde|textunderscore|sim)\b\s*(?:\{\}|\})?"
    r"|\$\s*(?:\\(?=sim))?(<|>|sim|~)\s*\$"
)
_SIGNS = {
    "textless": "<",
    "textgreater": ">",
    "textasciitilde": "~",
    "textunderscore": "_",
    "sim": "~",
    "<": "<",
    ">": ">",
    "~": "~",
}
_ADDRESS = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}")
_LINK = re.compile(r"\\href\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?")


def prose(value: str) -> str:
    """Return a title or an abstract as every source has them: TeX in it, but no braces around."""
    text = _EMPHASIS.sub(lambda found: "\\" + _BIBLATEX[found[1]], _unescaped(value))
    return tags.plain(_unprotected(_QUOTED.sub(r"“\1”", text)))


def _unprotected(text: str) -> str:
    """Return ``text`` without the braces that only protect capitals; those of commands stay."""
    if "{" not in text:
        return text
    kept: list[str] = []
    opened: list[bool] = []  # of each open brace, whether it stays
    is_argument = False  # whether a brace here would open a command's argument
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == "{":
            opened.append(is_argument or _GROUP.match(text, token.end()) is not None)
            is_argument = False
            kept.append(sign * opened[-1])
        elif sign == "}":
            is_argument = opened.pop() if opened else False
            kept.append(sign * is_argument)
        else:
            is_argument = sign[0] == "\\"
            kept.append(sign)
    return "".join(kept)


def address(value: str) -> str:
    """Return a DOI or a web address without what TeX needs around and inside of it."""
    text = _LINK.sub(r"\1", _ADDRESS.sub(r"\1", _unescaped(value.strip())))
    text = _NAMED.sub(lambda sign: _SIGNS[sign[1] or sign[2]], text)
    return text.replace("\\", "").replace("{", "").replace("}", "").strip()


def _unescaped(value: str) -> str:
    return _SIGN.sub(r"\\\1", _MENDELEY.sub(lambda _: "\\", value))


class Plain:
    """Makes values plain text, on one line; knows how much TeX one file may make it read."""

    def __init__(self) -> None:
        self._left = _BACKSLASHES

    def __call__(self, value: str) -> str:
        """Return ``value`` as TeX would print it."""
        if _TEX.search(value) is None:
            return facts.line(value)
        value = _ADDRESS.sub(lambda found: _LITERAL.sub(r"\\\g<0>", found[1]), _unescaped(value))
        self._left -= value.count("\\") + value.count("{")
        if self._left < 0 or len(value) > _LONGEST or _depth(value) > _DEEPEST:
            return _without_tex(value)
        try:
            text: str = _CONVERTER.latex_to_text(_LITERAL.sub(r"\\\g<0>", value))
        except Exception:  # noqa: BLE001  # the library fails in many ways on what is no TeX
            return _without_tex(value)
        # A command that is not known says something all the same: journals go by their macros.
        return facts.line(text) or _without_tex(value)


def _without_tex(value: str) -> str:
    """Return ``value`` without the signs that mean something to TeX alone."""
    return facts.line(re.sub(r"[{}\\$]", "", value))


def _depth(value: str) -> int:
    """Return how deep the braces of ``value`` stand in each other."""
    depth = deepest = 0
    for sign in value:
        depth += (sign == "{") - (sign == "}")
        deepest = max(deepest, depth)
    return deepest
