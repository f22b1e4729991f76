"""What many tests share: a real Chromium, a real static server on loopback."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import chromium
from tests.building import built, seeded

# Chromium takes the last such list: what Playwright switches off, and before that the pages which
# the browser draws its own address bar with, each as costly as one of ours.
SWITCHED_OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "OmniboxAimPopup"),
    *("AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter"),
    *("PaintHolding", "ThirdPartyStoragePartitioning", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "PreconnectToSearch"),
)
# Chromium's own calls home would only fail, slowly, on a machine without a network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(SWITCHED_OFF)}",
]

# A slow machine is no error, and a run of CI is to find what the run before it found.
settings.register_profile("gazette", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("gazette")

# Processes that tests start compile what they import once, as Python does where nobody forbids it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Tests ask nobody but their own servers, in processes of their own as well.
os.environ["GAZETTE_OFFLINE"] = "1"

Serve = Callable[[Path], str]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a log line for each."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Say nothing."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one headless Chromium for the whole run; without any, the tests fail and say why."""
    path = chromium.executable()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a fresh profile: no storage, no cache, desk width."""
    profile = browser.new_context(viewport={"width": 1280, "height": 900})
    yield profile
    profile.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return a blank page of a fresh profile."""
    return context.new_page()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Return a function that serves a folder on loopback and returns its address, slash last."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def start(folder: Path) -> str:
        handler = functools.partial(QuietHandler, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(params=["http", "file"])
def address_of(request: pytest.FixtureRequest, serve: Serve) -> Serve:
    """Return a function that gives a folder's address: on a server, and as it lies on disk."""
    return serve if request.param == "http" else lambda folder: f"{folder.as_uri()}/"


@pytest.fixture
def address(site: Path, address_of: Serve) -> str:
    """Return the address of the site, slash last, in either way."""
    return address_of(site)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the 73 papers, built once for the run."""
    folder = tmp_path_factory.mktemp("gazette")
    return built(seeded(folder / "content"), folder / "site")
