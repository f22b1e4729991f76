"""Markdown that others make HTML of: what runs, loads or never ends is text in it."""

from __future__ import annotations

import re
import time

import html5lib
import markdown as others
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.inert import inert

AS_IT_CAME = [
    "Plain text, *stressed*, `code`, and [a link](https://example.org/x?y=z).",
    "With $a < b$ and 1 < 2, <https://example.org/>, [a file](digests/2025-09-23.html#x).",
    "As in [1]: it works.",
    "```\ncode\n```\n\nand more",
    "~~~\n```\n~~~",
]
CHANGED = {
    "<script>alert(1)</script>": "&lt;script>alert(1)&lt;/script>",
    "\\<script>": "&lt;script>",
    "<!-- and all behind it": "&lt;!-- and all behind it",
    "![seen](https://evil.example/x.png)": "\\![seen](https://evil.example/x.png)",
    "[x](javascript:alert(1))": "[x\\](javascript:alert(1))",
    "[x](&#106;avascript:alert(1))": "[x\\](&#106;avascript:alert(1))",
    "[x]: data:text/html,x": "[x]\\: data:text/html,x",
    "[x\\](javascript:alert(1))": "[x\\](javascript:alert(1))",
    "[x\\\\](javascript:alert(1))": "[x\\\\\\](javascript:alert(1))",
    "$a<b$": "$a< b$",
    "a\\": "a\\\\",
    "```\nnever ended": "\\```\nnever ended",
    "~~~~\n~~~\n```": "\\~~~~\n\\~~~\n\\```",
}
PARTS = [
    *(
        "<",
        ">",
        "/",
        "!",
        "[",
        "]",
        "(",
        ")",
        ":",
        "\\",
        "`",
        "```",
        "~~~",
        "$",
        "&",
        ";",
        '"',
        "'",
    ),
    *("script", "img src=x onerror=alert(1)", "javascript:", "&#106;avascript:", "https://a.b/"),
    *("\n", " ", "a", "- ", "> ", "# ", "\t", "&lt;", "x=y"),
]


@pytest.mark.parametrize("text", AS_IT_CAME)
def test_what_harms_nobody_stays(text: str) -> None:
    """To the last character."""
    assert inert(text) == text


@pytest.mark.parametrize(("text", "expected"), CHANGED.items())
def test_what_might_is_text(text: str, expected: str) -> None:
    """It is seen, and that is all."""
    assert inert(text) == expected


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_no_mixture_is_more_than_text(text: str) -> None:
    """Of a program that lets HTML through come no element and no link but harmless ones."""
    page = others.markdown(inert(text), extensions=["fenced_code"])
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        assert element.tag not in {"script", "img"}, page
        assert set(element.attrib) <= {"href", "class", "title", "start"}, page
        assert re.match(r"(?:https?://|mailto:|[^:]*$)", element.get("href") or ""), page


@pytest.mark.parametrize("part", PARTS)
def test_it_takes_no_time_to_speak_of(part: str) -> None:
    """100 KB of anything."""
    before = time.process_time()
    inert(part * (100_000 // len(part)))
    assert time.process_time() - before < 2
