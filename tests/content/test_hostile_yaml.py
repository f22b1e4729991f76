"""YAML made to stop the reader: refused with file and line, within a second, whatever it holds."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content import front_matter, settings, topics
from generator.content.entry_files import read
from generator.system.errors import SourceError

LAUGHS = "k0: &k0 [x, x, x]\n" + "".join(
    f"k{n}: &k{n} [ # c\n{f'*k{n - 1} # c{chr(10)} , # c{chr(10)}' * 10}]\n" for n in range(1, 9)
)
REFUSED = {
    "aliases behind comments": LAUGHS,
    "an alias of itself": "a: &a [*a]",
    "brackets": "a: " + "[" * 50_000,
    "brackets that close": "a: " + "[" * 900 + "]" * 900,
    "mappings in mappings": "".join(f"{' ' * depth}a:\n" for depth in range(400)),
    "a mapping in braces": "a: " + "{a: " * 20_000,
    "a number of 400 digits": "a: " + "9" * 400,
    "a number of 90,000 digits": "a: " + "9" * 90_000,
    "a number in base 8": "a: 0" + "7" * 90_000,
    "a number in base 60": "a: " + "59:" * 3_000 + "1",
    "a fraction in base 60": "a: " + "9:" * 3_000 + "1.5",
    "half a character": 'a: "\\ud800"',
    "a tag for bytes": 'a: !!binary "aGk="',
    "a tag for pairs": "a: !!pairs [b: c]",
    "a tag for a set": "a: !!set {b, c}",
    "a tag for a call": 'a: !!python/object/apply:os.system ["true"]',
    "a truth value that is none": 'a: !!bool "x"',
    "a time that is none": 'a: !!timestamp "x"',
    "a list as a key": "? [a]\n: b",
    "two documents": "a: b\n---\nc: d",
    "a control character": "a: \x01",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_what_nobody_wrote_by_hand_is_refused(text: str) -> None:
    """With the file and a line, at once."""
    started = time.process_time()
    with pytest.raises(SourceError) as refused:
        front_matter.load_yaml("x.md", f"{text}\n")
    assert time.process_time() - started < 1
    assert str(refused.value).startswith("x.md:")
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_wherever_it_stands(tmp_path: Path, text: str) -> None:
    """In an entry, in the settings, in the topics."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/a.md").write_text(f"---\n{text}\n---\n", "utf-8")
    (tmp_path / "site.yaml").write_text(f"{text}\n", "utf-8")
    (tmp_path / "topics.yaml").write_text(f"{text}\n", "utf-8")
    with pytest.raises(SourceError):
        read(tmp_path, "papers/a.md", None)
    with pytest.raises(SourceError):
        settings.load(tmp_path)
    with contextlib.suppress(SourceError):  # values are texts there, whatever they look like
        topics.load(tmp_path)


@given(st.text(st.sampled_from("ab:-[]{}&*!|>?'\"%@#, \n\t\\0918.~_<"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """And what is read can be written, and read again."""
    try:
        data = front_matter.load_yaml("x.md", text)
    except SourceError:
        return
    written = front_matter.dump_yaml(data)
    again = front_matter.load_yaml("y.md", written)
    assert repr(again) == repr(data)


def test_what_no_reader_sees_is_not_shown() -> None:
    """An entry edited by hand may hold what turns the page around, or rings a bell."""
    text = '---\ntitle: "A\\u202eB\\e[31m"\nauthors: ["C\\u2066D"]\n---\nE\u202eF\x07 שלום\n'
    data, body = front_matter.load("x.md", text)
    assert data == {"title": "AB[31m", "authors": ["CD"]}
    assert body == "EF שלום"
