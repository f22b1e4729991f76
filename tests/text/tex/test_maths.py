"""Maths between dollars, as MathML and as plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import tex


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        (r"\alpha \le \frac{a}{b}", "α ≤ a/b"),
        (r"O(n \log n)", "O(n log n)"),
        (r"x_1^2 + y_{n}", "x₁² + yₙ"),
        (r"\sim 10\%", "~10%"),
        (r"0.4 \sim 2.5\,\mu\text{m}", "0.4 ~ 2.5 μm"),
        (r"1024 \times 1024", "1024 × 1024"),
        (r"\mathcal{O}(2^{k+1})", "O(2^(k+1))"),
        (r"\frac{1+x}{\sqrt{2}}", "(1+x)/√2"),
        (r"360^\circ", "360°"),
        (r"f'(x), x^*", "f′(x), x*"),
        (r"\hat{W} \neq \not\equiv", "Ŵ ≠ ≢"),
        (r"\left(\{1, \ldots, n\}\right)", "({1, …, n})"),
        (r"\unicode{x2013}", "–"),
        (r"\foo_1", r"\foo₁"),
        (r"5 \pmod{n}", "5 (mod n)"),
        ("", ""),
        ("{{{", ""),
    ],
)
def test_plain_text(source: str, plain: str) -> None:
    """A formula reads well without MathML."""
    assert tex.to_unicode(source) == plain


@pytest.mark.parametrize(
    "source",
    [
        r"\mathcal{O}(n^2)",
        r"50% of \textbf{16.3%}",
        r"\unicode{x2013}",
        r"\tt A^\tt 3",
        r"\texttt{build_network}",
        r"C_1,\dotsc,C_t",
        r"\widetilde{x}",
        r"{\rm P{\small HYSICS}}",
    ],
)
def test_what_authors_write_converts(source: str) -> None:
    """Per cent signs, switches and other slips are no reason to refuse a formula."""
    assert tex.to_mathml(source).startswith("<math")


def test_display() -> None:
    """A formula between two dollars is a block."""
    assert tex.to_mathml("x", display=True) == '<math display="block"><mi>x</mi></math>'


def test_the_style_of_a_fraction_stands_around_it() -> None:
    """MathML 3, which validators know, has no displaystyle on a fraction itself."""
    shown = tex.to_mathml(r"\tfrac{\dfrac{a}{\frac{b}{c}}}{2}")
    assert "<mfrac>" in shown
    assert "<mfrac displaystyle" not in shown
    assert shown.startswith(
        '<math><mstyle displaystyle="false"><mfrac><mstyle displaystyle="true">'
    )
    assert shown.endswith("</mfrac></mstyle></math>")
    assert shown.count("<mfrac>") == shown.count("</mfrac>") == 3
    assert shown.count("<mstyle") == shown.count("</mstyle>") == 2


@given(st.text(st.sampled_from("\\{}_^&<>\"'%ab1 textmahrcolsi[]"), max_size=40))
def test_any_maths_is_survived(source: str) -> None:
    """Nothing between dollars makes a view fail or lets anything but MathML through."""
    shown = tex.to_mathml(source)
    assert "style=" not in shown
    assert "<script" not in shown
    assert isinstance(tex.to_unicode(source), str)


# The rule in one expression, as it was first written: right, and slow where backticks stay open.
SPANS = re.compile(
    r"""
    \\.
    | (?<!`)(`+)(?!`).*?(?<!`)\1(?!`)
    | (?P<maths>
        \$\$ (?!\$) (?:[^$\\]|\\.)+? \$\$
      | \$ (?![\s$]) (?:[^$\\\n]|\\.|\n(?!\s*\n))+? (?<!\s) \$ (?![0-9])
      | \$ (?=[^$]*(?:\\[A-Za-z]|[_^])|[-+<>=~/|&±×≤≥≈]+\$) (?!\s)
        (?:[^$\\\n]|\\.|\n(?!\s*\n))+? (?<!\s) \$
      )
    """,
    re.VERBOSE | re.DOTALL,
)


@given(st.text("$`\\ax_1 \n", max_size=16))
def test_maths_is_looked_for_only_where_it_can_begin(text: str) -> None:
    """The spans are those that a search of the whole text finds."""
    whole = [found.span() for found in SPANS.finditer(text) if found["maths"]]
    assert [found.span() for found in tex.spans(text)] == whole
