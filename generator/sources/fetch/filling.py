"""What a page leaves out of a paper whose arXiv id it gives, from arXiv: a grid has no abstracts.

The network is optional: without it the papers stay as they are, and that is said.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from generator.content.merging import bare_title
from generator.content.settings import Settings
from generator.model import Digest, Paper
from generator.sources import fetch
from generator.sources.fetch.http import Limits
from generator.system.errors import GazetteError

LIMITS = Limits(connect=5.0, read=20.0, whole=60.0, attempts=1)
"""Nobody has asked for the network: where it is not there, that is to show at once."""
_FACTS = ("abstract", "authors", "doi", "published", "topics", "journal", "remark")


def is_bare(paper: Paper) -> bool:
    """Say whether arXiv has more to say of a paper: it has an id there, and no abstract here."""
    return bool(paper.arxiv and not paper.abstract)


def filled(
    digests: Iterable[Digest], settings: Settings, run: fetch.Run
) -> tuple[list[Digest], tuple[str, ...]]:
    """Return ``digests`` with what arXiv says of their bare papers, and what there is to tell."""
    held = list(digests)
    ids = [paper.arxiv for digest in held for paper in digest.papers if is_bare(paper)]
    if not ids:
        return held, ()
    try:
        answer = fetch.papers(ids, settings, run._replace(limits=LIMITS))
    except GazetteError as error:
        return held, (f"papers that stay without what arXiv says of them: {len(ids)} ({error})",)
    told = [f"arXiv knows no paper {each}: it stays as it is" for each in answer.missing]
    if answer.papers:
        told.insert(0, f"papers filled up from arXiv: {len(answer.papers)}")
    return [_digest(digest, answer.papers) for digest in held], tuple(told)


def _digest(digest: Digest, known: Mapping[str, Paper]) -> Digest:
    papers = [
        _paper(paper, known[paper.arxiv]) if is_bare(paper) and paper.arxiv in known else paper
        for paper in digest.papers
    ]
    return dataclasses.replace(digest, papers=tuple(papers))


def _paper(paper: Paper, full: Paper) -> Paper:
    """Return ``paper`` with the facts that it lacks; one that has no title gets that too."""
    lacking = {key: getattr(full, key) for key in _FACTS if not getattr(paper, key)}
    if "authors" in lacking:
        lacking["others"] = full.others
    if paper.title == bare_title(paper.arxiv, paper.doi):
        lacking |= {"title": full.title, "slug": full.slug}
    links = {**full.links, **paper.links}
    return dataclasses.replace(paper, withdrawn=full.withdrawn, links=links, **lacking)
