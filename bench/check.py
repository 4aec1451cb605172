"""How long the ledger, the allocation under each rule, the roll-up and the check take together."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from statistics import median

from bench import naive
from bench.generated import generated
from capacity.allocate import allocate
from capacity.check import Rules, check
from capacity.existing import progress_until
from capacity.ledger import counted_w, ledger, left_out, stated_amounts
from capacity.rollup import Dimension, roll_up
from capacity.splits import NO_SPLITS, Splits, read_splits
from geo.districts import load_districts
from registry.areas import plan_districts
from registry.registry import Registry, build_registry
from terms.selection import AllocationRule

AS_OF = date(2026, 1, 1)
RULES: tuple[AllocationRule, ...] = ("none", "equal", "area", "custom")
SIZES = (1250, 2500, 5000, 10000)
_MW = 1_000_000


def measure(
    *, sizes: tuple[int, ...] = SIZES, runs: int = 7, small_runs: int = 41
) -> dict[str, float | int | bool]:
    """Median milliseconds for the five plans and for the largest size; growth over the sizes.

    The computation is on one thread, so that processor time is what a user waits for.
    """
    districts = load_districts()
    five = _milliseconds([build_registry(districts)], small_runs)[0]
    registries = [generated(districts, size) for size in sizes]
    times = _milliseconds(registries, runs)
    return {
        "five_plans_ms": round(five, 2),
        "generated_ms": round(times[-1], 1),
        "projects": sizes[-1],
        "targets": len(registries[-1].targets),
        "slope": round(slope(sizes, times), 3),
        "identical": all(is_identical(each) for each in (registries[0], registries[-1])),
    }


def slope(sizes: tuple[int, ...], times: list[float]) -> float:
    """The slope of log time on log size by least squares; 1 is linear."""
    x, y = [math.log(size) for size in sizes], [math.log(each) for each in times]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - mean_x) ** 2 for a in x)


def is_identical(registry: Registry) -> bool:
    """Do the sums of the program equal those of the plain recursion, to the watt?"""
    entries = ledger(registry)
    fast: dict[tuple[str, str], Fraction] = {}
    for head in registry.plans:
        rows = [row for row in registry.projects if row.plan == head.id]
        for technology, watts in counted_w(entries, rows).items():
            if watts:
                fast[head.id, technology.value] = Fraction(watts, _MW)
    by = Dimension.DISTRICT, Dimension.TECHNOLOGY
    totals = roll_up(registry, allocate(registry, rule="equal"), entries, by=by)
    counties = {
        (code, technology): Fraction(total.counted_w, _MW)
        for (code, technology), total in totals.items()
        if total.counted_w
    }
    silent = replace(registry, installed=(), progress=())
    lows = all(
        Fraction(result.pipeline.low, _MW) == naive.low(silent, result.target)
        for result in check(silent, Rules(as_of=AS_OF))
        if result.target.includes
    )
    return fast == naive.counted(registry) and counties == naive.by_county(registry) and lows


def _milliseconds(registries: list[Registry], runs: int) -> list[float]:
    """The median processor time of each registry, which other work on the machine hardly touches.

    The registries take turns, so that what noise there is hits all.
    """
    times: list[list[float]] = [[] for _ in registries]
    for run in range(runs + 1):
        for registry, taken in zip(registries, times, strict=True):
            fresh, splits = replace(registry), _splits(registry)  # a new one: no cache knows it
            _forget()
            start = time.process_time()
            compute(fresh, splits)
            if run:  # the first run warms up
                taken.append((time.process_time() - start) * 1000)
    return [median(taken) for taken in times]


def _forget() -> None:
    """Free what earlier runs left in the caches, so that no run pays for another's memory."""
    caches = (ledger, allocate, check, left_out, stated_amounts, progress_until, plan_districts)
    for cached in caches:
        cached.cache_clear()
    gc.collect()


def compute(registry: Registry, splits: Splits) -> Mapping[str, int]:
    """Everything that the pages of counties and of targets need."""
    entries = ledger(registry)
    by = Dimension.PLAN, Dimension.DISTRICT, Dimension.TECHNOLOGY
    sizes: dict[str, int] = {}
    for rule in RULES:
        chosen = splits if rule == "custom" else NO_SPLITS
        pieces = allocate(registry, rule=rule, splits=chosen)
        sizes[rule] = len(roll_up(registry, pieces, entries, by=by))
    sizes["check"] = len(check(registry, Rules(as_of=AS_OF)))
    return sizes


def _splits(registry: Registry) -> Splits:
    """A breakdown that gives a tenth of the PV without a county to one county of each plan."""
    lines = ["district_code,item,share"]
    for head in registry.plans:
        codes = registry.districts.codes_in(head.city_code)
        lines.append(f"{codes[0]},pv,0.1")
    return read_splits("\n".join(lines))
