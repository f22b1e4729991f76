"""Two things in turn, a thousand times: whatever the format, time grows as the length does.

What costs too much is often not one thing but two, each of which is harmless: an open fence and a
letter, a part of a mail and a title. `make test` tries some pairs of each format, `make soak` most.
"""

from __future__ import annotations

import random
from itertools import product

import pytest

from tests import properties
from tests.sources.test_hostile import HEAD, MAIL, PAGE, seconds

LARGE, SMALL = 16_000, 4_000
LIMIT = 0.32  # seconds of the processor for LARGE: two for 100 KB
UNSEEN = 0.12  # seconds below which growth cannot be told from noise
GROWTH = 10  # times, at most, for four times the length; the square is sixteen

PROSE = "We show that it works. " * 15
# What stands before, what behind, and the pieces between.
FORMATS: dict[str, tuple[str, str, list[str]]] = {
    "a page": (
        HEAD + "\n",
        "\n",
        [
            *("a", "A title", PROSE, "\n", "\n\n", " ", "34", "Sep 23", "·", "by\n", "Upvote\n"),
            *("Submitted by\n", "GitHub", "- ", "# ", "1. ", "> ", "**a", "---\n", "Authors:"),
            *("[x](https://huggingface.co/papers/2509.99001)", "https://github.com/a/b", "[", "]("),
            *("Abstract\n", "A sentence of it.\n", "word Word words ", "(arxiv)", ", and ", "a\n"),
        ],
    ),
    "Markdown": (
        "# Daily Papers\n\nSep 23\n\n",
        "\n",
        [
            *(
                "[",
                "]",
                "(",
                ")",
                "](",
                "![",
                "[x](",
                "[a][b]",
                "[a]: http://b\n",
                "[a] http://b\n",
            ),
            *("<http://a", ">", "# ", "- ", "1. ", "    ", "\n", "\n\n", "a", "**", "*", "__", "_"),
            *("`", "\\", '"', "|", "===\n", "---\n", "&amp;", "http://a.b/c", "(a", "[1]", "~~~\n"),
        ],
    ),
    "a paper's page": (
        f"{PAGE}Authors:\n",
        f"\nAbstract\n{PROSE}\nView PDF\n",
        ["a", " ", "\n", "Abstract\n", "Authors:\n", PROSE, "34\n", "GitHub", "A B ,\n", "(", ")"],
    ),
    "a mail": (
        f"{MAIL}--b\n\n",
        "\n--b--\n",
        [
            *("--b\n", "--b--\n", "\n", "\n\n", "Content-Type: text/html\n\n", "<p>", "=E2", "=\n"),
            *("Content-Type: multipart/mixed; boundary=c\n\n--c\n", "Content-Type: text/plain\n"),
            *("Content-Type: message/rfc822\n\n", "Content-Transfer-Encoding: base64\n\n"),
            *("PGh0bWw+", "A title\n", PROSE, "a", "Subject: ", "=?utf-8?q?a?= ", "\t", '"', "("),
        ],
    ),
    "HTML": (
        "<!doctype html><html><body>",
        "</body></html>",
        [
            *(
                "<p>",
                "</p>",
                "<div>",
                "<a href='/papers/2509.99001'>",
                "</a>",
                "<b>",
                "<i>",
                "<br>",
            ),
            *("<h3>", "</h3>", "<pre>", "<table>", "<tr>", "<td>", "<li>", "<svg>", "<math>", "<"),
            *("<select>", "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "&amp;"),
            *("a", " ", "\n", "A title", PROSE, "34", "<font>", "<x a=b c=d "),
        ],
    ),
    "JSON Lines": (
        '{"title":"T","abstract":"',
        '"}\n',
        [
            *("a", " ", "\\n", "\\\\", '"}\n{"title":"', '","authors":"', '","authors":["', '","'),
            *("$", "{", "}", ", ", " and ", "https://a.b/", "(", ")", "\n", "10.1000/", "<p>", "."),
        ],
    ),
    "CSV": (
        "title,abstract,authors,id\n",
        "\n",
        ['"', ",", "\n", "a", "a b", " ", "\t", ";", '""', '"a",', "\r\n", "|", "\\", "`", "é"],
    ),
    "BibTeX": (
        "@article{a, title={",
        "}}\n",
        [
            *("{", "}", '"', "@", "@article{a,", '@string{a = "b"}\n', "@comment{", "title={", "="),
            *(
                "author={",
                " and ",
                ",",
                "#",
                " ",
                "\n",
                "\\",
                "\\'e",
                "\\textbf{",
                "$",
                "a",
                "von ",
            ),
            *("%", "a # a", "}\n}\n", "~", "--", "\\url{", "^"),
        ],
    ),
    "RIS": (
        "TY  - JOUR\nTI  - T\n",
        "ER  - \n",
        ["TY  - JOUR\n", "ER  - \n", "TI  - a\n", "AU  - A, B\n", "AB  - ", "a", " ", "\n", "  - "],
    ),
    "Atom": (
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "</feed>",
        [
            *("<entry>", "</entry>", "<title>", "</title>", "a", " ", "&amp;", "&", "<![CDATA["),
            *("]]>", "<!--", "-->", "<a ", "b='c' ", ">", "<x xmlns='a'>", "<?a", "?>", "&#0;"),
            "<entry><title>T</title><id>http://arxiv.org/abs/2509.99001</id></entry>",
        ],
    ),
    "JSON": (
        '{"items": [',
        "{}]}",
        [
            *("[", "]", "{", "}", ",", ":", '"', '"a"', '"title":"T",', '"id":"2509.99001",', "1"),
            *('{"title":"T","summary":"x"},', "null,", "\\u0000", "\n", '"authors":["a","b"],'),
        ],
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_no_two_things_in_turn_cost_more_than_their_length(name: str) -> None:
    """Some pairs, always the same ones."""
    beginning, ending, pieces = FORMATS[name]
    pairs = list(product(pieces, repeat=2))
    chance = random.Random(name)  # noqa: S311  # it only has to be the same each time
    slow = []
    for one, other in chance.sample(pairs, min(properties.count(30), len(pairs))):
        unit = one + other

        def spent(size: int, unit: str = unit) -> float:
            return seconds(f"{beginning}{unit * (size // len(unit))}{ending}".encode())

        # Tried again where it seems slow: beside others, a machine is slower at one time.
        if all(_is_slow(spent(LARGE), spent(SMALL)) for _ in range(4)):
            slow.append((one, other))
    assert not slow


def _is_slow(large: float, small: float) -> bool:
    return large > LIMIT or (large > UNSEEN and large > GROWTH * small)
