"""The records of the county tables: cells, lines, one table per plan; amounts in whole watts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from capacity.splits import NO_SPLITS, Splits
from capacity.things import ThingSum
from geo.zones import Zone
from terms.kinds import Technology
from terms.selection import AllocationRule
from terms.units import WATTS_PER_MW

Look = Literal["missing", "undivided", "not_stated", "retired", "zero", "amount"]


class LineKind(StrEnum):
    """What a line of the table stands for; all but the last two add up to the total."""

    COUNTY = "county"
    UNSPLIT = "unsplit"
    UNALLOCATED = "unallocated"
    OUTSIDE = "outside"
    TOTAL = "total"
    ZONE = "zone"


@dataclass(frozen=True)
class Counting:
    """How the tables are counted: the rule, its breakdown, the reading of memberships."""

    rule: AllocationRule = "none"
    splits: Splits = NO_SPLITS
    inferred: bool = True


@dataclass(frozen=True)
class Cell:
    """One line and technology. `located_w` is firm, `shared_w` what the rule gave (a sketch).

    `undivided` counts the rows of several counties that name this one and gave it no share,
    `is_open` tells that a list ends in 等地, so that others may share. `stated` and `not_stated`
    count rows; `retired_w` is neither counted nor subtracted.
    """

    located_w: int = 0
    shared_w: int = 0
    retired_w: int = 0
    stated: int = 0
    not_stated: int = 0
    undivided: int = 0
    is_open: bool = False

    @property
    def watts(self) -> int:
        """All watts of the cell; the firm and the sketched part."""
        return self.located_w + self.shared_w

    @property
    def look(self) -> Look:
        """How the cell is to be read: no row, no figure, nothing counted or an amount."""
        if self.watts:
            return "amount"
        if self.retired_w:
            return "retired"
        if self.not_stated:
            return "not_stated"
        if self.stated:
            return "zero"
        return "undivided" if self.undivided else "missing"


MISSING = Cell()


@dataclass(frozen=True)
class Line:
    """One line: a county, a zone inside it, or what stands in no single county.

    `rows` counts the plan's rows that stand here, with or without a technology; `split_rows` those
    that stood here until the rule gave all of them to counties. Both of all lines add up to the
    plan's rows. `shared_rows` are those of several counties that name this one too.
    """

    kind: LineKind
    cells: Mapping[Technology, Cell]
    rows: int
    things: tuple[ThingSum, ...]
    code: str = ""
    area_km2: float = 0.0
    shared_rows: int = 0
    split_rows: int = 0
    zone: Zone | None = None
    zones: tuple[Line, ...] = ()

    def cell(self, technology: Technology) -> Cell:
        """The cell of a technology; an empty one where no row speaks of it."""
        return self.cells.get(technology, MISSING)

    def mw_per_km2(self, watts: int) -> float | None:
        """Watts on the ellipsoidal area of the county; None where the line has no area."""
        return watts / WATTS_PER_MW / self.area_km2 if self.area_km2 else None


@dataclass(frozen=True)
class PlanTable:
    """One plan: its counties, what stands in no single one, and the total of all of it.

    `stated` counts the rows that state MW, `located` those of them in exactly one county; what
    retires is in neither.
    """

    plan: str
    technologies: tuple[Technology, ...]
    counties: tuple[Line, ...]
    rest: tuple[Line, ...]
    total: Line
    stated: int
    located: int

    def county(self, code: str) -> Line | None:
        """The line of one county."""
        return next((line for line in self.counties if line.code == code), None)

    def located_w(self, technology: Technology) -> int:
        """Watts of one technology that stand in exactly one county each."""
        return sum(line.cell(technology).located_w for line in self.counties)

    @property
    def retires(self) -> bool:
        """Does any row take MW out of use?"""
        return any(cell.retired_w for cell in self.total.cells.values())
