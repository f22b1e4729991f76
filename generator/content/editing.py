"""What becomes of entries in the hands of a curator: renamed, moved, merged, removed.

Each function is pure: from the content to the files that are to be written or removed, with all
that names a paper kept consistent: its entry, its aliases, the digests that list it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator import urls
from generator.content import entries, folder, front_matter
from generator.content.entries import Listing
from generator.content.folder import Content
from generator.content.merging import merge as merged_facts
from generator.content.merging import with_facts
from generator.model import Digest, Paper
from generator.system import files
from generator.system.errors import GazetteError

Edits = dict[str, str | None]
"""The new text of each file that changes, by its path below the content folder; None: no file."""
Slugs = tuple[str, ...]


def rename(root: Path, content: Content, slug: str, new: str) -> Edits:
    """Return the edits that give the paper ``slug`` the slug ``new``, and leave the old address.

    Raises GazetteError where there is no such paper, or ``new`` cannot be its slug.
    """
    paper = _paper(content, slug)
    if not urls.SLUG.fullmatch(new):
        raise GazetteError(f"{new!r} is no slug; {urls.slugify(new)} would do")
    if new in content.papers:
        raise GazetteError(f"{new}: there is a paper of this slug; `merge` makes one of two")
    _refuse_alias(content, new, but=slug)
    text = _signed(_text(root, content, slug), aliases=_aliases(paper, but=new))
    path = content.paths[slug]
    edits: Edits = {path: None, f"{path.rpartition('/')[0]}/{new}.md": text}
    return edits | _relisted(root, content, [slug], lambda held: _replaced(held, slug, new))


def move(root: Path, content: Content, slug: str, day: dt.date, since: str = "") -> Edits:
    """Return the edits that take the paper ``slug`` from the first day that lists it to ``day``.

    The entry moves, too, but not where the address of its page would change, as pages are parted
    by month ``since`` one.
    """
    paper = _paper(content, slug)
    days = sorted(digest.date for digest in content.digests if slug in _slugs(digest))
    if days and days[0] == day == paper.date:
        raise GazetteError(f"{slug}: is of {day} already")
    source = next((each for each in content.digests if days and each.date == days[0]), None)
    target = next((each for each in content.digests if each.date == day), None)
    edits: Edits = {}
    if source and source.date != day:
        edits |= _relist(root, content, source, lambda held: _without(held, slug))
    if target is None:
        title, byline = (source.title, source.byline) if source else ("Daily Papers", "")
        made = Digest(date=day, title=title, papers=(), byline=byline)
        edits[folder.digest_path(made)] = entries.digest_to_text(made, [slug])
    elif slug not in _slugs(target):
        edits |= _relist(root, content, target, lambda held: (*held, slug))
    first = min([day, *(each for each in days[1:])])
    path = content.paths[slug]
    text = _signed(_text(root, content, slug), date=first)
    wanted = folder.paper_path(dataclasses.replace(paper, date=first))
    stays = urls.shelf(paper.folder, since) != urls.shelf(f"{first:%Y-%m}", since)
    if path == folder.paper_path(paper) and wanted != path and not stays:
        edits[path] = None
        path = wanted
    return edits | {path: text}


def merge(root: Path, content: Content, kept: str, other: str, since: str = "") -> Edits:
    """Return the edits that make one paper of two: ``kept`` gets the facts and addresses of both.

    Text that both have stays that of ``kept``. Pages are parted by month ``since`` one.
    """
    one, two = _paper(content, kept), _paper(content, other)
    if kept == other:
        raise GazetteError(f"{kept}: is one paper already; name two")
    # The first alias is the name that feeds know: of two papers, that of the one which stays.
    former = [other, *two.aliases]
    # A slug stands for an address in the folder of the paper that stays.
    paths = [urls.alias(name, two.folder, since) for name in former]
    here = {urls.alias(name, one.folder, since) for name in former}
    aliases = dict.fromkeys([*(one.aliases or (kept,)), *former])
    aliases |= dict.fromkeys([path for path in paths if path not in here])
    both = dataclasses.replace(
        merged_facts(one, two), aliases=tuple(aliases), extra={**two.extra, **one.extra}
    )
    text = _text(root, content, kept)
    if entries.is_edited(text):
        extra = {key: value for key, value in two.extra.items() if key not in one.extra}
        text = with_facts(text, one, both)
        text = front_matter.insert(text, extra) if extra else text
    else:
        text = entries.paper_to_text(both)
    edits: Edits = {content.paths[kept]: text, content.paths[other]: None}
    return edits | _relisted(
        root, content, [other], lambda held: tuple(dict.fromkeys(_replaced(held, other, kept)))
    )


def remove(root: Path, content: Content, slug: str) -> Edits:
    """Return the edits that take the paper ``slug`` out.

    A digest that listed it counts as edited by hand: what comes later does not bring it back.
    """
    _paper(content, slug)
    edits: Edits = {content.paths[slug]: None}
    return edits | _relisted(root, content, [slug], lambda held: _without(held, slug), sign=False)


def _paper(content: Content, slug: str) -> Paper:
    if slug in content.papers:
        return content.papers[slug]
    for paper in content.papers.values():
        if slug in paper.aliases:
            raise GazetteError(f"{slug}: is {paper.slug} now")
    raise GazetteError(f"{slug}: there is no paper of this slug; its file's name, without .md, is")


def _refuse_alias(content: Content, name: str, but: str) -> None:
    for paper in content.papers.values():
        if name in paper.aliases and paper.slug != but:
            raise GazetteError(f"{name}: is a former address of {paper.slug}")


def _aliases(paper: Paper, but: str) -> list[str]:
    """Return the aliases of ``paper`` once it is called ``but``: the first stays, for the feeds."""
    names = dict.fromkeys([*(paper.aliases or (paper.slug,)), paper.slug])
    first, *others = names
    return [first, *(name for name in others if name != but)]


def _text(root: Path, content: Content, slug: str) -> str:
    return files.read_text(root / content.paths[slug])


def _signed(text: str, **values: object) -> str:
    """Return an entry's text with ``values`` in its head; what was the program's own stays so."""
    changed = front_matter.insert(text, values)
    return changed if entries.is_edited(text) else entries.signed(changed)


def _slugs(digest: Digest) -> Slugs:
    return tuple(paper.slug for paper in digest.papers)


def _replaced(held: Slugs, old: str, new: str) -> Slugs:
    return tuple(new if slug == old else slug for slug in held)


def _without(held: Slugs, gone: str) -> Slugs:
    return tuple(slug for slug in held if slug != gone)


def _relisted(
    root: Path,
    content: Content,
    slugs: Iterable[str],
    change: Callable[[Slugs], Slugs],
    *,
    sign: bool = True,
) -> Edits:
    """Return the edits of all digests that list one of ``slugs``."""
    named, edits = set(slugs), Edits()
    for digest in content.digests:
        if named & set(_slugs(digest)):
            edits |= _relist(root, content, digest, change, sign=sign)
    return edits


def _relist(
    root: Path,
    content: Content,
    digest: Digest,
    change: Callable[[Slugs], Slugs],
    *,
    sign: bool = True,
) -> Edits:
    """Return the edit of one digest; it goes when it is left with no paper and no note."""
    path = _digest_paths(content)[digest.date]
    slugs = change(_slugs(digest))
    if not slugs and not digest.note:
        return {path: None}
    return {path: entries.relisted(files.read_text(root / path), slugs, sign=sign)}


def _digest_paths(content: Content) -> Mapping[dt.date, str]:
    return {
        entry.value.digest.date: path
        for path, entry in content.entries.items()
        if isinstance(entry.value, Listing)
    }
