"""Allocation: which county carries which counted watts, under a stated rule.

A row in one county is located. A row in several is shared: one number, left unsplit by `none`,
split by `equal`, `area` (ellipsoidal km2) or `custom` (the bureau's own breakdown). A row known
only to the city is unallocated, one rightly outside the city is outside. Under every rule the
pieces of a row add up to its counted watts (DESIGN section 3, rule 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from capacity.apportion import apportion
from capacity.ledger import Entry, ledger
from capacity.splits import NO_SPLITS, Splits
from geo.districts import Districts
from registry.registry import Registry
from terms.kinds import PlaceBasis, Technology
from terms.records import Project
from terms.selection import AllocationRule

_SQUARE_METRES_PER_KM2 = 1_000_000


class Place(StrEnum):
    """Where watts stand as far as the plan, or the rule, says."""

    LOCATED = "located"
    SHARED = "shared"
    UNALLOCATED = "unallocated"
    OUTSIDE = "outside"


class Piece(NamedTuple):
    """A part of one row's counted watts; `watts` is None where the row states no MW.

    `code` is empty where no single county is known. `is_open`: the county list ends in 等地, so
    that others may share what the rule gave to the named ones. A tuple, since there are many.
    """

    row: str
    plan: str
    technology: Technology
    place: Place
    code: str
    watts: int | None
    is_open: bool


def place_of(row: Project) -> Place:
    """Where a row stands before any rule."""
    if row.place_basis is PlaceBasis.OUTSIDE:
        return Place.OUTSIDE
    if not row.district_codes:
        return Place.UNALLOCATED
    is_one = len(row.district_codes) == 1 and not row.list_open
    return Place.LOCATED if is_one else Place.SHARED


def is_located(row: Project) -> bool:
    """Is the row known to stand in exactly one county, or off the coast of one?"""
    return place_of(row) is Place.LOCATED


@lru_cache(maxsize=16)
def allocate(
    registry: Registry,
    *,
    rule: AllocationRule = "none",
    splits: Splits = NO_SPLITS,
    inferred: bool = True,
) -> tuple[Piece, ...]:
    """The pieces of every row with a technology, in registry order."""
    entries = ledger(registry, inferred=inferred)
    given = splits.by_row(registry, entries) if rule == "custom" else {}
    return tuple(
        piece
        for row in registry.projects
        if row.id in entries
        for piece in _pieces(registry, row, entries[row.id], rule=rule, given=given.get(row.id))
    )


def _pieces(
    registry: Registry,
    row: Project,
    entry: Entry,
    *,
    rule: AllocationRule,
    given: Mapping[str, int] | None,
) -> list[Piece]:
    watts = None if entry.gross_w is None else entry.counted_w
    place = place_of(row)

    plan = registry.plan_of(row)

    def piece(place: Place, code: str, watts: int | None) -> Piece:
        return Piece(row.id, plan, entry.technology, place, code, watts, row.list_open)

    if given:
        rest = (watts or 0) - sum(given.values())
        pieces = [piece(Place.SHARED, code, part) for code, part in sorted(given.items())]
        return [*pieces, piece(place, "", rest)] if rest else pieces
    if place in (Place.LOCATED, Place.OUTSIDE):
        codes = row.district_codes or ("",)
        if len(codes) == 1:
            return [piece(place, codes[0], watts)]
    adds_nothing = entry.excluded_w > 0 and not entry.counted_w
    is_split = place is Place.SHARED and rule in ("equal", "area") and not adds_nothing
    if watts is None or not is_split:  # what is not stated cannot be split
        return [piece(place, "", watts)]
    parts = apportion(watts, _weights(registry, row, rule))
    return [piece(place, code, parts[code]) for code in row.district_codes]


def _weights(registry: Registry, row: Project, rule: AllocationRule) -> dict[str, int]:
    if rule == "equal":
        return dict.fromkeys(row.district_codes, 1)
    return {code: _square_metres(registry.districts, code) for code in row.district_codes}


@lru_cache(maxsize=4096)
def _square_metres(districts: Districts, code: str) -> int:
    return round(districts.area_km2(code) * _SQUARE_METRES_PER_KM2)
