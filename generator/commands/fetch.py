"""``build.py fetch [SOURCE] [ID...]``: digests from the network into the content folder."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from zoneinfo import ZoneInfo

from generator.commands.add import store
from generator.content import lock, settings
from generator.content.settings import Settings
from generator.model import Digest, Paper
from generator.pipeline import batches
from generator.pipeline.cache import FOLDER
from generator.sources import facts, fetch
from generator.sources.arxiv import feeds as arxiv
from generator.system.errors import GazetteError
from generator.system.progress import Progress

_DEFAULT = "huggingface"


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Ask every source, and store what came; 1 where a source failed, when the others are stored.

    What a source answered is stored whole or not at all.
    """
    wanted = settings.load(options.content)
    now = dt.datetime.now(dt.UTC)
    today = options.today or now.astimezone(ZoneInfo(wanted.timezone)).date()
    memory = options.content.resolve().parent / FOLDER / "fetch"
    known = fetch.Known.of(batches.load_entries(options.content, progress).digests)
    asked = fetch.Run(today, memory, progress.say, known=known, now=now)
    if options.ids and options.source != "arxiv":
        raise GazetteError(f"papers are fetched by id from arxiv only, not from {options.source}")
    if options.ids:
        return _papers(options, wanted, asked, progress)
    period = _period(options, today)
    digests: list[Digest] = []
    updates: list[Paper] = []
    failed = 0
    for name in [options.source] if options.source else list(wanted.sources) or [_DEFAULT]:
        for part in fetch.parts(name, period):
            try:
                found = fetch.fetch(name, part, wanted, asked, options.category)
            except GazetteError as error:
                print(f"{name}: {error}; nothing of it was stored", file=sys.stderr)
                failed = 1
                continue
            digests += found.digests
            updates += found.updates
            for notice in (*found.notices, *found.left_out):
                progress.say(f"{name}: {notice.message}")
            for reason in found.reasons:
                progress.say(reason)
    if digests or updates:
        with lock.writing(options.content, progress.say):
            store(options.content, digests, progress, "fetch", updates=updates)
    return failed


def _papers(
    options: argparse.Namespace, wanted: Settings, asked: fetch.Run, progress: Progress
) -> int:
    """Store the papers of ``options.ids``; 1 where there is none."""
    ids = [facts.arxiv_id(text) for text in options.ids]
    for text, found in zip(options.ids, ids, strict=True):
        if not found:
            message = "right would be 2503.02130 or https://arxiv.org/abs/2503.02130"
            raise GazetteError(f"{text!r} is no arXiv id or address; {message}")
    answer = fetch.papers(ids, wanted, asked)
    for missing in answer.missing:
        print(f"arxiv: there is no paper {missing}", file=sys.stderr)
    listed = [answer.papers[each] for each in dict.fromkeys(ids) if each in answer.papers]
    if not listed:
        return 1
    day = options.date or asked.today
    with lock.writing(options.content, progress.say):
        store(options.content, [arxiv.digest(day, listed)], progress, "fetch")
    return 0


def _period(options: argparse.Namespace, today: dt.date) -> fetch.Period:
    if options.week:
        return fetch.week(options.week)
    if options.month:
        return fetch.month(options.month)
    if options.days or not options.date:
        return fetch.days(options.date or today, options.days or 1)
    return fetch.day(options.date)
