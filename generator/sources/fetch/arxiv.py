"""Questions to arXiv's export API: what was submitted in some categories on some days."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import urlencode

from generator.model import Digest
from generator.sources import Document, Notice, arxiv
from generator.sources.fetch.configuration import Configuration
from generator.sources.fetch.http import Answer, Client, FetchError, excerpt
from generator.sources.fetch.period import Period
from generator.system.errors import GazetteError, SourceError

_PAGE = 200
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
_TOTAL = re.compile(rb"<opensearch:totalResults[^>]*>\s*([0-9]+)\s*<")
_ENTRY = re.compile(rb"<entry[\s>]")


def ask(
    client: Client, period: Period, wanted: Configuration, today: dt.date
) -> tuple[Sequence[Digest], Sequence[Notice]]:
    """Return the digests, one for each day; raises GazetteError."""
    if not wanted.categories:
        message = (
            "say which categories: --category cs.CL, or sources: arxiv: categories in site.yaml"
        )
        raise GazetteError(f"arxiv: {message}")
    for category in wanted.categories:
        if _CATEGORY.fullmatch(category) is None:
            raise GazetteError(f"arxiv: {category!r} is no category; one is cs.CL")
    answers: list[Answer] = []
    digests: dict[dt.date, Digest] = {}
    notices: list[Notice] = []
    title = f"arXiv: {', '.join(wanted.categories)}"
    start = 0
    while start < wanted.limit:
        answer = client.get(_question(period, wanted, start))
        try:
            parsed = arxiv.parse(Document(answer.url, answer.body, None, today))
        except SourceError as error:
            saw = f"{error.message}; it answered {excerpt(answer.body)}"
            raise FetchError(answer.url, saw) from None
        answers.append(answer)
        total, count = _counts(answer)
        for digest in parsed.digests:
            known = digests.get(digest.date)
            papers = (*known.papers, *digest.papers) if known else digest.papers
            digests[digest.date] = dataclasses.replace(digest, title=title, papers=papers)
        start += count
        if start >= total:
            break
        if not count:
            raise FetchError(answer.url, f"only {start} of {total} papers came")
    else:
        notices.append(Notice(0, f"more than {wanted.limit} papers: the first {start} were taken"))
    for answer in answers:
        client.keep(answer)
    return [digests[day] for day in sorted(digests)], notices


def _question(period: Period, wanted: Configuration, start: int) -> str:
    listed = " OR ".join(f"cat:{category}" for category in wanted.categories)
    days = f"submittedDate:[{period.first:%Y%m%d}0000 TO {period.last:%Y%m%d}2359]"
    question = {
        "search_query": f"({listed}) AND {days}",
        "start": start,
        "max_results": min(_PAGE, wanted.limit - start),
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
    }
    return f"{wanted.base}/api/query?{urlencode(question)}"


def _counts(answer: Answer) -> tuple[int, int]:
    """Return how many papers there are in all, and how many of them are in the answer."""
    total = _TOTAL.search(answer.body)
    if total is None:
        message = f"the answer says not how many papers there are; it is {excerpt(answer.body)}"
        raise FetchError(answer.url, message)
    return int(total[1]), len(_ENTRY.findall(answer.body))
