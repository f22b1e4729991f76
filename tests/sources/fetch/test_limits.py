"""The limits of a fetch: a server that never ends, or packs a mountain into a grain."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from generator.sources.fetch.http import Client, FetchError, Limits

BRIEF = Limits(connect=1.0, read=0.5, whole=1.0, attempts=3, backoff=0.01, size=2000)
HEAD = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def dripping(begin: bytes, drip: bytes) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield the address of a server that begins and then drips, and how often it was asked."""
    done = threading.Event()
    asked = 0
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)

        def drip_into(connection: socket.socket) -> None:
            with connection:
                connection.recv(9999)
                try:
                    connection.sendall(begin)
                    while not done.wait(0.05):
                        connection.sendall(drip)
                except OSError:
                    return  # the other side has had enough

        def serve() -> None:
            nonlocal asked
            threads = []
            while not done.is_set():
                try:
                    connection, _ = listening.accept()
                except TimeoutError:
                    continue
                asked += 1
                threads.append(threading.Thread(target=drip_into, args=(connection,)))
                threads[-1].start()
            for thread in threads:
                thread.join()

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/", lambda: asked
        finally:
            done.set()
            serving.join()


@pytest.mark.parametrize(
    ("begin", "drip"),
    [
        (b"", b"H"),
        (HEAD, b"X"),
        (HEAD, b"X: y\r\n"),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 99, mtime=0)[:12], b"x"),
    ],
    ids=["status", "header", "headers", "body", "length", "chunks", "chunk size", "packed"],
)
def test_a_byte_now_and_then(begin: bytes, drip: bytes, tmp_path: Path) -> None:
    """Whatever drips, the whole has its limit; the server is not asked again, ever."""
    client = Client(agent="x", memory=tmp_path, limits=BRIEF)
    with dripping(begin, drip) as (url, asked):
        begun = time.monotonic()
        for _ in range(2):
            with pytest.raises(FetchError, match="no whole answer within 1 s"):
                client.get(url)
        assert time.monotonic() - begun < 10 * BRIEF.whole
        assert asked() == 1


def test_the_whole_is_for_all_attempts(tmp_path: Path, httpserver: HTTPServer) -> None:
    """A server that fails slowly, again and again, does not get the limit each time."""

    def slow(_request: object) -> Response:
        threading.Event().wait(0.4)
        return Response(status=500)

    httpserver.expect_request("/x").respond_with_handler(slow)
    limits = Limits(read=1.0, whole=1.0, attempts=20, backoff=0.0)
    begun = time.monotonic()
    with pytest.raises(FetchError, match="no whole answer within 1 s"):
        Client(agent="x", memory=tmp_path, limits=limits).get(httpserver.url_for("/x"))
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("body", "encoding", "said"),
    [
        (gzip.compress(b"x" * 50_000_000), "gzip", "larger than 2,000 bytes"),
        (gzip.compress(b"x" * 1_000_000) * 40, "x-gzip", "larger than 2,000 bytes"),
        (gzip.compress(b"x" * 1000)[:-3], "gzip", "cannot be unpacked"),
        (b"no archive", "gzip", "cannot be unpacked"),
        (zlib.compress(b"x"), "deflate", "packed as 'deflate', not as gzip"),
    ],
    ids=["bomb", "bombs", "cut off", "no archive", "deflate"],
)
def test_packed_answers(
    body: bytes, encoding: str, said: str, tmp_path: Path, httpserver: HTTPServer
) -> None:
    """The limit is for what an answer becomes; what cannot be unpacked is no answer."""
    answer = Response(body, headers={"Content-Encoding": encoding})
    httpserver.expect_request("/x").respond_with_response(answer)
    limits = Limits(size=2000) if "larger" in said and len(body) < 2000 else Limits(size=60_000)
    said = said.replace("2,000", f"{limits.size:,}")
    with pytest.raises(FetchError, match=said):
        Client(agent="x", memory=tmp_path, limits=limits).get(httpserver.url_for("/x"))


@pytest.mark.parametrize(
    "location",
    ["http://[bad/", "//[", "ftp://127.0.0.1/", "http://example.org/", "file:///", "https://"],
)
def test_a_redirection_to_nowhere(location: str, tmp_path: Path) -> None:
    """Only an address that may be asked is followed."""
    answer = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    client = Client(agent="x", memory=tmp_path, limits=BRIEF)
    refused = pytest.raises(FetchError, match=r"no address|only https")
    with dripping(answer.encode(), b"") as (url, _), refused:
        client.get(url)


def test_an_absurd_wait_is_none(tmp_path: Path, httpserver: HTTPServer) -> None:
    """A number of thousands of digits is no time to wait."""
    answer = Response(status=503, headers={"Retry-After": "1" * 5000})
    httpserver.expect_request("/x").respond_with_response(answer)
    with pytest.raises(FetchError, match="HTTP 503"):
        Client(agent="x", memory=tmp_path, limits=BRIEF).get(httpserver.url_for("/x"))
