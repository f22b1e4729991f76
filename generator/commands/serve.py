"""A local server that builds again when something changes, and tells the open pages to reload.

``serve`` is given a ``build`` callable and folders to watch; only ``run`` knows how a site is
built.
"""

from __future__ import annotations

import argparse
import functools
import gc
import threading
from collections.abc import Callable, Iterable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.commands.build import asked
from generator.pipeline import build
from generator.system.errors import GazetteError
from generator.system.progress import Progress

# A page asks this address, and the answer comes when there is something new to see.
RELOAD = "/.reload"
SCRIPT = "/.reload.js"
WAIT_SECONDS = 25.0
CLIENT = b"""(function ask() {
  var request = new XMLHttpRequest();
  request.open("GET", "/.reload");
  request.onload = function () { if (request.status === 200) location.reload(); else ask(); };
  request.onerror = function () { setTimeout(ask, 1000); };
  request.send();
})();
"""


class Reload:
    """Wakes the pages that wait for the next build."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._builds = 0

    def announce(self) -> None:
        """Wake every page that waits."""
        with self._changed:
            self._builds += 1
            self._changed.notify_all()

    def wait(self) -> bool:
        """Return True when a build has been announced, False when WAIT_SECONDS are over."""
        with self._changed:
            seen = self._builds
            return self._changed.wait_for(lambda: self._builds != seen, WAIT_SECONDS)


class Handler(SimpleHTTPRequestHandler):
    """Serves the site; adds the reload script to pages on their way out, never on disk."""

    reload: Reload

    def do_GET(self) -> None:
        """Answer one request."""
        path = self.path.partition("?")[0]
        if path == RELOAD:
            self.send_response(200 if self.reload.wait() else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == SCRIPT:
            self._send(CLIENT, "text/javascript")
        elif page := self._page(path):
            script = f'<script src="{SCRIPT}" defer></script></head>'.encode()
            self._send(page.replace(b"</head>", script, 1), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _page(self, path: str) -> bytes | None:
        file = Path(self.translate_path(path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        if file.suffix == ".html" and file.is_file():
            return file.read_bytes()
        return None

    def _send(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Say nothing of single requests."""


def start(site: Path, port: int, reload: Reload) -> ThreadingHTTPServer:
    """Return a server of the folder ``site`` on loopback; port 0 takes a free one.

    Raises GazetteError where the port is taken.
    """
    handler = type("SiteHandler", (Handler,), {"reload": reload})
    try:
        return ThreadingHTTPServer(
            ("127.0.0.1", port), functools.partial(handler, directory=str(site))
        )
    except OSError as error:
        raise GazetteError(f"port {port}: {error.strerror}; --port takes another") from None


def serve(
    site: Path,
    build: Callable[[], object],
    folders: Iterable[Path],
    say: Callable[[str], None],
    *,
    port: int = 8000,
    stop: threading.Event | None = None,
) -> None:
    """Build, serve, and build again on every change of ``folders``, until interrupted or ``stop``.

    A build that fails is said, and the site stays as it was. Raises GazetteError where the extra
    is not installed.
    """
    try:
        from watchfiles import watch  # noqa: PLC0415  # an extra that a build does without
    except ModuleNotFoundError as error:
        raise GazetteError(f"serve needs {error.name}: pip install '.[serve]'") from None
    reload = Reload()
    build()
    with start(site, port, reload) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        say(f"http://127.0.0.1:{server.server_port}/ shows the site; Ctrl+C ends")
        try:
            for _ in watch(*folders, stop_event=stop, raise_interrupt=False):
                try:
                    build()
                except GazetteError as error:
                    say(str(error))
                else:
                    reload.announce()
        finally:
            server.shutdown()
            thread.join()


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Serve until interrupted."""
    gc.enable()  # this command stays, and builds again and again
    order = asked(options)
    serve(
        order.output,
        lambda: progress.say(str(build.build(order, progress))),
        [folder for folder in (order.content, *order.overlay.folders) if folder.is_dir()],
        progress.say,
        port=options.port,
    )
    return 0
