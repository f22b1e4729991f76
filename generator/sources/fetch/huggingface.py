"""Questions to Hugging Face's daily papers, a page of the list at a time."""

from __future__ import annotations

from urllib.parse import urlencode

from generator.model import Digest
from generator.sources import Document, Notice, Parsed, huggingface
from generator.sources.fetch.http import Client, FetchError, excerpt
from generator.sources.fetch.question import Found, Question
from generator.system.errors import SourceError

_PAGE = 100


def ask(client: Client, question: Question) -> Found:
    """Return the digests that the source shows for the period; raises FetchError."""
    period, known = question.period, question.known
    parsed, is_dated = _listed(client, question)
    digests: list[Digest] = []
    notices = list(parsed.notices)
    for digest in parsed.digests:
        if digest.date not in period:
            if period.kind != "date":
                message = f"{digest.date} lies outside of {period.text}: left out"
                notices.append(Notice(0, message))
        elif is_dated or not _is_repeated(digest, question):
            digests.append(digest)
    within = tuple(digest for digest in digests if digest.papers)
    return Found(
        within,
        tuple(notices),
        parsed.left_out,
        tuple(paper for paper in parsed.updates if paper.arxiv in known.papers),
        asked=tuple(period.days()),
        shown=max((digest.date for digest in parsed.digests if is_dated), default=None),
    )


def _is_repeated(digest: Digest, question: Question) -> bool:
    """Say whether a list without dates is that of an earlier day, shown again.

    For a day without papers the source shows those of the last one that has some.
    """
    ids = {paper.arxiv for paper in digest.papers}
    earlier = (papers for day, papers in question.known.lists.items() if day < digest.date)
    is_weekend = digest.date.isoweekday() > 5  # noqa: PLR2004  # Saturday is 6
    return is_weekend or any(ids <= papers for papers in earlier)


def _listed(client: Client, question: Question) -> tuple[Parsed, bool]:
    """Return what the source lists, and whether it says of each paper on which day."""
    period, wanted = question.period, question.wanted
    answers = []
    entries: list[huggingface.Entry] = []
    known: set[str] = set()
    for number in range(-(-wanted.limit // _PAGE)):
        asked = {period.kind: period.text, "limit": _PAGE} | ({"p": number} if number else {})
        answer = client.get(f"{wanted.base}/api/daily_papers?{urlencode(asked)}")
        try:
            page = huggingface.entries(Document(answer.url, answer.body, None, question.today))
        except SourceError as error:
            raise FetchError(
                answer.url, f"{error.message}; it answered {excerpt(answer.body)}"
            ) from None
        fresh = [entry for entry in page if entry.id not in known]
        known.update(entry.id for entry in fresh)
        entries += fresh
        answers.append(answer)
        if len(page) != _PAGE or not fresh:
            break
    dated = all(entry.has_day for entry in entries)
    date = None if dated or period.kind != "date" else period.first
    try:
        parsed = huggingface.from_entries(
            Document(answers[0].url, b"", date, question.today), entries
        )
    except SourceError as error:
        raise FetchError(answers[0].url, error.message) from None
    if entries and not parsed.digests:
        raise FetchError(answers[0].url, parsed.left_out[0].message)
    for answer in answers:
        client.keep(answer)
    return parsed, dated
