"""The ledger: gross = counted + excluded, row by row, so that nothing is counted twice.

Leaves first, recursively, in whole watts: a member counts under its own place and technology; its
parent counts what its members leave over (the remainder). Source of the rule: DESIGN section 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from registry.registry import Registry
from terms.kinds import Action, CapacityBasis, Status, Technology
from terms.records import Project
from terms.units import WATTS_PER_MW


class Reason(StrEnum):
    """Why MW of a row are left out of the sum."""

    NONE = ""
    DETAILED_BY_MEMBERS = "detailed_by_members"
    RETIRE = "retire"
    RETROFIT = "retrofit"
    SHELVED = "shelved"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Entry:
    """One row of the ledger, in watts; `gross_w` is None where the plan states no MW."""

    id: str
    technology: Technology
    gross_w: int | None
    counted_w: int
    excluded_w: int
    reason: Reason


@lru_cache(maxsize=4)
def ledger(registry: Registry) -> Mapping[str, Entry]:
    """One entry per row with a technology, by id; the whole registry, whatever is selected."""
    covered = _covered_w(registry)
    return {
        row.id: _entry(row, row.technology, inside=_inside_w(row, registry, covered))
        for row in registry.projects
        if row.technology
    }


def counted_w(entries: Mapping[str, Entry], rows: Iterable[Project]) -> Counter[Technology]:
    """Counted watts per technology of the given rows."""
    sums: Counter[Technology] = Counter()
    for row in rows:
        if entry := entries.get(row.id):
            sums[entry.technology] += entry.counted_w
    return sums


def _stated_w(row: Project) -> int | None:
    """A row's own figure in watts; a class (百兆瓦级) yields none."""
    if row.capacity_mw is None or row.capacity_basis is CapacityBasis.CLASS:
        return None
    return int(row.capacity_mw * WATTS_PER_MW)


def _whole_reason(row: Project) -> Reason:
    """Why a row as a whole adds nothing, if so."""
    by_action = {Action.RETIRE: Reason.RETIRE, Action.RETROFIT: Reason.RETROFIT}
    by_status = {Status.SHELVED: Reason.SHELVED, Status.CANCELLED: Reason.CANCELLED}
    return by_status.get(row.status) or by_action.get(row.action) or Reason.NONE


def _covered_w(registry: Registry) -> dict[str, int]:
    """Watts that each row and everything inside it accounts for, by id."""
    covered: dict[str, int] = {}

    def visit(row: Project) -> int:
        if row.id not in covered:
            if _whole_reason(row):
                covered[row.id] = 0
            else:
                inside = sum(visit(member) for member in registry.members.get(row.id, ()))
                covered[row.id] = max(_stated_w(row) or 0, inside)
        return covered[row.id]

    for row in registry.projects:
        visit(row)
    return covered


def _inside_w(row: Project, registry: Registry, covered: Mapping[str, int]) -> int:
    return sum(covered[member.id] for member in registry.members.get(row.id, ()))


def _entry(row: Project, technology: Technology, *, inside: int) -> Entry:
    gross = _stated_w(row)
    reason = _whole_reason(row)
    if gross is None:
        return Entry(row.id, technology, None, 0, 0, reason)
    if reason:
        return Entry(row.id, technology, gross, 0, gross, reason)
    excluded = min(gross, inside)
    why = Reason.DETAILED_BY_MEMBERS if excluded else Reason.NONE
    return Entry(row.id, technology, gross, gross - excluded, excluded, why)
