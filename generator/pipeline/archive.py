"""A site as one file: a ZIP that works from wherever it is unpacked, search included."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from generator.pipeline import build
from generator.pipeline.build import Options
from generator.pipeline.cache import cache_folder
from generator.pipeline.output import Output
from generator.system.errors import GazetteError
from generator.system.progress import Progress

MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_BEGAN = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP knows: the same site is the same file
_MODE = 0o644 << 16


def site(options: Options) -> Path:
    """Pack the site that was built; return the file, beside its folder."""
    target = options.output.with_name(f"{options.output.name}.zip")
    return _packed(target, options.output, options.output.name)


def month(options: Options, name: str, progress: Progress) -> Path:
    """Build the site of one month alone, like ``2025-09``, and pack it; return the file.

    Raises GazetteError where there is no such month.
    """
    if not MONTH.fullmatch(name):
        raise GazetteError(f"--zip: {name!r} is no month; write it like 2025-09")
    folder = cache_folder(options.content) / "months" / name
    report = build.build(dataclasses.replace(options, output=folder, period=name), progress)
    if not report.digests:
        raise GazetteError(f"--zip: there is no digest in {name}")
    stem = f"{options.output.name}-{name}"
    return _packed(options.output.with_name(f"{stem}.zip"), folder, stem)


def _packed(target: Path, folder: Path, stem: str) -> Path:
    """Write the files of the site in ``folder`` into ``target``, below a folder ``stem``."""
    paths = sorted(path for path in Output(folder).manifest() if not path.startswith("."))
    part = target.with_name(f".{target.name}.part")
    try:
        write(part, ((f"{stem}/{path}", (folder / path).read_bytes) for path in paths))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def write(
    target: Path | IO[bytes], files: Iterable[tuple[str, Callable[[], bytes]]], first: str = ""
) -> None:
    """Write a ZIP of ``files``, each a name and what gives its bytes.

    The one named ``first`` is not compressed.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, read in files:
            info = zipfile.ZipInfo(name, _BEGAN)
            info.external_attr = _MODE
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(info, read())
