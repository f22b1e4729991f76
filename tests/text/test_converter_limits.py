"""Texts made to stop the converters: each costs what its length does, and is shown as it came."""

from __future__ import annotations

import html
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.text import converter_limits, markup, tex
from tests import properties

LIMIT = 0.5  # seconds of the processor for 20 KB
UNSEEN = 0.1  # seconds below which growth cannot be told from noise

# What nests, as what opens a level and what ends it.
NESTING = [
    (r"\frac{", "}{b}"),
    (r"\frac{a}{", "}"),
    (r"\sqrt{", "}"),
    (r"\sqrt[", "]{x}"),
    (r"\left(", r"\right)"),
    (r"\left(a\middle|", r"\right)"),
    ("{", "}"),
    ("x^{", "}"),
    ("x_{", "}"),
    (r"\begin{matrix}", r"\end{matrix}"),
    (r"\begin{array}{c}", r"\end{array}"),
    (r"\overset{", "}{b}"),
    (r"\underbrace{", "}_x"),
    (r"\mathbf{", "}"),
    (r"\xrightarrow{", "}"),
    (r"{a \over ", "}"),
    (r"\not ", ""),
    (r"\sqrt ", ""),
    (r"\frac a", ""),
    (r"\hat ", ""),
    (r"\binom a", ""),
    (r"\displaystyle ", ""),
    (r"\color{red} ", ""),
    (r"\genfrac(){0pt}{}{", "}{b}"),
    (r"\\%{", "}"),
    (r"\unicode{x7b}", ""),
    ("\\begin{matrix}\\frac{\\left(\\sqrt ", ""),
]


@pytest.mark.parametrize(("opening", "closing"), NESTING)
@pytest.mark.parametrize("times", [1, 10, 400])
def test_maths_too_deep_is_shown_as_it_came(opening: str, closing: str, times: int) -> None:
    """Ten times the bound and more, where the converter would end the process."""
    depth = times * converter_limits.MATHS_DEPTH + 1
    source = opening * depth + "x" + closing * depth
    for display in (False, True):
        shown = tex.to_mathml(source, display=display)
        mark = "$$" if display else "$"
        assert shown == f'<code class="tex">{html.escape(mark + source + mark, quote=False)}</code>'


@pytest.mark.parametrize(("opening", "closing"), [*NESTING, ("^", ""), ("_", ""), ("x^_", "")])
def test_maths_as_plain_text_may_be_as_deep_as_it_likes(opening: str, closing: str) -> None:
    """Feeds, search and exports show it so, whatever the pages do."""
    depth = 10_000 // len(opening)
    assert tex.to_unicode(opening * depth + "x" + closing * depth)
    assert markup.to_text(f"${opening * 500}x{closing * 500}$")


@pytest.mark.parametrize(("opening", "closing"), NESTING[:16])
def test_maths_as_deep_as_people_write_it_is_converted(opening: str, closing: str) -> None:
    """No formula of 74,728 papers is deeper than 15."""
    depth = 15
    assert tex.to_mathml(opening * depth + "x" + closing * depth).startswith("<math")


def test_the_deepest_maths_that_is_converted_fits_the_smallest_stack() -> None:
    """One of 1 MB, where others have eight."""
    program = f"""
from generator.text import tex

for opening, closing in {NESTING!r}:
    for depth in range({converter_limits.MATHS_DEPTH + 2}):
        tex.to_mathml(opening * depth + "x" + closing * depth)
"""
    command = ["sh", "-c", 'ulimit -s 1024; exec "$0" -c "$1"', sys.executable, program]
    done = subprocess.run(command, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "source",
    [
        r"\def\a{xx}\a",
        r"\newcommand{\a}{\frac{x}{y}}\a",
        r"\renewcommand\alpha{x}\alpha",
        r"\gdef\a{\a\a}\a",
        r"\let\a\b",
        r"\hspace{99999999em}x",
        "+".join("x" * 20_000),
    ],
)
def test_maths_that_changes_what_maths_means_or_takes_the_page_apart_is_not_converted(
    source: str,
) -> None:
    """A few definitions stand for gigabytes, and a space can be a mile wide."""
    assert tex.to_mathml(source).startswith('<code class="tex">')


# What each is a kind of: brackets that never close, links that never end, marks without a partner,
# headings by the thousand, maths that opens and opens.
UNITS = [
    *("[", "](", "[a](", "[a](<b ", '[a](b "c ', "[`", "[_a", "_[", "![", "[a]: b\n", "[a][b] "),
    *("`", "\\`", "`a", "``a`", "*", "*_", "*a", "*a*", "*a ", "_a_", "**_", "*a**", " *a", "a*"),
    *("a\n=\n", "a\n---\n", "# a\n", "---\n", "- a\n", "1. a\n", "- a\n\n", "> a\n\n", "> "),
    *("~~~a\n", "```a\n", "~~~\na\n~~~\n", "a|b\n", "a  \n", "&a;", "<", "<a@b", "<://", ">\n"),
    *("\\[", "\\(", "\\[x_1", "${", "{$", "$^{", "$$", "$ ", "{", "}", "\\frac{", "\\textbf{"),
    *("x_1(", "mathcal{", "^{", "alpha", "(alphaalpha)", "\\footnote{}", "\\verb|", "\\cite["),
    *("http://a.b/))))", "www.", "a.", "://", "http://1.1.", "-\n", "--\n", "x_1 ", "“a", "`a'"),
    *("<http://a ", '\\"', "''", "- - "),
]
CONVERTERS: dict[str, Callable[[str], object]] = {
    "to_html": markup.to_html,
    "to_inline_html": markup.to_inline_html,
    "to_text": markup.to_text,
    "repair": tex.repair,
    "repair_title": tex.repair_title,
    "leftovers": tex.leftovers,
}


@pytest.mark.parametrize("name", CONVERTERS)
@pytest.mark.parametrize("prefix", ["", "$"])
def test_no_text_costs_more_than_its_length(name: str, prefix: str) -> None:
    """Four times the text takes no more than some six times as long, and 20 KB half a second."""
    convert = CONVERTERS[name]
    # What seems slow is tried again: beside others, a machine is slower at one time than another.
    texts = {
        unit: tuple(prefix + unit * (size // len(unit)) for size in (5_000, 20_000))
        for unit in UNITS
    }
    assert not [
        unit
        for unit, (small, large) in texts.items()
        if _is_slow(convert, small, large) and _is_slow(convert, small, large, tries=4)
    ]


def _is_slow(convert: Callable[[str], object], small: str, large: str, tries: int = 1) -> bool:
    spent = _seconds(convert, large, tries)
    if spent <= UNSEEN:
        return False
    return spent > LIMIT or spent > 10 * _seconds(convert, small, tries)


def _seconds(convert: Callable[[str], object], text: str, tries: int) -> float:
    """Return the least time of the processor that ``convert`` takes."""
    times = []
    for _ in range(tries):
        started = time.process_time()
        convert(text)
        times.append(time.process_time() - started)
    return min(times)


@settings(max_examples=properties.count(30))
@given(
    st.lists(st.sampled_from([unit.strip() or unit for unit in UNITS]), min_size=1, max_size=3),
    st.sampled_from(sorted(CONVERTERS)),
)
def test_no_mixture_of_them_does(units: list[str], name: str) -> None:
    """Whatever stands between the marks."""
    unit = "".join(units)
    assert _seconds(CONVERTERS[name], unit * (15_000 // len(unit)), tries=2) < LIMIT


def test_a_text_that_asks_for_too_much_is_shown_as_it_came() -> None:
    """All of it, and safe."""
    text = "[a](<b>" * 20_000
    assert markup.to_html(text) == f"<pre>{html.escape(text, quote=False)}</pre>"
    assert markup.to_inline_html(text) == html.escape(text, quote=False)
    assert markup.to_text(text) == text


@pytest.mark.parametrize(
    "unit", ["$x^2$ ", "$" + "x+" * 400 + "x$ ", "1. a\n", "*a* ", "a\n\n", "$$\\frac{a}{b}$$\n\n"]
)
def test_a_text_that_a_browser_would_lay_out_for_long_is_shown_as_it_came(unit: str) -> None:
    """Each of its marks is harmless; 100 KB of them would hold the page up, and it is said so."""
    text = (unit * (99_000 // len(unit))).strip()
    shown = html.escape(text, quote=False)
    assert markup.to_html(text) == f"<pre>{shown}</pre>"
    assert markup.too_much(text)
    assert markup.to_inline_html(text).count("<") <= markup.TAGS


def test_a_long_text_of_the_usual_kind_is_converted() -> None:
    """A bound that a real text meets would be none against attacks alone."""
    item = "- item with *stress*, `code` and [a link](https://example.org/x) as lists have them\n"
    for text in (item * 800, f"A line with [a link](https://example.org/a) in it.\n\n{item}" * 500):
        assert markup.to_html(text).count("<li>") == text.count(item)


def test_lists_without_end_in_each_other_are_shown_as_they_came() -> None:
    """Nobody wrote that."""
    text = "\n".join("    " * depth + "- a" for depth in range(400))
    assert "- a" in markup.to_html(text)
    assert markup.to_html("after *it*") == "<p>after <em>it</em></p>"
