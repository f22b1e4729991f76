"""Where the time of a build went, as a table for whoever wants it shorter."""

from __future__ import annotations

import sys
from collections.abc import Mapping

# What each kind of work is, in the order in which a build does it.
KINDS = {
    "look": "look at files",
    "read": "read entries",
    "yaml": "YAML",
    "study": "topics, words",
    "related": "related papers",
    "plan": "plan pages",
    "markdown": "TeX, Markdown",
    "render": "render pages",
    "write": "write files",
    "index": "search index",
}


def table(spent: Mapping[str, float], papers: int, seconds: float) -> str:
    """Return seconds and papers a second by kind of work, and the peak of memory.

    ``spent`` is in seconds of the processor over all processes, which together may take longer
    than the ``seconds`` by the clock that the whole took.
    """
    total = sum(spent.values())
    kinds = [*KINDS, *sorted(spent.keys() - KINDS.keys())]
    lines = [f"{'work':<16}{'CPU s':>9}{'share':>7}{'papers/s':>12}"]
    for kind in kinds:
        time = spent.get(kind, 0.0)
        if time > 0:
            rate = f"{papers / time:,.0f}" if papers else "-"
            name = KINDS.get(kind, kind)
            lines.append(f"{name:<16}{time:>9.3f}{time / total:>7.0%}{rate:>12}")
    lines.append(f"{'all processes':<16}{total:>9.3f}")
    lines.append(f"{'whole build':<16}{seconds:>9.3f}")
    own, child = memory()
    lines.append(f"peak memory: {own:,.0f} MB here, {child:,.0f} MB in the largest other process")
    return "\n".join(lines)


def memory() -> tuple[float, float]:
    """Return the peak memory in MB of this process and of the largest that it started.

    Where the system does not tell, both are 0.
    """
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ModuleNotFoundError:
        return 0.0, 0.0
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    own, child = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return (
        resource.getrusage(own).ru_maxrss / unit,
        resource.getrusage(child).ru_maxrss / unit,
    )
