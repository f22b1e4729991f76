"""What one run of ``related`` leaves to the next, so that only what changed is done again."""

from __future__ import annotations

import msgspec


class Cut(msgspec.Struct, frozen=True, array_like=True):
    """A table of weights, cut at the end of the day ``last``.

    ``frequencies`` are of the papers since the cut before: how many are about each word.
    ``papers`` (their number) and ``weights`` are of all papers up to the cut.
    """

    last: str
    papers: int
    frequencies: msgspec.Raw
    weights: msgspec.Raw


class Memo(msgspec.Struct, frozen=True, array_like=True):
    """All that is kept, of each paper in the order of time.

    ``days`` has each day and the place at which it ends. ``keys`` are those of the words that a
    subject was made from. ``subjects``, ``profiles`` and ``near`` (the related papers) are unpacked
    where they are wanted, and so are ``postings``: the places of the papers that have a word, four
    bytes each.
    """

    slugs: list[str]
    keys: list[bytes]
    days: list[tuple[str, int]]
    subjects: list[msgspec.Raw]
    profiles: list[msgspec.Raw]
    near: list[msgspec.Raw]
    postings: dict[str, bytes]
    cuts: list[Cut]

    def dump(self) -> bytes:
        """Return the memo as MessagePack."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def load(cls, data: bytes) -> Memo:
        """Return the memo that ``dump`` wrote; raises msgspec.MsgspecError on anything else."""
        return msgspec.msgpack.decode(data, type=cls)


EMPTY = Memo([], [], [], [], [], [], {}, [])


def packed(value: object) -> msgspec.Raw:
    """Return ``value`` as it stands in a memo."""
    return msgspec.Raw(msgspec.msgpack.encode(value))
