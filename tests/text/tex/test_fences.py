"""Fences that nothing closes: few are converted, and many keep the converter from nothing."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from generator.text import markup, tex
from generator.text.tex import fences
from tests import properties

# Each is open, whatever it is that seems to close it.
OPEN = [
    *("(", "[", r"\{", r"\langle ", r"\lfloor ", r"\lVert x", "⟨", "⌈", "(x", "{(}", r"()("),
    *(r"\bigl(", r"\Biggl.", r"(\bigl)", r"\mathrm{(}", r"\not(", r"x^(", r"\big)(", r"({)}"),
    *(r"(x^)", r"(x_ ]", r"(\hat)", r"(\frac a)", r"(\frac{a})", r"(\binom{a}\rangle", r"(\sqrt)"),
    *(r"({x}", r"[\mathbf\rangle", r"(\left.)\right.", r"(\unknown)"),
]
CLOSED = [
    *("(x)", "[0,1)", "]0,1]", r"\{x\}", r"\langle x|y\rangle ", "⟦x⟧", r"\lVert x\rVert ", "()"),
    *(r"\bigl(x\bigr)", r"\big(x\big)", r"\left(x\right)", r"\left[x\right)", r"f(\mathbf{x})"),
    *(r"(x^{2})", r"(x_i)", r"(\frac{a}{b})", r"(\frac12)", r"(\sqrt[3]{x})", r"p(\hat x)"),
    *(r"(\alpha)", r"(\log n)", r"{(x)}", r"(a\,)", r"\left.(x)\right|"),
]


@pytest.mark.parametrize("fence", OPEN)
def test_many_open_fences_are_shown_as_they_came(fence: str) -> None:
    """With each the converter's time doubles: a title of thirty signs would take a minute."""
    source = fence * 40 + "x"
    assert fences.has_too_many_open(source)
    assert tex.to_mathml(source).startswith('<code class="tex">')
    assert markup.to_inline_html(f"${source}$").startswith('<code class="tex">')
    assert markup.too_much(f"${source}$") == f"${source}$"


@pytest.mark.parametrize("fence", CLOSED)
@pytest.mark.parametrize("times", [1, 25])
def test_closed_fences_are_converted(fence: str, times: int) -> None:
    """However many there are."""
    assert not fences.has_too_many_open(fence * times)
    assert tex.to_mathml(fence * times).startswith("<math")


@pytest.mark.parametrize("fence", OPEN[:8])
def test_a_few_open_ones_are_converted(fence: str) -> None:
    """An interval that is open at one end, a slip of the hand."""
    source = "x" + fence * fences.MOST
    assert not fences.has_too_many_open(source)
    assert tex.to_mathml(source).startswith("<math")


def test_no_mixture_keeps_the_converter() -> None:
    """It is native code, which nothing can stop: so it is tried in a process of its own."""
    others = (r"}", "{", "&", r"\\", "^", "_", r"\hat", r"\frac", r"\left(", r"\right)", "x")
    pieces = [*OPEN, *CLOSED, *others, r"\middle|", r"\mathopen"]
    chance = random.Random(23)  # noqa: S311  # it only has to be the same each time
    formulas = [
        "".join(chance.choices(pieces, k=chance.randint(1, 5)) * chance.choice([1, 10, 60]))
        for _ in range(properties.count(500))
    ]
    program = f"from generator.text import tex\nfor one in {formulas!r}: tex.to_mathml(one)"
    subprocess.run([sys.executable, "-"], input=program.encode(), check=True, timeout=100)
