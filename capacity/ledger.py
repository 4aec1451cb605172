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

from capacity.once import inside_amounts, parents_among
from registry.registry import Registry
from terms.errors import QuantityError
from terms.kinds import Action, CapacityBasis, Kind, Status, Technology
from terms.records import Project
from terms.units import WATTS_PER_MW


class Reason(StrEnum):
    """Why MW of a row are left out of the sum, or why there are none."""

    NONE = ""
    DETAILED_BY_MEMBERS = "detailed_by_members"
    RETIRE = "retire"
    RETROFIT = "retrofit"
    SHELVED = "shelved"
    CANCELLED = "cancelled"
    CLASS = "class"
    NOT_STATED = "not_stated"


_BY_ACTION = {Action.RETIRE: Reason.RETIRE, Action.RETROFIT: Reason.RETROFIT}
_BY_STATUS = {
    Status.SHELVED: Reason.SHELVED,
    Status.CANCELLED: Reason.CANCELLED,
    Status.RETIRED: Reason.RETIRE,
}


@dataclass(frozen=True)
class Entry:
    """One row of the ledger, in watts; `gross_w` is None where the plan states no MW.

    `over_w` is by how much the members exceed the row's own figure; `unnamed` are the members
    without MW, whose MW lie inside the row's remainder.
    """

    id: str
    technology: Technology
    gross_w: int | None
    counted_w: int
    excluded_w: int
    reason: Reason
    over_w: int = 0
    unnamed: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def ledger(registry: Registry, *, inferred: bool = True) -> Mapping[str, Entry]:
    """One entry per row with a technology, by id; the whole registry, whatever is selected.

    Without `inferred` the memberships that are read into a plan are taken as not there.
    """
    stated, off = stated_amounts(registry), left_out(registry)
    amounts = {row: watts for row, watts in stated.items() if row not in off}
    parents = parents_among(registry, amounts, inferred=inferred)
    inside = inside_amounts(registry, amounts, parents)
    unnamed = _unnamed(registry, amounts, parents)
    return {
        row.id: _entry(
            row,
            row.technology,
            gross=stated[row.id],
            reason=off.get(row.id, Reason.NONE),
            inside=inside.get(row.id, 0),
            unnamed=unnamed.get(row.id, ()),
        )
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


def stated_w(row: Project) -> int | None:
    """A row's own figure in watts; what is no plant and a class word (百兆瓦级) have none."""
    if row.technology is None or row.capacity_mw is None:
        return None
    if row.capacity_basis is CapacityBasis.CLASS:
        return None
    watts = row.capacity_mw * WATTS_PER_MW
    if watts != watts.to_integral_value() or watts < 0:
        raise QuantityError(
            f"{row.id}: capacity_mw {row.capacity_mw} is no whole number of watts; "
            "write at most six decimals, not below 0"
        )
    return int(watts)


@lru_cache(maxsize=8)
def stated_amounts(registry: Registry) -> Mapping[str, int | None]:
    """Every row's own figure in watts, by id."""
    return {row.id: stated_w(row) for row in registry.projects}


def left_out_whole(row: Project) -> Reason:
    """Why a row as a whole adds nothing, if so."""
    return _BY_STATUS.get(row.status) or _BY_ACTION.get(row.action) or Reason.NONE


@lru_cache(maxsize=8)
def left_out(registry: Registry) -> Mapping[str, Reason]:
    """The rows that as a whole add nothing, by id, with the reason."""
    return {row.id: why for row in registry.projects if (why := left_out_whole(row))}


def _unnamed(
    registry: Registry, amounts: Mapping[str, int | None], parents: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """The members without MW of each row, named on its remainder."""
    found: dict[str, tuple[str, ...]] = {}
    for row in sorted(parents):
        if amounts[row] is None and registry.by_id[row].technology:
            found[parents[row]] = (*found.get(parents[row], ()), row)
    return found


def _entry(
    row: Project,
    technology: Technology,
    *,
    gross: int | None,
    reason: Reason,
    inside: int,
    unnamed: tuple[str, ...],
) -> Entry:
    if gross is None:
        is_class = row.capacity_basis is CapacityBasis.CLASS
        why = reason or (Reason.CLASS if is_class else Reason.NOT_STATED)
        return Entry(row.id, technology, None, 0, 0, why, unnamed=unnamed)
    if reason:
        return Entry(row.id, technology, gross, 0, gross, reason)
    excluded = min(gross, inside)
    why = Reason.DETAILED_BY_MEMBERS if excluded else Reason.NONE
    over = max(0, inside - gross)
    return Entry(row.id, technology, gross, gross - excluded, excluded, why, over, unnamed)


def is_named(row: Project) -> bool:
    """Is the row one buildable thing, not an envelope?"""
    return row.kind is Kind.PROJECT
