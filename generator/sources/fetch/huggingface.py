"""Questions to Hugging Face's daily papers, a page of the list at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlencode

from generator.model import Digest
from generator.sources import Document, Notice, huggingface
from generator.sources.fetch.configuration import Configuration
from generator.sources.fetch.http import Client, FetchError, excerpt
from generator.sources.fetch.period import Period
from generator.system.errors import SourceError

_PAGE = 100


def ask(
    client: Client, period: Period, wanted: Configuration, today: dt.date
) -> tuple[Sequence[Digest], Sequence[Notice]]:
    """Return the digests that the source shows for the period; raises FetchError."""
    answers = []
    entries: list[huggingface.Entry] = []
    known: set[str] = set()
    for number in range(-(-wanted.limit // _PAGE)):
        question = {period.kind: period.text, "limit": _PAGE} | ({"p": number} if number else {})
        answer = client.get(f"{wanted.base}/api/daily_papers?{urlencode(question)}")
        try:
            page = huggingface.entries(Document(answer.url, answer.body, None, today))
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
        parsed = huggingface.from_entries(Document(answers[0].url, b"", date, today), entries)
    except SourceError as error:
        raise FetchError(answers[0].url, error.message) from None
    if entries and not parsed.digests:
        raise FetchError(answers[0].url, parsed.left_out[0].message)
    for answer in answers:
        client.keep(answer)
    return parsed.digests, (*parsed.notices, *parsed.left_out)
