"""The files of the search index, segment by segment: one that is as it was is left alone."""

from __future__ import annotations

from collections.abc import Mapping

from generator import search
from generator.build import cache
from generator.build.before import Before, key_of
from generator.build.output import Output
from generator.build.study import Study
from generator.system import ledger


def make(
    output: Output, before: Before, studies: Mapping[str, Study]
) -> tuple[dict[str, bytes], list[str]]:
    """Stage the files that are new; return the fingerprints of all, and the paths staged.

    Without ``studies`` there is no index.
    """
    fingerprints: dict[str, bytes] = {}
    staged: list[str] = []
    if not studies:
        return fingerprints, staged
    start = search.newest(study.analysis.date for study in studies.values())
    for name in (search.OLD, search.NEW):
        is_new = name == search.NEW
        members = [study for study in studies.values() if (study.analysis.date >= start) == is_new]
        marks = b"".join(sorted(study.mark for study in members))
        key = key_of(f"{name} {cache.program()}".encode(), marks)
        known = before.group(key)
        fingerprints |= dict.fromkeys(known, key)
        if known:
            continue
        with ledger.charge("index"):
            for path, data in search.segment(name, [study.analysis for study in members]):
                fingerprints[path] = key
                if output.write(path, data):
                    staged.append(path)
    return fingerprints, staged
