"""One polite client: https only, with limits, retries, and no question asked twice in vain."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import ipaddress
import queue
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
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
        super().__init__(f"{url}: {message}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how often to try, in seconds and times; how large an answer may be, in bytes.

    ``whole`` is for one question with all its attempts, without the waits that the server asks
    for; ``size`` is for an answer as it comes and for what it becomes unpacked.
    """

    connect: float = 10.0
    read: float = 30.0
    whole: float = 120.0
    attempts: int = 4
    longest_wait: float = 120.0
    backoff: float = 1.0
    size: int = 32 * 2**20


class _TooSlowError(Exception):
    """The time for an answer is over while it is still coming."""


_Outcome = tuple[urllib3.BaseHTTPResponse, bytes] | BaseException


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
        self._too_slow: set[str] = set()
        timeout = urllib3.Timeout(connect=self._limits.connect, read=self._limits.read)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False, maxsize=1)

    def get(self, url: str, attempts: int | None = None) -> Answer:
        """Return the answer to ``url``, the one kept where it has not changed.

        Raises FetchError after the last attempt, for any other status than 200, and for an answer
        that is too large or too slow.
        """
        kept = self._recall(url)
        attempts = min(attempts or self._limits.attempts, self._limits.attempts)
        deadline = time.monotonic() + self._limits.whole
        for attempt in range(1, attempts + 1):
            try:
                response, body = self._ask(url, kept, deadline)
            except (HTTPError, UnicodeError) as error:
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
                deadline += wait
            if attempt == attempts:
                break
            wait = wait or self._limits.backoff * 2 ** (attempt - 1)
            self._say(f"{url}: {problem}; again in {wait:.0f} s")
            time.sleep(wait)
        raise FetchError(url, f"{problem}, {attempts} times" if attempts > 1 else problem)

    def keep(self, answer: Answer) -> None:
        """Keep an answer that has proved usable, if the server can say whether it is still good."""
        if answer.etag or answer.modified:
            files.write_text(self._path(answer.url), msgspec.json.encode(answer).decode())

    def _ask(
        self, url: str, kept: Answer | None, deadline: float
    ) -> tuple[urllib3.BaseHTTPResponse, bytes]:
        """Return the response of one attempt, redirections followed, with its whole body.

        What a server sends byte by byte, be it a name, a handshake, a header or the body, no
        timeout of a socket ends: so another thread waits for it, and is left where it takes longer.
        """
        host = urlsplit(url).netloc
        too_slow = FetchError(url, f"no whole answer within {self._limits.whole:.0f} s")
        if host in self._too_slow:
            raise too_slow
        answered: queue.SimpleQueue[_Outcome] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answered.put(self._response(url, kept, deadline))
            except BaseException as error:  # noqa: BLE001  # raised again by who waits
                answered.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            outcome = answered.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            outcome = _TooSlowError()
        if isinstance(outcome, _TooSlowError):
            self._too_slow.add(host)
            raise too_slow
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def _response(
        self, url: str, kept: Answer | None, deadline: float
    ) -> tuple[urllib3.BaseHTTPResponse, bytes]:
        headers = {**self._headers, **_conditions(kept)}
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
            url = _target(url, response.headers["Location"])
        raise FetchError(url, "redirected too often")

    def _body(self, url: str, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        """Return the body, unpacked; neither may be larger than the limits allow."""
        parts: list[bytes] = []
        size = 0
        while part := response.read1(2**16, decode_content=False):
            parts.append(part)
            size += len(part)
            self._check_size(url, response, size)
            if time.monotonic() > deadline:
                response.close()
                raise _TooSlowError
        body = b"".join(parts)
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding in {"", "identity"} or not body:
            return body
        if encoding not in {"gzip", "x-gzip"}:
            raise FetchError(url, f"the answer is packed as {encoding[:40]!r}, not as gzip")
        try:
            with gzip.GzipFile(fileobj=BytesIO(body)) as packed:
                body = packed.read(self._limits.size + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise FetchError(url, f"the answer cannot be unpacked: {error}") from None
        self._check_size(url, response, len(body))
        return body

    def _check_size(self, url: str, response: urllib3.BaseHTTPResponse, size: int) -> None:
        if size > self._limits.size:
            response.close()
            raise FetchError(url, f"the answer is larger than {self._limits.size:,} bytes")

    def _asked_to_wait(self, url: str, problem: str, response: urllib3.BaseHTTPResponse) -> float:
        """Return the seconds that Retry-After asks for, 0 where it does not."""
        try:
            wait = urllib3.Retry().get_retry_after(response) or 0.0
        except (InvalidHeader, ValueError, OverflowError):
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
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise FetchError(url, f"this is no address: {error}") from None
    if host and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))):
        return
    raise FetchError(url, "only https is asked")


def _target(url: str, location: str) -> str:
    """Return where a redirection leads to."""
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError(url, f"it redirects to what is no address: {error}") from None


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


def _reason(error: Exception) -> str:
    """Return what is wrong in a few words."""
    text = str(error)
    return f"{type(error).__name__}: {text.rpartition(': ')[2] or text}"
