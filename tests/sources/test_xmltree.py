"""XML from strangers: a tree with lines, or an error of ours, and never long."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources import xmltree
from generator.system.errors import SourceError

TOKENS = [
    "<a>",
    "</a>",
    "<b c='d'>",
    "</b>",
    "<b/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
]
SOUP = st.lists(
    st.sampled_from([*TOKENS, "<!DOCTYPE", "&lt;", "&x;", "&#0;", "é", "\x00", " ", "<", ">"])
)
MANY = 90_000
HEAVY = {
    "deep": "<a>" * (MANY // 3),
    "deep and closed": "<a>" * (MANY // 7) + "</a>" * (MANY // 7),
    "flat": "<a>" + "<b/>" * (MANY // 4) + "</a>",
    "attributes": "<a " + " ".join(f"b{n}='c'" for n in range(MANY // 9)) + "/>",
    "namespaces": "<a " + " ".join(f"xmlns:b{n}='c{n}'" for n in range(MANY // 20)) + "/>",
    "comments": "<!--" * (MANY // 4),
    "instructions": "<?a?>" * (MANY // 5),
    "open": "<" * MANY,
    "name": "<" + "a" * MANY,
    "one attribute": "<a b='" + "c" * MANY,
    "data": "<a>" + "&lt;" * (MANY // 4) + "</a>",
    "blanks": " " * MANY,
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "x:1: this is no whole XML: no element"),
        ("<a>", "x:1: this is no whole XML: no element"),
        ("<a>\n<b></a>", "x:2: this is no whole XML: mismatched tag"),
        ("<a>&nbsp;</a>", "x:1: this is no whole XML: undefined entity"),
        ("<?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE a><a/>", "x:3: a feed with a DOCTYPE"),
        ("<!doctype html><a/>", "x:1: a feed with a DOCTYPE"),
        ("<a>" * 101, "x:1: elements are nested 101 deep"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    """With the line, and what is wrong."""
    with pytest.raises(SourceError) as refused:
        xmltree.parse("x", text)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("encoding", ["utf-7", "utf-16", "x-none", "ascii"])
def test_text_is_text(encoding: str) -> None:
    """Which encoding a document says that it came in is of no account any more."""
    root = xmltree.parse("x", f'<?xml version="1.0" encoding="{encoding}"?>\n<a>é\x00\ud800 €</a>')
    assert (root.text, root.line) == ("é €", 2)


def test_names_have_their_space() -> None:
    """As the searches of the tree write it, in attributes too."""
    root = xmltree.parse("x", '<a xmlns="u" xmlns:v="w" v:b="1" c="2"/>')
    assert (root.tag, dict(root.attrib)) == ("{u}a", {"{w}b": "1", "c": "2"})


@pytest.mark.parametrize("name", HEAVY)
def test_heavy(name: str) -> None:
    """Nothing under 100 KB takes long, be it well-formed or not."""
    begun = time.process_time()
    with contextlib.suppress(SourceError):  # that is an answer, too
        xmltree.parse("x", HEAVY[name])
    assert time.process_time() - begun < 2


@given(SOUP)
def test_soup(tokens: list[str]) -> None:
    """Any tokens in any order: a tree, or an error of ours."""
    try:
        root = xmltree.parse("x", "".join(tokens))
    except SourceError as error:
        assert error.line >= 1
    else:
        assert root.line >= 1
