"""One plan's counted capacity by layer, land use, status and more; technologies side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from capacity.allocate import allocate
from capacity.ledger import ledger
from capacity.rollup import Dimension, Total, roll_up
from registry.registry import Registry
from terms.kinds import Technology
from terms.selection import GroupedBy


@dataclass(frozen=True)
class Group:
    """The rows of a plan that share one value; the value is empty where a row has none."""

    value: str
    totals: Mapping[Technology, Total]


@dataclass(frozen=True)
class Breakdown:
    """Groups in order of the first row of each; `sums` are the plan's own totals."""

    plan: str
    technologies: tuple[Technology, ...]
    groups: tuple[Group, ...]
    sums: Mapping[Technology, Total]


def breakdown(registry: Registry, plan: str, *, by: GroupedBy, inferred: bool = True) -> Breakdown:
    """Group the counted watts of one plan; the groups add up to the plan, per technology."""
    rows = {row.id for row in registry.projects if registry.plan_of(row) == plan}
    entries = ledger(registry, inferred=inferred)
    pieces = allocate(registry, inferred=inferred)

    def total(*dimensions: Dimension) -> Mapping[tuple[str, ...], Total]:
        return roll_up(registry, pieces, entries, by=dimensions, rows=rows)

    by_group = total(Dimension(by), Dimension.TECHNOLOGY)
    sums = {Technology(key[0]): each for key, each in total(Dimension.TECHNOLOGY).items()}
    groups: dict[str, dict[Technology, Total]] = {}
    for (value, technology), each in by_group.items():
        groups.setdefault(value, {})[Technology(technology)] = each
    place = {row.id: index for index, row in enumerate(registry.projects)}

    def first(value: str) -> tuple[bool, int]:
        return not value, min(place[row] for each in groups[value].values() for row in each.rows)

    return Breakdown(
        plan=plan,
        technologies=tuple(each for each in Technology if each in sums),
        groups=tuple(Group(value, groups[value]) for value in sorted(groups, key=first)),
        sums=sums,
    )
