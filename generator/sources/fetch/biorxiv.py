"""Questions to api.biorxiv.org: what was posted in a period, a page of the list at a time."""

from __future__ import annotations

import dataclasses

from generator.model import Digest, Paper
from generator.sources import Document, Notice, biorxiv
from generator.sources.fetch.configuration import Configuration
from generator.sources.fetch.http import Client, FetchError, excerpt
from generator.sources.fetch.question import Found, Question
from generator.system.errors import SourceError, SourceErrors

_MOST = 1000  # pages: a hundred preprints each


def ask_biorxiv(client: Client, question: Question) -> Found:
    """Return bioRxiv's digests of the period; raises FetchError."""
    return _ask(client, question, "biorxiv")


def ask_medrxiv(client: Client, question: Question) -> Found:
    """Return medRxiv's digests of the period; raises FetchError."""
    return _ask(client, question, "medrxiv")


def _ask(client: Client, question: Question, server: str) -> Found:
    period, wanted = question.period, question.wanted
    days = f"{period.first}/{period.last}"
    answers = []
    records: list[object] = []
    for _ in range(_MOST):
        url = f"{wanted.base}/details/{server}/{days}/{len(records)}/json"
        answer = client.get(url)
        try:
            page = biorxiv.answer(Document(url, answer.body, None, question.today))
        except SourceError as error:
            saw = f"{error.message}; it answered {excerpt(answer.body)}"
            raise FetchError(url, saw) from None
        answers.append(answer)
        records += page.records
        if len(records) >= page.total:
            break
        if not page.records:
            raise FetchError(url, f"only {len(records)} of {page.total} preprints came")
    try:
        parsed = biorxiv.digests(Document(answers[0].url, b"", None, question.today), records)
    except (SourceError, SourceErrors) as error:
        raise FetchError(answers[0].url, str(error)) from None
    for answer in answers:
        client.keep(answer)
    notices = list(parsed.notices if records else ())
    chosen = [_chosen(digest, wanted, server, notices) for digest in parsed.digests]
    return Found(
        tuple(digest for digest in chosen if digest.papers and digest.date in period),
        tuple(notices),
        parsed.left_out,
        parsed.updates,
        asked=tuple(period.days()),
        shown=None,
    )


def _chosen(digest: Digest, wanted: Configuration, server: str, notices: list[Notice]) -> Digest:
    """Return the digest with the preprints that the settings want."""
    listed = [paper for paper in digest.papers if _is_wanted(paper, wanted)]
    if len(listed) < len(digest.papers):
        others = len(digest.papers) - len(listed)
        notices.append(Notice(0, f"{digest.date}: {others} preprints of other categories left out"))
    if len(listed) > wanted.limit:
        message = f"{digest.date}: {len(listed)} preprints, the first {wanted.limit} were taken"
        notices.append(Notice(0, f"{message} (limit)"))
    papers = tuple(dataclasses.replace(paper, source=server) for paper in listed[: wanted.limit])
    return dataclasses.replace(digest, title=biorxiv.SERVERS[server], source=server, papers=papers)


def _is_wanted(paper: Paper, wanted: Configuration) -> bool:
    """Say whether a preprint's category is among those wanted; without any, all are."""
    own = {_folded(topic) for topic in paper.topics}
    categories, without = (
        {_folded(each) for each in group} for group in (wanted.categories, wanted.without)
    )
    return (not categories or not own.isdisjoint(categories)) and own.isdisjoint(without)


def _folded(category: str) -> str:
    """Return a category as it is compared: `Cell Biology` is `cell_biology`."""
    return " ".join(category.replace("_", " ").split()).casefold()
