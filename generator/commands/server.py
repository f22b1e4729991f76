"""The local server: the files of one folder, to this machine alone, and the script that reloads.

A browser sends whatever page it shows here too, so a request that was meant for another host (its
name made to lead to this machine) is refused, and nothing outside of the folder is sent.
"""

from __future__ import annotations

import json
import mimetypes
import re
import threading
from collections import Counter
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from generator.system.errors import GazetteError

HOST = "127.0.0.1"
# A page asks this address, and the answer comes when there is something new to see.
RELOAD = "/.reload"
SCRIPT = "/.reload.js"
WAIT_SECONDS = 25.0
CLIENT = (Path(__file__).parent / "reload.js").read_bytes()
# What the standard library does not know, or knows otherwise from one machine to the next.
TYPES = {
    ".css": "text/css",
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".opml": "text/x-opml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
FEEDS = {
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "rss.xml": "application/rss+xml",
}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Reload:
    """What the open pages wait for: the next build, and what is wrong with the last one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._builds = 0
        self._error = ""
        self._waiting: Counter[str] = Counter()

    def announce(self, error: str = "") -> None:
        """Wake every page that waits: there is a new build, or an ``error`` in its place."""
        with self._changed:
            self._builds += not error
            self._error = error
            self._changed.notify_all()

    def wait(self, builds: int, error: str, page: str = "") -> tuple[int, str]:
        """Return the number of the build and the error, once they are not those that are known.

        That, or WAIT_SECONDS later. ``page`` is the address of the page that waits.
        """
        with self._changed:
            self._waiting[page] += 1
            try:
                self._changed.wait_for(
                    lambda: (self._builds, self._error) != (builds, error), WAIT_SECONDS
                )
            finally:
                self._waiting[page] -= 1
            return self._builds, self._error

    def open_pages(self) -> list[str]:
        """Return the paths, in the site, of the pages that wait."""
        with self._changed:
            addresses = [page for page, count in self._waiting.items() if page and count]
        paths = [unquote(address).lstrip("/") for address in addresses]
        return [f"{path}index.html" if path.endswith("/") or not path else path for path in paths]


class _Part(NamedTuple):
    """The part of a file that is asked for: from where, and how much."""

    start: int
    size: int


class Handler(BaseHTTPRequestHandler):
    """Answers with the files below ``site``; adds the reload script to pages, never on disk."""

    protocol_version = "HTTP/1.1"
    site: Path
    reload: Reload
    port: int

    def do_GET(self) -> None:
        """Answer one request."""
        if not self._is_ours():
            self._send(b"This server answers to its own name alone.\n", status=HTTPStatus.FORBIDDEN)
            return
        address = urlsplit(re.sub("^/+", "/", self.path))
        if address.path == RELOAD:
            self._send(self._news(address.query), "application/json")
        elif address.path == SCRIPT:
            self._send(CLIENT, "text/javascript")
        else:
            self._send_file(unquote(address.path))

    def do_HEAD(self) -> None:
        """Answer one request for the headers alone."""
        self.do_GET()

    def _is_ours(self) -> bool:
        """Say whether the request was meant for this server, by the name that the browser asked."""
        names = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        return self.headers.get("Host", "").lower() in names

    def _news(self, query: str) -> bytes:
        known = parse_qs(query)
        number = known.get("builds", [""])[0]
        builds = int(number) if re.fullmatch(r"\d{1,9}", number) else -1
        page = urlsplit(self.headers.get("Referer", "")).path
        new, error = self.reload.wait(builds, known.get("error", [""])[0], page)
        return json.dumps({"builds": new, "error": error}).encode()

    def _send_file(self, path: str) -> None:
        file = self._file(path)
        if file and file.is_dir():
            if not path.endswith("/"):
                self._send(b"", status=HTTPStatus.MOVED_PERMANENTLY, location=f"{quote(path)}/")
                return
            file = self._file(f"{path}index.html")
        try:
            data = file.read_bytes() if file and file.is_file() else None
        except OSError:
            data = None
        if data is None:
            self._send_missing()
        elif file and file.suffix == ".html":
            self._send(_with_script(data), "text/html; charset=utf-8")
        elif file:
            self._send_part(data, kind_of(file.name))

    def _send_missing(self) -> None:
        """Send the site's own page for what is not there."""
        own = self._file("/404.html")
        page = own.read_bytes() if own and own.is_file() else b"<head></head><p>There is no page."
        kind = "text/html; charset=utf-8"
        self._send(_with_script(page), kind, status=HTTPStatus.NOT_FOUND)

    def _file(self, path: str) -> Path | None:
        """Return the file or folder that ``path`` names below the site, links followed, or None."""
        names = path.strip("/").split("/")
        if "\0" in path or "\\" in path or any(name.startswith(".") for name in names):
            return None
        try:
            file = self.site.joinpath(*names).resolve(strict=True)
            return file if file.is_relative_to(self.site.resolve()) else None
        except (OSError, RuntimeError, ValueError):
            return None

    def _send_part(self, data: bytes, kind: str) -> None:
        """Send a file, or the part of it that is asked for."""
        match = _RANGE.fullmatch(self.headers.get("Range", ""))
        part = _part(match, len(data)) if match else None
        if part is None:
            self._send(data, kind, ranges="bytes")
        elif part.size <= 0:
            self._send(
                b"",
                kind,
                status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                content_range=f"bytes */{len(data)}",
            )
        else:
            end = part.start + part.size
            self._send(
                data[part.start : end],
                kind,
                status=HTTPStatus.PARTIAL_CONTENT,
                content_range=f"bytes {part.start}-{end - 1}/{len(data)}",
            )

    def _send(
        self,
        data: bytes,
        kind: str = "text/plain",
        *,
        status: HTTPStatus = HTTPStatus.OK,
        **headers: str,
    ) -> None:
        names = {"ranges": "Accept-Ranges"}
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Last-Modified", formatdate(usegmt=True))
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in headers.items():
            self.send_header(names.get(name, name.replace("_", "-").title()), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Say nothing of single requests."""


class Server(ThreadingHTTPServer):
    """A server that says nothing of browsers that go away before they have their answer."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a connection that ends is no fault of the site."""


def start(site: Path, port: int, reload: Reload) -> Server:
    """Return a server of the folder ``site`` on loopback; port 0 takes a free one.

    Raises GazetteError where the port is taken.
    """

    class SiteHandler(Handler):
        """Answers for this one site."""

    SiteHandler.site, SiteHandler.reload = site, reload
    try:
        server = Server((HOST, port), SiteHandler)
    except OSError as error:
        raise GazetteError(f"port {port}: {error.strerror}; --port takes another") from None
    SiteHandler.port = server.server_port
    return server


def kind_of(name: str) -> str:
    """Return the type of the file ``name``, as browsers and feed readers want it."""
    kind = FEEDS.get(name) or next(
        (kind for suffix, kind in TYPES.items() if name.endswith(suffix)), None
    )
    kind = kind or mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("xml", "json", "bibtex", "systems"))
    return f"{kind}; charset=utf-8" if is_text else kind


def _part(match: re.Match[str], size: int) -> _Part | None:
    """Return the part of ``size`` bytes that a Range header names; None where it names none."""
    first, last = match.groups()
    if first:
        end = min(int(last), size - 1) if last else size - 1
        return None if last and int(last) < int(first) else _Part(int(first), end - int(first) + 1)
    if not last:
        return None
    return _Part(max(size - int(last), 0), min(int(last), size))


def _with_script(page: bytes) -> bytes:
    script = f'<script src="{SCRIPT}" defer></script></head>'.encode()
    return page.replace(b"</head>", script, 1) if b"</head>" in page else script + page
