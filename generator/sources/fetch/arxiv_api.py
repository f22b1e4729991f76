"""arXiv's export API: what was sent in between two days, and papers by their ids."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from generator.sources import Document, Notice
from generator.sources.arxiv.feed_entries import Entry, Feed, read
from generator.sources.fetch.configuration import Configuration
from generator.sources.fetch.http import Answer, Client, FetchError, excerpt
from generator.system.errors import SourceError

_PAGE = 500
_IDS = 100
_EMPTY = 3
_MOST = 30_000  # of one search: the API gives no more
# Archives whose papers stand under subjects: cs is in no paper's list, cs.CL is.
_DIVIDED = re.compile(r"astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat")


class Listed(NamedTuple):
    """Entries that the API answered, and those of them that could not be read."""

    entries: tuple[Entry, ...]
    left_out: tuple[Notice, ...] = ()


def search(client: Client, wanted: Configuration, first: dt.date, last: dt.date) -> Listed:
    """Return what was sent in from ``first`` to ``last`` in the wanted categories.

    The API has only what is announced by now. Raises FetchError where not all of it comes.
    """
    answers: list[Answer] = []
    entries: list[Entry] = []
    left_out: list[Notice] = []
    start = empty = 0
    while True:
        answer, feed = _feed(client, _search(wanted, first, last, start))
        if feed.total is None:
            message = f"the answer says not how many papers there are; it is {excerpt(answer.body)}"
            raise FetchError(answer.url, message)
        entries += feed.entries
        left_out += feed.left_out
        count = len(feed.entries) + len(feed.left_out)
        start += count
        if start >= feed.total or start >= _MOST:
            answers.append(answer)
            break
        if count:
            answers.append(answer)
        elif (empty := empty + 1) == _EMPTY:  # it answers so now and then, and then does better
            raise FetchError(answer.url, f"only {start} of {feed.total} papers came")
    if start < feed.total:
        message = f"{feed.total} papers were sent in from {first} to {last}: the last {start} came"
        left_out.append(Notice(0, message))
    for answer in answers:
        client.keep(answer)
    return Listed(tuple(entries), tuple(left_out))


def by_ids(client: Client, wanted: Configuration, ids: Iterable[str]) -> Listed:
    """Return the entries of the arXiv ids, which have no version; raises FetchError.

    An id that arXiv does not know has none.
    """
    asked = list(dict.fromkeys(ids))
    entries: list[Entry] = []
    left_out: list[Notice] = []
    for start in range(0, len(asked), _IDS):
        batch = asked[start : start + _IDS]
        question = urlencode({"id_list": ",".join(batch), "start": 0, "max_results": len(batch)})
        answer, feed = _feed(client, f"{wanted.base}/api/query?{question}")
        client.keep(answer)
        entries += [entry for entry in feed.entries if entry.paper.arxiv in set(batch)]
        left_out += feed.left_out
    return Listed(tuple(entries), tuple(left_out))


def _feed(client: Client, url: str) -> tuple[Answer, Feed]:
    answer = client.get(url)
    try:
        return answer, read(Document(answer.url, answer.body, None, dt.date.min))
    except SourceError as error:
        saw = f"{error.message}; it answered {excerpt(answer.body)}"
        raise FetchError(answer.url, saw) from None


def _search(wanted: Configuration, first: dt.date, last: dt.date, start: int) -> str:
    """Return the question for one page of a search, the papers sent in last before the others."""
    days = f"submittedDate:[{first:%Y%m%d}0000 TO {last:%Y%m%d}2359]"
    question = {
        "search_query": f"({_any_of(wanted.categories)}) AND {days}",
        "start": start,
        "max_results": min(_PAGE, _MOST - start),
        "sortBy": "submittedDate",
        "sortOrder": "descending",
    }
    return f"{wanted.base}/api/query?{urlencode(question)}"


def _any_of(categories: Sequence[str]) -> str:
    whole = [f"cat:{each}.*" if _DIVIDED.fullmatch(each) else f"cat:{each}" for each in categories]
    return " OR ".join(whole)
