"""Parquet: a table of papers, whose columns have the names that JSON Lines takes.

It is read a few rows at a time. A table may hold far more than its file: one text that every row
refers to is written once. As of an archive, no more is taken of it than an honest one could hold.
"""

from __future__ import annotations

import datetime as dt
import decimal
import math
from collections.abc import Iterator
from typing import Any

from generator.sources import jsonl
from generator.sources.archives import most
from generator.sources.document import Document, Parsed
from generator.system.errors import SourceError

MAGIC = b"PAR1"
_ROWS = 64  # that are unpacked together
_INSTALL = "this is a Parquet file, which takes the extra pyarrow: pip install 'gazette[pyarrow]'"


def recognises(data: bytes) -> bool:
    """Say whether ``data`` is a Parquet file."""
    return data.startswith(MAGIC)


def parse(document: Document) -> Parsed:
    """Return one digest for each day, oldest first; rows that cannot be used are named."""
    try:
        import pyarrow as pa  # noqa: PLC0415  # only who has such files has it
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError:
        raise SourceError(document.name, 0, _INSTALL) from None
    try:
        with parquet.ParquetFile(pa.BufferReader(document.data)) as file:
            return jsonl.from_records(document, _rows(document, file))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0] if str(error) else "it cannot be read"
        raise SourceError(document.name, 0, f"the Parquet file is damaged: {said}") from None


def _rows(document: Document, file: Any) -> Iterator[tuple[int, str, Any]]:  # noqa: ANN401  # pyarrow has no types
    """Yield each row with its number, from 1."""
    left = most(document.data)
    if file.metadata.num_rows > len(document.data):
        raise _too_much(document)
    names = [field.name for field in file.schema_arrow if not _is_vector(field.type)]
    number = 0
    for batch in file.iter_batches(batch_size=_ROWS, columns=names, use_threads=False):
        left -= batch.nbytes
        if left < 0:
            raise _too_much(document)
        for row in _unpacked(document, batch):
            number += 1
            yield number, "", row


def _unpacked(document: Document, batch: Any) -> list[Any]:  # noqa: ANN401  # pyarrow has no types
    """Return the rows of ``batch``; in place of one that cannot be read, what is wrong with it."""
    try:
        return [_plain(row) for row in batch.to_pylist(maps_as_pydicts="lossy")]
    except (ValueError, OverflowError) as error:
        if batch.num_rows == 1:
            return [SourceError(document.name, 0, f"a value cannot be read: {error}")]
        rows = (batch.slice(number, 1) for number in range(batch.num_rows))
        return [row for one in rows for row in _unpacked(document, one)]


def _too_much(document: Document) -> SourceError:
    message = "the table holds far more than a list of papers of its size would: look into it"
    return SourceError(document.name, 0, message)


def _is_vector(kind: Any) -> bool:  # noqa: ANN401  # pyarrow has no types
    """Say whether a column of the type ``kind`` has lists of numbers, which say nothing here."""
    from pyarrow import types  # noqa: PLC0415  # it is loaded

    if not (types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)):
        return False
    inner = kind.value_type
    return bool(types.is_floating(inner) or types.is_integer(inner))


def _plain(value: object) -> Any:  # noqa: ANN401, PLR0911  # any JSON, a kind a line
    """Return ``value`` as JSON would have it."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dt.datetime):
        # Midnight is how tables write a day.
        is_day = value.time() == dt.time()
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
