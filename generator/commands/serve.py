"""``build.py serve``: builds again when something changes, and tells the open pages to reload.

``serve`` is given a ``build`` callable and folders to watch; only ``run`` knows how a site is
built.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import platform
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.build import asked
from generator.commands.server import Reload, start
from generator.pipeline import build
from generator.pipeline import preview as previews
from generator.system.errors import GazetteError, printable
from generator.system.progress import Progress

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

_Identities = list[tuple[int, int, int] | None]
# Milliseconds: how long nothing must change for a change to be whole, how long changes that go on
# are waited for, and how often it is looked whether a folder has been put in another's place.
STEP, DEBOUNCE, LOOK = 20, 200, 500
POLL = "microsoft" in platform.release().lower()  # Windows tells its Linux of no change


def serve(  # noqa: PLR0913  # what is built, watched, told, and how it ends
    site: Path,
    build: Callable[[], object],
    folders: Iterable[Path],
    say: Callable[[str], None],
    *,
    port: int = 8000,
    stop: threading.Event | None = None,
    preview: Callable[[Collection[str]], object] | None = None,
    reload: Reload | None = None,
) -> None:
    """Build, serve, and build again on every change of ``folders``, until interrupted or ``stop``.

    ``preview`` makes the pages that are open, by their paths, before ``build`` makes all of them;
    which are, ``reload`` knows. A build that fails is said, and shown on the open pages until it is
    mended; the site stays as it was. Raises GazetteError where the extra is not installed.
    """
    try:
        import watchfiles  # noqa: F401, PLC0415  # an extra that a build does without
    except ModuleNotFoundError as error:
        raise GazetteError(f"serve needs {error.name}: pip install '.[serve]'") from None
    reload = reload or Reload()
    seen = changes(tuple(folders), stop or threading.Event())  # also what the first build misses
    _build(build, reload, say)
    with start(site, port, reload) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        say(f"http://127.0.0.1:{server.server_port}/ shows the site; Ctrl+C ends")
        try:
            for _ in seen:
                if preview:
                    _preview(preview, reload)
                _build(build, reload, say)
                gc.collect()  # now that nobody waits: no other command stays, and none collects
        finally:
            server.shutdown()
            thread.join()


def _preview(preview: Callable[[Collection[str]], object], reload: Reload) -> None:
    """Make the pages that are open; what is wrong is said by the build, which comes next."""
    opened = reload.open_pages()
    if opened:
        with contextlib.suppress(GazetteError):
            preview(opened)
            reload.announce()


def _build(build: Callable[[], object], reload: Reload, say: Callable[[str], None]) -> None:
    """Build, and announce what came of it; whatever goes wrong, the next change is built again."""
    try:
        build()
    except GazetteError as error:
        message = printable(str(error))
    except Exception as error:  # noqa: BLE001  # a fault of ours too is shown, and the server stays
        message = printable(f"{type(error).__name__}: {error}")
    else:
        reload.announce()
        return
    say(message)
    reload.announce(message)


def changes(folders: Sequence[Path], stop: threading.Event) -> Iterator[None]:
    """Yield when something below ``folders`` has changed since this call, until ``stop``.

    A folder that goes away and comes back is watched again: what watches it knows the old one.
    """
    return _follow(folders, stop, _identities(folders), _watch(folders))


def _follow(
    folders: Sequence[Path], stop: threading.Event, known: _Identities, watcher: RustNotify | None
) -> Iterator[None]:
    """Yield on every change that ``watcher`` reports, and on every folder that is another now."""
    from watchfiles import Change, DefaultFilter  # noqa: PLC0415  # an extra, as above

    matters = DefaultFilter()
    while not stop.is_set():
        found = watcher.watch(DEBOUNCE, STEP, LOOK, stop) if watcher else "timeout"
        if found in {"signal", "stop"}:
            return
        if watcher is None:
            stop.wait(LOOK / 1000)
        current = _identities(folders)
        if current != known:
            known, watcher = current, _watch(folders)
            yield
        elif not isinstance(found, str) and any(matters(Change(kind), at) for kind, at in found):
            yield


def _watch(folders: Sequence[Path]) -> RustNotify | None:
    """Begin to watch those of ``folders`` that are there; None where none is."""
    from watchfiles._rust_notify import RustNotify  # noqa: PLC0415  # begins at once; watch() late

    there = [str(folder) for folder in folders if folder.is_dir()]
    with contextlib.suppress(OSError):  # gone in between: looked for again
        return RustNotify(there, False, POLL, LOOK, True, True) if there else None  # noqa: FBT003
    return None


def _identities(folders: Sequence[Path]) -> _Identities:
    """Return which folder each of ``folders`` is, and when moved; None where there is none."""
    found: _Identities = []
    for folder in folders:
        try:
            status = os.stat(folder)  # noqa: PTH116  # one call, errors and all
        except OSError:
            found.append(None)
        else:
            found.append((status.st_dev, status.st_ino, status.st_ctime_ns))
    return found


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Serve until interrupted."""
    order = asked(options)
    serve(
        order.output,
        lambda: progress.say(str(build.build(order, progress))),
        (order.content, *order.overlay.folders),
        progress.say,
        port=options.port,
        preview=lambda paths: previews.preview(order, paths, Progress(quiet=True)),
    )
    return 0
