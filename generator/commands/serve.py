"""``build.py serve``: builds again when something changes, and tells the open pages to reload.

``serve`` is given a ``build`` callable and folders to watch; only ``run`` knows how a site is
built.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from generator.commands.build import asked
from generator.commands.server import Reload, start
from generator.pipeline import build
from generator.pipeline import preview as previews
from generator.system.errors import GazetteError, printable
from generator.system.progress import Progress

# Milliseconds: how long nothing must change for a change to be whole, how long changes that go on
# are waited for, and how often it is looked whether a folder has been put in another's place.
STEP, DEBOUNCE, LOOK = 20, 200, 500


def serve(  # noqa: PLR0913  # what is built, watched, told, and how it ends
    site: Path,
    build: Callable[[], object],
    folders: Iterable[Path],
    say: Callable[[str], None],
    *,
    port: int = 8000,
    stop: threading.Event | None = None,
    preview: Callable[[Collection[str]], object] | None = None,
) -> None:
    """Build, serve, and build again on every change of ``folders``, until interrupted or ``stop``.

    ``preview`` makes the pages that are open, by their paths, before ``build`` makes all of them. A
    build that fails is said, and shown on the open pages until it is mended; the site stays as it
    was. Raises GazetteError where the extra is not installed.
    """
    try:
        import watchfiles  # noqa: F401, PLC0415  # an extra that a build does without
    except ModuleNotFoundError as error:
        raise GazetteError(f"serve needs {error.name}: pip install '.[serve]'") from None
    reload = Reload()
    _build(build, reload, say)
    with start(site, port, reload) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        say(f"http://127.0.0.1:{server.server_port}/ shows the site; Ctrl+C ends")
        try:
            for _ in changes(tuple(folders), stop or threading.Event()):
                if preview:
                    _preview(preview, reload)
                _build(build, reload, say)
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
    """Yield when something below ``folders`` has changed, until ``stop``.

    A folder that goes away and comes back is watched again: what watches it knows the old one.
    """
    from watchfiles import watch  # noqa: PLC0415  # an extra that a build does without

    while not stop.is_set():
        known = _identities(folders)
        there = [folder for folder in folders if folder.is_dir()]
        if not there:
            stop.wait(LOOK / 1000)
        watched = watch(
            *there,
            stop_event=stop,
            raise_interrupt=False,
            yield_on_timeout=True,
            rust_timeout=LOOK,
            step=STEP,
            debounce=DEBOUNCE,
        )
        for changed in watched if there else ():
            if changed:
                yield
            if _identities(folders) != known:
                break
        if _identities(folders) != known:
            yield
        elif there:
            return  # interrupted


def _identities(folders: Sequence[Path]) -> list[tuple[int, int, int] | None]:
    """Return which folder each of ``folders`` is, and when moved; None where there is none."""
    found: list[tuple[int, int, int] | None] = []
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
    gc.enable()  # this command stays, and builds again and again
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
