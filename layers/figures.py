"""The headline figures of a selection: rows, places, and capacity that is counted once.

Capacity stands per plan and technology; plans are never added to a "province" and technologies
never meet in one sum (DESIGN section 3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from capacity.ledger import Entry, Reason, ledger
from registry.registry import Registry
from terms.kinds import Kind, Layer, Precision, Technology
from terms.records import Project

_LOCATED = {Precision.SITE, Precision.TOWNSHIP, Precision.DISTRICT, Precision.OFFSHORE}


@dataclass
class Capacity:
    """Watts of one plan and technology: gross = counted + excluded; counted split by place."""

    gross_w: int = 0
    counted_w: int = 0
    excluded_w: int = 0
    located_w: int = 0
    shared_w: int = 0
    retired_w: int = 0
    rows: int = 0
    not_stated: int = 0
    reasons: set[Reason] = field(default_factory=set)


@dataclass(frozen=True)
class Figures:
    """Counts of rows, and capacity by (plan, technology)."""

    rows: int
    located: int
    sites: int
    programmes: int
    tray: int
    districts: int
    not_stated: int
    with_technology: int
    by_layer: Mapping[Layer, int]
    by_plan: Mapping[str, int]
    capacity: Mapping[tuple[str, Technology], Capacity] = field(repr=False)


def is_located(row: Project) -> bool:
    """Is the row known to stand in exactly one county, or off the coast of one?"""
    return row.precision in _LOCATED and len(row.district_codes) == 1


def figures(registry: Registry, rows: Iterable[Project]) -> Figures:
    """Count what a selection shows; every row is either on the map or in the tray."""
    chosen = tuple(rows)
    entries = ledger(registry)
    capacity: dict[tuple[str, Technology], Capacity] = defaultdict(Capacity)
    by_layer: dict[Layer, int] = defaultdict(int)
    by_plan: dict[str, int] = defaultdict(int)
    for row in chosen:
        by_layer[row.layer] += 1
        by_plan[row.plan] += 1
        if entry := entries.get(row.id):
            _add(capacity[row.plan, entry.technology], row, entry)
    on_map = [row for row in chosen if registry.labels[row.id]]
    return Figures(
        rows=len(chosen),
        located=len(on_map),
        sites=sum(row.precision is Precision.SITE for row in chosen),
        programmes=sum(row.kind is Kind.PROGRAMME for row in chosen),
        tray=len(chosen) - len(on_map),
        districts=len({code for row in on_map for code in row.district_codes}),
        not_stated=sum(each.not_stated for each in capacity.values()),
        with_technology=sum(each.rows for each in capacity.values()),
        by_layer=dict(by_layer),
        by_plan=dict(by_plan),
        capacity=dict(capacity),
    )


def _add(sums: Capacity, row: Project, entry: Entry) -> None:
    sums.rows += 1
    if entry.gross_w is None:
        sums.not_stated += 1
        return
    sums.gross_w += entry.gross_w
    sums.counted_w += entry.counted_w
    sums.excluded_w += entry.excluded_w
    if entry.reason:
        sums.reasons.add(entry.reason)
    if entry.reason is Reason.RETIRE:
        sums.retired_w += entry.excluded_w
    if is_located(row):
        sums.located_w += entry.counted_w
    elif len(row.district_codes) > 1:
        sums.shared_w += entry.counted_w
