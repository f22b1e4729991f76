"""``build.py serve``: build, serve, and build again on every change."""

from __future__ import annotations

import argparse
import gc

from generator.build import build
from generator.commands.build import asked
from generator.errors import GazetteError
from generator.system.progress import Progress


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Serve until interrupted; raises GazetteError where the extra is not installed."""
    try:
        from generator import serve  # noqa: PLC0415  # needs an extra that a build does without
    except ModuleNotFoundError as error:
        raise GazetteError(f"serve needs {error.name}: pip install '.[serve]'") from None
    gc.enable()  # this command stays, and builds again and again
    order = asked(options)
    serve.serve(
        order.output,
        lambda: progress.say(str(build.build(order, progress))),
        (order.content, order.templates, order.static),
        progress.say,
        port=options.port,
    )
    return 0
