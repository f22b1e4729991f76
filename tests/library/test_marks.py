"""Marks tell only what is so: works that are one, and papers that share somebody, never pass."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.library import marks
from generator.library.reasons import Identity
from tests import shelves

IDENTITIES = st.builds(
    lambda title, authors, code, arxiv: Identity(
        shelves.facts(slug="p", date=None, title=title, authors=authors, code=code, arxiv=arxiv)
    ),
    title=st.sampled_from(["Sparse routing", "Sparse  Routing!", "On gates", "", "门"]),
    authors=st.lists(st.sampled_from(["Ann Lee", "ann lee", "B. Ode", "B Ode", "李"])).map(tuple),
    code=st.sampled_from(["", "https://example.org/a", "https://example.org/b"]),
    arxiv=st.sampled_from(["", "2501.1", "2501.1v3", "2502.2"]),
)


@given(st.lists(IDENTITIES, min_size=1, max_size=7))
def test_what_marks_rule_out_is_not_so(papers: list[Identity]) -> None:
    """Whatever two papers are."""
    packed = b"".join(paper.marks() for paper in papers)
    row = np.frombuffer(packed, marks.MARKS)[None]
    for bits, is_common, paper in zip(
        marks.doubts(row)[0].tolist(), marks.common(row)[0].tolist(), papers, strict=True
    ):
        for bit, other in enumerate(papers):
            assert bits >> bit & 1 or not paper.is_one_work(other)
        shares_code = paper.code and paper.code == papers[0].code
        assert is_common or not (papers[0].common_authors(paper) or shares_code)
