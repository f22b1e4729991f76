"""The fast reader says what the YAML library says, or nothing."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.content import fast_yaml, front_matter
from generator.system.errors import SourceError

PIECES = st.sampled_from(
    [
        *("key", "other", "yes", "null", "on", "a:", "b: ", ":", " :", " #", "#", "- ", "  ", " "),
        *(
            "\n",
            "\n\n",
            "'",
            "''",
            '"',
            "\\",
            "0",
            "7",
            "12",
            "007",
            "1.5",
            "1e10",
            "0x1F",
            "-",
            "",
        ),
        *(
            "2025-09-23",
            "2025-02-30",
            "1997-11",
            "2001-12-14 21:59:43",
            "1:30",
            "3D Gaussian",
            "é",
            "大",
        ),
        *("68T07", "12E45, 20-XX", "- J. Smith-Li", "- yes", "- On. Off", "- a  b"),
        *(
            "~",
            "&x",
            "*x",
            "!!int",
            "|",
            ">",
            "[",
            "]",
            "{",
            "}",
            ",",
            "%",
            "@",
            "`",
            "?",
            "=",
            "<<",
        ),
        *("\t", "\r", "\x85", "\u2028", "\ufeff", "\x00", "text", "key: text\n", "key:\n- a\n"),
        *("key:\n  a: b\n", "- a\n", "  c: d\n", "A: b\n", "true", "False", "\xa0", "\u3000"),
    ]
)


def by_the_library(text: str) -> object:
    """Return what the YAML library reads, or what it says against it."""
    try:
        return yaml.load(text, Loader=front_matter._Loader)  # noqa: S506, SLF001  # the real one
    except (yaml.YAMLError, ValueError) as error:
        return error


@given(st.lists(PIECES, max_size=12).map("".join) | st.text())
def test_it_agrees_with_the_library(text: str) -> None:
    """Whatever it reads, it reads the same."""
    read = fast_yaml.load(text)
    if read is not None:
        assert read == (by_the_library(text) or {})


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True),
        st.text()
        | st.lists(st.text(), max_size=3)
        | st.integers()
        | st.dates()
        | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.text(), max_size=2),
        max_size=4,
    )
)
def test_what_is_written_is_read_by_either(data: dict[str, object]) -> None:
    """The two readers agree on everything that the program writes."""
    text = front_matter.dump_yaml(data)
    read = fast_yaml.load(text)
    assert read is None or read == by_the_library(text) == data


@pytest.mark.parametrize(
    "text",
    [
        "title: Pointer Networks\ndate: 2025-09-23\nvotes: 3\n",
        "title: '3D: a survey'\nauthors:\n- Oriol Vinyals\n- Łukasz Kaiser\n",
        "title: 3D Gaussian Splatting\nlinks:\n  code: https://a.example/x#y\n",
        "title: 'It''s here'\narxiv: '2503.02130'\nempty:\nlast: x\n",
    ],
)
def test_it_reads_what_the_program_writes(text: str) -> None:
    """If it left everything to the library it would be of no use."""
    assert fast_yaml.load(text) == by_the_library(text)


def test_an_error_is_the_librarys(tmp_path: object) -> None:
    """What is wrong is never read over."""
    with pytest.raises(SourceError, match="given twice"):
        front_matter.load_yaml(str(tmp_path), "a: b\na: c\n")


TEXTS = st.lists(PIECES, max_size=6).map("".join) | st.text()
SCALARS = (
    TEXTS
    | st.dates()
    | st.integers()
    | st.booleans()
    | st.none()
    | st.sampled_from(
        [
            "2503.02130",
            "A: B",
            "It's: so",
            "a:b",
            "C# #1",
            "Null",
            "Yes",
            "Ünïted",
            "x:",
            "a  b",
            "é",
        ]
    )
)
KEYS = st.sampled_from(["title", "a-b", "on", "y", "A", "1", "ä"])
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(KEYS, SCALARS, max_size=3)


@given(KEYS, VALUES)
def test_what_the_fast_writer_writes_is_what_the_library_writes(key: str, value: object) -> None:
    """To the letter, or not at all."""
    written = fast_yaml.dump(key, value)
    library = yaml.dump(
        {key: value},
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=2**30,
    )
    assert written in (None, library)
