"""The fast reader of plain Markdown says what Python-Markdown says, or nothing."""

from __future__ import annotations

import html
import re
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.text import fast_markdown, markup, safe_markdown


def link(address: str) -> str:
    """Return the HTML of an address, as a page has it."""
    return safe_markdown.blocks(address).removeprefix("<p>").removesuffix("</p>")


_BITS = st.sampled_from(
    [
        *" \n.,;:!?'\"()<>&-+=#12abxÉ中\xa0\u2028\u200b/@%^{}~|*_`[]\\$",
        *(
            "https://",
            "http://a.bc",
            "www.a.org/x",
            "github.com/",
            "https://a.bc/x?y=1&z=2",
            ". ",
            "&amp;",
        ),
        *(
            "&lt",
            "\n\n",
            "1. ",
            "- ",
            "--",
            "\n===\n",
            "a@b.cd",
            "<https://a.bc>",
            "$x$",
            "  \n",
            "\n  ",
        ),
    ]
)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of ``text``, each as one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def agrees(text: str) -> None:
    """Hold each answer about ``text`` against Python-Markdown's."""
    line = " ".join(text.split())
    assert fast_markdown.blocks(text, link) in (None, safe_markdown.blocks(text))
    assert fast_markdown.line(line) in (None, safe_markdown.inline(line))
    stripped = fast_markdown.stripped(text)
    if stripped is not None:
        assert paragraphs(stripped) == paragraphs(html.unescape(safe_markdown.stripped(text)))


@given(st.lists(_BITS, max_size=14).map("".join))
@example("a\n\n\nb")
@example("*a*\n\n\n*b*")
@example("\\_http://a.bc")
@example("a\n ")
@example("[\\]://")
def test_it_says_what_markdown_says(text: str) -> None:
    """All three views are the same, whatever signs stand side by side."""
    agrees(text)


@pytest.mark.parametrize(
    "signs",
    [
        *("a* ", "a*_.", "a*\n", "a*\\_", "a[*]", "*a\n-", "a\n 1", "\n +.1", "\n >#"),
        *("`a\\", "`*\\", "`a\n", "[](\\", "]a([", "<@>\\", "`|\n"),
    ],
)
def test_it_says_what_markdown_says_of_every_short_text(signs: str) -> None:
    """All texts of up to five of a few signs are read alike."""
    for length in range(6):
        for text in map("".join, product(signs, repeat=length)):
            agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\nTwo,\nstill two.",
        "One\nof 99, of\n99. Or of\n  100.",
        "**V**isual *new* words, **Foresighted Planning**",
        "n_ideas and snake_case at https://a.bc/x_y_z.",
        "[CLS] tokens [2]",
        r"100\% of \*i.e.\* 1\. \proposed",
        "V* bench",
        "x < y & z",
    ],
)
def test_it_reads_what_abstracts_are_written_in(text: str) -> None:
    """These need no Python-Markdown."""
    assert fast_markdown.blocks(text, link) is not None
    assert fast_markdown.stripped(text) is not None


@pytest.mark.parametrize(
    "text",
    ["`code`", "a | b", "[a](https://b.cd)", "a  \nb", "&amp;", "<https://a.bc>", "- a", "***a***"],
)
def test_it_leaves_the_rest_to_markdown(text: str) -> None:
    """Where it is not sure, it says so."""
    assert fast_markdown.blocks(text, link) is None


@given(
    st.lists(
        st.sampled_from(
            [*"aBé0 -.,:;?!'\"()/+=%@#", "  ", "www.", "a.bc", "github.com/", "http://", "1. "]
        )
    ).map("".join)
)
def test_words_are_seen_as_markdown_sees_them(text: str) -> None:
    """What is nothing but words is not read at all, and yet no view of it is another."""
    line = " ".join(text.split())
    assert markup.to_html(text) == safe_markdown.blocks(text)
    assert markup.to_inline_html(text) == safe_markdown.inline(line)
    assert markup.to_text(text) == " ".join(html.unescape(safe_markdown.stripped(text)).split())


def test_markup_uses_either() -> None:
    """A page cannot tell which of the two has read a text."""
    plain, other = ["*a*", "`b`"]
    assert markup.to_html(plain) + markup.to_html(other) == "<p><em>a</em></p><p><code>b</code></p>"
