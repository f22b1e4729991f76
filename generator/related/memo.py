"""What one run of ``related`` leaves to the next, so that only what changed is done again."""

from __future__ import annotations

import msgspec

from generator.related.likeness import Related


class Cut(msgspec.Struct, frozen=True, array_like=True):
    """A table of weights.

    ``mark`` is a fingerprint of the papers since the cut before, ``frequencies`` how many of
    them are about each word; ``papers`` and ``weights`` are of all papers up to the cut.
    """

    mark: str
    papers: int
    frequencies: dict[str, int]
    weights: dict[str, int]


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of one paper.

    ``words`` (a space between) and ``counts`` are its subject, ``cut`` the number of the table
    that weighed the ``terms`` it is compared by.
    """

    mark: str
    date: str
    words: str
    counts: bytes
    cut: int
    terms: dict[str, int]
    near: tuple[Related, ...]


class Memo(msgspec.Struct, frozen=True, array_like=True):
    """All that is kept: each paper's entry by its slug, and the tables."""

    papers: dict[str, Entry]
    cuts: list[Cut]

    def dump(self) -> bytes:
        """Return the memo as MessagePack."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def load(cls, data: bytes) -> Memo:
        """Return the memo that ``dump`` wrote; raises msgspec.MsgspecError on anything else."""
        return msgspec.msgpack.decode(data, type=cls)


EMPTY = Memo({}, [])
