"""Who does the work of a build: processes of this machine, or the workers of a Dask cluster.

The workers read the content, the program and the cache where this process does, and write the new
files into the same output: all lies in folders that they share, by NFS for one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from generator.pipeline import cache
from generator.pipeline.build import Options
from generator.system import parallel
from generator.system.crews import Crew
from generator.system.errors import GazetteError
from generator.system.parallel import Jobs
from generator.system.progress import Progress

TIMEOUT = 10  # seconds in which a scheduler has to answer
WORK = "generator.pipeline.stages"  # what is loaded before there is work
INSTALL = "it needs the extra dask: pip install 'gazette[dask]', here and where the workers run"


@contextlib.contextmanager
def opened(options: Options, progress: Progress) -> Iterator[tuple[Options, Jobs]]:
    """Yield who works for a build, and ``options`` as they can be told to them.

    Raises GazetteError where a cluster is asked for and cannot be had.
    """
    if not options.scheduler:
        yield options, options.jobs or parallel.cores()
        return
    shared = _from_anywhere(options)
    try:
        from distributed import Client  # noqa: PLC0415  # only who asks for a cluster has it
    except ModuleNotFoundError:
        raise GazetteError(f"--executor dask: {INSTALL}") from None
    try:
        client = Client(  # type: ignore[no-untyped-call]  # the library's own gap
            options.scheduler, timeout=TIMEOUT, set_as_default=False
        )
    except (OSError, ValueError) as error:
        said = str(error).splitlines()[0] if str(error) else "it does not answer"
        raise GazetteError(
            f"--scheduler {options.scheduler}: no scheduler answers there ({said}); "
            "`dask scheduler` starts one, and says its address"
        ) from None
    with client:
        yield shared, _crew(client, shared, progress)


def _from_anywhere(options: Options) -> Options:
    """Return ``options`` with every path such that it means the same in any process."""
    return dataclasses.replace(
        options, content=options.content.absolute(), output=options.output.absolute()
    )


def _crew(client: Any, options: Options, progress: Progress) -> Crew:  # noqa: ANN401  # of a library that has no types
    if not client.scheduler_info()["workers"]:
        progress.say(f"{options.scheduler}: no worker is there yet; waiting for one")
        client.wait_for_workers(1)
    folder = cache.cache_folder(options.content) / "tasks"
    folder.mkdir(parents=True, exist_ok=True)
    refuse = partial(unfit, cache.program(), (options.content, options.output, folder))
    with tempfile.NamedTemporaryFile(dir=folder) as mark, ThreadPoolExecutor(1) as beside:
        seen = (Path(mark.name), options.output)
        asked = beside.submit(client.run, fault, cache.program(), seen, on_error="return")
        importlib.import_module(WORK)  # it takes a while, there as here: so at once
        answers: Mapping[str, str] = asked.result()
    for worker, answer in answers.items():
        if isinstance(answer, BaseException):
            raise GazetteError(f"worker {worker} cannot run this program ({answer}); {INSTALL}")
        if answer:
            raise GazetteError(f"worker {worker}: {answer}")
    size = sum(one["nthreads"] for one in client.scheduler_info()["workers"].values())
    return Crew(client.get_executor(pure=False), folder, refuse, size)


def fault(program: str, places: tuple[Path, ...]) -> str:
    """Return why this process cannot work for a build by ``program``, "" where it can."""
    importlib.import_module(WORK)

    if program != cache.program():
        return "another version of this program, of Python or of a library is installed there"
    for place in places:
        if not place.exists():
            return f"it does not see {place}: all workers need its folder at that place"
    return ""


def unfit(program: str, places: tuple[Path, ...]) -> None:
    """Raise GazetteError where this process cannot work for a build by ``program``."""
    if problem := fault(program, places):
        raise GazetteError(f"a worker: {problem}")
