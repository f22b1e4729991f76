"""``build.py email``: a digest or a week as a mail, in a file or sent to those who asked for it."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from email.policy import SMTP
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.commands.build import asked
from generator.commands.email import edition, journal, recipients, sending
from generator.commands.email.compose import Composer
from generator.pipeline import stages
from generator.system.progress import Progress
from generator.theme.render import Renderer

DEFERRED = 3  # exit code: some are still to get the mail; run it again


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Write the mail into a file, or send it; return 3 where some are still to get it."""
    wanted = asked(options)
    library, given = stages.library_of(wanted, progress)
    settings = given.site
    chosen = (
        edition.of_week(library, options.week)
        if options.week
        else edition.of_day(library, options.date)
    )
    renderer = Renderer(given.overlay.templates, settings, given.theme)
    composer = Composer(library, settings, renderer, chosen)
    if not options.send:
        return _write(composer, options.eml, progress)
    server = sending.server(os.environ)
    listed = recipients.load(options.to, os.environ, library.topics)
    now = dt.datetime.now(ZoneInfo(settings.timezone))
    with journal.opened(options.content, chosen.name) as kept:
        write = partial(composer.message, now=now)
        sent = sending.Sender(server, kept).send(chosen.name, listed, write)
    progress.say(
        f"{chosen.name}: {sent.taken} sent, {sent.over} had it or nothing to get, {sent.refused} "
        f"refused for good, {sent.doubtful} in doubt, {sent.failed} still to be sent"
    )
    for reason in sent.reasons:
        progress.say(f"  {server.host}: {reason}")
    return DEFERRED if sent.failed else 0


def _write(composer: Composer, path: Path | None, progress: Progress) -> int:
    """Write the whole edition, addressed to nobody."""
    message = composer.message(None)
    if message is None:
        progress.say(f"{composer.edition.name}: has no papers, so there is no mail")
        return 0
    target = path or Path(f"{composer.edition.name}.eml")
    data = message.as_bytes(policy=SMTP)
    target.write_bytes(data)
    progress.say(f"{target}: {len(data) / 1000:.0f} KB")
    return 0
