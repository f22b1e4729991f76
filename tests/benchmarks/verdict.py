"""Figures to tables: what each command costs, and what was asked for against what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks import results
from tests.benchmarks.measure import Cost

PAGES_MEMORY = 2e9
BYTES = 12_000


@dataclass(frozen=True)
class Measured:
    """The medians of one size, the versions of the peers, files and bytes of the site."""

    size: int
    costs: Mapping[str, Cost]
    versions: Mapping[str, str]
    facts: Mapping[str, float]

    def ratio(self, name: str, *others: str) -> float | None:
        """Return the wall time of ``name`` over that of ``others`` together, where all ran."""
        if not {name, *others} <= self.costs.keys():
            return None
        return self.costs[name].wall / sum(self.costs[other].wall for other in others)


@dataclass(frozen=True)
class Demand:
    """What has to hold: a figure at some size, and how much it may be at most."""

    what: str
    size: int
    found: float | None
    most: float
    form: str = ".2f"

    @property
    def row(self) -> tuple[str, ...]:
        """The line of the table."""
        if self.found is None:
            return (self.what, f"{self.size:,}", "not measured", f"{self.most:{self.form}}", "–")
        held = "holds" if self.found <= self.most else "**fails**"
        shown = f"{self.found:{self.form}}"
        return (self.what, f"{self.size:,}", shown, f"{self.most:{self.form}}", held)


def costs(measured: Measured) -> str:
    """Return the table of what each command costs at one size."""
    rows = []
    for name, cost in measured.costs.items():
        label = f"{name} {measured.versions[name]}" if name in measured.versions else name
        rows.append(
            (
                label,
                f"{cost.wall:.2f}",
                f"{cost.cpu:.2f}",
                f"{cost.memory / 1e6:,.0f}",
                f"{cost.wall / measured.size * 1e6:,.0f}",
            )
        )
    head = (f"{measured.size:,} papers", "wall s", "CPU s", "peak MB", "µs a paper")
    files, total = measured.facts["files"], measured.facts["bytes"]
    return (
        results.table(head, rows)
        + f"\nThe site: {files:,.0f} files, {total / 1e6:,.1f} MB, "
        + f"{total / measured.size / 1000:.1f} KB a paper.\n"
    )


def demands(series: Sequence[Measured], seed: Cost) -> str:
    """Return the table of what has to hold; ``seed`` is the build of the example, again."""
    rows = [demand.row for one in series for demand in _of_one(one)]
    rows += [demand.row for demand in _of_all(series)]
    rows.append(Demand("nothing changed, seconds", 73, seed.wall, 0.25).row)
    return results.table(("what has to hold", "papers", "found", "at most", ""), rows)


def _of_one(one: Measured) -> Iterator[Demand]:
    """Yield what is asked of one size by itself."""
    largest = 49_953
    with_search = {1000: 0.8, 10_000: 0.5, largest: 0.35}
    without = {10_000: 1.0, largest: 0.8}
    if one.size in with_search:
        found = one.ratio("clean", "Hugo", "Pagefind")
        yield Demand("clean, over Hugo and Pagefind", one.size, found, with_search[one.size])
    if one.size in without:
        found = one.ratio("no search", "Hugo")
        yield Demand("no search, over Hugo", one.size, found, without[one.size])
    yield Demand("no search, over the floor", one.size, one.ratio("no search", "floor"), 3)
    if one.size == largest:
        most = {
            "a new day": 0.15,
            "one edit, newest month": 0.1,
            "one edit, oldest month": 0.1,
            "nothing changed": 0.03,
        }
        for name, share in most.items():
            yield Demand(f"{name}, over clean", one.size, one.ratio(name, "clean"), share, ".3f")
        memory = one.costs["clean"].memory / 1e6
        yield Demand("peak memory, MB", one.size, memory, PAGES_MEMORY / 1e6, ",.0f")
        yield Demand("bytes a paper", one.size, one.facts["bytes"] / one.size, BYTES, ",.0f")


def _of_all(series: Sequence[Measured]) -> Iterator[Demand]:
    """Yield what is asked of the largest size against the smallest."""
    by_size = sorted(series, key=lambda one: one.size)
    small, large = by_size[0], by_size[-1]
    if small is not large:
        found = (large.costs["clean"].wall / large.size) / (small.costs["clean"].wall / small.size)
        yield Demand(f"a paper, over one of {small.size:,}", large.size, found, 1.3)
