"""Quotes, dashes and ties as TeX types them -> as readers read them."""

from __future__ import annotations

import re

from generator.tex.shelf import HELD

_CLOSING = re.compile(r"(?<=[^\s\d(\[])''(?!')|(?<=[0-9])''(?=[\s.,;:!?)]|$)")
_SWAPPED = re.compile(r"(?<![^\s(\[])''(?=\w)")
_SINGLE = re.compile(r"(?<![\w`])`(?=[^\s`'])([^`'\n]{0,120}(?:\n[^`'\n]{0,120})?)'(?!\w)")
_STRAIGHT = re.compile(r"(“[^“”\"]{0,200})\"(?!\w)")
_EM_DASH = re.compile(r"(?<!-)---(?!-)")
_EN_DASH = re.compile(
    rf"(?<=[\w)\]”’.,%°}}$*{HELD}])--(?=[\w(\[“‘\\{HELD}])|(?<=\s)--(?=\s)|(?<=[\w)\]”])--(?=\s)"
)
_TIE = re.compile(
    rf"(?<=[A-Za-z.)\]}}”’,:;{HELD}])~{{1,3}}(?=[^\s~/=])"
    rf"|(?<=[0-9])~{{1,3}}(?=[A-Za-zµμ\\(\[{{{HELD}])|(?<=\S)~{{1,3}}(?=\\(?:cite|ref))"
)


def mend(text: str) -> str:
    """Return ``text`` with curly quotes for TeX's, dashes for rows of hyphens, spaces for ties.

    What is no TeX stays: straight quotes, ``--option``, ``~10``, ``5~10`` and rules of hyphens.
    """
    quoted = "``" in text or "''" in text
    if "`" in text:
        text = _SINGLE.sub(r"‘\1’", text.replace("``", "“"))
    if "''" in text:
        text = _CLOSING.sub("”", _SWAPPED.sub("“", text))
    if quoted:
        text = _STRAIGHT.sub(r"\1”", text)
    if "--" in text:
        text = _EN_DASH.sub("–", _EM_DASH.sub("—", text))
    if "~" in text:
        text = _TIE.sub(" ", text)
    return text
