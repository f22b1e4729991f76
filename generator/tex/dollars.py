"""The maths that TeX sets between dollars, told from money and brought to our Markdown's rule."""

from __future__ import annotations

import re

from generator.tex.shelf import Shelf

# TeX's own dollars, wider than Pandoc's: spaces inside, a digit after.
_MATHS = re.compile(
    r"""
    \\\( (?P<inline>.{1,2000}?) \\\)
    | \\\[ (?P<display>.{1,2000}?) \\\]
    | \$\$ (?P<double>(?:[^$\\]|\\.)+?) \$\$
    | \\.                                          # an escape is passed over
    | \$ (?P<single>(?:[^$\\]|\\.)+?) \$
    """,
    re.VERBOSE | re.DOTALL,
)
_TEXISH = re.compile(r"\\[A-Za-z]|[_^]")
_TEXT = re.compile(r"\\[A-Za-z]+\s*\{[^{}]*\}")
_WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,}[\s,;]+[A-Za-z]{2,}(?![A-Za-z])")
_OPERATORS = re.compile(r"[-+<>=~/|&±×≤≥≈]+")
# A text that stands between dollars for its look only: as maths it could not wrap.
_SET_TEXT = re.compile(
    r"\\(?:text(?:bf|it|tt|sf|sc|rm)?|emph|underline)\{[^{}]{40,}\}|\\(?:href|url)\{.*"
)
_NEAR = 400


def hold(text: str, shelf: Shelf) -> str:
    """Return ``text`` with its maths on the shelf, between dollars as Markdown wants them."""
    pieces: list[str] = []
    done = 0
    while match := _MATHS.search(text, done):
        pieces.append(text[done : match.start()])
        source = match["inline"] or match["single"]
        display = match["display"] or match["double"]
        done = match.end()
        if display:
            pieces.append(shelf.hold(f"$${_line(shelf.release(display))}$$"))
        elif source is None:
            pieces.append(match[0])
        elif match["single"] and _is_cut(source) and (end := _balanced(text, match.start() + 1)):
            text = text[: match.start()] + text[match.start() + 1 : end] + text[end + 1 :]
            done = match.start()
        elif match["single"] and not _is_maths(source, text[done : done + 1]):
            pieces.append(
                shelf.hold(r"\$") if _pandoc_would(source, text[done : done + 1]) else "$"
            )
            done = match.start() + 1
        elif _SET_TEXT.fullmatch(source.strip()):
            pieces.append(source)
        else:
            pieces.append(shelf.hold(f"${_line(shelf.release(source))}$"))
    return "".join([*pieces, text[done:]])


def _line(source: str) -> str:
    return " ".join(source.split())


def _is_maths(source: str, following: str) -> bool:
    """Say whether what stands between two dollars is maths, by what it is and what follows."""
    if not source.strip():
        return False
    texish = _TEXISH.search(source) is not None
    if _WORDS.search(_TEXT.sub("", source)) and (not texish or source.lstrip()[0].isdigit()):
        return False
    return texish or _pandoc_would(source, following) or bool(_OPERATORS.fullmatch(source))


def _pandoc_would(source: str, following: str) -> bool:
    """Say whether Pandoc's rule takes this for maths."""
    return not source[0].isspace() and not source[-1].isspace() and not following.isdigit()


def _is_cut(source: str) -> bool:
    """Say whether a dollar within an argument has ended the maths too early."""
    return source.count("{") > source.count("}")


def _balanced(text: str, start: int) -> int:
    """Return where the dollar is that ends the maths beginning at ``start``; 0 if nowhere near."""
    end = text.find("$", start)
    while 0 < end < start + _NEAR:
        if text.count("{", start, end) == text.count("}", start, end):
            return end
        end = text.find("$", end + 1)
    return 0
