"""No text costs a reader or a writer more than its length: 100 KB take no two seconds."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import time
from collections.abc import Callable

import pytest

from generator import urls
from generator.citation import bibtex, cite, csl_json, ris
from generator.citation.names import split_name
from generator.content import entries, fast_yaml, front_matter, identity, limits, topics
from generator.library.topic_matching import Matcher
from generator.model import Paper
from generator.search import compounds, query_text, terms
from generator.system.errors import GazetteError
from generator.text import autolink, partial_dates

SIZE = 100_000
SECONDS = 2.0
DAY = dt.date(2025, 9, 23)
HEAD = "---\ntitle: a\ndate: 2025-09-23\n"
TOPICS = topics.read("Agents: [agent, multi agent]\n", "topics.yaml")


def paper(**more: object) -> Paper:
    """Return a paper of which only this is said."""
    return dataclasses.replace(Paper(slug="a", title="x", date=DAY, abstract="x"), **more)  # type: ignore[arg-type]


def cited(text: str) -> None:
    """Cite a paper with ``text`` in every field."""
    one = cite(paper(title=text, authors=(text,), journal=text))
    bibtex(one)
    ris(one)
    csl_json([one])


def searched(text: str) -> None:
    """Read ``text`` as a paper's words, and as a query."""
    compounds.other_spellings(text, terms.words(text))
    query_text.read(text)


CHECKED: dict[str, Callable[[str], object]] = {
    "an entry": lambda text: entries.paper_from_text("f", "s", text),
    "an entry's matter": lambda text: entries.paper_from_text("f", "s", f"{HEAD}{text}"),
    "an entry's value": lambda text: entries.paper_from_text(
        "f", "s", f"{HEAD}remark: {text}\n---"
    ),
    "a quoted value": lambda text: entries.paper_from_text("f", "s", f'{HEAD}remark: "{text}\n---'),
    "a folded value": lambda text: entries.paper_from_text("f", "s", f"{HEAD}a: >\n {text}\n---"),
    "a digest": lambda text: entries.digest_from_text("f", f"{HEAD}papers:\n{text}"),
    "YAML": lambda text: front_matter.load_yaml("f", text),
    "plain YAML": fast_yaml.load,
    "a line of YAML": lambda text: front_matter.line_of(text, ("a", 0)),
    "topics": lambda text: topics.read(text, "f"),
    "a title compared": identity.fold,
    "a title's address": urls.slugify,
    "a paper's topics": lambda text: Matcher(TOPICS).topics_of(paper(title=text, abstract=text)),
    "what may be shown": limits.shown,
    "a citation": cited,
    "a name": split_name,
    "words": searched,
    "addresses": autolink.find,
    "a date": partial_dates.read,
}
UNITS = [
    *(
        "a",
        " ",
        "a ",
        "\n",
        "a\n",
        "- ",
        "- a\n",
        "a: ",
        "a: b\n",
        "a:\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
    ),
    *('"', "'", "\\", "\\\\", "&a ", "*a ", "!!", "? ", "# ", "|\n", ">\n", "---\n", "...\n", ": "),
    *(
        ",",
        ", ",
        ".",
        "a.",
        "A. ",
        "-",
        "a-",
        "a-b ",
        "1",
        "1-",
        "é",
        "́",
        "ß",
        "中",
        "😀",
        "\t",
        "\r",
    ),
    *(
        "von ",
        " and ",
        "Jr., ",
        "{a}",
        "$",
        "$a$",
        "~",
        "(",
        ")",
        "http://",
        "http://a.b/",
        "www.",
        "@",
    ),
    *("+a ", "-a ", 'a"b ', "a*", "*a", "a~1 ", "title:", "a^2 ", "10.1/", "2509.", "arXiv:"),
]


@pytest.mark.parametrize("name", CHECKED)
def test_no_text_costs_more_than_its_length(name: str) -> None:
    """Whatever one and the same thing it repeats."""
    slow = []
    for unit in UNITS:
        text = (unit * (SIZE // len(unit) + 1))[:SIZE]
        # Tried again where it seems slow: beside others, a machine is slower than by itself.
        spent = (seconds(CHECKED[name], text) for _ in range(4))
        if all(each > SECONDS for each in spent):
            slow.append(unit)
    assert not slow


def seconds(read: Callable[[str], object], text: str) -> float:
    """Return the time of the processor that it takes to read ``text``."""
    before = time.process_time()
    with contextlib.suppress(GazetteError, ValueError):
        read(text)
    return time.process_time() - before
