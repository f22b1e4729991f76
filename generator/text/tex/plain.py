r"""TeX maths -> plain Unicode text, as near as can be: ``x_1^2 \le \frac{a}{b}`` is x₁² ≤ a/b.

For feeds, search, exports and everything else that shows no MathML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from generator.text.tex import tables

_PIECE = re.compile(r"\\(?:[A-Za-z]+|.)|[{}^_&~]|[ \t\n]+|[^\\{}^_&~\s]+|.", re.DOTALL)
_SPACES = {",": " ", ":": " ", ";": " ", ">": " ", " ": " ", "!": "", "/": "", "\\": " ", "\n": " "}
_SIMPLE = re.compile(r"√?[\w.′°]*|\([^()]*\)")
_FENCE = re.compile(r"(?:left|right|middle|[bB]igg?[lrm]?)$")
_DEPTH = 50


def to_unicode(source: str) -> str:
    """Return TeX maths, without its dollars, as readable plain text.

    A command that is not known stays as it came.
    """
    pieces = _PIECE.findall(source)
    pieces.reverse()
    return " ".join(_sequence(pieces, 0).split())


def raised(text: str, signs: Mapping[str, str], mark: str) -> str:
    """Return ``text`` in the raised or lowered ``signs``, else after ``mark``."""
    if text and all(character in signs for character in text):
        return "".join(signs[character] for character in text)
    return f"{mark}{text}" if _SIMPLE.fullmatch(text) else f"{mark}({text})"


def _sequence(pieces: list[str], depth: int) -> str:
    """Return all that comes before the closing brace, which is taken too; pieces are reversed."""
    parts: list[str] = []
    while pieces:
        piece = pieces.pop()
        if piece == "}":
            break
        parts.append(
            _shown(piece, pieces, depth, after_space=parts[-1:] != [] and parts[-1][-1:].isspace())
        )
    return "".join(parts)


def _shown(piece: str, pieces: list[str], depth: int, *, after_space: bool) -> str:
    """Return what ``piece`` and its arguments, taken from ``pieces``, look like."""
    if piece.isspace() or piece in "~&":
        shown = " "
    elif piece == "{":
        shown = _sequence(pieces, depth + 1) if depth < _DEPTH else ""
    elif piece in ("^", "_"):
        shown = _script(piece, _argument(pieces, depth + 1))
    elif piece[0] != "\\" or len(piece) == 1:
        shown = piece.replace("'", "′")
    elif not piece[1:].isalpha():
        shown = _SPACES.get(piece[1:], piece[1:])
    elif piece[1:] in _COMMANDS:
        shown = _COMMANDS[piece[1:]](pieces, depth)
    else:
        shown = _symbol(piece[1:], pieces, after_space=after_space)
    return shown


def _symbol(name: str, pieces: list[str], *, after_space: bool) -> str:
    """Return the sign of a command without arguments; the space that ended its name goes."""
    if name in tables.FUNCTIONS:
        following = pieces[-1] if pieces else ""
        return f"{name} " if following[:1].isalnum() or following[:1] == "\\" else name
    sign = tables.SYMBOLS.get(name) or tables.LETTERS.get(name)
    if sign is None:
        return "" if name in tables.SILENT or _FENCE.match(name) else f"\\{name}"
    operator = name in tables.OPERATORS
    if pieces and pieces[-1].isspace() and not (sign.isalpha() or (operator and after_space)):
        pieces.pop()
    return sign


def _script(mark: str, text: str) -> str:
    """Return a superscript or a subscript."""
    if mark == "^":
        if text in ("∘", "°"):
            return "°"
        if text in ("′", "†", "‡", "*", "⋆", "∗"):
            return text
        return raised(text, tables.SUPERSCRIPTS, "^")
    return raised(text, tables.SUBSCRIPTS, "_")


def _argument(pieces: list[str], depth: int) -> str:
    """Return the next argument: a group, or one character or command."""
    while pieces and pieces[-1].isspace():
        pieces.pop()
    if not pieces or pieces[-1] == "}":
        return ""
    piece = pieces.pop()
    if piece == "{":
        return _sequence(pieces, depth + 1).strip() if depth < _DEPTH else ""
    if piece[0] != "\\" and len(piece) > 1:
        pieces.append(piece[1:])
        piece = piece[0]
    return _shown(piece, pieces, depth, after_space=False) if depth < _DEPTH else piece


def _grouped(text: str) -> str:
    """Return ``text``, in brackets unless it is one thing."""
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _fraction(pieces: list[str], depth: int) -> str:
    upper = _grouped(_argument(pieces, depth + 1))
    return f"{upper}/{_grouped(_argument(pieces, depth + 1))}"


def _root(pieces: list[str], depth: int) -> str:
    if pieces and pieces[-1].startswith("["):
        degree = pieces.pop()
        return f"{degree}√{_grouped(_argument(pieces, depth + 1))}"
    return f"√{_grouped(_argument(pieces, depth + 1))}"


def _binomial(pieces: list[str], depth: int) -> str:
    upper = _argument(pieces, depth + 1)
    return f"C({upper}, {_argument(pieces, depth + 1)})"


def _remainder(pieces: list[str], depth: int) -> str:
    return f"(mod {_argument(pieces, depth + 1)})"


def _nothing(pieces: list[str], depth: int) -> str:
    _argument(pieces, depth + 1)
    return ""


def _space(_pieces: list[str], _depth: int) -> str:
    return " "


def _second(pieces: list[str], depth: int) -> str:
    _argument(pieces, depth + 1)
    return _argument(pieces, depth + 1)


def _code_point(pieces: list[str], depth: int) -> str:
    digits = _argument(pieces, depth + 1).lstrip("xX")
    return chr(int(digits, 16)) if re.fullmatch("[0-9A-Fa-f]{2,4}", digits) else digits


def _negated(pieces: list[str], depth: int) -> str:
    return unicodedata.normalize("NFC", _argument(pieces, depth + 1) + "\u0338")


def _kern(pieces: list[str], _depth: int) -> str:
    if pieces:
        pieces[-1] = re.sub(r"^-?[0-9.]+ ?mu", "", pieces[-1])
    return ""


def _decorated(accent: str) -> Callable[[list[str], int], str]:
    def shown(pieces: list[str], depth: int) -> str:
        text = _argument(pieces, depth + 1)
        return unicodedata.normalize("NFC", text + accent) if len(text) == 1 else text

    return shown


def _plain(pieces: list[str], depth: int) -> str:
    return _argument(pieces, depth + 1)


_COMMANDS: Mapping[str, Callable[[list[str], int], str]] = {
    **dict.fromkeys(
        tables.ALPHABETS | tables.PLAIN | tables.STRONG | tables.STRESS | tables.CODE, _plain
    ),
    **{name: _decorated(accent) for name, accent in tables.DECORATIONS.items()},
    **dict.fromkeys(("frac", "dfrac", "tfrac", "nicefrac"), _fraction),
    **dict.fromkeys(("begin", "end", "label", "hspace", "vspace", "color"), _nothing),
    **dict.fromkeys(("quad", "qquad", "space"), _space),
    **dict.fromkeys(("href", "textcolor", "hyperref"), _second),
    **dict.fromkeys(("mkern", "mskip"), _kern),
    "not": _negated,
    "unicode": _code_point,
    "sqrt": _root,
    "binom": _binomial,
    "pmod": _remainder,
}
