"""A name in parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.citation import names
from generator.citation.names import Name, split_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Yoshua  Bengio", Name("Bengio", "Yoshua")),
        ("Laurens J. van der Maaten", Name("Maaten", "Laurens J.", "van der")),
        ("Laurens Van Der Maaten", Name("Maaten", "Laurens", "Van Der")),
        ("Ludwig von Mises", Name("Mises", "Ludwig", "von")),
        ("Luís de la Cruz Pérez", Name("Cruz Pérez", "Luís", "de la")),
        ("Nguyen Van Minh", Name("Minh", "Nguyen Van")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("van Gogh, Vincent", Name("Gogh", "Vincent", "van")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("Yunfeng Ai", Name("Ai", "Yunfeng")),
        ("Plato", Name("Plato")),
        ("Qwen AI", Name("Qwen AI")),
        ("the Authors", Name("the Authors")),
        ("Ada  Lovelace ", Name("Lovelace", "Ada")),
        ("DeepSeek-AI", Name("DeepSeek-AI")),
        ("Qwen Team", Name("Qwen Team")),
        ("The BigScience Workshop", Name("The BigScience Workshop")),
        ("Alibaba Group, China, Hangzhou", Name("Alibaba Group, China, Hangzhou")),
        ("Bauer and Lamb", Name("Bauer and Lamb")),
        ("ICE and SAND Collaborations", Name("ICE and SAND Collaborations")),
        ("Council on Outcomes Research", Name("Council on Outcomes Research")),
        ("王小明", Name("王小明")),
        ("山田 太郎", Name("山田", "太郎")),
        ("김 철수", Name("김", "철수")),
    ],
)
def test_parts_of_a_name(text: str, name: Name) -> None:
    """Particles, suffixes, groups and East Asian names each go where they belong."""
    assert split_name(text) == name


@given(
    st.lists(
        st.sampled_from(
            ["The", "Qwen", "team", "AI", "Ai", "X-Lab", "Inc.", "labs", "é", "of", "&", "On"]
        )
    )
)
def test_a_group_is_known_by_its_words_or_by_one_search(words: list[str]) -> None:
    """To look at the first and the last word finds what the whole pattern does."""
    text = " ".join(words)
    if words:
        assert names._is_group(words) == (names.GROUP.search(text) is not None)  # noqa: SLF001 - the two are compared


def test_a_name_is_written_both_ways() -> None:
    """What is read aloud begins with the given name, what is sorted with the family name."""
    name = split_name("Laurens J. van der Maaten")
    assert (name.full, name.inverted) == ("Laurens J. van der Maaten", "van der Maaten, Laurens J.")


@given(st.text())
def test_no_letter_of_a_name_is_lost(text: str) -> None:
    """Whatever stands in a name, its parts hold it all but commas and spaces."""
    name = split_name(text)
    kept = name.given + name.particle + name.family + name.suffix
    assert sorted("".join(kept.replace(",", "").split())) == sorted(
        "".join(text.replace(",", "").split())
    )
