"""``build.py pack``: a digest or a month as an EPUB, or the whole site as a ZIM."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.commands.build import asked
from generator.pipeline import archive, epub, stages, zim
from generator.system.errors import GazetteError
from generator.system.progress import Progress
from generator.theme.render import Renderer


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Write the file, and say where it is."""
    wanted = asked(options)
    library, given = stages.library_of(wanted, progress)
    settings = given.site
    if not library.digests:
        raise GazetteError("there is no digest yet; `build.py add` brings one")
    newest = library.digests[-1].date.isoformat()
    if options.form == "zim":
        target = options.file or Path(f"{wanted.output.name}.zim")
        zim.write(target, wanted.output, settings, newest)
    else:
        if options.month and not archive.MONTH.fullmatch(options.month):
            raise GazetteError(f"--month: {options.month!r} is no month; write it like 2025-09")
        period = options.month or (options.date.isoformat() if options.date else newest)
        target = options.file or Path(f"{period}.epub")
        renderer = Renderer(given.overlay.templates, settings, given.theme)
        epub.write(target, library, renderer, period)
    progress.say(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    return 0
