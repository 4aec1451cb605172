"""What is promised and given to nobody yet: remainders of programmes, projects without an owner.

An empty owner means that the plan names nobody, not that nobody has the project.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from capacity.ledger import Entry, ledger, left_out_whole
from registry.registry import Registry
from terms.kinds import Kind, Status, Technology
from terms.records import Project

# An approval or a filing is somebody's; what is built or runs is, too.
OPEN_STATUSES = frozenset({Status.LISTED, Status.PROPOSED})


class Taken(StrEnum):
    """Why a row of the selection is not open, tested in this order."""

    NO_PLANT = "no_plant"
    OWNED = "owned"
    LEFT_OUT = "left_out"
    UNDER_WAY = "under_way"
    DETAILED = "detailed"


@dataclass(frozen=True)
class OpenSum:
    """Open rows of one plan, kind and technology, in counted watts.

    `unstated` rows state no MW; `inside` members without MW lie within the remainders;
    `restating` rows only repeat a target of the plan.
    """

    plan: str
    kind: Kind
    technology: Technology
    counted_w: int
    rows: int
    unstated: int
    inside: int
    restating: int


@dataclass(frozen=True)
class Unowned:
    """The open rows, their sums (programmes and projects never together), what is not open."""

    rows: tuple[Project, ...]
    sums: tuple[OpenSum, ...]
    aside: Mapping[Taken, int]

    def of(self, kind: Kind) -> tuple[OpenSum, ...]:
        """The sums of programmes, or of named projects."""
        return tuple(each for each in self.sums if each.kind is kind)


def unowned(registry: Registry, rows: Iterable[Project], *, inferred: bool = True) -> Unowned:
    """Split rows into open ones and others; every row is in exactly one of the two."""
    entries = ledger(registry, inferred=inferred)
    aside: Counter[Taken] = Counter()
    found: list[Project] = []
    for row in rows:
        if why := taken(row, entries.get(row.id)):
            aside[why] += 1
        else:
            found.append(row)
    return Unowned(tuple(found), tuple(_sums(registry, found, entries)), dict(aside))


def taken(row: Project, entry: Entry | None) -> Taken | None:
    """Why a row is not open; None if it is."""
    if entry is None:
        return Taken.NO_PLANT
    if row.owner:
        return Taken.OWNED
    if left_out_whole(row):
        return Taken.LEFT_OUT
    if row.status not in OPEN_STATUSES:
        return Taken.UNDER_WAY
    return Taken.DETAILED if entry.gross_w and not entry.counted_w else None


def _sums(
    registry: Registry, rows: Iterable[Project], entries: Mapping[str, Entry]
) -> Iterable[OpenSum]:
    """The sums by technology, plan by plan, so that a technology's sites stand together."""
    groups: dict[tuple[str, Kind, Technology], list[Entry]] = {}
    restating: Counter[tuple[str, Kind, Technology]] = Counter()
    for row in rows:
        entry = entries[row.id]
        key = (registry.plan_of(row), row.kind, entry.technology)
        groups.setdefault(key, []).append(entry)
        restating[key] += bool(row.restates_target)
    for kind in Kind:
        for technology in Technology:
            for plan in registry.groups:
                if held := groups.get(key := (plan.id, kind, technology)):
                    yield OpenSum(
                        plan.id,
                        kind,
                        technology,
                        counted_w=sum(entry.counted_w for entry in held),
                        rows=len(held),
                        unstated=sum(entry.gross_w is None for entry in held),
                        inside=sum(len(entry.unnamed) for entry in held),
                        restating=restating[key],
                    )
