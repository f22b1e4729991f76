"""``build.py add FILE...``: digests, or papers by their arXiv ids, into the content folder.

What is good is taken, what is not is named by its line. A file of which nothing can be used changes
nothing: it is named, the other files are added, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import sources
from generator.commands.edit import memory
from generator.content import history, lock, settings
from generator.content.ingest import Ingest
from generator.content.settings import Settings
from generator.model import Digest, Paper
from generator.pipeline import batches, cache
from generator.pipeline.cache import FOLDER
from generator.sources import Notice, Parsed, facts
from generator.sources.arxiv import feeds as arxiv
from generator.system import files
from generator.system.errors import GazetteError
from generator.system.progress import Progress

# How many lines of a kind are shown; the rest is a number.
SHOWN = 10


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Parse every file before the first entry is written; return the exit code.

    It is 0 when papers came, even if something was left out, 1 when of a file none came. With
    ``--strict`` the latter holds of whatever is left out, and then nothing is written. A word that
    names no file, but a paper on arXiv, by its id or address, is asked for there.
    """
    wanted = settings.load(options.content)
    today = options.today or dt.datetime.now(ZoneInfo(wanted.timezone)).date()
    digests: list[Digest] = []
    updates: list[Paper] = []
    problems: list[str] = []
    left_out = 0
    ids = {word: facts.arxiv_id(word) for word in options.files if not os.path.exists(word)}  # noqa: PTH110  # whatever the word is
    digests += _of_ids({word: each for word, each in ids.items() if each}, options, today, problems)
    for path in (Path(word) for word in options.files if not ids.get(word)):
        try:
            parsed = sources.parse(
                sources.Document(str(path), files.read_bytes(path), options.date, today)
            )
        except GazetteError as error:
            problems.append(str(error))
            continue
        digests += parsed.digests
        updates += parsed.updates
        left_out += len(parsed.left_out)
        for line in told(str(path), parsed):
            progress.say(line)
        if parsed.left_out and not any(digest.papers for digest in parsed.digests):
            problems.append(f"{path}: nothing of it could be used")
    if options.strict and (left_out or problems):
        raise GazetteError("\n".join([*problems, "nothing was written (--strict)"]))
    if not options.offline:
        digests = _filled(options.content, digests, wanted, today, progress)
    if digests or updates:
        with lock.writing(options.content, progress.say):
            store(
                options.content,
                digests,
                progress,
                "add",
                updates=updates,
                overwrite=options.overwrite,
                dry_run=options.dry_run,
            )
    if problems:
        raise GazetteError("\n".join(problems))
    return 0


def _filled(
    root: Path, digests: list[Digest], wanted: Settings, today: dt.date, progress: Progress
) -> list[Digest]:
    """Return ``digests`` with what arXiv says of papers that came without an abstract."""
    if not any(paper.arxiv and not paper.abstract for each in digests for paper in each.papers):
        return digests
    # What asks the network takes longer to load than most files take to add.
    from generator.sources import fetch  # noqa: PLC0415
    from generator.sources.fetch import filling  # noqa: PLC0415

    memory = root.resolve().parent / FOLDER / "fetch"
    digests, said = filling.filled(digests, wanted, fetch.Run(today, memory, progress.say))
    for line in said:
        progress.say(line)
    return digests


def _of_ids(
    ids: Mapping[str, str], options: argparse.Namespace, today: dt.date, problems: list[str]
) -> Iterable[Digest]:
    """Yield the digest of the papers ``ids``, by the words that name them, as arXiv knows them.

    Their day is the one asked for, or today; what arXiv does not know is a problem.
    """
    if not ids:
        return
    if options.offline:
        problems += [f"{word}: is asked for at arXiv, and not --offline" for word in ids]
        return
    from generator.sources import fetch  # noqa: PLC0415  # the network, for who asks for it

    asked = fetch.Run(today, cache.cache_folder(options.content) / "fetch")
    answer = fetch.papers(ids.values(), settings.load(options.content), asked)
    problems += [f"arxiv: there is no paper {each}" for each in answer.missing]
    known = dict.fromkeys(each for each in ids.values() if each in answer.papers)
    if known:
        yield arxiv.digest(options.date or today, [answer.papers[each] for each in known])


def told(name: str, parsed: Parsed) -> Iterable[str]:
    """Yield the lines that say what came of a file: what was odd, what was left out."""
    yield from _lines(name, parsed.notices)
    if parsed.left_out:
        papers = sum(len(digest.papers) for digest in parsed.digests)
        lines = _number(len(parsed.left_out), "line")
        yield f"{name}: {_number(papers, 'paper')} taken, {lines} left out:"
        yield from _lines(name, parsed.left_out)


def _lines(name: str, notices: Sequence[Notice]) -> Iterable[str]:
    for notice in notices[:SHOWN]:
        yield (
            f"{name}:{notice.line}: {notice.message}"
            if notice.line
            else f"{name}: {notice.message}"
        )
    if len(notices) > SHOWN:
        yield f"{name}: and {len(notices) - SHOWN} more"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def store(  # noqa: PLR0913  # what, where, on whose behalf, and how
    root: Path,
    digests: Iterable[Digest],
    progress: Progress,
    command: str,
    *,
    updates: Iterable[Paper] = (),
    overwrite: bool = False,
    dry_run: bool = False,
) -> None:
    """Add ``digests`` to the content folder ``root``, and say what came of it.

    ``updates`` are papers that are listed nowhere: what they say of known ones is added to those.
    With ``dry_run`` nothing is written, and what would be is said.
    """
    held = tuple(digests)
    loaded = batches.load_entries(root, progress)
    ingest = Ingest(root, loaded, overwrite=overwrite, dry_run=dry_run)
    try:
        with progress.stage("add", sum(len(digest.papers) for digest in held)) as step:
            for digest in held:
                ingest.add(digest, step)
        for paper in updates:
            ingest.update(paper)
    finally:
        if not dry_run:
            history.remember(root, ingest.replaced, memory(root), command)
    if ingest.report.has_changes and not dry_run:
        batches.keep_entries(root, ingest.entries)
    for refused in ingest.report.refused:
        progress.say(refused)
    for kept in ingest.report.kept:
        progress.say(f"kept: {kept}")
    for path in ingest.planned:
        is_new = ingest.replaced[path] is None
        progress.say(f"would {'write' if is_new else 'change'} {root / path}")
    progress.say(f"{'(nothing is written) ' if dry_run else ''}{ingest.report}")
