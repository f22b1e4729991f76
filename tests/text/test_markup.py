"""Markdown and maths as HTML blocks, as inline HTML and as plain text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import autolink, markup, safe_markdown

REL = ' rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One.\nStill one.\n\nTwo.", "<p>One.\nStill one.</p>\n<p>Two.</p>"),
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        (r"\*a\* \$x\$ \<b", "<p>*a* $x$ &lt;b</p>"),
        ("## Heading", "<h3>Heading</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("![image](https://a.bc/x.png)", f'<p>![image](<a href="https://a.bc/x.png"{REL}>'),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_blocks(source: str, expected: str) -> None:
    """Markdown becomes HTML blocks; headings go one level down; there are no images."""
    assert markup.to_html(source).startswith(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("*a* <b onclick='x'>c</b>", "<p><em>a</em> &lt;b onclick='x'&gt;c&lt;/b&gt;</p>"),
        ("<think> & </think>", "<p>&lt;think&gt; &amp; &lt;/think&gt;</p>"),
        ("[a](javascript:alert(1))", f"<p><a{REL}>a</a></p>"),
        ("[a](JaVaScript:alert(1))", f"<p><a{REL}>a</a></p>"),
        ("[a](java&Tab;script:alert(1))", f"<p><a{REL}>a</a></p>"),
        ("[a](data:text/html,x)", f"<p><a{REL}>a</a></p>"),
        ("<javascript://a.bc/%0aalert(1)>", f"<p><a{REL}>javascript://a.bc/%0aalert(1)</a></p>"),
        ('[a](https://a.bc "$x$")', f'<p><a href="https://a.bc"{REL}>a</a></p>'),
        ("[a](https://a.bc/$x$)", f'<p><a href="https://a.bc/$x$"{REL}>a</a></p>'),
        ("a\x00b\x1bc\ufffed", "<p>abcd</p>"),
        ("&#57344;7&#57345; $x$", "<p> <math><mi>x</mi></math></p>"),
    ],
)
def test_hostile_text_is_only_text(source: str, expected: str) -> None:
    """HTML is shown as it came, links lead to http, https and mailto or nowhere."""
    assert markup.to_html(source) == expected


@pytest.mark.parametrize("nested", ["1. " * 2000, "  - " * 2000, "> " * 2000, "[" * 500])
def test_deep_nesting_is_shown(nested: str) -> None:
    """Text that nests deeper than the parser can follow is shown as it came."""
    shown = html.unescape(re.sub("<[^>]*>", "", markup.to_html(nested)))
    assert nested.strip()[:1] in shown or nested.startswith(">")


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("see https://github.com/a/b_c_d.", "https://github.com/a/b_c_d"),
        ("(https://a.bc/x(y))", "https://a.bc/x(y)"),
        ("at www.a.bc, and", "https://www.a.bc"),
        ("*new*: https://a.bc/?x=1&y=2;", "https://a.bc/?x=1&y=2"),
        ("https://a.bc/你", "https://a.bc/"),
        ("[a](https://a.bc)", "https://a.bc"),
        ("<https://a.bc/x>", "https://a.bc/x"),
    ],
)
def test_addresses_become_links(source: str, address: str) -> None:
    """An address is a link; the full stop or bracket after it is the sentence's."""
    assert f'<a href="{html.escape(address)}"{REL}>' in markup.to_html(source)
    assert markup.to_html(source).count("<a ") == 1
    assert "<a " not in markup.to_inline_html(source)


@given(
    st.from_regex(
        r"\A(https?://|HTTP://|www\.)[a-cX0-9.-]{1,6}\.(xn--)?[a-z]{2,4}(:[0-9])?(/[aB0-9_/.~%&?-]*)?\Z"
    )
)
def test_an_address_goes_through_the_sanitizer_or_is_what_comes_out_of_it(source: str) -> None:
    """Most addresses are plain enough to be a link as they are; the sanitizer takes longer."""
    for _, address in autolink.find(source):
        target = html.escape(autolink.with_scheme(address))
        link = f'<a href="{target}">{html.escape(address, quote=False)}</a>'
        assert safe_markdown.clean(link) in markup.to_html(f"{address} a")


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("$x$", 1),
        ("$5 and $10", 0),
        ("from $5 to $10, or $20", 0),
        (r"\$x$", 0),
        ("`$x$` $y$", 1),
        ("$x_1$ and *$y_2$*", 2),
        ("$$x\n+ y$$", 1),
        ("$x\n- y$", 1),
        ("$x\n\ny$", 0),
        (r"$\sim$10 and $>$5", 2),
        ("($15 or $0)", 0),
        ("a $ b $ c", 0),
    ],
)
def test_dollars(source: str, spans: int) -> None:
    """Maths stands between dollars by Pandoc's rule; the rest is money."""
    assert markup.to_html(source).count("<math") == spans
    if "\n\n" not in source:
        assert markup.to_inline_html(source).count("<math") == spans


def test_refused_maths_is_shown_as_it_came() -> None:
    """What is no TeX maths stands in the page as the source had it."""
    assert markup.to_html(r"a $\foo<b>$") == r'<p>a <code class="tex">$\foo&lt;b&gt;$</code></p>'


def test_hostile_maths_is_escaped() -> None:
    """Text inside a formula cannot leave it."""
    page = markup.to_html(r"$\text{<script>alert(1)</script><img onerror=x>}$")
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1. Title # with *stress*", "1. Title # with <em>stress</em>"),
        ("# Title\n with $x$", "# Title with <math><mi>x</mi></math>"),
        ("[a](https://b.cd) & <c>", "a &amp; &lt;c&gt;"),
    ],
)
def test_inline(source: str, expected: str) -> None:
    """A title is one line of HTML without links."""
    assert markup.to_inline_html(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a *b* [c](https://d.ef) `g`", "a b c g"),
        ("a\nb\n\nc", "a b\n\nc"),
        ("*a*\nb\n\nc", "a b\n\nc"),
        ("<think> &amp; *x*", "<think> & x"),
        (r"1\. Title", "1. Title"),
        ("- a\n- b", "- a - b"),
        ("&#57344;0&#57345; $x$ *y*", "x x y"),
    ],
)
def test_text(source: str, expected: str) -> None:
    """Plain text has no marks, and keeps its paragraphs apart."""
    assert markup.to_text(source) == expected


@given(st.text())
def test_any_text_is_accepted(text: str) -> None:
    """No text makes any view fail, and none lets a tag through that Markdown does not make."""
    shown = markup.to_html(text) + markup.to_inline_html(text)
    assert markup.to_text(text) is not None
    assert not re.search(r"<(script|style|img|iframe|svg|on)", shown)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/x",
        "\\\\evil.example\\x",
        "/\\evil.example",
        "java script:x",
        "javascript:x",
        "a:b",
    ],
)
def test_a_link_leads_to_the_site_or_says_its_scheme(target: str) -> None:
    """What a browser would take for another host, or mend into a script, is no link."""
    shown = markup.to_html(f"[x](<{target}>) and [y](papers/a.html#b)")
    assert shown.count("href") == 1
    assert 'href="papers/a.html#b"' in shown
