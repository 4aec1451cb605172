"""What a hand-picked list of rows counts: per plan and technology, nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from capacity.ledger import Entry, ledger
from capacity.once import ancestors
from registry.registry import Registry
from terms.kinds import Technology
from terms.records import Project


@dataclass(frozen=True)
class Subtotal:
    """Picked rows of one plan and technology: watts as stated and as counted, rows without any."""

    plan: str
    technology: Technology
    rows: int
    gross_w: int
    counted_w: int
    unstated: int


@dataclass(frozen=True)
class Nest:
    """A picked row with the picked rows that lie in it: its own count is what they leave over."""

    parent: str
    members: tuple[str, ...]


def subtotals(
    registry: Registry, rows: Iterable[Project], *, inferred: bool = True
) -> tuple[Subtotal, ...]:
    """The sums in the order of plans and technologies; what is no plant is in none."""
    entries = ledger(registry, inferred=inferred)
    groups: dict[tuple[str, Technology], list[Entry]] = {}
    for row in rows:
        if entry := entries.get(row.id):
            groups.setdefault((registry.plan_of(row), entry.technology), []).append(entry)
    return tuple(
        Subtotal(
            plan.id,
            technology,
            rows=len(held),
            gross_w=sum(entry.gross_w or 0 for entry in held),
            counted_w=sum(entry.counted_w for entry in held),
            unstated=sum(entry.gross_w is None for entry in held),
        )
        for plan in registry.groups
        for technology in Technology
        if (held := groups.get((plan.id, technology)))
    )


def nests(
    registry: Registry, rows: Sequence[Project], *, inferred: bool = True
) -> tuple[Nest, ...]:
    """The picked rows that contain picked rows, each member under the nearest."""
    picked = {row.id for row in rows}
    members: dict[str, list[str]] = {}
    for row in rows:
        above = ancestors(registry, row.id, inferred=inferred)
        if nearest := next((each for each in above if each in picked), None):
            members.setdefault(nearest, []).append(row.id)
    return tuple(Nest(row.id, tuple(members[row.id])) for row in rows if row.id in members)
