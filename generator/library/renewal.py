"""The related papers that a run has to find anew, and those that stay.

Of all papers at once only what takes few bytes is held; the rest is read and written by blocks.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from generator.library import related, similarity
from generator.library.catalogue import Catalogue
from generator.library.facts import Facts
from generator.library.reasons import Chooser, Identity
from generator.library.related import Papers
from generator.library.similarity import COLUMNS, ROW, Columns, Ints, Rows
from generator.library.vectors import TERMS, Subject, Table
from generator.system.fingerprints import fingerprint
from generator.system.sections import Sections

_KEY = related.KEY.encode()
_NEW = -1  # the place before of a paper that was not there, or was another
_MANY = 256  # changed papers that are held against the others together
_BLOCK = 2048  # papers that are read and written together
_GATHERED = 1 << 18  # bytes that are written together
_PER_BUCKET = 2
_ENTRY = np.dtype([("checksum", "<u4"), ("size", "<u4"), ("start", "<u8")])  # as related.ENTRY


class _Run:
    """What a run has left, or leaves, in ``found``, for ``papers``."""

    def __init__(self, found: Sections, papers: Papers) -> None:
        self.found = found
        self.days = np.frombuffer(papers.days, "<i4")
        self._lines = papers.lines
        ends = np.flatnonzero(np.frombuffer(papers.lines, "u1") == ord(related.END)) + 1
        # Read one by one: numpy would make a number of its own kind of each.
        self._cuts = memoryview(np.concatenate([[0], ends]).astype(np.uint32).data)

    def __len__(self) -> int:
        return len(self.days)

    def lines(self, start: int, end: int) -> list[bytes]:
        """Return the lines of the papers from ``start`` to ``end``."""
        return self._lines[self._cuts[start] : self._cuts[end]].splitlines()

    def slug(self, place: int) -> str:
        """Return the slug of a paper."""
        line = self._lines[self._cuts[place] : self._cuts[place + 1]]
        return line.split(_KEY, 1)[0].decode()

    def columns(self) -> Columns:
        """Return what is known of each paper in few bytes."""
        return np.frombuffer(self.found.read(related.COLUMNS), COLUMNS)

    def rows(self, places: Ints) -> Rows:
        """Return the rows at ``places``, which rise."""
        values = np.empty(len(places), ROW)
        done = 0
        for some in np.split(places, np.flatnonzero(np.diff(places // _BLOCK)) + 1):
            if len(some):
                first, last = int(some[0]), int(some[-1])
                size = (last + 1 - first) * ROW.itemsize
                data = self.found.read(related.ROWS, first * ROW.itemsize, size)
                values[done : done + len(some)] = np.frombuffer(data, ROW)[some - first]
                done += len(some)
        return values


def renew(
    facts: Catalogue,
    papers: Papers,
    subject_of: Callable[[str], Subject],
    table: Table,
    before: Sections | None,
    anew: Sections,
) -> int:
    """Write into ``anew`` the related papers of ``papers``, whose ``facts`` are given.

    It is the same whatever an earlier run has found ``before``. Return how many were compared.
    """
    if before and before.read(related.TABLE) == table.key:
        old = _Run(before, Papers.within(before))
    else:
        old = _Run(anew, Papers(b"", b""))
    now = _Run(anew, papers)
    was = _places_before(old, now)
    is_new = was == _NEW
    columns = np.zeros(len(now), COLUMNS)
    columns[~is_new] = old.columns()[was[~is_new]]
    anew.add(related.TABLE, table.key)
    anew.add(related.LINES, papers.lines)
    anew.add(related.DAYS, papers.days)
    for start in range(0, len(now), _BLOCK):
        block = slice(start, start + _BLOCK)
        places = was[block]
        rows = np.empty(len(places), ROW)
        rows[places != _NEW] = old.rows(places[places != _NEW])
        new = [now.slug(start + place) for place in np.flatnonzero(places == _NEW).tolist()]
        made = b"".join([_row(facts[slug], subject_of(slug)) for slug in new])
        rows[places == _NEW] = np.frombuffer(made, ROW)
        columns["place"][block][places == _NEW] = [facts[slug].place for slug in new]
        anew.add(related.ROWS, rows.tobytes())
    columns["end"] = ends = np.searchsorted(now.days, now.days, side="right")
    looks = similarity.how_many(ends, len(table.centroids))
    is_wanted = is_new | (columns["looks"] != looks)
    columns["looks"] = looks
    _reach(is_wanted, columns, now, now, np.flatnonzero(is_new))
    _reach(is_wanted, columns, now, old, np.delete(np.arange(len(old)), was[~is_new]))
    wanted = np.flatnonzero(is_wanted)
    chooser = Chooser(facts, now.slug, table.words, subject_of)
    found = similarity.find(columns, now.rows, wanted, table)
    sizes = np.zeros(len(now), np.uint32)
    packed = (related.pack((now.slug(place), chooser.of(place, near))) for place, near in found)
    _write_near(sizes, packed, wanted, was, old, anew)
    anew.add(related.COLUMNS, columns.tobytes())
    anew.add(related.SIZES, sizes.tobytes())
    _write_index(now, sizes)
    _write_keys(now, sizes)
    return len(wanted)


def _places_before(old: _Run, now: _Run) -> Ints:
    """Return where each paper was before; it is in the same order."""
    was = np.full(len(now), _NEW)
    for day in np.unique(now.days).tolist():
        start, end = np.searchsorted(now.days, [day, day + 1]).tolist()
        begin, to = np.searchsorted(old.days, [day, day + 1]).tolist()
        ours, theirs = now.lines(start, end), old.lines(begin, to)
        if ours == theirs:
            was[start:end] = np.arange(begin, to)
        elif theirs:
            places = {line: place for place, line in enumerate(theirs, begin)}
            was[start:end] = [places.get(line, _NEW) for line in ours]
    return was


def _row(paper: Facts, subject: Subject) -> bytes:
    """Return the ROW of a paper."""
    terms = subject.terms.ljust(4 * TERMS, b"\xff")  # EMPTY
    weights = subject.weights.ljust(TERMS, b"\0")
    return terms + weights + paper.vector + Identity(paper).marks()


def _reach(
    is_wanted: npt.NDArray[np.bool_], columns: Columns, now: _Run, run: _Run, changed: Ints
) -> None:
    """Mark the papers to which one of ``run`` that has changed, or is gone, is near enough."""
    for start in range(0, len(changed) if not is_wanted.all() else 0, _MANY):
        some = changed[start : start + _MANY]
        few, days = run.rows(some)["vector"].astype(np.float32), run.days[some]
        first = int(np.searchsorted(now.days, days.min()))
        rest = np.flatnonzero(~is_wanted[first:]) + first
        for begin in range(0, len(rest), _BLOCK):
            block = rest[begin : begin + _BLOCK]
            products = now.rows(block)["vector"].astype(np.float32) @ few.T
            matters = (products >= columns["bound"][block, None]) & (days <= now.days[block, None])
            is_wanted[block[matters.any(axis=1)]] = True


def _write_near(
    sizes: npt.NDArray[np.uint32],
    packed: Iterable[bytes],
    wanted: Ints,
    was: Ints,
    old: _Run,
    anew: Sections,
) -> None:
    """Write what is told of each paper: what is ``packed`` of the ``wanted``, else what was told.

    ``sizes`` takes the size of each.
    """
    told = np.frombuffer(old.found.read(related.SIZES), np.uint32)
    starts = np.concatenate([[0], np.cumsum(told, dtype=np.int64)])
    gathered = bytearray()

    def keep(first: int, last: int) -> None:
        places = was[first:last]
        sizes[first:last] = told[places]
        for some in np.split(places, np.flatnonzero(np.diff(places) != 1) + 1):
            for begin in range(0, len(some), _BLOCK):
                block = some[begin : begin + _BLOCK]
                start, end = int(starts[block[0]]), int(starts[block[-1] + 1])
                anew.add(related.NEAR, old.found.read(related.NEAR, start, end - start))

    done = 0
    for place, one in zip(wanted.tolist(), packed, strict=True):
        if place > done or len(gathered) > _GATHERED:
            anew.add(related.NEAR, bytes(gathered))
            gathered.clear()
            keep(done, place)
        sizes[place] = len(one)
        gathered += one
        done = place + 1
    anew.add(related.NEAR, bytes(gathered))
    keep(done, len(sizes))


def _write_index(now: _Run, sizes: npt.NDArray[np.uint32]) -> None:
    """Write where each slug has its related papers."""
    entries = np.empty(len(sizes), _ENTRY)
    slugs = (now.slug(place).encode() for place in range(len(sizes)))
    entries["checksum"] = np.fromiter(map(zlib.crc32, slugs), np.uint32, len(sizes))
    entries["size"] = sizes
    entries["start"] = np.cumsum(sizes, dtype=np.uint64) - sizes
    entries = entries[np.argsort(entries["checksum"], kind="stable")]
    bits = (len(sizes) // _PER_BUCKET).bit_length()
    numbers = entries["checksum"] >> np.uint32(related.CHECKSUM_BITS - bits) if bits else None
    buckets = (
        [0, len(sizes)] if numbers is None else np.searchsorted(numbers, np.arange((1 << bits) + 1))
    )
    now.found.add(related.INDEX, entries.tobytes())
    now.found.add(related.BUCKETS, np.array(buckets, np.uint32).tobytes())


def _write_keys(now: _Run, sizes: npt.NDArray[np.uint32]) -> None:
    """Write a key of what is told of the papers of each day: they lie one behind the other."""
    starts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    days, firsts = np.unique(now.days, return_index=True)
    edges = starts[np.append(firsts, len(sizes))].tolist()
    for day, (start, end) in zip(days.tolist(), pairwise(edges), strict=True):
        told = now.found.read(related.NEAR, start, end - start)
        now.found.add(related.KEYS, related.OF_DAY.pack(day, fingerprint(told)))
