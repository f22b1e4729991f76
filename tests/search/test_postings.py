"""Words and where they stand: what is made of them leaves nothing behind."""

from __future__ import annotations

import gc

import pytest

from generator.search import postings
from generator.search.documents import FIELDS


@pytest.mark.parametrize("texts", [["a b"], ["a  b a", "", "b c"]])
def test_nothing_is_left_to_the_collector(texts: list[str]) -> None:
    """A build collects no garbage, and makes hundreds of blocks."""
    documents = [[text] * len(FIELDS) for text in texts]
    postings.runs_of(documents)  # what is loaded once may leave something
    while gc.collect():  # what others have left may leave something in its turn
        pass
    gc.disable()
    try:
        found = postings.runs_of(documents)
        assert gc.collect() == 0
    finally:
        gc.enable()
    assert len(found[1]) == len(FIELDS)
