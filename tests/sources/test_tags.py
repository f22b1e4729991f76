"""HTML in titles, abstracts and names becomes text; what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources import creators, tags
from generator.sources.withdrawn import is_withdrawn

PIECES = [
    "<",
    ">",
    "</",
    "sub",
    "<sub>",
    "</sub>",
    "<i>",
    "</i>",
    "&",
    "&lt;",
    "a='b' ",
    "x",
    " ",
    "\n",
]
SOUP = st.lists(
    st.sampled_from([*PIECES, "(", ")", ",", " and ", "Collaboration:", "Jr."]), max_size=60
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("CO<sub>2</sub> &amp; H<SUB>2</SUB>O", "CO₂ & H₂O"),
        ("x<sup>2</sup> + 10<sup>-3</sup> + <sup>13</sup>C", "x² + 10⁻³ + ¹³C"),
        ("Ca<sup>2+</sup>, x<sub>i</sub>, H<sub><i>n</i></sub>", "Ca²⁺, xᵢ, Hₙ"),
        ("T<sub>max</sub> e<sup>kt</sup> PM<sub>2.5</sub>", "T_max e^kt PM2.5"),
        ("the 4<sup>th</sup> Brand<sup>TM</sup>", "the 4th BrandTM"),
        ("<i>C. elegans</i> and <span class='x'>others</span>", "C. elegans and others"),
        ('<a href="https://example.org/?a=b">A</a>', "A"),
        ("One<br/>two", "One two"),
        ("<jats:p>A<jats:sub>2</jats:sub></jats:p>", "\n\nA₂\n\n"),
        ("if a<b", "if a<b"),
        ("if a<b and c>d", "if a<b and c>d"),
        ("if a<i or i>b", "if a<i or i>b"),
        ("p <i> q", "p <i> q"),
        ("x <y> z, <unk>, <s>", "x <y> z, <unk>, <s>"),
        ("&lt;b&gt; &alpha; &#x3b1; &#945;", "<b> α α α"),
        ("AT&T, R&D; &nosuch; &#1114112;", "AT&T, R&D; &nosuch; \ufffd"),
    ],
)
def test_plain(text: str, plain: str) -> None:
    """Formatting is left out, sub- and superscripts become what they are."""
    assert tags.plain(text) == plain


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Roe, John Poe", ["Jane Roe", "John Poe"]),
        ("Jane Roe (MIT (Cambridge)), John Poe III", ["Jane Roe", "John Poe III"]),
        ("Jane Roe (A, B), John Poe, Jr. (C, D), Ann Lee", ["Jane Roe", "John Poe Jr.", "Ann Lee"]),
        ("Jane Roe, The D Collaboration", ["Jane Roe", "The D Collaboration"]),
        ("ATLAS Collaboration: G. Aad, B. Abb", ["ATLAS Collaboration", "G. Aad", "B. Abb"]),
        ("Jane Roe (on behalf of the X Collaboration)", ["Jane Roe", "the X Collaboration"]),
        ("Jane Roe and John Poe", ["Jane Roe", "John Poe"]),
        ("Jane Roe, and John Poe", ["Jane Roe", "John Poe"]),
        ("Jane Roe, Jane Roe", ["Jane Roe"]),
        ("Jane (Roe, John) Poe)", ["Jane Poe)"]),
        ("Jane Roe (A, John Poe", ["Jane Roe (A", "John Poe"]),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    """Affiliations are no authors; suffixes belong to the name before them."""
    assert list(creators.names(text)) == names


def test_one_name() -> None:
    """A name of its own may have commas and `and` in it."""
    assert creators.name("Roe, Jane and Sons (Town)") == ("Roe, Jane and Sons",)


@pytest.mark.parametrize(
    ("remark", "withdrawn"),
    [
        ("Withdrawn", True),
        ("Paper withdrawn by the authors", True),
        ("withdrawn due to an error", True),
        ("This paper has been withdrawn", True),
        ("5 pages; this submission was withdrawn by arXiv administrators", True),
        ("The manuscript has been retracted.", True),
        ("Withdrawn from ICXX", False),
        ("This paper was withdrawn from ICXX and sent elsewhere", False),
        ("A study of withdrawn papers", False),
        ("This paper has not been withdrawn", False),
        ("", False),
    ],
)
def test_withdrawn(remark: str, withdrawn: bool) -> None:
    """A comment that says that the paper is gone, not that it is about such papers."""
    assert is_withdrawn(remark=remark) is withdrawn


@given(SOUP)
def test_soup(pieces: list[str]) -> None:
    """Whatever stands in a line: no exception, and text without signs of HTML is as it was."""
    text = "".join(pieces)
    creators.names(text)
    creators.name(text)
    is_withdrawn(title=text, abstract=text, remark=text)
    if "<" not in text and "&" not in text:
        assert tags.plain(text) == text


@given(st.text())
def test_escaped_text_is_itself(text: str) -> None:
    """What a careful program has escaped comes back whole."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert tags.plain(escaped) == text
