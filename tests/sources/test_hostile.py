"""Whatever a file holds: our own error or a digest, and in time linear in its length."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import time
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import sources
from generator.system.errors import GazetteError
from tests import properties

DAY = dt.date(2025, 9, 23)
HEAD = (
    "Daily Papers\nby AK and the research community\nSep 23\nA title\n" + "A long abstract. " * 20
)
FRAGMENTS = (
    *(
        "[",
        "]",
        "(",
        "](",
        "![",
        "[x](",
        "<",
        "<a",
        "<!--",
        "<![",
        "&amp;",
        "**",
        "\\",
        "# ",
        "---",
    ),
    *("https://huggingface.co/papers/2509.99001", "https://arxiv.org/abs/", "arXiv:2509.99001"),
    *("Daily Papers", "Sep 23", "Submitted by", "34", "Upvote", "GitHub", "·", "by", "Abstract"),
    *("Title: ", "Authors:", "Subjects: x (cs.CL)", "[1] arXiv:2509.99001 [pdf]", "\\\\"),
    *("[Submitted on 21 Sep 2025]", "Cite as:", "View PDF", "<p>", "<pre>", "<br>", "</a>", "<h3>"),
    *("<a href='/papers/2509.99001'>", "<meta name='citation_title' content='x'>", "A title"),
    *("--b", "Content-Type: text/html", "Content-Transfer-Encoding: base64", "=E2", "PGh0bWw+"),
    *("\x00", "\ufeff", "\u2028", "\r", "We show that it works. " * 15),
)
BEGINNINGS = (
    "",
    "Daily Papers\n\nSep 23\n\n",
    "---\nsource: x\n---\n",
    "Title: x\n\nURL Source: x\n",
    "<!doctype html><html><body>",
    '<div data-props=\'{"dailyPapers":[{"paper":',
    "From: a@b\nTo: c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n",
    "From a Tue Sep 23 09:00:00 2025\nFrom: a@b\nTo: c\n\n",
    "[1] arXiv:2509.99001 [pdf, html, other]\nTitle: x\n",
    "\\\\\narXiv:2509.99001\nTitle: x\n\\\\\n",
    "bplist00",
)
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "cp1252", "shift_jis")


@given(
    st.sampled_from(BEGINNINGS),
    st.lists(
        st.tuples(
            st.sampled_from(FRAGMENTS) | st.text(max_size=10),
            st.sampled_from(["", " ", "\n", "\n\n", "\n    "]),
        ),
        max_size=30,
    ),
    st.sampled_from(ENCODINGS),
    st.none() | st.just(DAY),
)
@settings(max_examples=properties.count(100), suppress_health_check=[HealthCheck.too_slow])
def test_errors_are_ours(
    beginning: str, parts: list[tuple[str, str]], encoding: str, date: dt.date | None
) -> None:
    """Anything at all is a digest or a GazetteError."""
    text = beginning + "".join(part for pair in parts for part in pair)
    data = text.encode(encoding, "replace")
    with contextlib.suppress(GazetteError):
        sources.parse(sources.Document("file", data, date, DAY))


FOUND = {
    "a page that names its authors in one line alone": (
        b"<E>Abstract</><v>Authors: tors out of $2^k - 1$ possible inputs successfully learns any "
        b"fixed permutation of length k with arbitrarily high probh was checked by two people. "
        b"Strong models solve less than a quarter o Pa><h3>Community<h"
    ),
    "an encoding whose name is none": b"Subject:\nContent-Type:charset=\x00",
    "mails in mails": b"From: a\nTo: b\n" + b"Content-Type: message/rfc822\n\n" * 3000,
    "parts in parts": b"From: a\nTo: b\n"
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1500)
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_chance_has_found(name: str) -> None:
    """Bytes that an hour of fuzzing led to; each ended in an error that was not ours."""
    with contextlib.suppress(GazetteError):
        sources.parse(sources.Document("file", FOUND[name], DAY, DAY))


@pytest.mark.parametrize(
    ("beginning", "part"),
    [
        *((HEAD, part) for part in ("[", "]", "[x](", "[a](b", "![", "](", "**a", "- ", "> ", " ")),
        *((HEAD, part) for part in ("http://", "huggingface.co/papers/", "&amp;", "\\[", "34\n")),
        *((HEAD, part) for part in ("by\n", "Submitted by\n", "Upvote\n", "a\n---\n", "[T](x)\n")),
        (f"{HEAD}[a](", "(a"),
        (f"{HEAD}[x](", "a"),
        (f"{HEAD}https://a.b/", ")"),
        (HEAD, "https://github.com/a/b "),
        (HEAD, "word Word words\nWord word "),
        ("[1] arXiv:2509.99001 [pdf]\nTitle: x\n", "a, b\n"),
        ("\\\\\narXiv:2509.99001\nTitle: x\n", "\\\\\n"),
        ("[Submitted on 21 Sep 2025]\nCite as:\n", "x\n"),
        *(("<html>", part) for part in ("<a", "<!--", "<b><p>", "<div>", "<br>", "[", "<![")),
        ("From: a\nTo: ", "a,"),
        *(("@article{a, title={", part) for part in ("{", "}", "a and ", "#", '"', "\\", ",a={")),
        *(("@article{a, author={", part) for part in ("a and ", "{", ",", "von ", "a, Jr., ", " ")),
        ("", "@article{a,\n"),
        ("", '@string{a = "a"}\n'),
        *(("TY  - JOUR\n", part) for part in ("AU  - a\n", "AB  - ", "TY  - ", "ER  - \n", "\n")),
        *(("title,abstract\n", part) for part in ('"a",', '"', ",", "a title\n", '""', "\t")),
        *(("title,abstract\n", part) for part in ("a\n", "|\n", "`\n", "\\\r", ",\n", "`a`\n")),
        *((HEAD, part) for part in ("a\n", "34\n\n", "·\n", "A b c.\nX\nY\n", "# A\nb c d.\n")),
        *(
            ('{"items": [', part)
            for part in ("[", "{", '{"a":', '"\\u0000', "1", "-", "0,", '"a",')
        ),
        *(('{"title": "', part) for part in ("\\", "a", "\\u0041", "\n", '"}\n{"title":"')),
        *(
            ("<rss><channel>", part)
            for part in ("<item>", "<a ", "&amp;", "<![CDATA[", "]]>", "<!--")
        ),
        *(("<feed xmlns='http://www.w3.org/2005/Atom'>", part) for part in ("<entry>", "&", "<a>")),
        ("From: a\nTo: b\nContent-Type: multipart/mixed; boundary=", "x"),
    ],
)
def test_time_is_linear(beginning: str, part: str) -> None:
    """100 KB of the same thing take no time to speak of."""
    data = (beginning + part * (100_000 // len(part)) + "x").encode()[:100_000]
    assert is_quick(data)


MAIL = "From: a\nTo: b\nContent-Type: multipart/mixed; boundary=b\n\n"
PAGE = "Papers\narxiv:2509.99001\n\nA title\n"


@pytest.mark.parametrize(
    ("beginning", "part"),
    [
        *((MAIL, part) for part in ("--b\n\nA {}\n", "--b\nContent-Type: text/html\n\n<p>{}\n")),
        ("", "From a Tue Sep 23 09:00:00 2025\nFrom: a\nTo: b\n\nA {}\n\n"),
        *(
            ("title,authors,doi\n", part)
            for part in ("a,{}\n", "a,,10.1000/{}\n", "`{}`\n", "|{}\n")
        ),
        ("", '{{"title": "a", "authors": "{}"}}\n'),
        ("", "TY  - JOUR\nTI  - a\nAU  - {}\nER  - \n"),
        ("", "@misc{{a,title={{a}},author={{{}}}}}\n"),
        *(
            (HEAD, part)
            for part in (
                "{}\n",
                "{}\n\n",
                "[{0}](http://a.b/{0})\n",
                "[{}] http://a\n",
                "[{}] http://a\n- ",
            )
        ),
        (f"{PAGE}Authors:\nA B\nAbstract\n", "{}\n"),
        (f"{PAGE}View PDF\nAuthors:\nA B\nAbstract\n", "A sentence, longer than sixty {}.\n"),
        ("<html><body>", "<h3><a href=/papers/2509.99001>{}</a></h3><p>b</p>"),
        ("<rss><channel><item><title>a</title>", "<category>{}</category>"),
    ],
)
def test_time_is_linear_where_no_two_are_the_same(beginning: str, part: str) -> None:
    """What is kept of each is found again by its key, and not by a search."""
    parts = (part.format(f"{number:x}") for number in range(100_000))
    whole = beginning + "".join(islice(parts, 100_000 // len(part.format(4095))))
    data = whole.encode()[:100_000]
    assert is_quick(data)


def test_time_is_linear_above_the_authors_of_a_page() -> None:
    """Where each line is compared with those before it."""
    above = "a\n" * 45_000
    data = f"{PAGE}{above}Authors:\nA B\nAbstract\nWhat it is.\nView PDF\n".encode()
    assert is_quick(data)


def is_quick(data: bytes) -> bool:
    """Say whether ``data`` takes no time to speak of: two seconds, on a slow machine as it is.

    Tried again where it seems slow: beside others, a machine is slower at one time than another.
    """
    taken = (seconds(data) for _ in range(4))
    return any(one < 2 or one < 12 * yardstick() for one in taken)


def yardstick() -> float:
    """Return the time of the processor for some work of its own: a sixth of a second, usually."""
    before = time.process_time()
    for name in sorted({f"{number:x}": [number] for number in range(100_000)}):
        re.sub("[0-9]+", " ", name)
    return time.process_time() - before


def seconds(data: bytes) -> float:
    """Return the time of the processor that it takes to read ``data``."""
    before = time.process_time()
    with contextlib.suppress(GazetteError):
        sources.parse(sources.Document("file", data, DAY, DAY))
    return time.process_time() - before
