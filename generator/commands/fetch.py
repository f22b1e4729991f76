"""``build.py fetch [SOURCE]``: digests from the network into the content folder."""

from __future__ import annotations

import argparse
import datetime as dt
from zoneinfo import ZoneInfo

from generator.commands.add import store
from generator.content import settings
from generator.model import Digest
from generator.pipeline.cache import FOLDER
from generator.sources import fetch
from generator.system.progress import Progress

_DEFAULT = "huggingface"


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Ask every source before the first entry is written: an error in one changes nothing."""
    wanted = settings.load(options.content)
    today = dt.datetime.now(ZoneInfo(wanted.timezone)).date()
    period = _period(options, today)
    names = [options.source] if options.source else list(wanted.sources) or [_DEFAULT]
    memory = options.content.resolve().parent / FOLDER / "fetch"
    asked = fetch.Run(today, memory, progress.say)
    digests: list[Digest] = []
    for name in names:
        found = fetch.fetch(name, period, wanted, asked, options.category)
        digests += found.digests
        for line in (*(notice.message for notice in found.notices), *found.reasons):
            progress.say(line)
    if digests:
        store(options.content, digests, progress, "fetch")
    return 0


def _period(options: argparse.Namespace, today: dt.date) -> fetch.Period:
    if options.week:
        return fetch.week(options.week)
    if options.month:
        return fetch.month(options.month)
    return fetch.day(options.date or today)
