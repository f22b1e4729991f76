"""Links that lead elsewhere: asked one after the other, each host once a second at most."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import urllib3

from generator import __version__

PAUSE = 1.0  # seconds between two requests to one host
SECONDS = 10.0  # to wait for an answer
_HEADERS = {"User-Agent": f"gazette/{__version__} (check of links)"}
_GONE = frozenset([404, 410])
# What servers answer to HEAD that would answer to GET.
_NOT_SO = frozenset([400, 403, 405, 501])


class Dead(NamedTuple):
    """An address that is gone, or could not be asked, and why."""

    address: str
    reason: str


def dead(addresses: Iterable[str], pause: float = PAUSE) -> Iterator[Dead]:
    """Yield those of ``addresses`` that answer 404 or 410, and those that do not answer at all.

    Any other answer is taken for a page that is there: many refuse programs.
    """
    pool = urllib3.PoolManager(
        headers=_HEADERS, timeout=SECONDS, retries=urllib3.Retry(0, redirect=5)
    )
    asked: dict[str, float] = {}
    for address in dict.fromkeys(addresses):
        try:
            _wait(urlsplit(address).netloc, asked, pause)
            status = _status(pool, address)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            yield Dead(address, f"does not answer: {type(error).__name__}")
            continue
        if status in _GONE:
            yield Dead(address, f"answers {status}")


def _wait(host: str, asked: dict[str, float], pause: float) -> None:
    """Let ``pause`` seconds pass since the last request to ``host``."""
    left = asked.get(host, 0.0) + pause - time.monotonic()
    if host in asked and left > 0:
        time.sleep(left)
    asked[host] = time.monotonic()


def _status(pool: urllib3.PoolManager, address: str) -> int:
    head = pool.request("HEAD", address, preload_content=False)
    head.release_conn()
    if head.status not in _NOT_SO:
        return head.status
    answer = pool.request("GET", address, preload_content=False)
    answer.close()
    return answer.status


def addresses_of(links: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses among ``links`` that can be asked."""
    for address in links.values():
        if address.lower().startswith(("http://", "https://")):
            yield address
