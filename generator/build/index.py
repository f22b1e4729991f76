"""The files of the search index, segment by segment: one that is as it was is left alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator import search
from generator.build import cache
from generator.build.before import Before, key_of
from generator.build.output import Output
from generator.library import Facts
from generator.search import Analysis
from generator.system import ledger


def make(
    output: Output, before: Before, facts: Collection[Facts], analyses: Mapping[str, Analysis]
) -> tuple[dict[str, bytes], list[str]]:
    """Stage the files that are new; return the fingerprints of all, and the paths staged.

    ``facts`` are those of the papers to be found; without any there is no index.
    """
    fingerprints: dict[str, bytes] = {}
    staged: list[str] = []
    if not facts:
        return fingerprints, staged
    start = search.newest(paper.date for paper in facts)
    for name in (search.OLD, search.NEW):
        is_new = name == search.NEW
        members = [paper for paper in facts if (paper.date >= start) == is_new]
        marks = b"".join(sorted(paper.words for paper in members))
        key = key_of(f"{name} {cache.program()}".encode(), marks)
        known = before.group(key)
        fingerprints |= dict.fromkeys(known, key)
        if known:
            continue
        with ledger.charge("index"):
            for path, data in search.segment(name, [analyses[paper.slug] for paper in members]):
                fingerprints[path] = key
                if output.write(path, data):
                    staged.append(path)
    return fingerprints, staged
