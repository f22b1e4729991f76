"""One polite client: https only, with limits, retries, and no question asked twice in vain."""

from __future__ import annotations

import dataclasses
import hashlib
import ipaddress
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import msgspec
import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader

from generator.system import files
from generator.system.errors import GazetteError

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_AGAIN = frozenset([429, 500, 502, 503, 504])
_EXCERPT = 120


class FetchError(GazetteError):
    """A question that got no usable answer: which, and what came instead."""

    def __init__(self, url: str, message: str) -> None:
        super().__init__(f"{url}: {message}; nothing was changed")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how often to try, in seconds and times; how large an answer may be, in bytes."""

    connect: float = 10.0
    read: float = 30.0
    whole: float = 120.0
    attempts: int = 4
    longest_wait: float = 120.0
    backoff: float = 1.0
    size: int = 32 * 2**20


class Answer(msgspec.Struct, frozen=True):
    """What a URL answered, with what proves the answer still good the next time."""

    url: str
    body: bytes
    etag: str = ""
    modified: str = ""


class Client:
    """Asks one question after the other, ``pause`` seconds apart.

    ``memory`` is the folder where answers are kept for conditional questions; an answer is kept
    only when the caller, having understood it, says so.
    """

    def __init__(
        self,
        *,
        agent: str,
        memory: Path,
        pause: float = 0.0,
        limits: Limits | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._limits = limits or Limits()
        self._headers = {"User-Agent": agent, "Accept-Encoding": "gzip"}
        self._memory = memory
        self._pause = pause
        self._say = say
        self._last = -float("inf")
        timeout = urllib3.Timeout(connect=self._limits.connect, read=self._limits.read)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False, maxsize=1)

    def get(self, url: str) -> Answer:
        """Return the answer to ``url``, the one kept where it has not changed.

        Raises FetchError after the last attempt, for any other status than 200, and for an answer
        that is too large or too slow.
        """
        kept = self._recall(url)
        for attempt in range(1, self._limits.attempts + 1):
            try:
                response, body = self._ask(url, kept)
            except HTTPError as error:
                problem, wait = f"no answer ({_reason(error)})", 0.0
            else:
                if response.status == 304 and kept:  # noqa: PLR2004  # not modified
                    return kept
                if response.status == 200:  # noqa: PLR2004  # ok
                    etag = response.headers.get("ETag", "")
                    return Answer(url, body, etag, response.headers.get("Last-Modified", ""))
                problem = f"HTTP {response.status} {response.reason or ''}".strip()
                if response.status not in _AGAIN:
                    raise FetchError(url, f"{problem}: {excerpt(body)}")
                wait = self._asked_to_wait(url, problem, response)
            if attempt == self._limits.attempts:
                break
            wait = wait or self._limits.backoff * 2 ** (attempt - 1)
            self._say(f"{url}: {problem}; again in {wait:.0f} s")
            time.sleep(wait)
        raise FetchError(url, f"{problem}, {self._limits.attempts} times")

    def keep(self, answer: Answer) -> None:
        """Keep an answer that has proved usable, if the server can say whether it is still good."""
        if answer.etag or answer.modified:
            files.write_text(self._path(answer.url), msgspec.json.encode(answer).decode())

    def _ask(self, url: str, kept: Answer | None) -> tuple[urllib3.BaseHTTPResponse, bytes]:
        """Return the response of one attempt, redirections followed, with its whole body."""
        headers = {**self._headers, **_conditions(kept)}
        deadline = time.monotonic() + self._limits.whole
        for _ in range(6):
            require_safe(url)
            time.sleep(max(0.0, self._last + self._pause - time.monotonic()))
            self._last = time.monotonic()
            response = self._pool.request(
                "GET", url, headers=headers, preload_content=False, redirect=False
            )
            try:
                body = self._body(url, response, deadline)
            finally:
                response.release_conn()
            if response.status not in _REDIRECTS or not response.headers.get("Location"):
                return response, body
            url = urljoin(url, response.headers["Location"])
        raise FetchError(url, "redirected too often")

    def _body(self, url: str, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.stream(2**16, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > self._limits.size:
                response.close()
                raise FetchError(url, f"the answer is larger than {self._limits.size:,} bytes")
            if time.monotonic() > deadline:
                response.close()
                raise FetchError(url, f"the answer took longer than {self._limits.whole:.0f} s")
        return b"".join(parts)

    def _asked_to_wait(self, url: str, problem: str, response: urllib3.BaseHTTPResponse) -> float:
        """Return the seconds that Retry-After asks for, 0 where it does not."""
        try:
            wait = urllib3.Retry().get_retry_after(response) or 0.0
        except InvalidHeader:
            return 0.0
        if wait > self._limits.longest_wait:
            raise FetchError(url, f"{problem}: asks to be left alone for {wait:.0f} s")
        return wait

    def _recall(self, url: str) -> Answer | None:
        """Return the answer kept for ``url``; a damaged one is as good as none."""
        try:
            answer = msgspec.json.decode(self._path(url).read_bytes(), type=Answer)
        except (OSError, msgspec.DecodeError):
            return None
        return answer if answer.url == url else None

    def _path(self, url: str) -> Path:
        return self._memory / hashlib.sha256(url.encode()).hexdigest()[:32]


def require_safe(url: str) -> None:
    """Raise FetchError unless ``url`` is https, or http to this machine itself (for tests)."""
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        return
    raise FetchError(url, "only https is asked")


def excerpt(body: bytes) -> str:
    """Return how ``body`` begins, to show what came instead of an answer."""
    text = " ".join(body[: 4 * _EXCERPT].decode("utf-8", errors="replace").split())
    return repr(text[:_EXCERPT] + ("…" if len(text) > _EXCERPT else ""))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _conditions(kept: Answer | None) -> Mapping[str, str]:
    """Return the headers that ask for an answer only if it is another than ``kept``."""
    if kept is None:
        return {}
    named = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
    return {name: value for name, value in named.items() if value}


def _reason(error: HTTPError) -> str:
    """Return what is wrong in a few words."""
    text = str(error)
    return f"{type(error).__name__}: {text.rpartition(': ')[2] or text}"
