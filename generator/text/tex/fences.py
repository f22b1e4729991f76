r"""Fences in maths that nothing closes: ``((((`` is harmless to a reader, and not to the converter.

It looks behind a fence, any bracket that opens, for the one that closes it; where none is, it reads
all of that once more, as after an operator. So with each open fence the time doubles: thirty of
them, in a title of thirty signs, take a minute, and fifty no build survives.

A fence counts as closed only where that is sure. A sign that a command or ``^`` takes for its
argument closes nothing, nor does one in another group, in another cell or in another row.
"""

from __future__ import annotations

import re

from generator.text.tex import tables

# So many may be open: all behind them is read 64 times. Of 49,953 real papers none has over two.
MOST = 6

_OPENING_SIGNS = "([⌈⌊⌜⌞⎰❲⟅⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦍⦏⦑⦓⦕⦗⧘⧚⧼"
_CLOSING_SIGNS = ")]" + "".join(chr(ord(sign) + 1) for sign in _OPENING_SIGNS[2:])
_OPENING = frozenset([*_OPENING_SIGNS, r"\{"]) | {
    f"\\{name}"
    for name in tables.names(
        "lparen llparenthesis lbrack llbracket lbrace lBrace lang langle lAngle llangle lvert lVert"
        " lceil lfloor lgroup lmoustache ulcorner llcorner bigl Bigl biggl Biggl"
    )
}
_CLOSING = frozenset([*_CLOSING_SIGNS, r"\}"]) | {
    f"\\{name}"
    for name in tables.names(
        "rparen rrparenthesis rbrack rrbracket rbrace rBrace rang rangle rAngle rrangle rvert rVert"
        " rceil rfloor rgroup rmoustache urcorner lrcorner bigr Bigr biggr Biggr"
    )
}
_MAY_OPEN = re.compile(rf"\\(?:[lu]|\{{|[bB]igg?l)|[{re.escape(_OPENING_SIGNS)}]")
# A command with the sign that it takes for a fence of a size; any command; any sign.
_PIECE = re.compile(
    r"(\\(?:left|right|middle|[bB]igg?[lrm]?))(?![A-Za-z])\s*(?:\\(?:[A-Za-z]+|.)|[^\\{}])?"
    r"|\\(?:[A-Za-z]+|.)|\S",
    re.DOTALL,
)
_TAKING_ONE = tables.ALPHABETS | tables.DECORATIONS.keys() | tables.STRONG | tables.PLAIN | {"sqrt"}
_TAKING_NONE = (
    tables.SYMBOLS.keys() | tables.FUNCTIONS | tables.LETTERS.keys() | tables.SILENT
) - _TAKING_ONE
# How many arguments a command has, at most, where no table says.
_ARGUMENTS = {"genfrac": 6}
_FEW = 2


def has_too_many_open(source: str) -> bool:
    """Say whether more than MOST fences of ``source``, maths without dollars, may stay open."""
    if len(_MAY_OPEN.findall(source)) <= MOST:  # as in nearly all formulas
        return False
    # Of each group around: its open fences, and how many arguments its last command still takes.
    around: list[tuple[int, int]] = []
    lost = fences = wanted = 0
    for piece in _PIECE.finditer(source):
        sign = piece[1] or piece[0]
        is_argument, wanted = wanted > 0, max(0, wanted - 1)
        if sign in {"{", r"\left"}:
            around.append((fences, wanted))
            fences = wanted = 0
        elif sign in {"}", r"\right"}:
            lost += fences
            fences, wanted = around.pop() if around else (0, 0)
        elif sign in {"&", r"\\"}:
            lost, fences, wanted = lost + fences, 0, 0
        elif sign in _OPENING:
            fences += 1
        elif sign in _CLOSING:
            fences -= fences > 0 and not is_argument
        elif sign in {"^", "_"}:
            wanted += 1
        elif sign[1:].isalpha():
            wanted += _taken(sign[1:])
    return lost + fences + sum(held for held, _ in around) > MOST


def _taken(command: str) -> int:
    if command in _TAKING_ONE:
        return 1
    return 0 if command in _TAKING_NONE else _ARGUMENTS.get(command, _FEW)
