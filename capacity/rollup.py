"""Roll-up: the pieces of the ledger added up by county, zone, plan, technology and more.

Technologies meet in one sum only where the caller leaves that dimension out; pages and files never
do. The parts of every total add up: counted = located + shared + unsplit + unallocated + outside.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from capacity.allocate import Piece, Place
from capacity.ledger import Entry, Reason
from registry.registry import Registry
from terms.records import Project


class Dimension(StrEnum):
    """By what capacity can be added up."""

    DISTRICT = "district"
    ZONE = "zone"
    PLAN = "plan"
    TECHNOLOGY = "technology"
    LAYER = "layer"
    LAND_MODE = "land_mode"
    STATUS = "status"
    ASSET = "asset"
    ACTION = "action"


@dataclass
class Total:
    """Watts of one group by where they stand; `stated` and `not_stated` count its rows.

    `shared_w` is what the rule gave to counties, `unsplit_w` what it left with several counties.
    `retired_w` stands apart: it is neither counted nor subtracted. `open_rows` are the rows whose
    county list ends in 等地, so that others may share.
    """

    located_w: int = 0
    shared_w: int = 0
    unsplit_w: int = 0
    unallocated_w: int = 0
    outside_w: int = 0
    retired_w: int = 0
    rows: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    open_rows: set[str] = field(default_factory=set)

    @property
    def counted_w(self) -> int:
        """All counted watts of the group."""
        return self.located_w + self.shared_w + self.unsplit_w + self.unallocated_w + self.outside_w

    @property
    def not_stated(self) -> int:
        """Rows whose MW the plan does not state."""
        return len(self.rows) - len(self.stated)


Key = tuple[str, ...]
_OF_ROW: Mapping[Dimension, Callable[[Project], str]] = {
    Dimension.ZONE: lambda row: row.zone,
    Dimension.LAYER: lambda row: row.layer.value,
    Dimension.LAND_MODE: lambda row: row.land_mode.value if row.land_mode else "",
    Dimension.STATUS: lambda row: row.status.value,
    Dimension.ASSET: lambda row: row.asset.value,
    Dimension.ACTION: lambda row: row.action.value,
}


def roll_up(
    registry: Registry,
    pieces: Iterable[Piece],
    entries: Mapping[str, Entry],
    *,
    by: tuple[Dimension, ...],
    rows: Collection[str] | None = None,
) -> Mapping[Key, Total]:
    """Totals by the given dimensions, sorted by key; only `rows` where given.

    A district key is empty for what stands in no single county.
    """
    totals: dict[Key, Total] = {}
    for piece in pieces:
        if rows is None or piece.row in rows:
            key = tuple(_value(registry, piece, dimension) for dimension in by)
            _add(totals.setdefault(key, Total()), piece, entries[piece.row])
    return dict(sorted(totals.items()))


def _value(registry: Registry, piece: Piece, dimension: Dimension) -> str:
    if dimension is Dimension.DISTRICT:
        return piece.code
    if dimension is Dimension.PLAN:
        return piece.plan
    if dimension is Dimension.TECHNOLOGY:
        return piece.technology.value
    return _OF_ROW[dimension](registry.by_id[piece.row])


def _add(total: Total, piece: Piece, entry: Entry) -> None:
    total.rows.add(piece.row)
    if piece.is_open and piece.place is Place.SHARED:
        total.open_rows.add(piece.row)
    if entry.gross_w is None:
        return
    total.stated.add(piece.row)
    if entry.reason is Reason.RETIRE:  # never split, so it comes once
        total.retired_w += entry.excluded_w
    watts = piece.watts or 0
    match piece.place:
        case Place.LOCATED:
            total.located_w += watts
        case Place.OUTSIDE:
            total.outside_w += watts
        case Place.UNALLOCATED:
            total.unallocated_w += watts
        case Place.SHARED if piece.code:
            total.shared_w += watts
        case Place.SHARED:
            total.unsplit_w += watts
